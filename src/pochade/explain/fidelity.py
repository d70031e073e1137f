"""How well palettes of 1 to 16 colors represent one picture."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_hex
from pochade.errors import OptionError
from pochade.histograms.histogram import Counts, Histogram
from pochade.palette.origin import Answer, Origin

MAX_K = 16
"""The largest k: charts of more colors say no more."""

COVERED_WITHIN = 10.0
"""A palette covers a color within this CIEDE2000 of one of its own. The benchmark counts an expert's color as found at
the same distance. Two people who pick palettes from one picture differ by 13 on average."""

NEAREST = 4
"""The palette colors to compare by CIEDE2000 for each bin: the nearest in Oklab, with a and b stretched. The mean is
0.001 too large, at most 0.015 (12 pictures, both methods, k = 6, 8 and 16), with 58 pairs a bin instead of 136."""

_STRETCH = np.array([1.0, 2.5, 2.5])


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How well a palette of k colors represents a picture.

    k : the requested number of colors. hex : the colors.
    difference : mean CIEDE2000 from the pixels of the picture to the nearest color; 0 for the picture itself.
    covered : the share of the prominence within CIEDE2000 10 of a color, 0..1. Prominence is the weight that the
        method gives to colors; for k-means it is their share of the picture.
    """

    k: int
    hex: tuple[str, ...] = field(repr=False)
    difference: float
    covered: float

    @property
    def colors(self) -> int:
        """The number of colors; less than k if the picture has no more."""
        return len(self.hex)

    def __repr__(self) -> str:
        colors = "1 color" if self.colors == 1 else f"{self.colors} colors"
        return f"<Fidelity k={self.k}: {colors}, {self.difference:.1f} away, {self.covered:.0%} covered>"


def difference(counted: Histogram, codes: NDArray[np.uint8]) -> float:
    """Mean CIEDE2000 of a picture's pixels to the nearest color of a palette, uint8 (m, 3)."""
    coarse = counted.coarse
    weights = coarse.counts / float(coarse.counts.sum())
    return float(weights @ _nearest(coarse, _cielab(coarse.means), codes))


def fidelities(origin: Origin) -> tuple[Fidelity, ...]:
    """A row for each k from 1 to 16, except those that the options do not allow."""
    counted = origin.counted.coarse
    weights = counted.counts / float(counted.counts.sum())
    asking = _asking(origin, weights)
    points = _cielab(counted.means)
    rows, measured = [], {}
    for k in range(1, MAX_K + 1):
        answer = _solved(origin, k)
        if answer is None:
            continue
        colors = tuple(map(to_hex, answer.codes))
        if colors not in measured:  # if the picture has no more colors, the rest of the rows are the same
            away = _nearest(counted, points, answer.codes)
            measured[colors] = float(weights @ away), float(asking @ (away <= COVERED_WITHIN))
        rows.append(Fidelity(k, colors, *measured[colors]))
    return tuple(rows)


def error(origin: Origin, codes: NDArray[np.uint8]) -> tuple[float, float]:
    """CIEDE2000 from the picture's pixels to the nearest color of a palette: the mean, and the largest of all bins.

    codes : uint8 (m, 3), the palette.
    """
    counted = origin.counted.coarse
    away = _nearest(counted, _cielab(counted.means), codes)
    return float(counted.counts / float(counted.counts.sum()) @ away), float(away.max())


def _solved(origin: Origin, k: int) -> Answer | None:
    try:
        return origin.solve(k)
    except OptionError:  # more colors to keep than k, say
        return None


def _asking(origin: Origin, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The prominence of each coarse bin, sum 1."""
    factors = [np.asarray(factor) for factor in (origin.answer.asking or {}).values()]
    if factors and len(factors[0]) != len(weights):  # of the fine bins
        fine = np.prod([origin.counted.counts, *factors], axis=0)
        asking = np.bincount(origin.counted.parents, fine, len(weights))
    else:
        asking = np.prod([weights, *factors], axis=0)
    out: NDArray[np.float64] = asking / asking.sum()
    return out


def _nearest(counted: Counts, points: Array, codes: NDArray[np.uint8]) -> Array:
    """CIEDE2000 from each bin to the nearest color of a palette."""
    ciede2000, colors = differences["ciede2000"], _cielab(codes)
    if len(codes) <= NEAREST:
        return np.asarray(ciede2000(points[:, None], colors[None]).min(1))
    bins, centers = ((oklab * _STRETCH).astype(np.float32) for oklab in (counted.oklab, _oklab(codes)))
    far = (centers * centers).sum(1) - 2 * (bins @ centers.T)
    near = np.argpartition(far, NEAREST - 1, axis=1)[:, :NEAREST]
    return np.asarray(ciede2000(points[:, None], colors[near]).min(1))


def _oklab(codes: NDArray[np.uint8]) -> Array:
    return spaces["oklab"].from_linear(decode(codes))


def _cielab(codes: NDArray[np.uint8] | Array) -> Array:
    return spaces["cielab"].from_linear(decode(codes))
