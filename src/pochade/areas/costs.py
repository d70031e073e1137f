"""What it costs to paint a pixel in a color: the difference of the two."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.difference import differences
from pochade.color.srgb import decode

UNIT = 16
"""Costs are whole numbers, 16 for a CIEDE2000 of 1, so that sums are exact."""

TRANSPARENT = 40 * UNIT
"""The cost of color on a transparent pixel, and of bare paper under an opaque one: more than most differences."""

MAX_COST = 100 * UNIT

ALIKE, MIN_SHARE = 10 * UNIT, 0.01
"""A picture shows a color if it is the nearest of a pixel within 10 (CIEDE2000), or of a hundredth of the pixels. Of a
set of colors, noise makes some the nearest of a few pixels, though nobody sees them there."""

OPAQUE = 128
"""The least alpha of a pixel that is painted."""

CLEAR = kernel.LEVELS**3
"""The number of the bin of transparent pixels, after those of all colors."""


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """The cost of each label at each pixel.

    table : uint16 (m, n), of each label for each distinct color, of a bin of the histogram; the last label may be bare
    paper. bins : int32 (h, w), the distinct color of each pixel. counts : pixels of each distinct color.
    """

    table: NDArray[np.uint16]
    bins: NDArray[np.int32]
    counts: NDArray[np.int64]
    has_paper: bool

    def __len__(self) -> int:
        return len(self.table)

    def of(self, label: int) -> NDArray[np.uint16]:
        """The cost of a label at all pixels, uint16 (h, w)."""
        cost: NDArray[np.uint16] = self.table[label].take(self.bins)
        return cost

    def means(self, labels: NDArray[np.int16]) -> tuple[float, float]:
        """The mean CIEDE2000 of opaque pixels from the colors of their labels, and from their nearest colors.

        Bare paper under an opaque pixel counts as `TRANSPARENT` does.
        """
        least = self.table.min(0)
        painted = self.table.argmin(0) < len(self) - self.has_paper
        shown = painted[self.bins]
        paid = self.table[labels, self.bins][shown].sum(dtype=np.int64)
        total = max(1, int(self.counts[painted].sum()))
        return float(paid) / UNIT / total, float((least * self.counts)[painted].sum()) / UNIT / total


def costs_of(
    codes: NDArray[np.uint8], alpha: NDArray[np.uint8] | None, targets: NDArray[np.uint8], place: NDArray[np.intp]
) -> Costs:
    """The costs of the paints of some colors at the pixels of a picture, and those of bare paper, the last label, if it
    has alpha.

    codes : uint8 sRGB (h, w, 3). alpha : uint8 (h, w). targets : uint8 sRGB (n, 3). place : the label of each target;
    of several with one label, the nearest counts.
    """
    bins = kernel.bins_of(codes).astype(np.int32)
    if alpha is not None:
        bins[alpha < OPAQUE] = CLEAR
    counts = np.bincount(bins.ravel(), minlength=CLEAR + 1)
    distinct = np.flatnonzero(counts)
    sums = [np.bincount(bins.ravel(), codes[..., channel].ravel(), CLEAR + 1)[distinct] for channel in range(3)]
    means = np.stack(sums, 1) / counts[distinct, None]
    table = _table(means, targets, place)
    if alpha is not None:
        clear = distinct == CLEAR
        table[:, clear] = TRANSPARENT
        table = np.vstack([table, np.where(clear, 0, TRANSPARENT).astype(np.uint16)])
    numbers = np.zeros(CLEAR + 1, np.int32)
    numbers[distinct] = np.arange(len(distinct), dtype=np.int32)
    return Costs(table, numbers[bins], counts[distinct], alpha is not None)


def shown(
    means: NDArray[np.float64], counts: NDArray[np.uint64], targets: NDArray[np.uint8], place: NDArray[np.intp]
) -> set[int]:
    """The labels that a picture shows: the nearest to a color that is like them, or to many pixels.

    means, counts : float64 (n, 3) and (n,), the colors of the picture in its full size, in which small lights are not
    mixed with their surroundings. targets, place : as for `costs_of`.
    """
    table = _table(means, targets, place)
    nearest, least = table.argmin(0), table.min(0)
    shares = np.bincount(nearest, counts.astype(np.float64), len(table)) / float(counts.sum())
    alike = np.bincount(nearest, least <= ALIKE, len(table)) > 0
    return set(np.flatnonzero(alike | (shares >= MIN_SHARE)).tolist())


def _table(means: NDArray[np.float64], targets: NDArray[np.uint8], place: NDArray[np.intp]) -> NDArray[np.uint16]:
    """The cost of each label for each color: uint16 (m, n)."""
    difference = differences["ciede2000"].of_linear(decode(targets)[:, None], decode(means)[None])
    table = np.full((int(place.max()) + 1, len(means)), MAX_COST, np.uint16)
    np.minimum.at(table, place, np.rint(difference * UNIT).clip(0, MAX_COST).astype(np.uint16))
    return table
