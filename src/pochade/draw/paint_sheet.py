"""Sheets of paint: the tubes for a picture, and the recipe of each color."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pochade.draw.canvas import SHARP, Canvas, Raster, Svg
from pochade.draw.content import title_of
from pochade.draw.letters import width_of
from pochade.draw.parts import field, line, scaled, swatch
from pochade.draw.pdf import pdf_of
from pochade.draw.thumbnail import thumbnail
from pochade.draw.tone import DARK, LIGHT, Tone
from pochade.paint import Paints, Recipe

if TYPE_CHECKING:
    from PIL import Image

AnyCanvas = TypeVar("AnyCanvas", bound=Canvas)

WIDTH, HEIGHT = 794, 1123
"""A4 upright, in units of 1/96 inch."""

MARGIN, GAP = 48, 24
INSIDE = WIDTH - 2 * MARGIN
TITLE, TEXT, SMALL = 26, 14, 12

PICTURE = 210, 150
"""Largest width and height of the picture."""

TUBE, TUBES = 100, 6
"""Width of a tube with the gap beside it, and the most tubes of a row."""

ROW, SWATCH = 44, 34
"""Height of the row of a recipe, and of its swatches."""

BAR = MARGIN + 34 + 2 * 52 + 20
"""Left edge of the bars of parts."""

PART = 14
"""Width of a part in a bar; narrower if a mix has many."""

WORDS = BAR + 130

WHITE = replace(LIGHT, paper="#ffffff")
"""The sheet is to be printed."""

NOTES = (
    "Parts are weights. Colors hold for opaque, dry paint in daylight; each mix is shown at the right of its color.",
    "Batches, gloss and the thickness of a layer change a color more than the last decimal. Mix a little first.",
)


def paint_sheet(paints: Paints, *, dark: bool = False, title: str | None = None) -> "Image.Image":
    """The tubes, the stock tints and the recipes on a sheet of paper, as a PIL image of 1588 pixels width.

    Parameters
    ----------
    paints : of `pochade.paints`. The sheet shows the picture if the palette knows it.
    title : by default the name of the picture; "" for none.

    Raises
    ------
    SourceError : the file of the picture was deleted or has changed.

    Examples
    --------
    >>> import pochade
    >>> paint_sheet(pochade.paints(pochade.Palette(["#1d4f3f", "#e8d9a0"]), 3)).size
    (1588, 2246)
    """
    (page,) = _pages(Raster, paints, dark, title, endless=True)
    return page.image()


def paint_sheet_svg(paints: Paints, *, dark: bool = False, title: str | None = None) -> str:
    """`paint_sheet` as an SVG document."""
    (page,) = _pages(Svg, paints, dark, title, endless=True)
    return page.svg()


def paint_sheet_pdf(paints: Paints, *, dark: bool = False, title: str | None = None) -> bytes:
    """`paint_sheet` as a PDF of A4 pages; PochadeError if the extra `draw` is not installed."""
    return pdf_of(lambda page: _pages(page, paints, dark, title, endless=False))


def _pages(
    page: Callable[[int, int, str], AnyCanvas], paints: Paints, dark: bool, title: str | None, *, endless: bool
) -> list[AnyCanvas]:
    """The pages, drawn one after another. endless : one page as high as it has to be, and A4 at least."""
    tone = DARK if dark else WHITE
    title = title_of(paints.palette) if title is None else title
    picture = _picture(paints, tone)
    head = _head_height(paints, picture, title)
    foot = MARGIN + 18 * (len(NOTES) + bool(paints.box.credit))
    room: float = HEIGHT - foot
    if endless:
        room = max(room, head + ROW * len(paints.recipes) + GAP)
    height = round(room + foot)
    canvas = page(WIDTH, height, tone.paper)
    pages = [canvas]
    _draw_head(canvas, paints, picture, title, tone)
    top: float = head
    _draw_foot(canvas, paints, height, tone)
    for number, recipe in enumerate(paints.recipes, 1):
        if top + ROW > room:
            canvas = page(WIDTH, height, tone.paper)
            pages.append(canvas)
            _draw_foot(canvas, paints, height, tone)
            top = MARGIN
        _draw_recipe(canvas, paints, number, recipe, top, tone)
        top += ROW
    return pages


def _picture(paints: Paints, tone: Tone) -> "Image.Image | None":
    origin = paints.palette.origin
    if origin is None or origin.reopen is None:
        return None
    pixels = origin.reopen()
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    wide, tall = PICTURE
    fit = min(wide / (right - left), tall / (bottom - top))
    size = max(1.0, fit * (right - left)), max(1.0, fit * (bottom - top))
    return scaled(thumbnail(pixels, round(SHARP * max(size)), tone.paper), *size)


def _beside(paints: Paints, picture: "Image.Image | None") -> tuple[list[str], float]:
    """The lines of the sentences beside the picture, and the width that they have."""
    room = INSIDE - (0 if picture is None else picture.width / SHARP + GAP)
    lines = [part for sentence in paints.words() for part in _wrapped(sentence, TEXT, room)]
    return lines, room


def _head_height(paints: Paints, picture: "Image.Image | None", title: str) -> float:
    """The height of all above the recipes."""
    lines, _ = _beside(paints, picture)
    tall = max(20 * len(lines), 0 if picture is None else picture.height / SHARP)
    rows = -(-len(paints.tubes) // TUBES)
    stock = 26 * len(paints.stock) + (GAP if paints.stock else 0)
    return MARGIN + (40 if title else 0) + tall + GAP + 96 * rows + stock + 30


def _draw_head(canvas: Canvas, paints: Paints, picture: "Image.Image | None", title: str, tone: Tone) -> None:
    """Draw the title, the picture with the sentences, the tubes and the stock tints."""
    top: float = MARGIN
    if title:
        line(canvas, (MARGIN, top + 8), title, TITLE, tone.ink, INSIDE)
        top += 40
    lines, room = _beside(paints, picture)
    if picture is not None:
        canvas.picture(MARGIN, top, picture, 4)
    for i, words in enumerate(lines):
        line(canvas, (MARGIN + INSIDE - room, top + 10 + 20 * i), words, TEXT, tone.ink, room)
    top += max(20 * len(lines), 0 if picture is None else picture.height / SHARP) + GAP
    for i, paint in enumerate(paints.tubes):
        left, upper = MARGIN + i % TUBES * (INSIDE + 16) / TUBES, top + 96 * (i // TUBES)
        swatch(canvas, tone, paint.color.hex, (left, upper, TUBE, 56), 4)
        name = f"{paint.name} (own)" if paint.name in paints.own else paint.name
        for j, words in enumerate(_wrapped(name, SMALL, TUBE)[:2]):
            line(canvas, (left, upper + 67 + 14 * j), words, SMALL, tone.soft, TUBE)
    top += 96 * -(-len(paints.tubes) // TUBES)
    for i, tint in enumerate(paints.stock):
        upper = top + 26 * i
        swatch(canvas, tone, tint.color.hex, (MARGIN, upper, 34, 20), 3)
        line(canvas, (MARGIN + 46, upper + 10), f"First make {tint.name}: {tint.words}.", TEXT, tone.ink, INSIDE - 46)
    top += 26 * len(paints.stock) + (GAP if paints.stock else 0)
    for left, words in ((MARGIN + 34, "color | mix"), (BAR, "parts")):
        canvas.text((left, top + 10), words, SMALL, tone.soft)
    canvas.text((MARGIN + INSIDE, top + 10), "CIEDE2000", SMALL, tone.soft, "r")


def _draw_recipe(canvas: Canvas, paints: Paints, number: int, recipe: Recipe, top: float, tone: Tone) -> None:
    """Draw a row: number, the color and its mix side by side, a bar of parts, the parts in words, the difference."""
    middle = top + ROW / 2
    canvas.text((MARGIN + 18, middle), str(number), TEXT, tone.soft, "r")
    for i, color in enumerate((recipe.target, recipe.color)):
        field(canvas, tone, color.hex, (MARGIN + 34 + 52 * i, middle - SWATCH / 2, 52, SWATCH))
    hexes = {paint.name: paint.color.hex for paint in paints.tubes} | {one.name: one.color.hex for one in paints.stock}
    total = sum(recipe.parts.values())
    part = min(PART, 112 / total)
    left: float = BAR
    for name, count in recipe.parts.items():
        for _ in range(count):
            swatch(canvas, tone, hexes[name], (left, middle - 9, part - 1, 18), 2)
            left += part
    room = WIDTH - MARGIN - WORDS - 96
    words = _wrapped(recipe.words, TEXT, room)[:2]
    for j, text in enumerate(words):
        line(canvas, (WORDS, middle + 16 * (j - (len(words) - 1) / 2)), text, TEXT, tone.ink, room)
    far = f"{recipe.difference:.1f}" + ("" if recipe.within_reach else ", out of reach")
    canvas.text((MARGIN + INSIDE, middle), far, SMALL, tone.ink if recipe.within_reach else tone.soft, "r")


def _draw_foot(canvas: Canvas, paints: Paints, height: float, tone: Tone) -> None:
    """Draw the notes and the credit at the lower edge."""
    notes = [*NOTES, *([paints.box.credit] if paints.box.credit else [])]
    for i, words in enumerate(notes):
        upper = height - MARGIN - 18 * (len(notes) - 1 - i)
        line(canvas, (MARGIN, upper), words, SMALL, tone.soft, INSIDE)


def _wrapped(text: str, size: int, width: float) -> Sequence[str]:
    """The text in lines of a width, broken between words."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width * 0.97:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
