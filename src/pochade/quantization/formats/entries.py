"""The palette entries of an indexed file: colors, each with its alpha."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.quantization.reduction import Frames

MAX_ENTRIES = 256
"""The entries of a PNG or GIF."""

OPAQUE = 255

Codes = NDArray[np.uint8]

Pairs = NDArray[np.uint16]
"""Alpha in the upper 8 bits and the index of a color in the lower; 0 for all transparent pixels."""


class NoRoomError(OptionError):
    """A picture has more colors and levels of alpha than an indexed file has entries."""


@dataclass(frozen=True, slots=True)
class Entries:
    """indexes : uint8 (frames, height, width). codes : uint8 (n, 3). alpha : uint8 (n,). ordered : whether their order
    was given; else transparent entries come first, because PNG lists alpha up to the last transparent one.
    """

    indexes: Codes
    codes: Codes
    alpha: Codes
    ordered: bool = False

    @property
    def bits(self) -> int:
        """Bits a pixel."""
        return bits_of(len(self.codes))

    @property
    def alpha_levels(self) -> int:
        return int(occurring(self.alpha[occurring(self.indexes, len(self.alpha))], OPAQUE + 1).sum())

    @property
    def opaque(self) -> bool:
        return bool((self.alpha == OPAQUE).all())


def bits_of(entries: int) -> int:
    """The least bits a pixel for some entries, at most 256: 1, 2, 4 or 8."""
    return next(bits for bits in (1, 2, 4, 8) if entries <= 1 << bits)


def occurring(values: NDArray[Any], size: int) -> NDArray[np.bool_]:
    """Which of the numbers below `size` occur: bool (size,). In parts, because bincount widens to 8 bytes a value."""
    return counts_of(values, size) > 0


def counts_of(values: NDArray[Any], size: int) -> NDArray[np.int64]:
    """How often each of the numbers below `size` occurs: int64 (size,). In parts, as `occurring`."""
    flat, counts = values.reshape(-1), np.zeros(size, np.int64)
    for start in range(0, len(flat), 1 << 18):
        counts += np.bincount(flat[start : start + (1 << 18)], minlength=size)
    return counts


def pairs_of(frames: Frames) -> Pairs:
    """The color and alpha of each pixel: uint16 (frames, height, width)."""
    assert frames.alpha is not None
    pairs: Pairs = frames.alpha.astype(np.uint16)
    pairs <<= 8
    pairs |= frames.indexes
    pairs[pairs < 256] = 0  # the color of a transparent pixel does not show
    return pairs


def entries(frames: Frames, codes: Codes, order: Codes | None = None) -> Entries:
    """The entries of the pairs of color and alpha that occur, at most 256.

    order : uint8 (n, 4), the entries of a table whose order stays; unused ones too, if there is room for them.

    Raises
    ------
    NoRoomError : there are more than 256 pairs.
    """
    if frames.alpha is None:
        used = np.flatnonzero(occurring(frames.indexes, len(codes)))
        every = np.concatenate([codes[used], np.full((len(used), 1), OPAQUE, np.uint8)], 1)
        if order is None and len(used) == len(codes):
            return Entries(frames.indexes, codes, every[:, 3])
        return placed(frames.indexes, used, every, order)
    pairs = pairs_of(frames)
    used = np.flatnonzero(occurring(pairs, 1 << 16))
    every = np.concatenate([codes[used & 255], (used >> 8)[:, None].astype(np.uint8)], 1)
    return placed(pairs, used, every, order)


def placed(values: NDArray[Any], used: NDArray[np.intp], every: Codes, order: Codes | None) -> Entries:
    """The entries for pixels with some values. used : the values that occur, (n,). every : their colors and alpha,
    uint8 (n, 4)."""
    if len(used) > MAX_ENTRIES:
        raise no_room(len(used))
    table, at = (every, np.arange(len(every))) if order is None else in_order(every, order)
    if len(table) > MAX_ENTRIES:  # the unused colors have no room
        kept = np.isin(np.arange(len(table)), at)
        table, at = table[kept], (np.cumsum(kept) - 1)[at]
    place = np.zeros(int(used[-1]) + 1, np.uint8)
    place[used] = at
    return Entries(place[values], np.ascontiguousarray(table[:, :3]), table[:, 3].copy(), order is not None)


def in_order(every: Codes, order: Codes) -> tuple[Codes, NDArray[np.intp]]:
    """The table that starts with an order and holds all entries, and the place of each entry in it."""
    if not len(order):
        return every, np.arange(len(every))
    keys, known = keys_of(every), keys_of(order)
    sorted_known = np.argsort(known, kind="stable")  # the first of equals
    guess = np.searchsorted(known[sorted_known], keys)
    at = sorted_known[np.minimum(guess, len(known) - 1)]
    missing = known[at] != keys
    at[missing] = len(order) + np.arange(missing.sum())
    return np.concatenate([order, every[missing]]), at


def keys_of(table: Codes) -> NDArray[np.int64]:
    """A number for each color and alpha; the same for all transparent ones."""
    keys: NDArray[np.int64] = table.astype(np.int64) @ np.array([1 << 24, 1 << 16, 1 << 8, 1])
    keys[table[:, 3] == 0] = -1
    return keys


def no_room(entries: int) -> NoRoomError:
    return NoRoomError(
        f"{entries} colors and levels of alpha do not fit into {MAX_ENTRIES} entries: give k={MAX_ENTRIES - 1} or "
        "fewer, or write webp."
    )
