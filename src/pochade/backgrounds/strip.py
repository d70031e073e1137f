"""The palette under the picture: a strip of equal swatches with an outline that shows on any background."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.backgrounds.corners import corners

if TYPE_CHECKING:
    from PIL import Image

Codes = NDArray[np.uint8]

HEIGHT, GAP = 0.07, 0.03
"""Height of the strip, and gap to the picture, as parts of the shorter side inside the margin. The gap is a third of
the default margin, so that strip and picture belong together."""

OUTLINE = 0.3
"""The part of the text color in the outline: enough to show a swatch of the background's color, little on others."""

OUTLINES_ACROSS = 720
"""The background's shorter side in widths of the outline: 2 pixels of 1080."""


@dataclass(frozen=True, eq=False)
class Strip:
    """colors : from left to right, uint8 sRGB (n, 3). text : the text color of the background, uint8 (3,)."""

    colors: Codes
    text: Codes

    def room(self, space: tuple[int, int]) -> tuple[int, int]:
        """Its height, and the height of the gap above it. space : width and height inside the margin."""
        short = min(space)
        return max(1, round(HEIGHT * short)), max(1, round(GAP * short))

    def width(self, picture: int, space: tuple[int, int]) -> int:
        """The picture's width, or more if swatches would be narrower than half their height and there is space."""
        least = len(self.colors) * max(1.0, self.room(space)[0] / 2)
        return min(space[0], max(picture, round(least)))

    def drawn(self, size: tuple[int, int], radius: int, short: int) -> "Image.Image":
        """The strip, RGBA, of a width and height. short : the background's shorter side."""
        from PIL import Image

        width, height = size
        round_ = min(radius, height // 2)
        line = min(max(1, round(short / OUTLINES_ACROSS)), max(1, height // 4))
        inner = Image.new("L", size, 0)
        if min(size) > 2 * line:
            inner.paste(corners((width - 2 * line, height - 2 * line), max(0, round_ - line)), (line, line))
        part = OUTLINE * (1 - np.asarray(inner, np.float64) / 255)[..., None]
        swatches = self.colors[np.arange(width) * len(self.colors) // width].astype(np.float64)
        codes = np.rint(swatches + part * (self.text - swatches)).astype(np.uint8)
        image = Image.fromarray(codes).convert("RGBA")
        image.putalpha(corners(size, round_))
        return image
