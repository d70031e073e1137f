"""Read the color values of style sheets: the notations of `parse_color`, and hsl(), oklch() and oklab()."""

import colorsys
import re

import numpy as np
from numpy.typing import ArrayLike

from pochade.color import Array
from pochade.color.parse import css_names, parse_color
from pochade.color.spaces import oklab, oklch
from pochade.color.srgb import encode, to_codes
from pochade.errors import OptionError

_FUNCTION = re.compile(r"(rgba?|hsla?|oklch|oklab)\(([^()]*)\)")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|grad|rad|turn)?")
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_DEGREES = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / np.pi, "turn": 360.0}
_FULL_CHROMA = 0.4
"""The chroma, a or b that CSS writes as 100 %: CSS Color Module Level 4, sections "Oklab" and "OkLCh"."""
_VISIBLE, _PRECISION = 0.02, 0.0001
"""JND and EPSILON of the gamut mapping in CSS Color Module Level 4; see `within_srgb`."""


def css_value(text: str) -> tuple[int, int, int] | None:
    """The sRGB codes of an opaque color, or None for another value: a length, a variable, a translucent color.

    A color outside sRGB is mapped as CSS tells browsers to, mostly by lowering its chroma.

    Raises
    ------
    OptionError : the text begins like a color but is not a valid one.

    References
    ----------
    W3C: "CSS Color Module Level 4", including the alpha channel, `none` and the legacy syntax with commas.

    Examples
    --------
    >>> css_value("oklch(40.6% 0.145 22.4)")
    (134, 23, 34)
    >>> css_value("hsl(355deg 69% 33% / 1)")
    (142, 26, 36)
    >>> css_value("4px") is css_value("rgb(0 0 0 / 50%)") is None
    True
    """
    text = text.strip().lower()
    if text.startswith("#"):
        return _hex(text)
    if text in css_names():
        return _triple(parse_color(text))
    name = text.partition("(")[0]
    if name not in ("rgb", "rgba", "hsl", "hsla", "oklch", "oklab") or re.search(r"\b(var|calc|from)\b", text):
        return None
    match = _FUNCTION.fullmatch(text)
    if match is None:
        raise OptionError(f"{text[:40]!r} is no color.")
    return _function(text, match[1].rstrip("a"), match[2])


def within_srgb(linear: Array) -> Array:
    """The color mapped into the sRGB gamut, unchanged if it lies inside: linear-light sRGB (3,).

    The chroma is lowered at constant Oklch lightness and hue, until clipping makes no visible difference.

    References
    ----------
    W3C: "CSS Color Module Level 4", section "Sample Pseudocode for the Binary Search Gamut Mapping Algorithm with
    Local MINDE", with its constants.

    Examples
    --------
    >>> within_srgb(np.array([0.2, 1.1, -0.1])).round(2)
    array([0.27, 1.  , 0.  ])
    """
    if _inside(linear):
        return linear
    lightness, high, hue = oklch.from_linear(linear).tolist()
    if not 1e-6 < lightness < 1 - 1e-6:  # allows for the rounding of the conversions
        return np.full(3, float(lightness > 0.5))
    low, low_is_inside = 0.0, True
    current, clipped = linear, np.clip(linear, 0, 1)
    if _difference(current, clipped) < _VISIBLE:
        return clipped
    while high - low > _PRECISION:
        chroma = (low + high) / 2
        current = oklch.to_linear(np.array([lightness, chroma, hue]))
        if low_is_inside and _inside(current):
            low = chroma
            continue
        clipped = np.clip(current, 0, 1)
        difference = _difference(current, clipped)
        if difference >= _VISIBLE:
            high = chroma
            continue
        if _VISIBLE - difference < _PRECISION:
            break
        low, low_is_inside = chroma, False
    return clipped


def _difference(a: Array, b: Array) -> float:
    return float(np.linalg.norm(oklab.from_linear(a) - oklab.from_linear(b)))


def _inside(linear: Array) -> bool:
    codes = encode(linear)
    return bool((codes > -0.01).all() and (codes < 255.01).all())  # text rounds the coordinates


def _hex(text: str) -> tuple[int, int, int] | None:
    if not _HEX.fullmatch(text):
        raise OptionError(f"{text[:40]!r} is no color: give #rgb or #rrggbb.")
    digits = text[1:]
    short = len(digits) < 6
    opaque, alpha = (digits[:3], digits[3:]) if short else (digits[:6], digits[6:])
    return None if alpha.strip("f") else _triple(parse_color("#" + opaque))


def _function(text: str, name: str, inside: str) -> tuple[int, int, int] | None:
    channels, slash, alpha = inside.partition("/")
    parts = channels.replace(",", " ").split()
    if not slash and len(parts) == 4 and "," in channels:
        alpha = parts.pop()
    if len(parts) != 3:
        raise OptionError(f"{text[:40]!r} is no color: it has {len(parts)} channels of 3.")
    read = [(0.0, "") if part == "none" else _number(text, part) for part in parts]
    if alpha.strip():
        opacity, unit = _number(text, alpha.strip())
        if opacity < (100 if unit == "%" else 1):
            return None
    (first, of_first), (second, of_second), (third, of_third) = read
    if name == "rgb":
        codes = [_amount(value, unit, 255) for value, unit in read]
        return _triple(np.floor(np.clip(codes, 0, 255) + 0.5))
    if name == "hsl":
        saturation, lightness = (min(max(share / 100, 0.0), 1.0) for share in (second, third))
        srgb = colorsys.hls_to_rgb(_degrees(first, of_first) / 360 % 1, lightness, saturation)
        return _triple(np.floor(np.array(srgb) * 255 + 0.5))
    lightness = min(max(_amount(first, of_first, 1), 0.0), 1.0)
    if name == "oklch":
        chroma = max(_amount(second, of_second, _FULL_CHROMA), 0.0)
        linear = oklch.to_linear(np.array([lightness, chroma, _degrees(third, of_third)]))
    else:
        a, b = _amount(second, of_second, _FULL_CHROMA), _amount(third, of_third, _FULL_CHROMA)
        linear = oklab.to_linear(np.array([lightness, a, b]))
    return _triple(to_codes(within_srgb(linear)))


def _number(text: str, part: str) -> tuple[float, str]:
    match = _NUMBER.fullmatch(part)
    if match is None or not abs(float(match[1])) < 1e6:  # a larger number would overflow
        raise OptionError(f"{text[:40]!r} is no color: {part[:20]!r} is no number of it.")
    return float(match[1]), match[2] or ""


def _amount(value: float, unit: str, full: float) -> float:
    return value * full / 100 if unit == "%" else value


def _degrees(value: float, unit: str) -> float:
    return value * _DEGREES.get(unit, 1.0)


def _triple(codes: ArrayLike) -> tuple[int, int, int]:
    red, green, blue = (int(code) for code in np.asarray(codes))
    return red, green, blue
