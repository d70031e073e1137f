"""The pages of a sheet to paint by: lines with numbers, the colored answer, the legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pochade.areas.outlines import Points
from pochade.areas.paper import KEY_ROW, KEY_WIDTH, MARGIN, NOTE, Layout
from pochade.draw.canvas import Canvas, Raster, Svg
from pochade.draw.content import caption_share
from pochade.draw.letters import shortened, width_of
from pochade.draw.parts import SLACK, common_size
from pochade.draw.pdf import Pdf

Page = Literal["sheet", "answer", "legend"]

PAGES: tuple[Page, ...] = ("sheet", "answer", "legend")

INCH = 25.4

UNITS = 144 / INCH
"""Units of a drawing in a millimeter: a unit is half a point, so that sizes of letters are whole numbers of units."""

POINT = 0.5
"""Points in a unit."""

DOTS = 288
"""Pixels in an inch of a sheet that is a picture."""

PAPER, INK, SOFT = "#ffffff", "#1a1a1a", "#595959"

LINE = "#8a8a8a"
"""Of borders: dark enough to follow, light enough for one coat of paint."""

NUMBER = "#808080"

HAIR = 0.7
"""The width of borders in units: 0.35 points, 0.12 mm."""

MIN_LETTER, MAX_LETTER = 10, 16
"""Font sizes of numbers in units: 5 to 8 points."""

DIGIT, HEIGHT = 0.54, 0.71
"""Width and height of the ink of a digit, in font sizes."""

FILL = 0.95
"""The part of a circle's diameter that a number fills."""

FRAME = "#bdbdbd"

BESIDE, GAP = 29.0, 4.0
"""Of a row of the legend, in millimeters: its number and two swatches, and the distance to the next column."""

ROOMY, TWO_LINES = 8.0, 4.6
"""The height of a row of the legend in millimeters below which more columns are tried, or one line of text."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number on the sheet: its text, and the circle in which it stands, in millimeters."""

    text: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A color of the legend. share : of the sheet. text : its recipe, or hex and name. far : its difference, if it is
    out of reach of the tubes."""

    number: int
    hex: str
    share: float
    text: str
    far: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What the pages show, in millimeters from the upper left corner of the paper.

    lines : each border once. shapes : the outer rings of areas with their colors; later ones lie upon earlier ones.
    first : sentences above the legend. words : sentences below it.
    """

    layout: Layout
    lines: tuple[Points, ...]
    shapes: tuple[tuple[Points, str], ...]
    numbers: tuple[Number, ...]
    entries: tuple[Entry, ...]
    title: str
    first: tuple[str, ...]
    words: tuple[str, ...]


def image_of(content: Content, page: Page) -> Any:
    """A page as a PIL image of 288 dots an inch."""
    canvas = Raster(*_size(content), PAPER)
    PAINTERS[page](canvas, content)
    return canvas.image()


def svg_of(content: Content, page: Page) -> str:
    """A page as an SVG document in the size of the paper."""
    layout = content.layout
    canvas = Svg(*_size(content), PAPER, (f"{layout.width:g}mm", f"{layout.height:g}mm"))
    PAINTERS[page](canvas, content)
    return canvas.svg()


def pdf_of(content: Content, pages: Sequence[Page]) -> bytes:
    """Pages as a PDF in the size of the paper."""
    size = _size(content)
    canvas = Pdf(*size, PAPER, point=POINT, title=content.title or "Sheet to paint by")
    for i, page in enumerate(pages):
        if i:
            canvas.turn(*size, PAPER)
        PAINTERS[page](canvas, content)
    return canvas.pdf()


def _size(content: Content) -> tuple[float, float]:
    return content.layout.width * UNITS, content.layout.height * UNITS


def _sheet(canvas: Canvas, content: Content) -> None:
    for line in content.lines:
        canvas.line(_units(line), LINE, HAIR)
    for number in content.numbers:
        canvas.text(
            (number.x * UNITS, number.y * UNITS), number.text, letter_size(number.text, number.radius), NUMBER, "m"
        )
    _key(canvas, content)


def _answer(canvas: Canvas, content: Content) -> None:
    for ring, color in content.shapes:
        canvas.shape(_units(ring), color)
    _key(canvas, content)


def letter_size(text: str, radius: float) -> int:
    """The font size, in units, of a number in a circle. radius : in millimeters.

    Examples
    --------
    >>> letter_size("8", 1.1), letter_size("12", 1.1), letter_size("12", 4)
    (13, 10, 16)
    """
    diagonal = ((DIGIT * len(text)) ** 2 + HEIGHT**2) ** 0.5
    return max(MIN_LETTER, min(MAX_LETTER, int(2 * radius * UNITS * FILL / diagonal)))


def _units(points: Points) -> list[tuple[float, float]]:
    return [(x, y) for x, y in (points * UNITS).tolist()]


def _key(canvas: Canvas, content: Content) -> None:
    """The colors with their numbers, and what the sheet is, at its foot."""
    layout, count = content.layout, len(content.entries)
    left = layout.box[0] if min(count, layout.in_row) * KEY_WIDTH <= layout.box[2] else MARGIN
    for i, entry in enumerate(content.entries):
        row, column = divmod(i, layout.in_row)
        start, middle = left + column * KEY_WIDTH, layout.foot + (row + 0.5) * KEY_ROW
        _swatch(canvas, (start, middle - 2.6, 6.2, 5.2), entry.hex)
        canvas.text(((start + 7.2) * UNITS, middle * UNITS), str(entry.number), 16, INK)
    about = ": ".join(part for part in (content.title, content.words[0]) if part)
    under = layout.foot + -(-count // layout.in_row) * KEY_ROW + NOTE / 2
    canvas.text((left * UNITS, under * UNITS), shortened(about, 12, (layout.width - MARGIN - left) * UNITS), 12, SOFT)


def _swatch(canvas: Canvas, box: tuple[float, float, float, float], color: str) -> None:
    left, top, width, height = (side * UNITS for side in box)
    canvas.box(left - 1, top - 1, width + 2, height + 2, FRAME, 3)
    canvas.box(left, top, width, height, color, 2)


def _legend(canvas: Canvas, content: Content) -> None:
    """Title, what to make first, and a row for each color: number, swatch, room for a sample, recipe, share."""
    layout = content.layout
    wide, top = layout.width - 2 * MARGIN, MARGIN
    canvas.text(
        (MARGIN * UNITS, (top + 3) * UNITS), shortened(content.title or "Sheet to paint by", 32, wide * UNITS), 32, INK
    )
    top += 9
    for line in (*content.words, *content.first):
        canvas.text((MARGIN * UNITS, (top + 2) * UNITS), shortened(line, 16, wide * UNITS), 16, SOFT)
        top += 4.5
    top += 3
    room, count = layout.height - MARGIN - top, len(content.entries)
    longest = max((width_of(entry.text, MIN_LETTER) for entry in content.entries), default=0) / UNITS
    columns = max(1, min(int(wide // (BESIDE + longest / SLACK + GAP)), -(-count // max(1, int(room / ROOMY)))))
    rows = -(-count // columns)
    high, each = min(13.0, room / rows), wide / columns
    for i, entry in enumerate(content.entries):
        column, row = divmod(i, rows)
        _row(canvas, entry, (MARGIN + column * each, top + row * high), each - GAP, high)


def _row(canvas: Canvas, entry: Entry, at: tuple[float, float], wide: float, high: float) -> None:
    """One color of the legend. at : its upper left corner; all lengths in millimeters."""
    left, top = at
    start, room = (left + BESIDE) * UNITS, (wide - BESIDE) * UNITS
    below = caption_share(entry.share) + " of the sheet"
    if entry.far is not None:
        below += f"; out of reach, {entry.far:.0f} from the color"
    texts = [entry.text, below] if high >= TWO_LINES else [f"{entry.text}; {below}"]
    tall = int(high * 0.8 / len(texts) * UNITS / 1.2)
    size = common_size(texts[:1], room * SLACK, range(max(MIN_LETTER, min(20, tall)), MIN_LETTER - 1, -1))
    middle = (top + high / 2) * UNITS
    canvas.text(((left + 6) * UNITS, middle), str(entry.number), min(24, size + 4), INK, "r")
    _swatch(canvas, (left + 8, top + 0.08 * high, 9, 0.84 * high), entry.hex)
    _swatch(canvas, (left + 18, top + 0.08 * high, 9, 0.84 * high), PAPER)  # for a sample of the paint
    for i, text in enumerate(texts):
        small = max(MIN_LETTER, size - 4) if i else size
        y = middle + (2 * i - len(texts) + 1) * 0.62 * size
        canvas.text((start, y), shortened(text, small, room), small, SOFT if i else INK)


PAINTERS: dict[Page, Callable[[Canvas, Content], None]] = {"sheet": _sheet, "answer": _answer, "legend": _legend}
