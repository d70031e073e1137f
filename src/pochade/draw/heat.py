"""A heat map of the distances between palettes, with pictures and palettes along its sides."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pochade.color.contrast import wcag
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, parse_hex, to_codes, to_hex
from pochade.draw.canvas import INK, PAPER, SHARP, SOFT, Canvas, Raster, Svg, picture_name, shortened
from pochade.draw.letters import width_of
from pochade.draw.strip import pieces
from pochade.draw.thumbnail import thumbnail
from pochade.errors import OptionError, PochadeError
from pochade.palette import Palette
from pochade.similarity import distances, order
from pochade.similarity.distance import Floats
from pochade.similarity.flow import number
from pochade.source import read

if TYPE_CHECKING:
    from PIL import Image

MAX_PICTURES = 64
"""Limit of a map; cells of a larger map would be illegible."""

MARGIN, GAP = 48, 10
CELL, TIGHT, MANY = 74, 40, 16
"""Side of a cell; its side for more than MANY pictures; and that limit."""

BAND = 1 / 6
"""Height of the palette, relative to the picture."""

NAME = 150
TITLE, LABEL, SMALL = 24, 14, 12
NEAR, FAR = "#17455c", "#f3ece0"
"""Colors of the smallest and the largest distance. Shades are even in Oklab, so the map is readable in gray."""


def likeness(palettes: Sequence[Palette], *, difference: str = "ciede2000") -> "Image.Image":
    """A heat map of the distances between palettes, ordered so that neighbors are similar, as a PIL image.

    Parameters
    ----------
    palettes : 2 to 64. A palette is shown with its picture if it was extracted here or its `source` is readable.
    difference : between two colors, as for `pochade.compare`.

    Raises
    ------
    OptionError : fewer than 2 or more than 64 palettes, or an empty palette.
    UnknownNameError : the difference does not exist.

    Examples
    --------
    >>> import pochade
    >>> blue, teal = (pochade.Palette.from_dict({"colors": [c]}) for c in ("#14477c", "#1d7a74"))
    >>> likeness([blue, teal]).size
    (1120, 804)
    """
    plan = _plan(palettes, difference)
    canvas = Raster(*plan.size)
    plan.draw(canvas)
    return canvas.image()


def likeness_svg(palettes: Sequence[Palette], *, difference: str = "ciede2000") -> str:
    """`likeness` as an SVG document with the embedded pictures."""
    plan = _plan(palettes, difference)
    canvas = Svg(*plan.size)
    plan.draw(canvas)
    return canvas.svg()


def check_number(n: int) -> None:
    """Raise OptionError if a map cannot show `n` palettes."""
    if not 2 <= n <= MAX_PICTURES:
        raise OptionError(f"{n} palettes are not allowed on a map: give 2 to {MAX_PICTURES}.")


def shade(distance: float, bounds: tuple[float, float]) -> str:
    """The color of a cell: `NEAR` at the least distance, `FAR` at the largest."""
    near, far = (spaces["oklab"].from_linear(decode(parse_hex(color))) for color in (NEAR, FAR))
    least, largest = bounds
    part = (distance - least) / (largest - least) if largest > least else 0.0
    return to_hex(to_codes(spaces["oklab"].to_linear(near + part * (far - near))))


def bounds_of(far: Floats) -> tuple[float, float]:
    """The least and the largest distance between two palettes."""
    others = far[~np.eye(len(far), dtype=bool)]
    return float(others.min()), float(others.max())


def ink_on(background: str) -> str:
    """The text color with more contrast on a background: ink or paper."""
    ratios = [float(wcag(parse_hex(letters), parse_hex(background))) for letters in (INK, PAPER)]
    return INK if ratios[0] >= ratios[1] else PAPER


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """palettes, pictures : in drawing order. far : distances between the palettes."""

    palettes: list[Palette]
    pictures: "list[Image.Image | None]"
    far: Floats
    difference: str

    @property
    def cell(self) -> int:
        return CELL if len(self.palettes) <= MANY else TIGHT

    @property
    def name(self) -> float:
        """Width of the column of names."""
        return min(NAME, max(width_of(picture_name(palette), LABEL) for palette in self.palettes))

    @property
    def side(self) -> tuple[float, float]:
        """Left and top of the first cell."""
        return MARGIN + self.name + self.cell + 2 * GAP, MARGIN + 74 + self.cell + GAP

    @property
    def size(self) -> tuple[int, int]:
        left, top = self.side
        across = len(self.palettes) * self.cell
        return max(560, round(left + across) + MARGIN), round(top + across) + MARGIN

    def draw(self, canvas: Canvas) -> None:
        """Draw all parts."""
        left, top = self.side
        width = self.size[0] - 2 * MARGIN
        canvas.text((MARGIN, MARGIN + 12), shortened("How alike they look", TITLE, width), TITLE)
        words = f"Mean difference ({self.difference}) between palettes; darker is more alike."
        canvas.text((MARGIN, MARGIN + 40), shortened(words, SMALL, width), SMALL, SOFT)
        for i, palette in enumerate(self.palettes):
            self._side(canvas, i, palette, left, top)
            for j in range(len(self.palettes)):
                self._cell(canvas, i, j, left + j * self.cell, top + i * self.cell)

    def _side(self, canvas: Canvas, i: int, palette: Palette, left: float, top: float) -> None:
        """Draw a picture with its palette, at the left with its name, and at the top."""
        inner = self.cell - 4
        y, x = top + i * self.cell, left + i * self.cell
        name = shortened(picture_name(palette), LABEL, NAME)
        canvas.text((MARGIN, y + inner / 2), name, LABEL)
        self._thumbnail(canvas, i, MARGIN + self.name + GAP, y, inner)
        self._thumbnail(canvas, i, x, top - GAP - inner, inner)

    def _thumbnail(self, canvas: Canvas, i: int, left: float, top: float, side: float) -> None:
        """Draw the picture and its palette, or only the palette if the picture is unknown."""
        picture, palette = self.pictures[i], self.palettes[i]
        if picture is None:
            canvas.band(left, top, side, pieces(palette, side), 4)
            return
        canvas.picture(left, top, picture, 4)
        canvas.band(left, top + side * (1 - BAND), side * BAND, pieces(palette, side), 2)

    def _cell(self, canvas: Canvas, i: int, j: int, left: float, top: float) -> None:
        inner = self.cell - 4
        if i == j:
            return
        background = shade(float(self.far[i, j]), bounds_of(self.far))
        canvas.box(left, top, inner, inner, background, 4)
        size = LABEL if self.cell == CELL else SMALL
        canvas.text((left + inner / 2, top + inner / 2), number(self.far[i, j]), size, ink_on(background), "m")


def _plan(palettes: Sequence[Palette], difference: str) -> _Plan:
    check_number(len(palettes))
    far = distances(palettes, difference=difference)
    indices = order(far)
    ordered = [palettes[i] for i in indices]
    side = SHARP * ((CELL if len(palettes) <= MANY else TIGHT) - 4)
    return _Plan(ordered, [picture_of(palette, side) for palette in ordered], far[np.ix_(indices, indices)], difference)


def picture_of(palette: Palette, side: int) -> "Image.Image | None":
    """The middle square of a palette's picture, `side` pixels wide; None if it cannot be read."""
    from PIL import Image, ImageOps

    try:
        if palette.origin is not None and palette.origin.reopen is not None:
            pixels = palette.origin.reopen()
        elif palette.source and os.path.isfile(palette.source):  # URLs are not fetched again
            pixels = read(palette.source)
        else:
            return None
    except PochadeError:  # deleted, or read from a pipe: show only the palette
        return None
    across = side * max(pixels.width, pixels.height) // max(1, min(pixels.width, pixels.height))
    return ImageOps.fit(thumbnail(pixels, across, PAPER), (side, side), Image.Resampling.LANCZOS)
