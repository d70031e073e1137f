"""The palette entries of an indexed file: colors, each with its alpha."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.quantization.reduction import Frames

MAX_ENTRIES = 256
"""The entries of a PNG or GIF."""


class NoRoomError(OptionError):
    """A picture has more colors and levels of alpha than an indexed file has entries."""


@dataclass(frozen=True, slots=True)
class Entries:
    """indexes : uint8 (frames, height, width). codes : uint8 (n, 3), the used ones. alpha : uint8 (n,).

    Transparent entries come first, because PNG lists alpha up to the last transparent one.
    """

    indexes: NDArray[np.uint8]
    codes: NDArray[np.uint8]
    alpha: NDArray[np.uint8]

    @property
    def bits(self) -> int:
        """The least that suffices: 1, 2, 4 or 8."""
        return next(bits for bits in (1, 2, 4, 8) if len(self.codes) <= 1 << bits)

    @property
    def alpha_levels(self) -> int:
        return len(np.unique(self.alpha))


def occurring(values: NDArray[Any], size: int) -> NDArray[np.bool_]:
    """Which of the numbers below `size` occur: bool (size,). In parts, because bincount widens to 8 bytes a value."""
    flat, present = values.reshape(-1), np.zeros(size, bool)
    for start in range(0, len(flat), 1 << 18):
        present |= np.bincount(flat[start : start + (1 << 18)], minlength=size) > 0
    return present


def entries(frames: Frames, codes: NDArray[np.uint8]) -> Entries:
    """The used entries, at most 256.

    Each pair of color and alpha is an entry. If there are more than 256, alpha is rounded to even levels, as many as
    fit; opaque and transparent pixels stay so.

    Raises
    ------
    NoRoomError : there is no room even for one transparent entry.
    """
    if frames.alpha is None:
        used = occurring(frames.indexes, len(codes))
        place = (np.cumsum(used) - 1).clip(0).astype(np.uint8)
        used_codes = codes[used]
        indexes = frames.indexes if used.all() else place[frames.indexes]
        return Entries(indexes, used_codes, np.full(len(used_codes), 255, np.uint8))
    for levels in (256, 129, 86, 65, 52, 33, 18, 16, 9, 6, 5, 4, 3, 2):
        rounded = np.rint(np.rint(np.arange(256) * (levels - 1) / 255) * 255 / (levels - 1)).astype(np.uint8)
        pairs = rounded[frames.alpha].astype(np.uint16) << 8 | frames.indexes
        pairs[pairs < 256] = 0  # the color of a transparent pixel does not show
        used = occurring(pairs, 1 << 16)
        if used.sum() > MAX_ENTRIES:
            continue
        place = (np.cumsum(used) - 1).clip(0).astype(np.uint8)
        used_pairs = np.flatnonzero(used)
        return Entries(place[pairs], codes[used_pairs & 255], (used_pairs >> 8).astype(np.uint8))
    raise NoRoomError(
        f"{len(codes)} colors and transparency do not fit into {MAX_ENTRIES} entries: give "
        f"k={MAX_ENTRIES - 1} or fewer, or write webp."
    )
