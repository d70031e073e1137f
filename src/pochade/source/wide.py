"""48- and 64-bit color (PNG, TIFF) through Pillow, which keeps only the high byte of each level.

Telling its decoder that the levels are of the other byte order gives the low bytes. With both, levels are rounded as
v * 255 / 65535 instead of cut, which would darken by half a code.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from pochade.source.array import eight_bits
from pochade.source.modes import Convert, Part, levels_of

_OTHER_ORDER = {"B": "L", "L": "B"}


def low_bytes(image: ImageFile.ImageFile) -> list[Any] | None:
    """The tiles that make Pillow decode the low bytes of 16-bit color levels; None where the image has none.

    Parameters
    ----------
    image : opened, not loaded.
    """
    if image.mode not in ("RGB", "RGBA") or image.format not in ("PNG", "TIFF"):
        return None
    tiles = []
    for tile in image.tile:
        args = tile[3]
        mode = args if isinstance(args, str) else args[0] if isinstance(args, tuple) and args else ""
        if not isinstance(mode, str) or mode[:-1] not in ("RGB;16", "RGBA;16") or mode[-1] not in "BL":
            return None
        other = mode[:-1] + _OTHER_ORDER[mode[-1]]
        tiles.append(ImageFile._Tile(tile[0], tile[1], tile[2], other if args is mode else (other, *args[1:])))
    return tiles or None


def wide_converter(low: Image.Image, box_of: Any) -> Convert:
    raise NotImplementedError
