"""The part of one picture in the sums: its histogram of 32 levels a channel, scaled to one whole total.

All numbers are integers that follow from the picture alone, so neither the order of pictures, nor shards, nor the
engine can change a sum. The parts of a shard are kept, so that a picture can leave the sum and the others need not be
read again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.collection.model import Each
from pochade.histograms.histogram import Histogram
from pochade.histograms.summed import FIRST, LEVELS, STEPS, Table

WHOLE = 1 << 16
"""The total of a picture if all weigh the same: a color of 0.1 % counts 66. A million pictures sum to 2^36."""

A_PIXEL = 16
"""The total of a pixel if all pixels weigh the same."""

CORNERS: NDArray[np.int64] = (
    np.stack(np.meshgrid(FIRST, FIRST, FIRST, indexing="ij"), -1).reshape(-1, 3).astype(np.int64)
)
"""int64 (32768, 3): the lowest codes of each bin."""

BYTES = 9
"""The bytes of a bin: its number, its count, and the offset of its mean color, a byte a channel."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The scaled histogram of a picture.

    bins : uint16 (n,), rising. counts : uint32 (n,), above 0. offsets : uint8 (n, 3), from the lowest codes of the bin
    to its mean, in 1/16 of a code.
    """

    bins: NDArray[np.uint16]
    counts: NDArray[np.uint32]
    offsets: NDArray[np.uint8]

    def to_bytes(self) -> bytes:
        """The part as bytes, column by column, which compresses well."""
        steps = np.diff(self.bins, prepend=np.uint16(0)).astype("<u2")
        counts = self.counts.astype("<u4")
        planes = [steps.view(np.uint8).reshape(-1, 2).T, counts.view(np.uint8).reshape(-1, 4).T, self.offsets.T]
        return b"".join(np.ascontiguousarray(plane).tobytes() for plane in planes)

    def add_to(self, table: Table) -> None:
        """Add the part to a table."""
        counts = self.counts.astype(np.int64)
        table.add(self.bins, counts, (CORNERS[self.bins] * STEPS + self.offsets) * counts[:, None])


def part_of(histogram: Histogram, pixels: int, each: Each) -> Part:
    """The part of a picture. pixels : their number in the picture, its weight with each="pixel"."""
    whole = WHOLE if each == "picture" else A_PIXEL * pixels
    order = np.argsort(histogram.coarse_bins)
    bins, counts = histogram.coarse_bins[order], histogram.coarse.counts[order]
    ends = np.floor(np.cumsum(counts.astype(np.float64)) * (whole / float(counts.sum())))
    ends[-1] = whole
    shares = np.diff(ends, prepend=0.0)
    kept = shares > 0
    numbers, means = bins[kept].astype(np.uint16), histogram.coarse.means[order[kept]]
    offsets = np.clip(np.rint((means - CORNERS[numbers]) * STEPS), 0, 255).astype(np.uint8)
    return Part(numbers, np.minimum(shares[kept], 0xFFFFFFFF).astype(np.uint32), offsets)


def from_bytes(content: bytes) -> Part | None:
    """The part of bytes that `to_bytes` made; None if they are damaged."""
    n, rest = divmod(len(content), BYTES)
    if rest or not n:
        return None
    planes = np.frombuffer(content, np.uint8)
    steps = np.ascontiguousarray(planes[: 2 * n].reshape(2, n).T).view("<u2")[:, 0]
    counts = np.ascontiguousarray(planes[2 * n : 6 * n].reshape(4, n).T).view("<u4")[:, 0]
    bins = steps.astype(np.int64).cumsum()
    if bins[-1] >= LEVELS**3 or not counts.all() or not steps[1:].all():
        return None
    return Part(bins.astype(np.uint16), counts.astype(np.uint32), planes[6 * n :].reshape(3, n).T)
