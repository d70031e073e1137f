"""Decode one frame of a Pillow image: a function from a box to its codes and alpha."""

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageFile

from pochade.errors import TruncatedError
from pochade.source.decoding import decoding
from pochade.source.mask import multiply
from pochade.source.modes import Codes, Part, converter, deep_profile
from pochade.source.picture import Box, rows_of
from pochade.source.pixels import Strip
from pochade.source.profile import Profile, gray_table, rgb_profile
from pochade.source.wide import as_bytes, gray_alpha_part, is_gray_alpha, low_bytes, wide_part

Reopen = Callable[[], ImageFile.ImageFile]
"""Opens the file again at the chosen frame, without decoding it."""

PartOf = Callable[[Box], Part]


def strips_of(part_of: PartOf, box: Box, name: str, weight: int = 1, frame: int = 0) -> Iterator[Strip]:
    """The box of a decoded frame, in strips from top to bottom."""
    left, _, right, _ = box
    for top, bottom in rows_of(box):
        with decoding(name):
            codes, alpha = part_of((left, top, right, bottom))
        yield Strip(codes, alpha, left, top, weight, frame)


def decode(
    image: Image.Image, profile: Profile | None, reopen: Reopen | None, name: str
) -> tuple[PartOf, Profile | None]:
    """The decoded image as a function of a box, and the RGB profile of its codes.

    Parameters
    ----------
    image : open; it is loaded here.
    profile : of the image; None for sRGB.
    reopen : opens the same frame again, which 16-bit color needs; None for an image in memory.
    """
    if reopen is not None and isinstance(image, ImageFile.ImageFile):
        if is_gray_alpha(image):
            table = gray_table(profile)
            shallow, deep = deep_profile(profile)
            as_bytes(image)
            image.load()
            return lambda box: gray_alpha_part(image.crop(box), table, deep), rgb_profile(shallow)
        tiles = low_bytes(image)
        if tiles is not None:
            shallow, deep = deep_profile(profile)
            low = reopen()
            low.tile = tiles
            low.load()
            image.load()
            key = image.info.get("transparency")
            return lambda box: wide_part(image.crop(box), low.crop(box), key, deep), rgb_profile(shallow)
    image.load()
    convert, profile = converter(image, profile, name)
    return lambda box: convert(_part(image, box)), profile


def decode_arrived(reopen: Reopen, profile: Profile | None, name: str) -> tuple[Image.Image, PartOf, Profile | None]:
    """Decode a frame of a file that ends early; missing pixels are transparent.

    The frame is decoded twice, over black and over white: pixels that differ are missing. This works for all
    formats and orders of pixels, without a guess from colors.

    Raises
    ------
    TruncatedError : all pixels are missing.
    """
    black, white = _decode_over(reopen, 0), _decode_over(reopen, 255)
    convert, profile = converter(black, profile, name)

    def arrived(box: Box) -> Codes:
        over_black, over_white = (_bytes_of(_part(image, box)) for image in (black, white))
        return np.where((over_black == over_white).all(axis=2), 255, 0).astype(np.uint8)

    def part_of(box: Box) -> Part:
        codes, alpha = convert(_part(black, box))
        mask = arrived(box)
        return codes, mask if alpha is None else multiply(alpha, mask)

    rows = rows_of((0, 0, *black.size))
    if not any(arrived((0, top, black.width, bottom)).any() for top, bottom in rows):
        raise TruncatedError(f"{name}: the file ends before the first pixel.")
    return black, part_of, profile


def _part(image: Image.Image, box: Box) -> Image.Image:
    return image if box == (0, 0, *image.size) else image.crop(box)


def _bytes_of(image: Image.Image) -> Codes:
    """The bytes of each pixel, uint8 (h, w, bytes)."""
    image = image.convert("L") if image.mode == "1" else image
    return np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width, -1)


def _decode_over(reopen: Reopen, level: int) -> Image.Image:
    image = reopen()
    background = Image.new(image.mode, image.size, (level,) * len(image.getbands()) if level else 0)
    image.im = background.im
    try:
        image.load()
    except (OSError, EOFError, SyntaxError, ValueError):
        image.tile = []  # keep the decoded pixels, and decode no more
    return image
