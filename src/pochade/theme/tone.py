"""Tones: colors whose lightness may move, until they can be read."""

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
"""Lightnesses tried: 0.002 apart, finer than a code of the lighter channels."""

GRAY = 0.03
"""Oklab chroma under which a color has no hue to speak of: a gray photo saved as JPEG stays below 0.02."""


VIVID = 0.14
"""The most Oklab chroma that a color gains when it is made lighter: some lightness of almost every hue has it."""

DARKEST = 0.1
"""Oklab lightness under which saturation is rounding."""


class Tone(NamedTuple):
    """Oklch: lightness 0..1, chroma, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @property
    def gray(self) -> bool:
        """Whether its hue means nothing."""
        return self.chroma < GRAY

    def at(self, lightness: float, most: float = 1.0) -> "Tone":
        """The same hue, at another lightness and of at most so much chroma.

        A color that is made lighter keeps its saturation, chroma over lightness: else a deep red would turn dusty.
        """
        grown = self.chroma * max(1.0, lightness / max(self.lightness, DARKEST))
        return Tone(lightness, min(grown, max(self.chroma, VIVID), most), self.hue)

    def within(self, darkest: float, lightest: float) -> "Tone":
        """The same, with its lightness brought into a range."""
        return self.at(min(max(self.lightness, darkest), lightest))

    @property
    def codes(self) -> Triple:
        """The nearest sRGB color of that lightness and hue."""
        return _codes([self])[0]


def tones(palette: Palette) -> list[Tone]:
    """The colors of a palette as tones."""
    return [Tone(*values) for values in spaces["oklch"].from_linear(decode(palette.srgb)).tolist()]


def readable(tone: Tone, on: Sequence[Triple], ratio: float) -> Tone:
    """The tone, its lightness moved no further than it must be to reach a WCAG ratio on each of some backgrounds.

    The backgrounds of a theme are so dark, or so light, that black or white always does.
    """
    tried = sorted((tone.at(i / (STEPS - 1)) for i in range(STEPS)), key=lambda t: abs(t.lightness - tone.lightness))
    tried.insert(0, tone)
    reached = wcag(np.array(_codes(tried))[:, None], np.array(on)).min(1) >= ratio
    assert reached.any(), "a background is neither dark nor light"
    return tried[int(reached.argmax())]


def turn(a: float, b: float) -> float:
    """How far hue b lies from hue a, in degrees, -180..180."""
    return (b - a + 180) % 360 - 180


def _codes(tones: Sequence[Tone]) -> list[Triple]:
    codes = to_codes(into_gamut(spaces["oklch"].to_linear(np.array(tones))))
    return [(red, green, blue) for red, green, blue in codes.tolist()]
