"""The grays of light and dark drawings; only the picture and its colors have a hue."""

from dataclasses import dataclass

import numpy as np

from pochade.color.srgb import decode, parse_hex, to_hex
from pochade.color.xyz import XYZ_FROM_LINEAR

MIDDLE = 0.179
"""The luminance at which black and white have the same contrast by WCAG 2: (1.05 / (Y + 0.05) = (Y + 0.05) / 0.05)."""


@dataclass(frozen=True, slots=True)
class Tone:
    """The grays of a drawing.

    paper : the background. ink, soft : text, and secondary text. rule : thin lines. hair : a code, and the part of it
    in the edge of a swatch, so that swatches similar to the paper are visible.
    """

    paper: str
    ink: str
    soft: str
    rule: str
    hair: tuple[int, float]

    def edge(self, color: str) -> str:
        """The color of the edge of a swatch."""
        code, part = self.hair
        return to_hex(np.rint(parse_hex(color) * (1 - part) + code * part).astype(int))


LIGHT = Tone("#f0f0f0", "#1a1a1a", "#595959", "#d2d2d2", (0, 0.14))
DARK = Tone("#161616", "#ededed", "#a8a8a8", "#333333", (255, 0.20))


def text_on(color: str) -> str:
    """Black or white, whichever has more contrast on the color."""
    return "#000000" if XYZ_FROM_LINEAR[1] @ decode(parse_hex(color)) > MIDDLE else "#ffffff"


def paper(dark: bool) -> str:
    """The background of a drawing."""
    return (DARK if dark else LIGHT).paper
