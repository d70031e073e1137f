"""The choice of a background, and its reasons."""

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

EVEN_SPREAD = 0.03
"""Oklab. A border that spreads less is of one color; the background takes it, and the picture has no visible edge."""

GRADIENT_DISTANCE = 0.05
"""Oklab. A gradient is drawn if the upper and the lower border differ by more."""

MIDDLE = 0.6
"""The lightness from which a border counts as light: half of sRGB's luminance range in codes (code 119 has 0.57)."""

BANDS: dict[str, tuple[float, float]] = {"light": (0.88, 0.97), "dark": (0.15, 0.38)}
"""The lightness of a background: text reaches a contrast of 7 on the darkest light one and the lightest dark one."""

MAX_CHROMA: dict[str, float] = {"light": 0.035, "dark": 0.045}
"""The most Oklab chroma of a background: a third of a vivid color's, so the picture stays the most colorful."""

CHROMA_SHARE = 0.6
"""The part of the border's chroma that a background keeps."""

MAX_STEP = 0.10
"""The most that the ends of a gradient differ in lightness."""

TEXT: dict[str, tuple[float, float]] = {"light": (0.22, 0.02), "dark": (0.97, 0.01)}
"""Lightness and chroma of the text."""

GRAY = 0.008
"""Oklab chroma below which a border has no hue; the palette then tints the background."""


ROWS = 64
"""Rows whose contrast is computed at a time, to limit memory."""


@dataclass(frozen=True, eq=False)
class Choice:
    """stops : the colors from the top, float64 (s, 3), Oklab. text : hex. reason : the reasons, in sentences."""

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
    """The background for a picture with that palette and border."""
    reasons = []
    light = mode
    if light == "auto":
        light = "light" if border.mean[0] >= MIDDLE else "dark"
        reasons.append(f"The border is {light}, so the background is too.")
    even = border.spread < EVEN_SPREAD
    apart = float(np.sqrt(((border.top - border.bottom) ** 2).sum()))
    chosen = kind
    if kind == "auto":
        chosen = "solid" if even else "gradient" if apart > GRADIENT_DISTANCE else "field"
        reasons.append(_why(chosen, border.spread, apart))
    hue = _hue(palette, border)
    stops: Array = np.stack([border.top, border.sides, border.bottom])
    if chosen == "solid":
        stops = border.mean[None]
    elif chosen == "gradient":
        stops[1] = stops.mean(0)
    if even and chosen == "solid" and _inside(border.mean[0], light):
        reasons.append("It is the border's own color, and the picture has no edge.")
        calm = stops
    else:
        calm = _limited(stops, light, hue)
    if chosen == "gradient":
        calm = _simplified(calm)
        reasons.append(f"The gradient goes over {len(calm)} colors, from the upper border's hue to the lower one's.")
    text = _text(calm, light)
    least = float(wcag(codes_of(calm), parse_hex(text)).min())
    reasons.append(f"Text in {text} has a contrast of {np.floor(least * 10) / 10:.1f} or more.")
    return Choice(chosen, light, calm, text, " ".join(reasons))


def check_contrast(text: str, codes: NDArray[np.uint8]) -> float:
    """The least contrast of a text color on pixels; PochadeError below WCAG's AA, which no choice should reach."""
    letters = parse_hex(text)
    least = min(float(wcag(codes[row : row + ROWS], letters).min()) for row in range(0, len(codes), ROWS))
    if least < AA:
        raise PochadeError(f"text in {text} has a contrast of only {least:.1f} on this background: give kind='solid'.")
    return least


def codes_of(oklab: Array) -> NDArray[np.uint8]:
    """The nearest sRGB codes, uint8; colors outside of the gamut lose chroma."""
    return to_codes(into_gamut(spaces["oklab"].to_linear(oklab)))


def _why(kind: str, spread: float, apart: float) -> str:
    if kind == "solid":
        return f"The border is of one color (it spreads by {spread:.3f} in Oklab), so one color joins it."
    if kind == "gradient":
        return f"The upper and the lower border differ by {apart:.2f} in Oklab, so a gradient joins both."
    return f"The border has several colors side by side (a spread of {spread:.2f}), so a blurred field joins them."


def _hue(palette: Palette, border: Border) -> float:
    """The hue of the background in radians: the border's, or if it is gray, that of the color with most chroma x
    share."""
    chroma = np.hypot(palette.oklab[:, 1], palette.oklab[:, 2])
    if np.hypot(*border.mean[1:]) >= GRAY or not (chroma >= GRAY).any():
        return float(np.arctan2(border.mean[2], border.mean[1]))
    at = int((chroma * palette.weights).argmax())
    return float(np.arctan2(palette.oklab[at, 2], palette.oklab[at, 1]))


def _inside(lightness: float, mode: str) -> bool:
    """Whether a color of that lightness can carry the mode's text unchanged, as white and black can."""
    return lightness >= BANDS["light"][0] if mode == "light" else lightness <= BANDS["dark"][1]


def _limited(stops: Array, mode: str, hue: float) -> Array:
    """Stops limited in lightness, in the difference of their lightness, and in chroma."""
    low, high = BANDS[mode]
    lightness = stops[:, 0].clip(low, high)
    middle = lightness.mean()
    lightness = (middle + (lightness - middle).clip(-MAX_STEP / 2, MAX_STEP / 2)).clip(low, high)
    chroma = np.hypot(stops[:, 1], stops[:, 2])
    own = np.arctan2(stops[:, 2], stops[:, 1])
    turn = np.where(chroma >= GRAY, own, hue)
    calm = np.minimum(np.maximum(CHROMA_SHARE * chroma, GRAY), MAX_CHROMA[mode])
    limited: Array = np.column_stack([lightness, calm * np.cos(turn), calm * np.sin(turn)])
    return limited


def _simplified(stops: Array) -> Array:
    """The stops, without the middle one if it lies close to the line between the others."""
    between = (stops[0] + stops[2]) / 2
    off = float(np.sqrt(((stops[1] - between) ** 2).sum()))
    return stops if off > 0.015 else stops[[0, 2]]


def _text(stops: Array, mode: str) -> str:
    lightness, chroma = TEXT[mode]
    turn = np.arctan2(stops[:, 2].mean(), stops[:, 1].mean())
    own = min(chroma, float(np.hypot(stops[:, 1], stops[:, 2]).max()))
    return to_hex(codes_of(np.array([lightness, own * np.cos(turn), own * np.sin(turn)])))
