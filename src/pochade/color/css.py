"""Write colors in CSS, in every color space of CSS.

References
----------
W3C, CSS Color Module Level 4: the notations, the primaries and transfer functions of the predefined spaces, and
the linear Bradford transform between the white points D65 and D50.
"""

from collections.abc import Callable

import numpy as np

from pochade.color import Array, hexcone, xyz
from pochade.color.spaces import spaces
from pochade.color.srgb import encode_unit
from pochade.errors import UnknownNameError

# Chromaticities x, y: red, green, blue, white.
_D65 = (0.3127, 0.3290)
_D50 = (0.3457, 0.3585)
_P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65)
_A98 = ((0.6400, 0.3300), (0.2100, 0.7100), (0.1500, 0.0600), _D65)
_REC2020 = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65)
_PROPHOTO = ((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105), _D50)

# XYZ to the cone responses of Bradford.
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


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
    return f"lab({_numbers(_cielab_d50(linear), (2, 2, 2))})"


def _lch(linear: Array) -> str:
    return f"lch({_numbers(_polar(_cielab_d50(linear), 0.01), (2, 2, 2))})"


def _oklab(linear: Array) -> str:
    light, a, b = spaces["oklab"].from_linear(linear).tolist()
    return f"oklab({_number(100 * light)}% {_number(a, 5)} {_number(b, 5)})"


def _oklch(linear: Array) -> str:
    light, chroma, hue = _polar(spaces["oklab"].from_linear(linear), 1e-4).tolist()
    return f"oklch({_number(100 * light)}% {_number(chroma, 5)} {_number(hue)})"


def _predefined(name: str, convert: Callable[[Array], Array]) -> Callable[[Array], str]:
    """A function that writes color(name ...) with five decimals: near black, one sRGB code is 3e-4 of linear light."""
    return lambda linear: f"color({name} {_numbers(convert(linear), (5, 5, 5))})"


def _wide(
    primaries: tuple[tuple[float, float], ...], encode: Callable[[Array], Array], *, d50: bool = False
) -> Callable[[Array], Array]:
    """A function from linear-light sRGB to an RGB space with other primaries."""

    def convert(linear: Array) -> Array:
        start = _xyz_d50(linear) if d50 else xyz.from_linear(linear)
        light = np.linalg.solve(_to_xyz(primaries), start)
        coded: Array = np.copysign(encode(np.abs(light)), light)
        return coded

    return convert


def _to_xyz(primaries: tuple[tuple[float, float], ...]) -> Array:
    """The matrix from an RGB space to XYZ, from the chromaticities of its primaries and its white."""
    *corners, white = (_xyz(point) for point in primaries)
    columns = np.stack(corners, axis=1)
    matrix: Array = columns * np.linalg.solve(columns, white)
    return matrix


def _xyz(point: tuple[float, float]) -> Array:
    """XYZ of a chromaticity, with Y = 1."""
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _xyz_d50(linear: Array) -> Array:
    """XYZ for D50, by Bradford's adaptation from D65."""
    gain = (_BRADFORD @ _xyz(_D50)) / (_BRADFORD @ xyz.WHITE)
    adapted: Array = np.linalg.solve(_BRADFORD, gain * (_BRADFORD @ xyz.from_linear(linear)))
    return adapted


def _cielab_d50(linear: Array) -> Array:
    """CIELAB for D50, from the color whose D65 XYZ has the same ratios to its white."""
    return spaces["cielab"].from_linear(xyz.to_linear(_xyz_d50(linear) / _xyz(_D50) * xyz.WHITE))


def _polar(lab: Array, min_chroma: float) -> Array:
    """Lightness, chroma and hue in degrees. A color of lower chroma than `min_chroma` is gray: chroma and hue are 0."""
    light, a, b = lab.tolist()
    chroma = float(np.hypot(a, b))
    if chroma < min_chroma:
        return np.array([light, 0, 0])
    return np.array([light, chroma, np.rad2deg(np.arctan2(b, a)) % 360])


def _prophoto(light: Array) -> Array:
    return np.where(light >= 1 / 512, light ** (1 / 1.8), 16 * light)


def _rec2020(light: Array) -> Array:
    """ITU-R BT.1886's display curve, which CSS adopted in 2025. Before, CSS used the camera curve of BT.2020."""
    return light ** (1 / 2.4)


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
    "srgb": _predefined("srgb", encode_unit),
    "srgb-linear": _predefined("srgb-linear", lambda linear: linear),
    "display-p3": _predefined("display-p3", _wide(_P3, encode_unit)),
    "a98-rgb": _predefined("a98-rgb", _wide(_A98, lambda light: light ** (256 / 563))),
    "prophoto-rgb": _predefined("prophoto-rgb", _wide(_PROPHOTO, _prophoto, d50=True)),
    "rec2020": _predefined("rec2020", _wide(_REC2020, _rec2020)),
    "xyz": _predefined("xyz", xyz.from_linear),
    "xyz-d50": _predefined("xyz-d50", _xyz_d50),
    "xyz-d65": _predefined("xyz-d65", xyz.from_linear),
}
"""The function that writes a linear-light color, for each space of CSS by its CSS name."""
