"""Shared by swatch files: names of colors, and conversions from color models to sRGB codes."""

import functools
import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from pochade.color import xyz
from pochade.color.hexcone import join
from pochade.color.spaces import spaces
from pochade.color.srgb import to_codes
from pochade.errors import FormatError
from pochade.palette import Palette

Triple = tuple[int, int, int]

# Line breaks, control characters, and characters that cannot be encoded.
_NOT_PLAIN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
# Placeholders that programs write for unnamed colors.
_NO_NAMES = frozenset({"", "untitled", "unnamed", "unnamed color", "unnamed swatch"})

# The white point D50 by its chromaticity, x = 0.3457 and y = 0.3585 (ISO 3664; CSS Color Module Level 4).
_D50 = np.array([0.3457 / 0.3585, 1.0, (1 - 0.3457 - 0.3585) / 0.3585])
# Bradford's cone responses (Lam 1985; also annex E of the ICC specification, version 4).
_CONES = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D65_FROM_D50 = np.linalg.inv(_CONES) @ np.diag((_CONES @ xyz.WHITE) / (_CONES @ _D50)) @ _CONES


def plain(name: str) -> str:
    """The name on one line, without characters that a file cannot hold; may be empty.

    Examples
    --------
    >>> plain("brick\\nred")
    'brick red'
    """
    return _NOT_PLAIN.sub(" ", name).strip()


def plain_names(palette: Palette) -> list[str]:
    """The name of each color on one line: its label, or the nearest CSS name."""
    return [plain(name) or color.hex for name, color in zip(palette.names, palette, strict=True)]


def label_of(name: str | None) -> str | None:
    """The name of a color in a file, on one line; None for a placeholder such as "Untitled"."""
    name = plain(name or "")
    return None if name.lower() in _NO_NAMES else name


def from_unit(values: Sequence[float], where: str) -> Triple:
    """The codes of encoded sRGB, 0..1; FormatError if out of range. where : the place in the file, for the message."""
    # Tolerates rounding by the writing program: a thousandth is a quarter of a code.
    if not all(-0.001 <= value <= 1.001 for value in values):
        raise FormatError(f"{where}: {_text_of(values)} is not a color: all values must be 0 to 1.")
    red, green, blue = (min(max(int(value * 255 + 0.5), 0), 255) for value in values)
    return red, green, blue


def from_profile(values: Sequence[float], profile: bytes, where: str) -> Triple:
    """The sRGB codes of red, green and blue, 0..1, in an ICC profile, after rounding to codes of the profile."""
    from pochade.source.profile import is_srgb, profile_space

    codes = from_unit(values, where)
    transform = _transform(profile)
    if transform is None:
        space = profile_space(profile)
        problem = f"is for {space}" if space else "is not an ICC profile"
        raise FormatError(f"{where}: the color's profile {problem}: it must be for RGB.")
    if is_srgb(profile):
        return codes
    from PIL import Image, ImageCms

    pixel = ImageCms.applyTransform(Image.new("RGB", (1, 1), codes), transform)
    assert pixel is not None
    red, green, blue = pixel.tobytes()
    return red, green, blue


@functools.lru_cache(maxsize=16)
def _transform(profile: bytes) -> Any:
    """The transform to sRGB, cached for all swatches of a file."""
    from pochade.source.profile import srgb_transform

    return srgb_transform(profile, "RGB")


def from_gray(gray: float, where: str) -> Triple:
    """The codes of an sRGB-encoded gray, 0 (black) to 1 (white)."""
    return from_unit((gray, gray, gray), where)


def from_cmyk(inks: Sequence[float], where: str) -> Triple:
    """The codes of cyan, magenta, yellow and black, 0..1, for ideal inks.

    This is an approximation: printed colors depend on a profile, which swatch files do not have.
    """
    from_unit(inks[:3], where)
    cyan, magenta, yellow, black = inks
    from_gray(black, where)
    return from_unit([(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)], where)


def from_hsv(hsv: Sequence[float], where: str) -> Triple:
    """The codes of hue (in turns), saturation and value, 0..1."""
    return from_unit(rgb_of_hsv(hsv, where), where)


def rgb_of_hsv(hsv: Sequence[float], where: str) -> list[float]:
    """Red, green and blue, 0..1, of hue (in turns), saturation and value."""
    from_unit(hsv, where)
    hue, saturation, value = np.clip(np.array(hsv), 0, 1)[:, None]
    rgb: list[float] = join(hue, value, value * saturation)[0].tolist()
    return rgb


def from_linear(linear: Sequence[float], where: str) -> Triple:
    """The nearest codes of linear-light sRGB; colors outside of sRGB are clipped channel by channel."""
    if not all(math.isfinite(value) and abs(value) < 1e6 for value in linear):
        raise FormatError(f"{where}: {_text_of(linear)} is not a color.")
    red, green, blue = to_codes(np.array(linear)).tolist()
    return red, green, blue


def from_xyz_d50(values: Sequence[float], where: str) -> Triple:
    """The nearest codes of CIE XYZ under D50 (Y of white is 1), adapted by Bradford's transform."""
    if not all(math.isfinite(value) and abs(value) < 1e6 for value in values):
        raise FormatError(f"{where}: {_text_of(values)} is not a color.")
    return from_linear(xyz.to_linear(_D65_FROM_D50 @ np.array(values)).tolist(), where)


def from_cielab_d50(cielab: Sequence[float], where: str) -> Triple:
    """The nearest codes of CIELAB under D50, as Adobe's programs and Krita store it: L* 0..100, a* and b*."""
    lightness, a, b = cielab
    if not (-0.1 <= lightness <= 100.1 and abs(a) <= 1000 and abs(b) <= 1000):
        raise FormatError(f"{where}: {_text_of(cielab)} is not a CIELAB color: L* must be 0 to 100.")
    ratios = xyz.from_linear(spaces["cielab"].to_linear(np.array(cielab))) / xyz.WHITE
    return from_xyz_d50((ratios * _D50).tolist(), where)


def _text_of(values: Sequence[float]) -> str:
    return " ".join(f"{value:g}" for value in values)
