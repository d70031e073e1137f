"""Convert a part of an image in any of Pillow's modes to codes and alpha."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pochade.errors import FormatError
from pochade.source.array import eight_bits
from pochade.source.encoding import Encoding
from pochade.source.picture import rows_of
from pochade.source.profile import Profile, gray_table, lab_transform, rgb_profile, srgb_transform

_BITS_PER_SAMPLE = 258  # TIFF 6.0, section 8

Codes = NDArray[np.uint8]
Part = tuple[Codes, Codes | None]
Convert = Callable[[Image.Image], Part]
"""Converts a part of the image to codes (h, w, 3), and alpha (h, w) or None."""


def converter(image: Image.Image, profile: Profile | None, name: str) -> tuple[Convert, Profile | None]:
    """A function that converts parts of a loaded image to codes, and the RGB profile of these codes.

    Parameters
    ----------
    profile : of the image; None for sRGB.

    Raises
    ------
    FormatError : the levels of modes I and F fit no known range.
    """
    mode = image.mode
    if mode in ("CMYK", "LAB"):
        return _by_transform(srgb_transform(profile, mode) or (lab_transform() if mode == "LAB" else None)), None
    if mode.startswith("I;16"):
        profile, deep = deep_profile(profile)
        return _by_16_bits(image, gray_table(profile), deep), rgb_profile(profile)
    if mode in ("I", "F"):
        return _by_range(image, name), rgb_profile(profile)
    table = gray_table(profile) if mode in ("1", "L", "LA", "La") else None
    return _by_8_bits(image.has_transparency_data, table), rgb_profile(profile)


def deep_profile(profile: Profile | None) -> tuple[Profile | None, Codes | None]:
    """The profile of the 8-bit codes of a 16-bit picture, and the table that gives them; None to round."""
    return profile.deep() if isinstance(profile, Encoding) else (profile, None)


def levels_of(image: Image.Image, mode: str) -> Codes:
    """The bytes of an image as uint8 (h, w, channels), in one of Pillow's raw modes with 8 bits a channel."""
    return np.frombuffer(image.tobytes("raw", mode), np.uint8).reshape(image.height, image.width, -1)


def _by_8_bits(transparent: bool, table: Codes | None) -> Convert:
    mode = "RGBA" if transparent else "RGB"

    def convert(part: Image.Image) -> Part:
        if part.mode != mode:
            part = part.convert("RGBA") if part.mode == "La" else part.convert(mode)
        # Pillow stores four bytes a pixel, so this is a plain copy.
        levels = levels_of(part, "RGBA" if transparent else "RGBX")
        codes = levels[..., :3] if table is None else table[levels[..., 0]]
        return codes, levels[..., 3] if transparent else None

    return convert


def _by_transform(transform: Any) -> Convert:
    """Convert by an ICC transform. Without one, CMYK becomes (1 - c)(1 - k), as in Pillow and browsers."""

    def convert(part: Image.Image) -> Part:
        srgb = part.convert("RGB") if transform is None else transform.apply(part)
        return levels_of(srgb, "RGBX")[..., :3], None

    return convert


def _by_16_bits(image: Image.Image, table: Codes | None, deep: Codes | None) -> Convert:
    order = ">u2" if image.mode.endswith("B") else "<u2"
    key = image.info.get("transparency")
    full = _full_level(image)

    def convert(part: Image.Image) -> Part:
        wide = np.frombuffer(part.tobytes(), order).reshape(part.height, part.width)
        if deep is not None:
            levels = deep[wide if full == 65535 else np.minimum(wide * (65535 / full) + 0.5, 65535).astype(np.uint16)]
        else:
            levels = eight_bits(wide) if full == 65535 else (wide * (255 / full) + 0.5).astype(np.uint8)
        codes = np.repeat(levels[..., None], 3, axis=2) if table is None else table[levels]
        alpha = np.where(wide == key, 0, 255).astype(np.uint8) if isinstance(key, int) else None
        return codes, alpha

    return convert


def _full_level(image: Image.Image) -> int:
    """The level of white: TIFF may store 12 bits in 16, which Pillow does not scale."""
    bits = getattr(image, "tag_v2", {}).get(_BITS_PER_SAMPLE, (16,))
    return (1 << bits[0]) - 1 if len(bits) == 1 and 8 < bits[0] < 16 else 65535


def _by_range(image: Image.Image, name: str) -> Convert:
    """Convert modes without a fixed range: I has 16-bit levels, F the smallest range of 0..1, 0..255 and 0..65535
    that contains all levels."""
    dtype = np.dtype(np.int32 if image.mode == "I" else np.float32)

    def values(part: Image.Image) -> NDArray[Any]:
        return np.frombuffer(part.tobytes(), dtype).reshape(part.height, part.width)

    ranges = [
        (levels.min(), levels.max())
        for top, bottom in rows_of((0, 0, *image.size))
        for levels in [values(image.crop((0, top, image.width, bottom)))]
    ]
    least, most = float(np.min(ranges)), float(np.max(ranges))
    if not (least >= 0 and most <= 65535):  # also false for NaN
        raise FormatError(f"{name}: the levels go from {least:g} to {most:g}; allowed are 0 to 65535, floats 0 to 1.")
    full = 65535.0 if image.mode == "I" or most > 255 else 255.0 if most > 1 else 1.0

    def convert(part: Image.Image) -> Part:
        levels = np.floor(values(part) * (255.0 / full) + 0.5).astype(np.uint8)
        return np.repeat(levels[..., None], 3, axis=2), None

    return convert
