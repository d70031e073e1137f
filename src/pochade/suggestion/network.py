"""The masked network: the probability of the next color of a palette, after the colors that it has.

A set transformer of 51,600 numbers: each color of the palette is a token, one more token asks, and no token has a
place in an order. The answer is a vector, which is multiplied with the key of a color to give its score. The scores of
`CELLS` colors, which cover sRGB, give probabilities. `tools/learn.py` trained it; it is computed in float64 here.

References
----------
Juho Lee, Yoonho Lee, Jungtaek Kim, Adam Kosiorek, Seungjin Choi and Yee Whye Teh, 2019: "Set Transformer".
Jacob Devlin, Ming-Wei Chang, Kenton Lee and Kristina Toutanova, 2019: "BERT" (hidden tokens).
Ruibin Xiong and others, 2020: "On Layer Normalization in the Transformer Architecture" (normalization first).
"""

import functools
import io
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.color.srgb import decode

WIDTH, LAYERS, HEADS, INNER = 48, 2, 4, 144
"""Numbers a token, layers, heads of attention, and numbers inside each layer."""

FEATURES = 18
STEP = 0.0433
"""The edge of a cell in Oklab. It gives 1,062 cells, each about as wide as 4 units of CIEDE2000."""

GRAIN = 1024
"""Log-probabilities are multiples of 1 / GRAIN, so that rounding on another machine does not change a draw."""

_TINY = 1e-5
"""Added to a variance before division, as PyTorch does."""

Weights = Mapping[str, Any]
"""The arrays by name: float64, but `cells` is uint8 (n, 3), the sRGB codes of the cells."""


def features(oklab: Array) -> Array:
    """The features of colors, float64 (..., 18), from Oklab (..., 3): coordinates, chroma, hue, and waves of each axis.

    The hue is a direction that shrinks to nothing for grays, whose hue is arbitrary.
    """
    L, a, b = np.moveaxis(oklab, -1, 0)
    chroma = np.sqrt(a * a + b * b)
    soft = chroma + 0.02
    waves = np.stack([L * np.pi, a * (2.5 * np.pi), b * (2.5 * np.pi)], -1)
    parts = [2 * L - 1, 4 * a, 4 * b, 5 * chroma - 0.5, a / soft, b / soft]
    turns = [np.sin(waves), np.cos(waves), np.sin(2 * waves), np.cos(2 * waves)]
    return np.concatenate([np.stack(parts, -1), *turns], -1)


@functools.cache
def shipped() -> Weights:
    """The weights that come with pochade."""
    return loaded((files(__package__) / "network.npz").read_bytes())


def loaded(content: bytes) -> Weights:
    """The weights in a file of `tools/learn.py`."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return {name: file[name] if name == "cells" else file[name].astype(np.float64) for name in file.files}


class Network:
    """The network with its weights.

    oklab : float64 (n, 3), the colors of the cells. codes : uint8 (n, 3), the same as sRGB codes.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.codes: NDArray[np.uint8] = weights["cells"]
        self.oklab: Array = spaces["oklab"].from_linear(decode(self.codes))
        keys = self._scores(features(self.oklab))
        self._keys, self._bias = keys[:, :WIDTH] / np.sqrt(WIDTH), keys[:, WIDTH]

    @classmethod
    @functools.cache
    def ours(cls) -> "Network":
        """The network that comes with pochade; its file is read at the first call."""
        return cls(shipped())

    def cells(self, oklab: Array) -> NDArray[np.int64]:
        """The number of the nearest cell of each color, int64 (...), from Oklab (..., 3)."""
        flat = oklab.reshape(-1, 3)
        squares = (flat * flat).sum(1)[:, None] - 2 * flat @ self.oklab.T + (self.oklab**2).sum(1)
        nearest: NDArray[np.int64] = squares.argmin(1).reshape(oklab.shape[:-1])
        return nearest

    def bits(self, sets: Sequence[Array]) -> Array:
        """log2 of the probability of each cell as the next color, float64 (s, n), multiples of 1 / GRAIN.

        Parameters
        ----------
        sets : s arrays of Oklab colors (m, 3); m may differ and be 0.
        """
        most = max((len(one) for one in sets), default=0)
        tokens, there = np.zeros((len(sets), most, 3)), np.zeros((len(sets), most + 1), bool)
        there[:, 0] = True
        for at, one in enumerate(sets):
            tokens[at, : len(one)], there[at, 1 : len(one) + 1] = one, True
        scores = self._asked(features(tokens), there) @ self._keys.T + self._bias
        scores -= scores.max(1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(1, keepdims=True))
        rounded: Array = np.rint(scores * (GRAIN / np.log(2))) / GRAIN
        return rounded

    def _scores(self, given: Array) -> Array:
        w = self._weights
        scores: Array = np.maximum(given @ w["key1"] + w["key1_b"], 0) @ w["key2"] + w["key2_b"]
        return scores

    def _asked(self, given: Array, there: NDArray[np.bool_]) -> Array:
        """The vector of the token that asks, float64 (s, WIDTH)."""
        w = self._weights
        first = np.broadcast_to(w["ask"], (len(given), 1, WIDTH))
        x = np.concatenate([first, given @ w["embed"] + w["embed_b"]], 1)
        unseen = np.where(there, 0, -np.inf)[:, None, None, :]
        for layer in range(LAYERS):
            p = f"{layer}_"
            x = x + self._attended(_normal(x, w[p + "norm1"]), unseen, p)
            inner = np.maximum(_normal(x, w[p + "norm2"]) @ w[p + "in"] + w[p + "in_b"], 0)
            x = x + inner @ w[p + "out"] + w[p + "out_b"]
        return _normal(x[:, 0], w["norm"])

    def _attended(self, x: Array, unseen: Array, p: str) -> Array:
        """Attention of every token to every token that is there."""
        w, (s, m, _) = self._weights, x.shape
        q, k, v = np.moveaxis((x @ w[p + "qkv"] + w[p + "qkv_b"]).reshape(s, m, 3, HEADS, -1), 2, 0)
        q, k, v = (one.swapaxes(1, 2) for one in (q, k, v))
        scores = q @ k.swapaxes(2, 3) / np.sqrt(WIDTH // HEADS) + unseen
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        mixed: Array = (shares @ v).swapaxes(1, 2).reshape(s, m, WIDTH) @ w[p + "mix"] + w[p + "mix_b"]
        return mixed


def _normal(x: Array, scale: Array) -> Array:
    """Layer normalization; scale (2, WIDTH) holds the factor and the offset."""
    centered = x - x.mean(-1, keepdims=True)
    spread = np.sqrt((centered * centered).mean(-1, keepdims=True) + _TINY)
    normal: Array = centered / spread * scale[0] + scale[1]
    return normal
