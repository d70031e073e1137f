"""Mix two colors as CSS's color-mix() does."""

import re

import numpy as np

from pochade.color import Array
from pochade.color.css_spaces import PREDEFINED, cielab_d50, from_cielab_d50
from pochade.color.css_value import css_rgba, within_srgb
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.errors import OptionError

_ARGUMENT = re.compile(r"(?:([\d.]+)%\s+)?(.+?)(?:\s+([\d.]+)%)?")
_METHOD = re.compile(r"in\s+([\w-]+)(?:\s+(shorter|longer|increasing|decreasing)\s+hue)?")
_GRAY = {"oklch": 4e-6, "lch": 0.0015}
"""The chroma below which a color has no hue: CSS Color Module Level 4, section "Powerless components"."""


def css_mix(inside: str) -> tuple[int, int, int, float]:
    """The sRGB codes and the alpha, 0..1, of color-mix(): `inside` is the text between its parentheses.

    Raises
    ------
    OptionError : the text breaks the grammar, or the space is not known.

    References
    ----------
    W3C: "CSS Color Module Level 5", section "Mixing colors", and Level 4, section "Interpolation". The colors are
    rounded to codes before they are mixed. hsl and hwb are not known as spaces of the mixture.

    Examples
    --------
    >>> css_mix("in srgb, red, white 25%")
    (255, 64, 64, 1.0)
    """
    parts = [part.strip() for part in re.split(r",(?![^(]*\))", inside.strip().lower())]
    method = _METHOD.fullmatch(parts[0]) if parts[0].startswith("in ") else _METHOD.fullmatch("in oklab")
    arguments = parts[1:] if parts[0].startswith("in ") else parts
    if method is None or len(arguments) != 2:
        raise OptionError(f"'color-mix({inside[:40]})' is no color: give a space and two colors.")
    first, second = (_argument(one) for one in arguments)
    share, scale = _shares(first[1], second[1])
    return _mixed(first[0], second[0], share, scale, method[1], method[2] or "shorter")


def _argument(text: str) -> tuple[tuple[int, int, int, float], float | None]:
    match = _ARGUMENT.fullmatch(text)
    color = css_rgba(match[2]) if match else None
    if match is None or color is None:
        raise OptionError(f"{text[:40]!r} is no color to mix.")
    percent = match[1] or match[3]
    return color, None if percent is None else min(float(percent) / 100, 1.0)


def _shares(first: float | None, second: float | None) -> tuple[float, float]:
    """The share of the first color, and the factor of the alpha."""
    if first is None:
        first = 0.5 if second is None else 1 - second
    second = 1 - first if second is None else second
    total = first + second
    if total == 0:
        raise OptionError("color-mix() is no color: both shares are 0%.")
    return first / total, min(total, 1.0)


def _mixed(
    first: tuple[int, int, int, float],
    second: tuple[int, int, int, float],
    share: float,
    scale: float,
    space: str,
    way: str,
) -> tuple[int, int, int, float]:
    a, b = _coordinates(first, space), _coordinates(second, space)
    alpha = share * first[3] + (1 - share) * second[3]
    if alpha == 0:
        return 0, 0, 0, 0.0
    mixed = (share * first[3] * a + (1 - share) * second[3] * b) / alpha
    if space in _GRAY:
        if a[1] < _GRAY[space]:
            a[2] = b[2]
        if b[1] < _GRAY[space]:
            b[2] = a[2]
        mixed[2] = a[2] + (1 - share) * _turn(b[2] - a[2], way)  # hues are not multiplied by alpha
    red, green, blue = (int(code) for code in to_codes(within_srgb(_linear(mixed, space))))
    return red, green, blue, alpha * scale


def _turn(difference: float, way: str) -> float:
    """The degrees from one hue to the other, on the way that is asked for."""
    if way == "increasing":
        return difference % 360
    if way == "decreasing":
        return -(-difference % 360)
    short = (difference + 180) % 360 - 180
    return short if way == "shorter" or short == 0 else short - np.copysign(360, short)


def _coordinates(color: tuple[int, int, int, float], space: str) -> Array:
    linear = decode(np.array(color[:3], np.uint8))
    if space in PREDEFINED:
        return np.array(PREDEFINED[space].from_linear(linear))
    if space not in ("oklab", "oklch", "lab", "lch"):
        known = ", ".join(("oklab", "oklch", "lab", "lch", *PREDEFINED))
        raise OptionError(f"color-mix() in {space[:20]!r} is not known; known are {known}.")
    lab = spaces["oklab"].from_linear(linear) if space.startswith("ok") else cielab_d50(linear)
    if space in ("oklab", "lab"):
        return lab
    light, a, b = lab.tolist()
    return np.array([light, np.hypot(a, b), np.rad2deg(np.arctan2(b, a)) % 360])


def _linear(values: Array, space: str) -> Array:
    if space in PREDEFINED:
        return PREDEFINED[space].to_linear(values)
    if space in ("oklch", "lch"):
        light, chroma, hue = values.tolist()
        values = np.array([light, chroma * np.cos(np.deg2rad(hue)), chroma * np.sin(np.deg2rad(hue))])
    return spaces["oklab"].to_linear(values) if space.startswith("ok") else from_cielab_d50(values)
