"""Read the color values of style sheets: names, hex and every color function of CSS Color Module Level 4."""

import re

import numpy as np
from numpy.typing import ArrayLike

from pochade.color import Array, hexcone
from pochade.color.css_spaces import PREDEFINED, from_cielab_d50
from pochade.color.parse import css_names, parse_color
from pochade.color.spaces import oklab, oklch
from pochade.color.srgb import encode, to_codes
from pochade.errors import OptionError

_FUNCTION = re.compile(r"(rgba?|hsla?|hwb|lab|lch|oklch|oklab|color)\(([^()]*)\)")
_OTHER = re.compile(r"\b(var|calc|from)\b")
"""What makes a value depend on others: variables, arithmetic, relative colors."""

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|grad|rad|turn)?")
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_DEGREES = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / np.pi, "turn": 360.0}
_FULL = {
    "rgb": (255.0, 255.0, 255.0),
    "hsl": (None, 100.0, 100.0),
    "hwb": (None, 100.0, 100.0),
    "lab": (100.0, 125.0, 125.0),
    "lch": (100.0, 150.0, None),
    "oklab": (1.0, 0.4, 0.4),
    "oklch": (1.0, 0.4, None),
    "color": (1.0, 1.0, 1.0),
}
"""The number that CSS writes as 100 %, for each channel; None for a hue. CSS Color Module Level 4, at each function."""

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
    color = css_rgba(text)
    return color[:3] if color is not None and color[3] == 1 else None


def css_rgba(text: str) -> tuple[int, int, int, float] | None:
    """The sRGB codes of a color and its alpha, 0..1, or None for another value: a length, a variable, a keyword.

    A color outside sRGB is mapped as by `css_value`.

    Raises
    ------
    OptionError : the text begins like a color but is not a valid one.

    Examples
    --------
    >>> css_rgba("color(display-p3 0.9 0.2 0.1 / 25%)")
    (250, 5, 0, 0.25)
    """
    text = text.strip().lower()
    if text.startswith("#"):
        return _hex(text)
    if text in css_names():
        return *_triple(parse_color(text)), 1.0
    if text == "transparent":
        return 0, 0, 0, 0.0
    name = text.partition("(")[0]
    if name.removesuffix("a") not in _FULL or "(" not in text or _OTHER.search(text):
        return None
    match = _FUNCTION.fullmatch(text)
    if match is None:
        raise OptionError(f"{text[:40]!r} is no color.")
    return _function(text, match[1].removesuffix("a"), match[2])


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


def _hex(text: str) -> tuple[int, int, int, float]:
    if not _HEX.fullmatch(text):
        raise OptionError(f"{text[:40]!r} is no color: give #rgb or #rrggbb.")
    digits = text[1:] if len(text) > 5 else "".join(2 * digit for digit in text[1:])
    red, green, blue, *alpha = bytes.fromhex(digits)
    return red, green, blue, alpha[0] / 255 if alpha else 1.0


def _function(text: str, name: str, inside: str) -> tuple[int, int, int, float]:
    channels, slash, after = inside.partition("/")
    parts = channels.replace(",", " ").split()
    if not slash and len(parts) == 4 and "," in channels:
        slash, after = "/", parts.pop()
    space = parts.pop(0) if name == "color" and parts else ""
    if name == "color" and space not in PREDEFINED:
        raise OptionError(f"{text[:40]!r} is no color: its space {space[:20]!r} is none of {', '.join(PREDEFINED)}.")
    if len(parts) != 3:
        raise OptionError(f"{text[:40]!r} is no color: it has {len(parts)} channels of 3.")
    values = np.array([_channel(text, part, full) for part, full in zip(parts, _FULL[name], strict=True)])
    alpha = min(max(_channel(text, after.strip(), 1.0), 0.0), 1.0) if slash else 1.0
    if name in ("rgb", "hsl", "hwb"):
        return *_triple(np.floor(np.clip(_SRGB[name](values), 0, 1) * 255 + 0.5)), alpha
    linear = PREDEFINED[space].to_linear(values) if space else _LINEAR[name](values)
    return *_triple(to_codes(within_srgb(linear))), alpha


def _hsl(values: Array) -> Array:
    saturation, lightness = np.clip(values[1:] / 100, 0, 1)
    chroma = 2 * saturation * min(lightness, 1 - lightness)
    return hexcone.join(values[0] / 360 % 1, lightness + chroma / 2, chroma)


def _hwb(values: Array) -> Array:
    white, black = np.maximum(values[1:] / 100, 0)
    if white + black >= 1:
        return np.full(3, white / (white + black))
    return hexcone.join(values[0] / 360 % 1, 1 - black, 1 - black - white)


def _light(values: Array, full: float) -> Array:
    """The channels with the lightness kept in its range."""
    return np.array([min(max(values[0], 0.0), full), *values[1:]])


def _from_polar(values: Array) -> Array:
    """Lightness, a and b of lightness, chroma and hue in degrees."""
    lightness, chroma, hue = values
    angle = np.deg2rad(hue)
    return np.array([lightness, *(max(chroma, 0.0) * np.array([np.cos(angle), np.sin(angle)]))])


_SRGB = {"rgb": lambda values: values / 255, "hsl": _hsl, "hwb": _hwb}
"""Encoded sRGB, 0..1, of the channels of each function that is a notation of sRGB."""

_LINEAR = {
    "lab": lambda values: from_cielab_d50(_light(values, 100)),
    "lch": lambda values: from_cielab_d50(_from_polar(_light(values, 100))),
    "oklab": lambda values: oklab.to_linear(_light(values, 1)),
    "oklch": lambda values: oklab.to_linear(_from_polar(_light(values, 1))),
}
"""Linear-light sRGB, not clipped, of the channels of the other functions."""


def _channel(text: str, part: str, full: float | None) -> float:
    """The number of one channel; `full` is the number for 100 %, None for a hue, which becomes degrees."""
    if part == "none":
        return 0.0
    match = _NUMBER.fullmatch(part)
    if match is None or not abs(float(match[1])) < 1e6:  # a larger number would overflow
        raise OptionError(f"{text[:40]!r} is no color: {part[:20]!r} is no number of it.")
    value, unit = float(match[1]), match[2] or ""
    if unit not in (_DEGREES if full is None else ("", "%")):
        raise OptionError(f"{text[:40]!r} is no color: {part[:20]!r} has the wrong unit.")
    return value * _DEGREES[unit] if full is None else value * full / 100 if unit == "%" else value


def _triple(codes: ArrayLike) -> tuple[int, int, int]:
    red, green, blue = (int(code) for code in np.asarray(codes))
    return red, green, blue
