"""48- and 64-bit color (PNG, TIFF) through Pillow, which keeps only the high byte of each level.

With the byte order swapped, Pillow's decoder gives the low bytes. From both bytes, levels are rounded as
v * 255 / 65535; a cut to the high byte would darken by half a code.
"""

import sys
from typing import Any

import numpy as np
from PIL import Image, ImageFile

from pochade.source.array import eight_bits, split
from pochade.source.modes import Codes, Part, levels_of

_OTHER_ORDER = {"B": "L", "L": "B", "N": "B" if sys.byteorder == "little" else "L"}


def low_bytes(image: ImageFile.ImageFile) -> list[Any] | None:
    """The tiles that make Pillow decode the low bytes of 16-bit color levels; None for other images.

    Parameters
    ----------
    image : open, not loaded.
    """
    if image.mode not in ("RGB", "RGBA") or image.format not in ("PNG", "TIFF"):
        return None
    tiles = []
    for tile in image.tile:
        mode, *more = (tile.args,) if isinstance(tile.args, str) else tile.args or ("",)
        if mode[:-1] not in ("RGB;16", "RGBA;16") or mode[-1] not in _OTHER_ORDER:
            return None
        other = mode[:-1] + _OTHER_ORDER[mode[-1]]
        tiles.append(tile._replace(args=(other, *more) if more else other))
    return tiles or None


def wide_part(high: Image.Image, low: Image.Image, key: object, deep: Codes | None) -> Part:
    """Codes and alpha of a part of an image, from its high and its low bytes.

    Parameters
    ----------
    key : the 16-bit color that PNG's tRNS makes transparent, or any other type for none.
    deep : the 8-bit code of each 16-bit code; None to round.
    """
    wide = levels_of(high, high.mode).astype(np.uint16) << 8 | levels_of(low, low.mode)
    levels = eight_bits(wide) if deep is None else deep[wide[..., :3]]
    if high.mode == "RGBA":
        return levels[..., :3], eight_bits(wide[..., 3])
    if isinstance(key, tuple) and len(key) == 3:
        return levels, np.where((wide == key).all(axis=2), 0, 255).astype(np.uint8)
    return levels, None


def is_gray_alpha(image: ImageFile.ImageFile) -> bool:
    """Whether the image is a PNG of 16-bit gray with alpha."""
    return image.format == "PNG" and any(tile.args == "LA;16B" for tile in image.tile)


def as_bytes(image: ImageFile.ImageFile) -> None:
    """Make Pillow decode 16-bit gray with alpha as four plain bytes: two of gray, two of alpha."""
    image.tile = [tile._replace(args="RGBA") for tile in image.tile]


def gray_alpha_part(part: Image.Image, table: Codes | None, deep: Codes | None) -> Part:
    """Codes and alpha of a part of an image that `as_bytes` prepared; `table` is the gray profile's."""
    levels = np.frombuffer(part.tobytes(), ">u2").reshape(part.height, part.width, 2)
    codes, alpha = split(eight_bits(levels))
    if deep is not None:
        codes = np.repeat(deep[levels[..., :1]], 3, axis=2)
    return codes if table is None else table[codes[..., 0]], alpha
