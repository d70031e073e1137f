"""The palette under the picture: a strip of equal pans, each of which is seen on any ground."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.backgrounds.corners import corners

if TYPE_CHECKING:
    from PIL import Image

Codes = NDArray[np.uint8]

HEIGHT, GAP = 0.07, 0.03
"""Of the strip, and between it and the picture, as parts of the shorter side of what the margin leaves: a third of the
margin by default, so that the two belong together."""

HAIR = 0.3
"""How far the line about the strip goes from each pan's color to the text's: there a pan that equals the ground differs
from it, and others hardly change."""

FINE = 720
"""The line is as wide as the ground's shorter side by this, 2 pixels of 1080."""


@dataclass(frozen=True, eq=False)
class Strip:
    """colors : the pans from left to right, uint8 sRGB (n, 3). text : the color of text on the ground, uint8 (3,)."""

    colors: Codes
    text: Codes

    def room(self, space: tuple[int, int]) -> tuple[int, int]:
        """Its height, and that of the gap above it, where a margin leaves a space of some width and height."""
        short = min(space)
        return max(1, round(HEIGHT * short)), max(1, round(GAP * short))

    def width(self, picture: int, space: tuple[int, int]) -> int:
        """The picture's; more where its pans would be narrower than half their height, as far as there is space."""
        least = len(self.colors) * max(1.0, self.room(space)[0] / 2)
        return min(space[0], max(picture, round(least)))

    def drawn(self, size: tuple[int, int], radius: int, short: int) -> "Image.Image":
        """The strip, RGBA, of a width and height; short : the ground's shorter side."""
        from PIL import Image

        width, height = size
        round_ = min(radius, height // 2)
        line = min(max(1, round(short / FINE)), max(1, height // 4))
        inner = Image.new("L", size, 0)
        if min(size) > 2 * line:
            inner.paste(corners((width - 2 * line, height - 2 * line), max(0, round_ - line)), (line, line))
        part = HAIR * (1 - np.asarray(inner, np.float64) / 255)[..., None]
        pans = self.colors[np.arange(width) * len(self.colors) // width].astype(np.float64)
        codes = np.rint(pans + part * (self.text - pans)).astype(np.uint8)
        made = Image.fromarray(codes).convert("RGBA")
        made.putalpha(corners(size, round_))
        return made
