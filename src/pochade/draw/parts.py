"""Parts that layouts share: the bar of shares, captions, swatches, the title."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pochade.color.srgb import parse_hex
from pochade.draw.canvas import SHARP, Canvas
from pochade.draw.content import Content, Swatch
from pochade.draw.letters import shortened, width_of
from pochade.draw.tone import Tone

if TYPE_CHECKING:
    from PIL import Image

MIN_WIDTH = 3
"""Least width of a color in the bar of shares, in units of the drawing."""

PIXEL_ART = 64
"""Pictures up to this many pixels across are enlarged without smoothing."""

MIN_CONTRAST = 28
"""Least difference between a swatch and the paper, in codes; closer colors get an edge."""

SLACK = 0.97
"""The part of a width that texts fill: viewers that ignore an SVG's font use slightly wider fonts."""


def row_lengths(count: int, most: int) -> list[int]:
    """The number of items in each row, at most `most` and as even as possible; longer rows come first.

    Examples
    --------
    >>> row_lengths(8, 5), row_lengths(7, 5), row_lengths(11, 5)
    ([4, 4], [4, 3], [4, 4, 3])
    """
    rows = -(-count // most)
    return [count // rows + (i < count % rows) for i in range(rows)]


def common_size(texts: Sequence[str], width: float, sizes: Sequence[int]) -> int:
    """The first size at which all texts fit, or the last size."""
    fits = (size for size in sizes if _fits(texts, size, width))
    return next(fits, sizes[-1])


def draw_picture(canvas: Canvas, picture: "Image.Image", box: tuple[float, float, float, float]) -> None:
    """Draw the picture, scaled to a box (left, top, width, height)."""
    left, top, width, height = box
    canvas.picture(left, top, scaled(picture, width, height))


def scaled(picture: "Image.Image", width: float, height: float) -> "Image.Image":
    """The picture in a size, in units of the drawing. Tiny pictures are enlarged without smoothing."""
    from PIL import Image

    is_tiny = max(picture.size) <= PIXEL_ART
    how = Image.Resampling.NEAREST if is_tiny else Image.Resampling.LANCZOS
    size = max(1, round(width * SHARP)), max(1, round(height * SHARP))
    return picture.resize(size, how)


@dataclass(frozen=True, slots=True)
class Captions:
    """The typesetting of the captions of a drawing.

    lines : the name of each color, in one or two lines. large, small : font sizes of names, and of hex and share.
    stacked : whether the share is under the hex instead of beside it.
    """

    lines: tuple[tuple[str, ...], ...]
    large: int
    small: int
    stacked: bool

    @property
    def height(self) -> float:
        """The height of each caption."""
        return self._names + 1.2 * self.small * (2 if self.stacked else 1)

    @property
    def _names(self) -> float:
        return 1.25 * self.large * max(map(len, self.lines)) + 0.2 * self.large

    def draw(
        self, canvas: Canvas, i: int, one: Swatch, at: tuple[float, float], width: float, inks: tuple[str, str]
    ) -> None:
        """Draw the name, and under it hex and share. at : upper left corner. inks : of the name, and of the rest."""
        (left, top), (ink, soft) = at, inks
        for j, words in enumerate(self.lines[i]):
            line(canvas, (left, top + (0.6 + 1.25 * j) * self.large), words, self.large, ink, width)
        below = top + self._names + 0.6 * self.small
        canvas.text((left, below), one.hex, self.small, soft)
        if one.share and self.stacked:
            canvas.text((left, below + 1.2 * self.small), one.share, self.small, soft)
        elif one.share:
            canvas.text((left + width, below), one.share, self.small, soft, "r")


def captions(swatches: Sequence[Swatch], width: float, sizes: Sequence[int], small: int) -> Captions:
    """Captions in the largest size at which every name fits on one line, or else on two lines."""
    names = [one.name for one in swatches]
    whole = next((size for size in sizes if _fits(names, size, width)), None)
    if whole is not None:
        return _captions(swatches, tuple((name,) for name in names), whole, small, width)
    two = (size for size in sizes if all(_fits(_lines_of(name, size, width), size, width) for name in names))
    size = next(two, sizes[-1])
    return _captions(swatches, tuple(_lines_of(name, size, width) for name in names), size, small, width)


def _captions(
    swatches: Sequence[Swatch], lines: tuple[tuple[str, ...], ...], large: int, small: int, width: float
) -> Captions:
    small = min(small, large - 2)
    stacked = any(one.share and width_of(f"{one.hex}  {one.share}", small) > width * SLACK for one in swatches)
    return Captions(lines, large, small, stacked)


def _lines_of(name: str, size: int, width: float) -> tuple[str, ...]:
    """The name in one line, or broken between words into two lines, the first as long as possible."""
    if width_of(name, size) <= width * SLACK or " " not in name:
        return (name,)
    words = name.split(" ")
    at = 1
    while at + 1 < len(words) and width_of(" ".join(words[: at + 1]), size) <= width * SLACK:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def _fits(lines: Sequence[str], size: int, width: float) -> bool:
    return all(width_of(words, size) <= width * SLACK for words in lines)


def line(canvas: Canvas, at: tuple[float, float], text: str, size: int, fill: str, width: float) -> None:
    """Draw a text, shortened to a width."""
    canvas.text(at, shortened(text, size, width * SLACK), size, fill)


def swatch(canvas: Canvas, tone: Tone, color: str, box: tuple[float, float, float, float], radius: float = 3) -> None:
    """Draw a box (left, top, width, height) of a color with a thin edge."""
    left, top, width, height = box
    canvas.box(left, top, width, height, tone.edge(color), radius)
    canvas.box(left + 1, top + 1, width - 2, height - 2, color, max(radius - 1, 0))


def needs_edge(tone: Tone, color: str) -> bool:
    """Whether a color is so close to the paper that it needs an edge."""
    return bool(np.abs(parse_hex(color).astype(int) - parse_hex(tone.paper)).max() < MIN_CONTRAST)


def field(canvas: Canvas, tone: Tone, color: str, box: tuple[float, float, float, float]) -> None:
    """Draw a box of a color, with a thin edge only if the color is close to the paper."""
    if needs_edge(tone, color):
        swatch(canvas, tone, color, box, 0)
    else:
        canvas.box(*box, color)


def share_bar(canvas: Canvas, swatches: Sequence[Swatch], box: tuple[float, float, float, float]) -> None:
    """Draw a bar in a box (left, top, width, height); widths of colors are proportional to shares above a minimum."""
    left, top, width, height = box
    total = sum(one.weight for one in swatches) or 1.0
    wide = [max(width * one.weight / total, MIN_WIDTH) for one in swatches]
    scale = width / sum(wide)
    for one, each in zip(swatches, wide, strict=True):
        canvas.box(left, top, each * scale, height, one.hex)
        left += each * scale


def title_line(canvas: Canvas, content: Content, at: tuple[float, float], width: float, sizes: tuple[int, int]) -> None:
    """Draw the title at the left of a line, and the note at its right."""
    (left, middle), (large, small) = at, sizes
    canvas.text((left + width, middle), content.note, small, content.tone.soft, "r")
    room = width - width_of(content.note, small) - large
    line(canvas, (left, middle), content.title, large, content.tone.ink, room)
