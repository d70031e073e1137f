"""One frame of a Pillow image, decoded: a function from a box to its codes and alpha."""

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageFile

from pochade.errors import FormatError, TruncatedError
from pochade.source.decoding import decoding
from pochade.source.mask import scaled
from pochade.source.modes import Codes, Part, converter, levels_of
from pochade.source.picture import Box
from pochade.source.pixels import Strip
from pochade.source.profile import rgb_profile
from pochade.source.wide import as_bytes, gray_alpha_part, is_gray_alpha, low_bytes, wide_part

Reopen = Callable[[], ImageFile.ImageFile]
"""Opens the file anew, at the frame that is wanted, and decodes nothing yet."""

PartOf = Callable[[Box], Part]

STRIPS = 16
SMALLEST_STRIP = 1 << 16
"""A picture is handed on in about 16 strips, so that the copy is a sixteenth; small ones in fewer, for
speed."""


def strips_of(part_of: PartOf, box: Box, name: str, weight: int = 1, frame: int = 0) -> Iterator[Strip]:
    """The box of a decoded frame, in strips from top to bottom."""
    left, top, right, bottom = box
    rows = max(-(-(bottom - top) // STRIPS), SMALLEST_STRIP // (right - left), 1)
    for row in range(top, bottom, rows):
        with decoding(name):
            codes, alpha = part_of((left, row, right, min(row + rows, bottom)))
        yield Strip(codes, alpha, left, row, weight, frame)


def decode(image: Image.Image, reopen: Reopen | None, name: str) -> tuple[PartOf, bytes | None]:
    """The decoded image, and the RGB profile that its codes still carry.

    Parameters
    ----------
    image : opened, perhaps not loaded.
    reopen : opens the same frame once more, which 16-bit color needs; None for an image that is in memory.
    """
    if reopen is not None and isinstance(image, ImageFile.ImageFile):
        profile = rgb_profile(image.info.get("icc_profile"))
        if is_gray_alpha(image):
            as_bytes(image)
            image.load()
            return lambda box: gray_alpha_part(image.crop(box)), profile
        tiles = low_bytes(image)
        if tiles is not None:
            low = reopen()
            low.tile = tiles
            low.load()
            image.load()
            key = image.info.get("transparency")
            return lambda box: wide_part(image.crop(box), low.crop(box), key), profile
    image.load()
    convert, profile = converter(image, name)
    return lambda box: convert(_part(image, box)), profile


def decode_arrived(reopen: Reopen, name: str) -> tuple[Image.Image, PartOf, bytes | None]:
    """What arrived of a frame whose file ends early; pixels that never did are transparent.

    The frame is decoded twice, over black and over white: what differs was never written. That holds for any
    format and any order of pixels, and needs no guess from their colors.

    Raises
    ------
    TruncatedError : nothing arrived.
    """
    black, white = _decoded_over(reopen, 0), _decoded_over(reopen, 255)
    convert, profile = converter(black, name)

    def arrived(box: Box) -> Codes:
        one, other = (levels_of(_part(image, box), _raw(image)) for image in (black, white))
        return np.where((one == other).all(axis=2), 255, 0).astype(np.uint8)

    def part_of(box: Box) -> Part:
        codes, alpha = convert(_part(black, box))
        there = arrived(box)
        return codes, there if alpha is None else scaled(alpha, there)

    rows = max(1, SMALLEST_STRIP // black.width)
    tops = range(0, black.height, rows)
    if not any(arrived((0, top, black.width, min(top + rows, black.height))).any() for top in tops):
        raise TruncatedError(f"{name}: the file ends before the first pixel.")
    return black, part_of, profile


def _part(image: Image.Image, box: Box) -> Image.Image:
    return image if box == (0, 0, *image.size) else image.crop(box)


def _raw(image: Image.Image) -> str:
    """The raw mode whose bytes differ wherever pixels do."""
    if image.mode not in ("L", "P", "LA", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB"):
        raise FormatError(f"a truncated file with pixels of mode {image.mode} cannot be read in part.")
    return image.mode


def _decoded_over(reopen: Reopen, level: int) -> Image.Image:
    image = reopen()
    background = Image.new(image.mode, image.size, (level,) * len(image.getbands()) if level else 0)
    image.im = background.im
    try:
        image.load()
    except (OSError, EOFError, SyntaxError, ValueError):
        image.tile = []  # what was written stays; nothing more is decoded
    return image
