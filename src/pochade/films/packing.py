"""Counts of planes, packed into few bytes and unpacked again."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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


def pack(counts: Planar) -> bytes:
    """The counts in few bytes."""
    gaps = np.diff(counts.bins, prepend=np.uint32(0)).astype(np.uint64)
    above = counts.sums.T - _floors(counts.bins) * counts.counts
    body = b"".join(_small(column) for column in (gaps, counts.counts, *above))
    return len(counts.bins).to_bytes(4, "little") + zlib.compress(body, 1)


def unpack(data: bytes) -> Planar:
    """The counts of `pack`."""
    n, body = int.from_bytes(data[:4], "little"), zlib.decompress(data[4:])
    columns, at = [], 0
    for _ in range(5):
        width = body[at]
        values = np.zeros((n, 8), np.uint8)
        values[:, :width] = np.frombuffer(body, np.uint8, n * width, at + 1).reshape(width, n).T
        columns.append(values.view("<u8")[:, 0])
        at += 1 + n * width
    bins = columns[0].cumsum().astype(np.uint32)
    return Planar(bins, columns[1], (np.stack(columns[2:]) + _floors(bins) * columns[1]).T.copy())


def _small(column: NDArray[np.uint64]) -> bytes:
    """A column byte by byte, the least first, with as many bytes as its greatest number needs."""
    width = max(1, (int(column.max(initial=0)).bit_length() + 7) // 8)
    values = np.ascontiguousarray(column, "<u8").view(np.uint8).reshape(-1, 8)
    return bytes([width]) + values[:, :width].T.tobytes()


def _floors(bins: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The lowest 10-bit samples of bins: uint64 (3, n)."""
    return np.stack([bins & 63, bins >> 12, bins >> 6 & 63]).astype(np.uint64) << np.uint64(4)
