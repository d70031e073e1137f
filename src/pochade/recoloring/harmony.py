"""Harmony: palettes whose hues fit a template on the hue wheel."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import to_codes
from pochade.errors import UnknownNameError

Template = Literal["auto", "i", "V", "L", "I", "T", "Y", "X"]

TEMPLATES: dict[str, tuple[tuple[float, float], ...]] = {
    "i": ((0.0, 18.0),),
    "V": ((0.0, 93.6),),
    "L": ((0.0, 18.0), (90.0, 79.2)),
    "I": ((0.0, 18.0), (180.0, 18.0)),
    "T": ((0.0, 180.0),),
    "Y": ((0.0, 93.6), (180.0, 18.0)),
    "X": ((0.0, 93.6), (180.0, 93.6)),
}
"""Each template's sectors, center and width in degrees, those of Cohen-Or and others: i is one hue, V neighbors, I
complements, L and Y one hue beside or opposite a range, T half of the wheel, X two ranges."""

MEANINGS = {
    "i": "one hue",
    "V": "neighboring hues",
    "L": "one hue, and the hues a quarter of the circle away",
    "I": "two opposite hues",
    "T": "the hues of one half of the circle",
    "Y": "neighboring hues, and the opposite one",
    "X": "two opposite ranges of hues",
}
"""What the hues in each template are, for sentences."""


def check_template(template: str) -> None:
    """Raise UnknownNameError if there is no such template."""
    if template != "auto" and template not in TEMPLATES:
        raise UnknownNameError("template", template, ["auto", *TEMPLATES])


def harmonized(oklab: Array, weights: Array, template: str) -> tuple[Array, str, float]:
    """The colors with their hues in the nearest rotation of a template, the template and its rotation in degrees.

    Each hue moves into the sector with the nearest border and keeps its order there: far hues end near the border, none
    outside. "auto" chooses the template with the least distance.

    oklab : float64 (k, 3). weights : float64 (k,); a color counts by weight x chroma.

    References
    ----------
    Cohen-Or, Sorkine, Gal, Leyvand and Xu 2006, "Color harmonization". They use HSV's hue and saturation, and pixels,
    which a graph cut keeps together; we use Oklab's hue and chroma, and the palette's colors, whose pixels move
    together anyway.
    """
    check_template(template)
    hues, chroma = np.rad2deg(np.arctan2(oklab[:, 2], oklab[:, 1])), np.hypot(oklab[:, 1], oklab[:, 2])
    tried = [
        (_cost(hues, chroma * weights, TEMPLATES[name], turn), name, float(turn))
        for name in (TEMPLATES if template == "auto" else [template])
        for turn in range(360)
    ]
    _, name, turn = min(tried, key=lambda one: one[0])  # the first of equals
    center, width = _nearest(hues, TEMPLATES[name], turn)
    off = _apart(hues, center)
    spread = width / 2 * (1 - np.exp(-0.5 * (off / (width / 2)) ** 2))
    angle = np.deg2rad(center + np.sign(off) * spread)
    moved = np.column_stack([oklab[:, 0], chroma * np.cos(angle), chroma * np.sin(angle)])
    return moved, name, turn


def _cost(hues: Array, weights: Array, sectors: tuple[tuple[float, float], ...], turn: float) -> float:
    """The weighted sum of degrees by which hues lie outside of their sectors."""
    center, width = _nearest(hues, sectors, turn)
    return float((np.maximum(np.abs(_apart(hues, center)) - width / 2, 0) * weights).sum().round(9))


def _nearest(hues: Array, sectors: tuple[tuple[float, float], ...], turn: float) -> tuple[Array, Array]:
    """The sector with the nearest border for each hue: centers and widths."""
    centers_widths = np.array(sectors)
    outside = np.abs(_apart(hues[:, None], centers_widths[:, 0] + turn)) - centers_widths[:, 1] / 2
    at = outside.argmin(1)
    return centers_widths[at, 0] + turn, centers_widths[at, 1]


def _apart(hues: Array, center: Array) -> Array:
    """The signed angle from a center to a hue, -180..180 degrees."""
    apart: Array = (hues - center + 180) % 360 - 180
    return apart


def codes_of(oklab: Array) -> NDArray[np.uint8]:
    """The nearest sRGB codes, uint8 (k, 3); colors outside of the gamut lose chroma."""
    return to_codes(into_gamut(spaces["oklab"].to_linear(oklab)))
