"""Train the network of pochade.suggestion, and write its weights as float16.

    python tools/learn.py src/pochade/suggestion/network.npz

PyTorch is needed here only, and is no dependency of pochade. One core takes 5 to 10 minutes. Every seventh palette of
each collection is never seen, so that `benchmarks/suggest.py` measures the shipped weights on palettes that are new to
them. `--hold-out COLLECTIONS` keeps whole collections apart instead, to measure how much the network knows of palettes
from elsewhere.

A random part of a palette is shown, and the rest is to be found. So that a thousand palettes suffice, each is changed
every time: its hues turned by about 7 degrees, its lightness moved by 0.05, its chroma by 15 %.
"""

import argparse
import io
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.suggestion import network
from pochade.suggestion.known import Known, known
from pochade.suggestion.network import FEATURES, HEADS, INNER, LAYERS, STEP, WIDTH

EVERY = 7
"""One of so many palettes of each collection is held out."""

TURN, LIGHTNESS, CHROMA = np.radians(7), 0.05, 0.15
"""Standard deviations of the changes of a palette."""

BATCH, DROPOUT, RATE, DECAY = 128, 0.1, 2e-3, 0.02


def held_out(palettes: Known, whole: list[str]) -> np.ndarray:
    """The palettes that training must not see: bool (p,)."""
    if whole:
        return np.array([after.collection in whole for after in palettes.afters])
    return np.array([after.number % EVERY == 0 for after in palettes.afters])


def cells() -> np.ndarray:
    """The colors of the cells, uint8 (n, 3): the means of sRGB colors in cubes of Oklab."""
    levels = np.arange(0, 256, 3)
    codes = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(-1, 3).astype(np.uint8)
    oklab = spaces["oklab"].from_linear(decode(codes))
    _, of = np.unique(np.floor(oklab / STEP + 0.5).astype(int), axis=0, return_inverse=True)
    means = np.stack([np.bincount(of, axis) / np.bincount(of) for axis in oklab.T], -1)
    return to_codes(spaces["oklab"].to_linear(means))


def parameters(rng: torch.Generator) -> dict[str, Tensor]:
    """Random weights."""

    def linear(rows: int, columns: int, factor: float = 1.0) -> Tensor:
        return torch.randn(rows, columns, generator=rng) * (factor / rows**0.5)

    shapes: dict[str, Tensor] = {"ask": torch.randn(WIDTH, generator=rng) * 0.5, "norm": _norm()}
    for name, matrix in {
        "embed": linear(FEATURES, WIDTH),
        "key1": linear(FEATURES, WIDTH, 1.4),
        "key2": linear(WIDTH, WIDTH + 1),
    }.items():
        shapes |= {name: matrix, name + "_b": torch.zeros(matrix.shape[1])}
    for layer in range(LAYERS):
        p = f"{layer}_"
        shapes |= {p + "norm1": _norm(), p + "norm2": _norm()}
        for name, matrix in {
            "qkv": linear(WIDTH, 3 * WIDTH),
            "mix": linear(WIDTH, WIDTH, 0.5),
            "in": linear(WIDTH, INNER, 1.4),
            "out": linear(INNER, WIDTH, 0.5),
        }.items():
            shapes |= {p + name: matrix, p + name + "_b": torch.zeros(matrix.shape[1])}
    return {name: tensor.requires_grad_() for name, tensor in shapes.items()}


def _norm() -> Tensor:
    return torch.stack([torch.ones(WIDTH), torch.zeros(WIDTH)])


def bits_of(w: dict[str, Tensor], given: Tensor, there: Tensor, keys: Tensor, dropout: float) -> Tensor:
    """Log-probabilities of the cells, (s, n), in nats; the twin of `Network.bits`."""
    x = torch.cat([w["ask"].expand(len(given), 1, WIDTH), given @ w["embed"] + w["embed_b"]], 1)
    s, m, _ = x.shape
    unseen = torch.zeros(s, 1, 1, m).masked_fill(~there[:, None, None, :], float("-inf"))
    for layer in range(LAYERS):
        p = f"{layer}_"
        qkv = normal(x, w[p + "norm1"]) @ w[p + "qkv"] + w[p + "qkv_b"]
        q, k, v = qkv.reshape(s, m, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=unseen)
        mixed = mixed.transpose(1, 2).reshape(s, m, WIDTH) @ w[p + "mix"] + w[p + "mix_b"]
        x = x + functional.dropout(mixed, dropout)
        inner = torch.relu(normal(x, w[p + "norm2"]) @ w[p + "in"] + w[p + "in_b"])
        x = x + functional.dropout(inner @ w[p + "out"] + w[p + "out_b"], dropout)
    scored = torch.relu(keys @ w["key1"] + w["key1_b"]) @ w["key2"] + w["key2_b"]
    scores = normal(x[:, 0], w["norm"]) @ scored[:, :WIDTH].T / WIDTH**0.5 + scored[:, WIDTH]
    return torch.log_softmax(scores, 1)


def normal(x: Tensor, scale: Tensor) -> Tensor:
    """Layer normalization."""
    return functional.layer_norm(x, (WIDTH,), scale[0], scale[1], eps=1e-5)


def changed(oklab: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Palettes (s, m, 3) with other hues, lightness and chroma."""
    turn, lift, factor = rng.normal(size=(3, len(oklab), 1))
    hue, chroma = np.arctan2(oklab[..., 2], oklab[..., 1]), np.hypot(oklab[..., 1], oklab[..., 2])
    hue, chroma = hue + turn * TURN, chroma * np.exp(factor * CHROMA)
    return np.stack([oklab[..., 0] + lift * LIGHTNESS, chroma * np.cos(hue), chroma * np.sin(hue)], -1)


def train(palettes: Known, test: Known, steps: int, seed: int) -> tuple[dict[str, Tensor], np.ndarray]:
    """The weights after `steps` batches, averaged over the last of them, and the codes of the cells."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    w = parameters(torch.Generator().manual_seed(seed))
    print(sum(tensor.numel() for tensor in w.values()), "numbers", flush=True)
    codes = cells()
    colors = spaces["oklab"].from_linear(decode(codes))
    keys = torch.tensor(network.features(colors), dtype=torch.float32)
    optimizer = torch.optim.AdamW(w.values(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps, pct_start=0.05)
    mean = {name: tensor.detach().clone() for name, tensor in w.items()}
    for step in range(steps):
        given, there, target, hidden = batch(palettes, colors, rng)
        log = bits_of(w, given, there, keys, DROPOUT)
        loss = -(log.gather(1, target) * hidden).sum() / hidden.sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(w.values(), 1.0)
        optimizer.step()
        schedule.step()
        keep = min(0.999, (step + 1) / (step + 10))
        for name, tensor in w.items():
            mean[name].mul_(keep).add_(tensor.detach(), alpha=1 - keep)
        if (step + 1) % (steps // 20) == 0:
            print(
                step + 1,
                f"loss {loss.item() / np.log(2):.2f} bits, held out {measured(mean, codes, test):.3f}",
                flush=True,
            )
    return mean, codes


def batch(palettes: Known, colors: np.ndarray, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Features of changed palettes in random order, the tokens shown, the cells to find, and which of them count."""
    rows = rng.integers(len(palettes), size=BATCH)
    sizes, most = palettes.sizes[rows], palettes.oklab.shape[1]
    order = np.where(np.arange(most) < sizes[:, None], rng.random((BATCH, most)), 2).argsort(1)
    oklab = changed(np.take_along_axis(palettes.oklab[rows], order[..., None], 1), rng)
    shown = rng.integers(0, sizes)
    place = np.arange(most)
    there = np.concatenate([np.ones((BATCH, 1), bool), place < shown[:, None]], 1)
    hidden = (place >= shown[:, None]) & (place < sizes[:, None])
    flat = oklab.reshape(-1, 3)
    target = ((colors**2).sum(1) - 2 * flat @ colors.T).argmin(1).reshape(BATCH, most)
    share = hidden / hidden.sum(1, keepdims=True)
    given = torch.tensor(network.features(oklab), dtype=torch.float32)
    return given, torch.tensor(there), torch.tensor(target), torch.tensor(share, dtype=torch.float32)


def measured(w: dict[str, Tensor], codes: np.ndarray, test: Known) -> float:
    """Bits of a hidden color of the held-out palettes of at least 5 colors, by the NumPy forward pass."""
    ours = network.Network(network.loaded(packed(w, codes)))
    return float(np.mean(hidden_bits(ours, test)))


def hidden_bits(ours: network.Network, test: Known) -> list[float]:
    """The bits of each color of 5, given the 4 others."""
    bits = []
    for oklab, size in zip(test.oklab, test.sizes, strict=True):
        if size >= 5:
            five = oklab[:5]
            others = [np.delete(five, at, 0) for at in range(5)]
            bits += (-ours.bits(others)[np.arange(5), ours.cells(five)]).tolist()
    return bits


def packed(w: dict[str, Tensor], codes: np.ndarray) -> bytes:
    """The content of the file of weights."""
    file = io.BytesIO()
    np.savez_compressed(file, cells=codes, **{name: tensor.numpy().astype(np.float16) for name, tensor in w.items()})
    return file.getvalue()


def main() -> None:
    """Train, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hold-out", default="", help="whole collections, with commas between them")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    every = known()
    out = held_out(every, arguments.hold_out.split(",") if arguments.hold_out else [])
    mean, codes = train(every.only(~out), every.only(out), arguments.steps, arguments.seed)
    content = packed(mean, codes)
    arguments.output.write_bytes(content)
    print(len(content), "bytes")


if __name__ == "__main__":
    main()
