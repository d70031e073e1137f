"""Write colors in CSS, in every color space of CSS.

References
----------
W3C, CSS Color Module Level 4: the notations.
"""

from collections.abc import Callable

import numpy as np

from pochade.color import Array, hexcone
from pochade.color.css_spaces import PREDEFINED, cielab_d50
from pochade.color.spaces import spaces
from pochade.color.srgb import encode_unit
from pochade.errors import UnknownNameError


def css(linear: Array, space: str) -> str:
    """CSS text for one color, in a space given by its CSS name: "rgb", "oklch", "display-p3", ...

    Parameters
    ----------
    linear : float64 (3,), linear-light sRGB.

    Raises
    ------
    UnknownNameError : CSS has no such space. The message lists the spaces.

    Notes
    -----
    The digits suffice to restore the same sRGB codes. The hue of a gray is 0.

    Examples
    --------
    >>> import numpy as np
    >>> css(np.array([0.0, 0.5, 1.0]), "oklch"), css(np.array([0.0, 0.5, 1.0]), "xyz")
    ('oklch(74.73% 0.15538 233.51)', 'color(xyz 0.35927 0.42978 1.01013)')
    """
    if space not in NOTATIONS:
        raise UnknownNameError("CSS space", space, NOTATIONS)
    return NOTATIONS[space](np.asarray(linear, np.float64))


def _rgb(linear: Array) -> str:
    return f"rgb({_numbers(encode_unit(linear) * 255, (2, 2, 2))})"


def _hsl(linear: Array) -> str:
    hue, top, chroma = (float(value) for value in hexcone.split(encode_unit(linear)))
    light = top - chroma / 2
    room = min(light, 1 - light)
    return f"hsl({_number(hue * 360)} {_number(50 * chroma / room if room else 0)}% {_number(100 * light)}%)"


def _hwb(linear: Array) -> str:
    hue, top, chroma = (float(value) for value in hexcone.split(encode_unit(linear)))
    return f"hwb({_number(hue * 360)} {_number(100 * (top - chroma))}% {_number(100 * (1 - top))}%)"


def _lab(linear: Array) -> str:
    return f"lab({_numbers(cielab_d50(linear), (2, 2, 2))})"


def _lch(linear: Array) -> str:
    return f"lch({_numbers(_polar(cielab_d50(linear), 0.01), (2, 2, 2))})"


def _oklab(linear: Array) -> str:
    light, a, b = spaces["oklab"].from_linear(linear).tolist()
    return f"oklab({_number(100 * light)}% {_number(a, 5)} {_number(b, 5)})"


def _oklch(linear: Array) -> str:
    light, chroma, hue = _polar(spaces["oklab"].from_linear(linear), 1e-4).tolist()
    return f"oklch({_number(100 * light)}% {_number(chroma, 5)} {_number(hue)})"


def _predefined(name: str) -> Callable[[Array], str]:
    """A function that writes color(name ...) with five decimals: near black, one sRGB code is 3e-4 of linear light."""
    return lambda linear: f"color({name} {_numbers(PREDEFINED[name].from_linear(linear), (5, 5, 5))})"


def _polar(lab: Array, min_chroma: float) -> Array:
    """Lightness, chroma and hue in degrees. A color of lower chroma than `min_chroma` is gray: chroma and hue are 0."""
    light, a, b = lab.tolist()
    chroma = float(np.hypot(a, b))
    if chroma < min_chroma:
        return np.array([light, 0, 0])
    return np.array([light, chroma, np.rad2deg(np.arctan2(b, a)) % 360])


def _number(value: float, digits: int = 2) -> str:
    """The decimal number without trailing zeros, and without the sign of -0."""
    return f"{round(value, digits) + 0.0:.{digits}f}".rstrip("0").rstrip(".")


def _numbers(values: Array, digits: tuple[int, int, int]) -> str:
    return " ".join(_number(float(value), n) for value, n in zip(values, digits, strict=True))


NOTATIONS: dict[str, Callable[[Array], str]] = {
    "rgb": _rgb,
    "hsl": _hsl,
    "hwb": _hwb,
    "lab": _lab,
    "lch": _lch,
    "oklab": _oklab,
    "oklch": _oklch,
    **{name: _predefined(name) for name in PREDEFINED if name != "display-p3-linear"},  # which few programs read yet
}
"""The function that writes a linear-light color, for each space of CSS by its CSS name."""
