"""Which ground a picture gets, and why."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade.backgrounds.border import Border
from pochade.color import Array
from pochade.color.contrast import AA, wcag
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import parse_hex, to_codes, to_hex
from pochade.errors import PochadeError
from pochade.palette import Palette

Kind = Literal["auto", "solid", "gradient", "field"]
Mode = Literal["auto", "light", "dark"]

EVEN = 0.03
"""A border that spreads less in Oklab is of one color: the ground is that color, and the picture has no edge."""

APART = 0.05
"""A gradient is worth it where the upper and the lower border are farther apart."""

MIDDLE = 0.6
"""The lightness from which a border is a light one: half of sRGB's luminance range in codes (code 119 has 0.57)."""

BANDS: dict[str, tuple[float, float]] = {"light": (0.88, 0.97), "dark": (0.15, 0.38)}
"""The lightness of a ground: dark text reaches 7 on the darkest light ground, light text 7 on the lightest dark one."""

CALM: dict[str, float] = {"light": 0.035, "dark": 0.045}
"""The most Oklab chroma of a ground: a third of what is felt as vivid, so that the picture stays the colorful thing."""

SHARE = 0.6
"""How much of the border's own chroma a ground keeps."""

STEP = 0.10
"""The most lightness by which the ends of a gradient differ."""

TEXT: dict[str, tuple[float, float]] = {"light": (0.22, 0.02), "dark": (0.97, 0.01)}
"""Lightness and chroma of text on a ground."""

GRAY = 0.008
"""Oklab chroma below which a border has no hue to join; the palette's then tints it."""


ROWS = 64
"""Of a ground that are checked at a time, so that a large one takes no more memory."""


@dataclass(frozen=True, eq=False)
class Choice:
    """kind, mode : which ground. stops : its colors from the top, Oklab (s, 3). text : hex. reason : why, in words."""

    kind: str
    mode: str
    stops: Array
    text: str
    reason: str

    @property
    def hex(self) -> tuple[str, ...]:
        """The stops as `#rrggbb`."""
        return tuple(to_hex(code) for code in codes_of(self.stops))


def choose(palette: Palette, border: Border, kind: Kind, mode: Mode) -> Choice:
    """The ground for a picture with that palette and border."""
    said = []
    light = mode
    if light == "auto":
        light = "light" if border.mean[0] >= MIDDLE else "dark"
        said.append(f"The border is {light}, so the ground is.")
    even = border.spread < EVEN
    apart = float(np.sqrt(((border.top - border.bottom) ** 2).sum()))
    taken = kind
    if kind == "auto":
        taken = "solid" if even else "gradient" if apart > APART else "field"
        said.append(_why(taken, border.spread, apart))
    hue = _hue(palette, border)
    stops: Array = np.stack([border.top, border.sides, border.bottom])
    if taken == "solid":
        stops = border.mean[None]
    elif taken == "gradient":
        stops[1] = stops.mean(0)
    if even and taken == "solid" and _inside(border.mean[0], light):
        said.append("It is the border's own color, and the picture has no edge.")
        calm = stops
    else:
        calm = _calmed(stops, light, hue)
    if taken == "gradient":
        calm = _simplified(calm)
        said.append(f"The gradient goes over {len(calm)} colors, from the upper border's hue to the lower one's.")
    text = _text(calm, light)
    least = float(wcag(codes_of(calm), parse_hex(text)).min())
    said.append(f"Text in {text} has a contrast of {np.floor(least * 10) / 10:.1f} or more.")
    return Choice(taken, light, calm, text, " ".join(said))


def checked(text: str, codes: NDArray[np.uint8]) -> float:
    """The least contrast of a text on a drawn ground; an error below WCAG's AA, which no choice comes to."""
    letters = parse_hex(text)
    least = min(float(wcag(codes[row : row + ROWS], letters).min()) for row in range(0, len(codes), ROWS))
    if least < AA:
        raise PochadeError(f"text in {text} has a contrast of {least:.1f} only on this ground: give kind='solid'.")
    return least


def codes_of(oklab: Array) -> NDArray[np.uint8]:
    """The nearest sRGB codes, uint8, with less chroma where they lie outside."""
    return to_codes(into_gamut(spaces["oklab"].to_linear(oklab)))


def _why(kind: str, spread: float, apart: float) -> str:
    if kind == "solid":
        return f"The border is of one color (it spreads by {spread:.3f} in Oklab), so one color joins it."
    if kind == "gradient":
        return f"The upper and the lower border differ by {apart:.2f} in Oklab, so a gradient joins both."
    return f"The border has several colors side by side (a spread of {spread:.2f}), so a blurred field joins them."


def _hue(palette: Palette, border: Border) -> float:
    """The hue of a ground whose border has none, in radians: of the palette's color with most chroma by share."""
    chroma = np.hypot(palette.oklab[:, 1], palette.oklab[:, 2])
    if np.hypot(*border.mean[1:]) >= GRAY or not (chroma >= GRAY).any():
        return float(np.arctan2(border.mean[2], border.mean[1]))
    at = int((chroma * palette.weights).argmax())
    return float(np.arctan2(palette.oklab[at, 2], palette.oklab[at, 1]))


def _inside(lightness: float, mode: str) -> bool:
    """Whether a color of that lightness can carry the mode's text as it is; white and black can."""
    return lightness >= BANDS["light"][0] if mode == "light" else lightness <= BANDS["dark"][1]


def _calmed(stops: Array, mode: str, hue: float) -> Array:
    """Stops brought into the mode's band of lightness, no farther apart than a step, and to calm chroma."""
    low, high = BANDS[mode]
    lightness = stops[:, 0].clip(low, high)
    middle = lightness.mean()
    lightness = (middle + (lightness - middle).clip(-STEP / 2, STEP / 2)).clip(low, high)
    chroma = np.hypot(stops[:, 1], stops[:, 2])
    own = np.arctan2(stops[:, 2], stops[:, 1])
    turn = np.where(chroma >= GRAY, own, hue)
    calm = np.minimum(np.maximum(SHARE * chroma, GRAY), CALM[mode])
    made: Array = np.column_stack([lightness, calm * np.cos(turn), calm * np.sin(turn)])
    return made


def _simplified(stops: Array) -> Array:
    """The stops, without the middle one where the way between the others passes it closely anyway."""
    between = (stops[0] + stops[2]) / 2
    off = float(np.sqrt(((stops[1] - between) ** 2).sum()))
    return stops if off > 0.015 else stops[[0, 2]]


def _text(stops: Array, mode: str) -> str:
    lightness, chroma = TEXT[mode]
    turn = np.arctan2(stops[:, 2].mean(), stops[:, 1].mean())
    own = min(chroma, float(np.hypot(stops[:, 1], stops[:, 2]).max()))
    return to_hex(codes_of(np.array([lightness, own * np.cos(turn), own * np.sin(turn)])))
