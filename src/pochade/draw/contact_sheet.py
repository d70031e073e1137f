"""Contact sheets: many pictures, each with its palette, on pages."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import numpy as np

from pochade.draw.canvas import SHARP, Canvas, Piece, Raster, Svg
from pochade.draw.content import check_count, title_of
from pochade.draw.parts import line, needs_edge, scaled
from pochade.draw.pdf import pdf_of
from pochade.draw.strip import pieces
from pochade.draw.thumbnail import thumbnail
from pochade.draw.tone import DARK, LIGHT, Tone
from pochade.errors import OptionError
from pochade.option import Within, check_options
from pochade.palette import Palette
from pochade.similarity import distances
from pochade.similarity import order as order_by

if TYPE_CHECKING:
    from PIL import Image

Order = Literal["given", "name", "alike"]

AnyCanvas = TypeVar("AnyCanvas", bound=Canvas)

WIDTH, HEIGHT = 1280, 1810
"""Of a page, in units; a page with few rows is shorter. The ratio is that of A4."""

MARGIN, GAP = 56, 32
HEAD, FOOT = 56, 40
TALLEST = 1.25
"""Largest height of a picture, in widths of a column."""

BAR, UNDER = 26, 8
"""Height of a palette, and its distance from the picture."""

LETTERS, TITLE = 15, 28
NAME = 30
"""Height of the line with the name."""

MAX_COLUMNS, MAX_PICTURES, MAX_COLORS = 8, 1000, 256


def contact_sheet(
    palettes: Iterable[Palette],
    *,
    order: Order = "given",
    columns: Annotated[int | None, Within(1, MAX_COLUMNS)] = None,
    dark: bool = False,
    title: str = "",
) -> "list[Image.Image]":
    """Pictures with their palettes under them, side by side on pages, as PIL images of 2560 pixels width.

    Parameters
    ----------
    palettes : of `extract`, 1 to 1000. A palette without a picture is drawn alone. An iterator is consumed one by one
        if `columns` is given, so that only one palette and its picture are in memory.
    order : "given"; "name", the names of the pictures, numbers in them by value; "alike", so that neighbors look alike
        (the order of `pochade.similarity.order` for the distances of the palettes).
    columns : 1 to 8; by default `columns_for` their number.
    title : at the top of the first page.

    Raises
    ------
    OptionError : no palette, or too many; a palette without colors; a value is not allowed.
    SourceError : the file of a picture was deleted or has changed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> black = pochade.extract(np.zeros((60, 90, 3), np.uint8))
    >>> [page.size for page in contact_sheet([black, black])]
    [(2560, 1048)]
    """
    return [page.image() for page in _pages(Raster, palettes, order, columns, dark, title)]


def contact_sheet_svg(
    palettes: Iterable[Palette],
    *,
    order: Order = "given",
    columns: Annotated[int | None, Within(1, MAX_COLUMNS)] = None,
    dark: bool = False,
    title: str = "",
) -> list[str]:
    """`contact_sheet` as SVG documents, one for each page."""
    return [page.svg() for page in _pages(Svg, palettes, order, columns, dark, title)]


def contact_sheet_pdf(
    palettes: Iterable[Palette],
    *,
    order: Order = "given",
    columns: Annotated[int | None, Within(1, MAX_COLUMNS)] = None,
    dark: bool = False,
    title: str = "",
) -> bytes:
    """`contact_sheet` as a PDF with all pages; PochadeError if the extra `draw` is not installed."""
    return pdf_of(lambda page: _pages(page, palettes, order, columns, dark, title))


def columns_for(count: int) -> int:
    """The number of columns for a number of pictures.

    Examples
    --------
    >>> [columns_for(count) for count in (1, 2, 4, 9, 10, 400)]
    [1, 2, 2, 3, 4, 4]
    """
    return min(4, 1 + (count > 1) + (count > 4) + (count > 9))


@dataclass(frozen=True, slots=True, eq=False)
class _Still:
    """A picture and its palette, ready to draw. plain : the palette without its origin, which holds a histogram."""

    name: str
    picture: "Image.Image | None"
    band: list[Piece]
    plain: Palette

    @property
    def height(self) -> float:
        """The height of the picture, in units."""
        return 0 if self.picture is None else self.picture.height / SHARP


def _pages(
    page: Callable[[int, int, str], AnyCanvas],
    palettes: Iterable[Palette],
    order: Order,
    columns: int | None,
    dark: bool,
    title: str,
) -> list[AnyCanvas]:
    """The pages, drawn one after another. page : begins a page, from width, height and paper."""
    check_options(contact_sheet_svg, order=order, columns=columns, dark=dark)
    if columns is None:
        palettes = [*palettes]
        columns = columns_for(len(palettes))
    tone = DARK if dark else LIGHT
    column = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns
    stills: list[_Still] = []
    for palette in palettes:
        if len(stills) == MAX_PICTURES:
            raise OptionError(f"more than {MAX_PICTURES} pictures: draw several contact sheets.")
        stills.append(_still(palette, column, tone))
    if not stills:
        raise OptionError("a contact sheet needs at least one palette.")
    stills = _ordered(stills, order)
    rows = [stills[i : i + columns] for i in range(0, len(stills), columns)]
    spreads = _split(rows, HEAD if title else 0)
    pages: list[AnyCanvas] = []
    for number, spread in enumerate(spreads, 1):
        top = MARGIN + (HEAD if title and number == 1 else 0)
        foot = FOOT if len(spreads) > 1 else 0
        height = top + sum(map(_height, spread)) - GAP + MARGIN + foot
        canvas = page(WIDTH, round(height), tone.paper)
        if title and number == 1:
            line(canvas, (MARGIN, MARGIN + 8), title, TITLE, tone.ink, WIDTH - 2 * MARGIN)
        if foot:
            place = WIDTH - MARGIN, height - MARGIN / 2 - 10
            canvas.text(place, f"{number} / {len(spreads)}", LETTERS, tone.soft, "r")
        for row in spread:
            _draw_row(canvas, row, top, column, tone)
            top += round(_height(row))
        pages.append(canvas)
    return pages


def _still(palette: Palette, column: float, tone: Tone) -> _Still:
    check_count(palette, MAX_COLORS)
    picture = None
    if palette.origin is not None and palette.origin.reopen is not None:
        pixels = palette.origin.reopen()
        left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
        fit = min(column / (right - left), TALLEST * column / (bottom - top))
        size = max(1.0, fit * (right - left)), max(1.0, fit * (bottom - top))
        picture = scaled(thumbnail(pixels, round(SHARP * max(size)), tone.paper), *size)
    plain = Palette(palette.colors, source=palette.source)
    return _Still(title_of(palette), picture, pieces(palette, column), plain)


def _ordered(stills: list[_Still], order: Order) -> list[_Still]:
    if order == "name":
        return sorted(stills, key=lambda still: (_natural(still.name), still.plain.source or ""))
    if order == "alike":
        way = order_by(distances([still.plain for still in stills])) if len(stills) > 1 else np.zeros(1, np.intp)
        return [stills[i] for i in way]
    return stills


def _natural(name: str) -> list[tuple[int, int, str]]:
    """The sort key of a name: its numbers count by value, so that 9 is before 10."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", name.casefold())
    return [(0, int(part), part) if part[0] in "0123456789" else (1, 0, part) for part in parts]


def _height(row: Sequence[_Still]) -> float:
    """The height of a row with the gap below it."""
    tall = max(still.height for still in row)
    named = any(still.name for still in row)
    return tall + (UNDER if tall else 0) + BAR + (NAME if named else 0) + GAP


def _split(rows: list[list[_Still]], head: float) -> list[list[list[_Still]]]:
    """The rows of each page, as many as fit."""
    spreads: list[list[list[_Still]]] = [[]]
    room = HEIGHT - 2 * MARGIN - FOOT - head
    for row in rows:
        if spreads[-1] and _height(row) - GAP > room:
            spreads.append([])
            room = HEIGHT - 2 * MARGIN - FOOT
        spreads[-1].append(row)
        room -= _height(row)
    return spreads


def _draw_row(canvas: Canvas, row: Sequence[_Still], top: float, column: float, tone: Tone) -> None:
    """Draw pictures that stand on one line, palettes under them, and names."""
    tall = max(still.height for still in row)
    under = top + tall + (UNDER if tall else 0)
    for i, still in enumerate(row):
        left = MARGIN + i * (column + GAP)
        if still.picture is not None:
            inset = (column - still.picture.width / SHARP) / 2
            canvas.picture(left + inset, top + tall - still.height, still.picture)
        if any(needs_edge(tone, color) for _, color in still.band):
            canvas.box(left - 1, under - 1, column + 2, BAR + 2, tone.rule)
        canvas.band(left, under, BAR, still.band)
        line(canvas, (left, under + BAR + NAME / 2 + 2), still.name, LETTERS, tone.soft, column)
