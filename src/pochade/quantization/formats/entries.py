"""The entries of an indexed file: colors, each with its alpha."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.quantization.reduction import Frames

MOST = 256
"""What PNG and GIF hold."""


class NoRoomError(OptionError):
    """A picture has more colors and levels of alpha than an indexed file has entries."""


@dataclass(frozen=True, slots=True)
class Entries:
    """indexes : uint8 (frames, height, width). codes : uint8 (n, 3), only those that are used. alpha : uint8 (n,).

    Transparent ones come first, for PNG then needs to list no others.
    """

    indexes: NDArray[np.uint8]
    codes: NDArray[np.uint8]
    alpha: NDArray[np.uint8]

    @property
    def bits(self) -> int:
        """As few as do: 1, 2, 4 or 8."""
        return next(bits for bits in (1, 2, 4, 8) if len(self.codes) <= 1 << bits)

    @property
    def alpha_levels(self) -> int:
        return len(np.unique(self.alpha))


def occurring(values: NDArray[Any], size: int) -> NDArray[np.bool_]:
    """Which of the numbers below `size` occur: bool (size,). In parts, for counting widens them to 8 bytes each."""
    flat, found = values.reshape(-1), np.zeros(size, bool)
    for start in range(0, len(flat), 1 << 18):
        found |= np.bincount(flat[start : start + (1 << 18)], minlength=size) > 0
    return found


def entries(frames: Frames, codes: NDArray[np.uint8]) -> Entries:
    """The entries that are used, at most 256.

    Each color with each alpha that it has is an entry. Where these are more than 256, alpha is rounded to even levels,
    as many as there is room for; opaque and transparent pixels stay so.

    Raises
    ------
    NoRoomError : not even one transparent entry has room.
    """
    if frames.alpha is None:
        used = occurring(frames.indexes, len(codes))
        place = (np.cumsum(used) - 1).clip(0).astype(np.uint8)
        kept = codes[used]
        indexes = frames.indexes if used.all() else place[frames.indexes]
        return Entries(indexes, kept, np.full(len(kept), 255, np.uint8))
    for levels in (256, 129, 86, 65, 52, 33, 18, 16, 9, 6, 5, 4, 3, 2):
        rounded = np.rint(np.rint(np.arange(256) * (levels - 1) / 255) * 255 / (levels - 1)).astype(np.uint8)
        pairs = rounded[frames.alpha].astype(np.uint16) << 8 | frames.indexes
        pairs[pairs < 256] = 0  # of what is transparent the color does not show
        used = occurring(pairs, 1 << 16)
        if used.sum() > MOST:
            continue
        place = (np.cumsum(used) - 1).clip(0).astype(np.uint8)
        found = np.flatnonzero(used)
        return Entries(place[pairs], codes[found & 255], (found >> 8).astype(np.uint8))
    raise NoRoomError(
        f"{len(codes)} colors and transparency do not fit into {MOST} entries: give k={MOST - 1} or fewer, or "
        "write webp."
    )
