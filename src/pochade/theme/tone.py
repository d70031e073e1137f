"""Tones: colors whose lightness may move until they are readable."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pochade.color.contrast import wcag
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.palette import Palette

Triple = tuple[int, int, int]

STEPS = 501
"""The number of lightnesses to try: 0.002 apart, finer than a code of the lighter channels."""

GRAY = 0.03
"""Oklab chroma below which a color counts as gray: a gray photo saved as JPEG stays below 0.02."""

MAX_GROWN_CHROMA = 0.14
"""The largest Oklab chroma that a lighter tone grows to: almost every hue reaches it at some lightness."""

MIN_LIGHTNESS = 0.1
"""Oklab lightness below which saturation is mostly rounding."""


class Tone(NamedTuple):
    """Oklch: lightness 0..1, chroma, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @property
    def gray(self) -> bool:
        """Whether its hue is meaningless."""
        return self.chroma < GRAY

    def at(self, lightness: float, max_chroma: float = 1.0) -> "Tone":
        """The same hue at another lightness, with at most `max_chroma`.

        A lighter tone keeps its saturation, chroma over lightness; otherwise a deep red would turn dusty.
        """
        grown = self.chroma * max(1.0, lightness / max(self.lightness, MIN_LIGHTNESS))
        return Tone(lightness, min(grown, max(self.chroma, MAX_GROWN_CHROMA), max_chroma), self.hue)

    def within(self, darkest: float, lightest: float) -> "Tone":
        """The same tone with its lightness clipped to a range."""
        return self.at(min(max(self.lightness, darkest), lightest))

    @property
    def codes(self) -> Triple:
        """The nearest sRGB color with this lightness and hue."""
        return _codes([self])[0]


def tones(palette: Palette) -> list[Tone]:
    """The colors of a palette as tones."""
    return [Tone(*values) for values in spaces["oklch"].from_linear(decode(palette.srgb)).tolist()]


def readable(tone: Tone, on: Sequence[Triple], ratio: float) -> Tone:
    """Move the lightness of a tone as little as necessary to reach a WCAG ratio on each background.

    Black or white always reaches it, because the backgrounds of a theme are very dark or very light.
    """
    candidates = sorted(
        (tone.at(i / (STEPS - 1)) for i in range(STEPS)), key=lambda t: abs(t.lightness - tone.lightness)
    )
    candidates.insert(0, tone)
    reached = wcag(np.array(_codes(candidates))[:, None], np.array(on)).min(1) >= ratio
    assert reached.any(), "a background is neither dark nor light"
    return candidates[int(reached.argmax())]


def turn(a: float, b: float) -> float:
    """The signed angle from hue a to hue b, in degrees, -180..180."""
    return (b - a + 180) % 360 - 180


def _codes(tones: Sequence[Tone]) -> list[Triple]:
    codes = to_codes(into_gamut(spaces["oklch"].to_linear(np.array(tones))))
    return [(red, green, blue) for red, green, blue in codes.tolist()]
