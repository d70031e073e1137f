"""Counts of planes, packed into few bytes and unpacked again."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Planar:
    """Counts in the bins of a film's own planes.

    bins : uint32 (n,), rising. counts : uint64 (n,). sums : uint64 (n, 3), of 10-bit samples.
    """

    bins: NDArray[np.uint32]
    counts: NDArray[np.uint64]
    sums: NDArray[np.uint64]

    @property
    def means(self) -> NDArray[np.float64]:
        """Mean samples in codes of 8 bits: float64 (n, 3)."""
        means: NDArray[np.float64] = self.sums / self.counts[:, None].astype(np.float64) / 4
        return means


class Sum:
    """The sum of counts, in a table that does not grow."""

    def __init__(self) -> None:
        self._counts, self._sums = np.zeros(BINS, np.uint64), np.zeros((BINS, 3), np.uint64)

    def add(self, counts: Planar, weight: int = 1) -> None:
        """Add counts, each `weight` times."""
        self._counts[counts.bins] += counts.counts * np.uint64(weight)
        self._sums[counts.bins] += counts.sums * np.uint64(weight)

    def of(self, parts: Sequence[Planar]) -> Planar:
        """The sum of some counts, of a sum that is 0 before and after."""
        filled = [part for part in parts if len(part.bins)]
        if len(filled) <= 1:
            return filled[0] if filled else parts[0]
        for part in filled:
            self.add(part)
        return self.take()

    def take(self) -> Planar:
        """The sum, which is then 0."""
        bins = np.flatnonzero(self._counts)
        counts, sums = self._counts[bins], self._sums[bins]
        self._counts[bins], self._sums[bins] = 0, 0
        return Planar(bins.astype(np.uint32), counts, sums)


def pack(counts: Planar) -> bytes:
    """The counts in few bytes."""
    gaps = np.diff(counts.bins, prepend=np.uint32(0)).astype(np.uint32)
    above = counts.sums - _floors(counts.bins) * counts.counts[:, None]
    columns = [gaps, counts.counts, *above.T]
    body = b"".join(_small(column) for column in columns)
    return len(counts.bins).to_bytes(4, "little") + zlib.compress(body, 1)


def unpack(data: bytes) -> Planar:
    """The counts of `pack`."""
    n, body = int.from_bytes(data[:4], "little"), zlib.decompress(data[4:])
    columns, at = [], 0
    for _ in range(5):
        width = body[at]
        raw = np.frombuffer(body, np.uint8, n * width, at + 1).reshape(width, n)
        columns.append(
            (raw.astype(np.uint64) << (8 * np.arange(width, dtype=np.uint64))[:, None]).sum(0, dtype=np.uint64)
        )
        at += 1 + n * width
    bins = columns[0].cumsum().astype(np.uint32)
    return Planar(bins, columns[1], np.stack(columns[2:], 1) + _floors(bins) * columns[1][:, None])


def _small(column: NDArray[np.unsignedinteger]) -> bytes:
    """A column byte by byte, the least first, with as many bytes as its greatest number needs."""
    width = max(1, (int(column.max(initial=0)).bit_length() + 7) // 8)
    values = np.ascontiguousarray(column.astype("<u8")).view(np.uint8).reshape(-1, 8)
    return bytes([width]) + np.ascontiguousarray(values[:, :width].T).tobytes()


def _floors(bins: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The lowest 10-bit samples of bins: uint64 (n, 3)."""
    return np.stack([bins >> 12, bins >> 6 & 63, bins & 63], 1).astype(np.uint64) * np.uint64(16)
