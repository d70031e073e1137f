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

    @property
    def nearest(self) -> set[int]:
        """The labels, apart from bare paper, that are the nearest to some pixel."""
        labels = set(self.table.argmin(0).tolist())
        return labels - {len(self) - 1} if self.has_paper else labels

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
    difference = differences["ciede2000"].of_linear(decode(targets)[:, None], decode(means)[None])
    table = np.full((int(place.max()) + 1, len(distinct)), MAX_COST, np.uint16)
    np.minimum.at(table, place, np.rint(difference * UNIT).clip(0, MAX_COST).astype(np.uint16))
    if alpha is not None:
        clear = distinct == CLEAR
        table[:, clear] = TRANSPARENT
        table = np.vstack([table, np.where(clear, 0, TRANSPARENT).astype(np.uint16)])
    numbers = np.zeros(CLEAR + 1, np.int32)
    numbers[distinct] = np.arange(len(distinct), dtype=np.int32)
    return Costs(table, numbers[bins], counts[distinct], alpha is not None)
