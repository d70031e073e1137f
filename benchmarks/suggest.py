"""How well pochade suggests colors, on palettes by people that it has not seen.

    python benchmarks/suggest.py                      the whole table, about 3 minutes
    python benchmarks/suggest.py --cases 40           fewer cases
    python benchmarks/suggest.py --hold-out MetBrewer,ochRe --weights network.npz

Every seventh palette of each collection is held out: `tools/learn.py` did not show them to the shipped network, and
here they are taken from the palettes that the other methods follow. With --hold-out, whole collections are, and
--weights names a network that `tools/learn.py --hold-out` trained without them.

- A hidden color of 5: the bits that each model gives it after the other four, in cells of Oklab. Uniform: all of sRGB.
- Five suggestions: for 4 kept colors of 5, how often one of five suggestions is within CIEDE2000 10 of the fifth.
- 2 kept, 3 missing: the mean CIEDE2000 of the best of five suggestions from the missing colors, matched.
- Told apart: the area under the ROC curve of a random forest that tells proposals from palettes by people; 0.5 is
  chance. It is fitted to the palettes that may be followed and proposals for them, and judges those held out and
  proposals for those. The spread is of resampled palettes. It needs scikit-learn.
- Near copies: the proposals of which a known palette has each color within CIEDE2000 3.
"""

import argparse
import functools
import time
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np

import pochade
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.suggestion import network as network_module
from pochade.suggestion.known import Known, known
from pochade.suggestion.methods import example, frequent
from pochade.suggestion.network import Network

EVERY = 7
METHODS = "frequent", "wheel", "example", "masked"
K, N = 5, 5
SEEN = 300
"""The palettes that the forest is fitted to, and as many proposals."""

Codes = np.ndarray
Model = Callable[[np.ndarray], np.ndarray]


def split(whole: list[str]) -> tuple[Known, Known]:
    """The palettes that may be followed, and those held out."""
    every = known()
    out = [a.collection in whole if whole else a.number % EVERY == 0 for a in every.afters]
    return every.only(~np.array(out)), every.only(np.array(out))


def fives(palettes: Known, rng: np.random.Generator) -> list[Codes]:
    """Five colors of each palette that has them, uint8 (5, 3), in the palette's order."""
    return [one[np.sort(rng.permutation(len(one))[:K])] for one in palettes.codes if len(one) >= K]


def differ(a: Codes, b: Codes) -> np.ndarray:
    """CIEDE2000 of all pairs."""
    return differences["ciede2000"].of_linear(decode(a)[:, None], decode(b)[None])


# -- bits --


def volumes(ours: Network) -> np.ndarray:
    """The share of sRGB, by volume in Oklab, in each cell."""
    axes = np.arange(-0.4, 0.4, 0.01), np.arange(-0.4, 0.4, 0.01)
    L, a, b = np.meshgrid(np.arange(0.005, 1, 0.01), *axes, indexing="ij")
    points = np.stack([L, a, b], -1).reshape(-1, 3)
    linear = spaces["oklab"].to_linear(points)
    inside = points[((linear >= 0) & (linear <= 1)).all(1)]
    counts = np.bincount(ours.cells(inside), minlength=len(ours.codes)) + 0.5
    return counts / counts.sum()


def bumps(ours: Network, colors: np.ndarray, width: float) -> np.ndarray:
    """For each color a bell over the cells, float64 (n, cells), each of sum 1."""
    squares = ((colors[:, None] - ours.oklab) ** 2).sum(2)
    bell = np.exp(-squares / (2 * width * width)) + 1e-9
    return bell / bell.sum(1, keepdims=True)


def frequency_model(ours: Network, train: Known) -> Model:
    """How frequent each color is, whatever it stands beside."""
    colors = train.oklab[np.arange(train.oklab.shape[1]) < train.sizes[:, None]]
    shares = 0.98 * bumps(ours, colors, 0.04).mean(0) + 0.02 / len(ours.codes)
    return lambda _: np.log2(shares)


def kernel_model(ours: Network, train: Known) -> Model:
    """Colors of known palettes, each palette weighted by how near it comes to the other colors."""
    there = np.arange(train.oklab.shape[1]) < train.sizes[:, None]
    place = np.repeat(np.arange(len(train)), train.sizes)
    bells = bumps(ours, train.oklab[there], 0.04)  # this and the numbers below: best on the palettes to follow
    base = 2.0 ** frequency_model(ours, train)(np.zeros(0))

    def model(others: np.ndarray) -> np.ndarray:
        squares = ((train.oklab[:, :, None] - others) ** 2).sum(3)
        least = np.where(there[..., None], squares, np.inf).min(1)
        weights = (np.exp(-least / (2 * 0.06**2)) + 0.02).prod(1)[place] / train.sizes[place]
        shares = weights @ bells / weights.sum()
        return np.log2(0.8 * shares + 0.2 * base)

    return model


def bits(model: Model, ours: Network, cases: list[Codes]) -> np.ndarray:
    """The bits of each color of each case after the others."""
    found = []
    for codes in cases:
        oklab = spaces["oklab"].from_linear(decode(codes))
        cells = ours.cells(oklab)
        found += [-model(np.delete(oklab, at, 0))[cell] for at, cell in enumerate(cells)]
    return np.array(found)


# -- proposals --


def within_10(method: str, cases: list[Codes], rng: np.random.Generator) -> np.ndarray:
    """Whether one of five suggestions is within CIEDE2000 10 of the hidden color."""
    found = []
    for seed, codes in enumerate(cases):
        at = int(rng.integers(K))
        answers = proposals(np.delete(codes, at, 0), method, seed)
        found.append(min(float(differ(one[K - 1 :], codes[at : at + 1]).min()) for one in answers) <= 10)
    return np.array(found, float)


def best_of_five(method: str, cases: list[Codes], rng: np.random.Generator) -> tuple[np.ndarray, list[Codes]]:
    """The difference of the best proposal for 2 kept colors from the 3 others, and the first proposal of each case."""
    found, firsts = [], []
    for seed, codes in enumerate(cases):
        chosen = rng.permutation(K)
        kept, missing = codes[chosen[:2]], codes[chosen[2:]]
        answers = proposals(kept, method, seed)
        found.append(min(matched(one[2:], missing) for one in answers))
        firsts.append(answers[0])
    return np.array(found), firsts


def matched(a: Codes, b: Codes) -> float:
    """The mean difference of colors in the best matching."""
    far = differ(a, b)
    return min(float(far[np.arange(len(a)), list(order)].mean()) for order in permutations(range(len(b))))


def proposals(kept: Codes, method: str, seed: int, n: int = N) -> list[Codes]:
    """The codes of n proposals."""
    return [one.palette.srgb for one in pochade.complete(kept, K, n, method=method, seed=seed)]


def told_apart(real: tuple[list[Codes], list[Codes]], made: tuple[list[Codes], list[Codes]]) -> np.ndarray:
    """The areas under the ROC curve of 20 resamplings of the second lists; a forest is fitted to the first ones."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.metrics import roc_auc_score

    (real_seen, real_new), (made_seen, made_new) = real, made
    seen = np.array([look(one) for one in [*real_seen, *made_seen]])
    forest = RandomForestClassifier(300, min_samples_leaf=3, class_weight="balanced", random_state=0)
    forest.fit(seen, np.repeat([1, 0], [len(real_seen), len(made_seen)]))
    scores = [forest.predict_proba(np.array([look(one) for one in each]))[:, 1] for each in (real_new, made_new)]
    rng, areas = np.random.default_rng(0), []
    for _ in range(20):
        drawn = [rng.choice(one, len(one)) for one in scores]
        areas.append(roc_auc_score(np.repeat([1, 0], [len(one) for one in drawn]), np.concatenate(drawn)))
    return np.array(areas)


def look(codes: Codes) -> np.ndarray:
    """Facts of a palette that do not depend on its order: sorted lightness, chroma and differences, and its hues."""
    oklab = spaces["oklab"].from_linear(decode(codes))
    chroma = np.hypot(oklab[:, 1], oklab[:, 2])
    pairs = np.sort(differ(codes, codes)[np.triu_indices(len(codes), 1)])
    units = (oklab[:, 1] + 1j * oklab[:, 2]) / (chroma + 0.02)
    turns = [abs(units.mean()), abs((units**2).mean()), abs((units**3).mean())]
    order = oklab[:, 0].argsort()
    return np.concatenate([np.sort(oklab[:, 0]), np.sort(chroma), chroma[order], pairs, oklab[:, 1:].mean(0), turns])


def near_copies(made: list[Codes]) -> tuple[float, list[str]]:
    """The share of proposals that are near copies, and the names of those that they copy."""
    from pochade.suggestion.copies import near_copy
    from pochade.suggestion.proposal import SAME

    names = [str(after) for one in made if (after := near_copy(one, SAME)) is not None]
    return len(names) / len(made), names


def seconds(work: Callable[[int], object], times: int = 10) -> float:
    """The median CPU time of a call."""
    laps = []
    for at in range(times):
        start = time.process_time()
        work(at)
        laps.append(time.process_time() - start)
    return float(np.median(laps))


def spread(values: np.ndarray, digits: int = 2) -> str:
    """The mean and its standard error."""
    return f"{values.mean():.{digits}f} ± {values.std() / max(1, len(values)) ** 0.5:.{digits}f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=120)
    parser.add_argument("--hold-out", default="", help="whole collections, with commas between them")
    parser.add_argument("--weights", type=Path, help="weights of a network trained without them")
    parser.add_argument("--only", default="bits,within,best,nothing,time", help="parts, with commas between them")
    parser.add_argument("--methods", default=",".join(METHODS))
    arguments = parser.parse_args()
    parts, names = arguments.only.split(","), arguments.methods.split(",")
    train, test = split(arguments.hold_out.split(",") if arguments.hold_out else [])
    for module in (example, frequent):
        module.known = functools.cache(lambda collection=None: train)  # what is held out must not be followed
    if arguments.weights:
        ours = Network(network_module.loaded(arguments.weights.read_bytes()))
        Network.ours = classmethod(lambda cls: ours)
    ours = Network.ours()
    rng = np.random.default_rng(0)
    five = fives(test, rng)
    print(f"{len(train)} palettes to follow, {len(test)} held out, {len(five)} of them with 5 colors")
    if "bits" in parts:
        shares = np.log2(volumes(ours))
        print("\na hidden color of 5: bits")
        models = {
            "uniform": lambda _: shares,
            "frequencies": frequency_model(ours, train),
            "kernel over palettes": kernel_model(ours, train),
            "masked network": lambda others: ours.bits([others])[0],
        }
        for name, model in models.items():
            print(f"  {name:22} {spread(bits(model, ours, five))}", flush=True)
    cases = [five[i % len(five)] for i in range(arguments.cases)]
    if "within" in parts:
        print("\n4 kept: one of five suggestions within CIEDE2000 10 of the fifth")
        for name in names:
            print(f"  {name:22} {spread(within_10(name, cases, np.random.default_rng(1)))}", flush=True)
    others = fives(train, np.random.default_rng(3))
    others = [others[i] for i in np.random.default_rng(4).permutation(len(others))[:SEEN]]
    if "best" in parts:
        print("\n2 kept, 3 missing: difference of the best of five; told from people's (AUC); near copies")
        for name in names:
            far, firsts = best_of_five(name, cases, np.random.default_rng(2))
            seen = [proposals(one[:2], name, at, 1)[0] for at, one in enumerate(others)]
            areas, (copies, _) = told_apart((others, five), (seen, firsts[: len(five)])), near_copies(firsts)
            print(f"  {name:22} {spread(far, 1)}   {areas.mean():.2f} ± {areas.std():.2f}   {copies:.1%}", flush=True)
    if "nothing" in parts:
        print("\nfrom nothing: told from people's (AUC); near copies")
        for name in names:
            made = [one.palette.srgb for seed in range(4) for one in pochade.suggest(K, 100, seed=seed, method=name)]
            new = made[: len(five)]
            areas, (copies, copied) = told_apart((others, five), (made[len(five) :], new)), near_copies(made)
            example_of = f"   such as {copied[0]}" if copied else ""
            print(f"  {name:22} {areas.mean():.2f} ± {areas.std():.2f}   {copies:.1%}{example_of}", flush=True)
    if "time" in parts:
        print("\nfive proposals, CPU milliseconds")
        for name in names:
            lap = seconds(lambda at, name=name: pochade.complete([(142, 26, at)], K, N, method=name, seed=at))
            print(f"  {name:22} {1000 * lap:.0f}")


if __name__ == "__main__":
    main()
