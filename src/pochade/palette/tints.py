"""Tints and shades of a color: the steps 50 (lightest) to 950 (darkest) that style sheets use.

References
----------
Tailwind CSS 4, "Colors": the names of the steps. `_LIGHTNESS` and `_CHROMA` are near the means over its hues red,
amber, green, blue, purple, fuchsia and pink, rounded here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pochade.color import Array
from pochade.color.contrast import wcag
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import to_codes
from pochade.errors import OptionError
from pochade.palette.color import Color

if TYPE_CHECKING:
    from pochade.palette.palette import Palette

STEPS = (50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950)
"""The names of the steps."""

_LIGHTNESS = np.array([0.975, 0.945, 0.9, 0.835, 0.75, 0.67, 0.59, 0.515, 0.445, 0.385, 0.28])
"""The Oklab lightness of each step."""

_CHROMA = np.array([0.07, 0.17, 0.34, 0.58, 0.82, 0.95, 1.0, 0.88, 0.72, 0.57, 0.4])
"""The Oklab chroma of each step, relative to the strongest."""

MAX_GROWN_CHROMA = 0.15
"""The largest Oklab chroma that a step of a pale or dark color grows to: almost every hue reaches it somewhere."""

NEUTRAL, COLORED = 0.02, 0.04
"""Oklab chroma up to which the steps of a color have no more chroma than it, and from which they grow fully: the
paper of a page stays paper, and a pale pink has a red behind it."""


def tints(color: Color | str | Iterable[int]) -> dict[int, Color]:
    """The tints and shades of a color: its hue, lighter and darker, by step, the lightest first.

    The color itself is at the step nearest to its lightness, `step_of(color)`. The lightness of the others falls
    evenly from 0.975 (50) to 0.28 (950), or to the color's own if that is beyond; the hue in Oklab stays; the chroma
    falls at both ends. Colors outside sRGB lose chroma until they are inside. Steps of a gray are gray.

    Parameters
    ----------
    color : a `Color`, text such as `"#8e1a24"` or `"teal"`, or three sRGB codes.

    Returns
    -------
    A `Color` for each of `STEPS`. A `Color` comes back unchanged at its step; the others have weight 0, no position
    and no label.

    Raises
    ------
    OptionError, UnknownNameError : it is no color.

    Examples
    --------
    >>> scale = tints("#8e1a24")
    >>> scale[50].hex, scale[500].hex, scale[800].hex, scale[950].hex
    ('#fef4f3', '#db6a68', '#8e1a24', '#4a1315')
    """
    own = _read(color)
    lightness, chroma, hue = own.to("oklch")
    at = _nearest(lightness)
    lights, chromas = _lightness(lightness, at), _chroma(chroma, at)
    points = np.stack([lights, chromas, np.full(len(STEPS), hue)], axis=-1)
    codes = to_codes(into_gamut(spaces["oklch"].to_linear(points))).tolist()
    scale = {step: Color((red, green, blue), 0.0) for step, (red, green, blue) in zip(STEPS, codes, strict=True)}
    return scale | {STEPS[at]: own}


def step_of(color: Color | str | Iterable[int]) -> int:
    """The step of `tints(color)` that is the color itself.

    Examples
    --------
    >>> step_of("white"), step_of("#8e1a24"), step_of("black")
    (50, 800, 950)
    """
    return STEPS[_nearest(_read(color).to("oklch")[0])]


@dataclass(frozen=True, slots=True)
class Tints:
    """The tints and shades of the colors of a palette; `palette.tints()` makes it.

    names : of the colors. own : the step of each color itself. scales : the colors of each by step.
    """

    names: tuple[str, ...]
    own: tuple[int, ...]
    scales: tuple[dict[int, Color], ...]

    @classmethod
    def of(cls, palette: "Palette") -> "Tints":
        """The tints of a palette's colors, in its order."""
        colors = palette.colors
        return cls(tuple(palette.names), tuple(map(step_of, colors)), tuple(map(tints, colors)))

    def to_dict(self) -> dict[str, Any]:
        """As JSON: the hex of each step, and its contrast (WCAG 2.2) with black and white."""
        return {
            "tints": [
                {
                    "hex": scale[own].hex,
                    "name": name,
                    "step": own,
                    "steps": {str(step): {"hex": one.hex, **contrasts(one)} for step, one in scale.items()},
                }
                for name, own, scale in zip(self.names, self.own, self.scales, strict=True)
            ]
        }


def contrasts(color: Color) -> dict[str, float]:
    """The ratios (WCAG 2.2) of black and of white text on a color.

    They are rounded down to 0.01, so no ratio seems to reach a level that it misses.

    Examples
    --------
    >>> contrasts(Color((142, 26, 36)))
    {'black': 2.32, 'white': 9.03}
    """
    inks = {"black": (0, 0, 0), "white": (255, 255, 255)}
    return {name: float(np.floor(wcag(ink, color.srgb) * 100 + 1e-9) / 100) for name, ink in inks.items()}


def _nearest(lightness: float) -> int:
    return int(np.abs(_LIGHTNESS - lightness).argmin())


def _lightness(own: float, at: int) -> Array:
    """The lightness of each step: the table, stretched on each side of the color's own step to meet its lightness."""
    first, last = max(float(_LIGHTNESS[0]), own), min(float(_LIGHTNESS[-1]), own)
    lighter = np.interp(_LIGHTNESS, [_LIGHTNESS[at], _LIGHTNESS[0]], [own, first])
    darker = np.interp(_LIGHTNESS, [_LIGHTNESS[-1], _LIGHTNESS[at]], [last, own])
    steps: Array = np.where(np.arange(len(STEPS)) < at, lighter, darker)
    steps[at] = own
    return steps


def _chroma(own: float, at: int) -> Array:
    """The chroma of each step, with the color's own at its step.

    The strongest step follows from the color's own by the table, but grows to `MAX_GROWN_CHROMA` at most. The steps
    between are limited to it; the steps on its other side fall from it.
    """
    peak = int(_CHROMA.argmax())
    growth = np.clip((own - NEUTRAL) / (COLORED - NEUTRAL), 0, 1)
    full = min(own / _CHROMA[at], max(own, MAX_GROWN_CHROMA))
    strongest = own + (full - own) * growth
    near = np.minimum(own * _CHROMA / _CHROMA[at], strongest)
    far = strongest * _CHROMA
    steps = np.arange(len(STEPS))
    chroma: Array = np.where(steps <= peak if at <= peak else steps >= peak, near, far)
    return chroma


def _read(color: Color | str | Iterable[int]) -> Color:
    """The color of one of the forms that `tints` takes."""
    if isinstance(color, Color):
        return color
    if isinstance(color, str):
        from pochade.color.parse import parse_color

        red, green, blue = parse_color(color).tolist()
        return Color((red, green, blue), 0.0)
    codes = list(color) if isinstance(color, Iterable) else []
    whole = all(
        isinstance(code, int | np.integer) and not isinstance(code, bool) and 0 <= code <= 255 for code in codes
    )
    if len(codes) != 3 or not whole:
        raise OptionError(f"{color!r} is no color: give a Color, #rrggbb, a CSS name, or three whole numbers 0..255.")
    red, green, blue = map(int, codes)
    return Color((red, green, blue), 0.0)
