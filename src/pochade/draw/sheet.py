"""A sheet that compares palettes of one picture: by method, space, k, scale or seed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pochade.draw.canvas import INK, RULE, SHARP, SOFT, Canvas, Raster, Svg, drawable_name, font, shortened
from pochade.draw.comparison import Cell, Comparison, compare_options
from pochade.draw.picture import small
from pochade.draw.strip import pieces
from pochade.errors import OptionError
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

WIDTH = 1120
MARGIN, GAP = 48, 22
PICTURE = (380, 280)
TITLE, LABEL, SMALL = 26, 15, 13
MIN_CELL_WIDTH = 118
"""Least width of a cell; the sheet is wider for many columns."""

BAND, ROW, HEAD = 44, 92, 34
WORDS = 176
"""Least height of the text beside the picture."""

RADIUS = 6
MAX_LINES = 4
"""Most lines of an error message in a cell."""

EMPTY = "#f1ede7"


def sheet(
    source: Any,
    *,
    methods: Iterable[str] = ("prominent",),
    spaces: Iterable[str] = ("oklab",),
    k: Iterable[int | str] = (8,),
    scales: Iterable[float] = (1.0,),
    seeds: Iterable[int] = (0,),
    times: bool = False,
    **options: Any,
) -> "Image.Image":
    """The palettes of one picture for all combinations, as a PIL image.

    The last list with several values forms the columns, the others the rows. A cell shows the colors by weight, and the
    mean CIEDE2000 of the full picture's pixels to the nearest color, or the error of its combination.

    Parameters
    ----------
    source : as for `read`.
    times : also show the milliseconds of the method, without decoding and counting the picture: the minimum of two
        runs. Sheets with times differ from run to run.
    options : other options of `extract`, for all cells.

    Raises
    ------
    UnknownNameError, OptionError : a name does not exist, or there are more than 64 rows or 16 columns.
    SourceError : the picture cannot be read.

    Examples
    --------
    >>> import numpy as np
    >>> sheet(np.zeros((20, 30, 3), np.uint8), methods=["kmeans", "prominent"], k=[1, 4]).width
    2240
    """
    comparison = compare_options(source, _choices(methods, spaces, k, scales, seeds), times=times, **options)
    picture = small(comparison.pixels, (SHARP * PICTURE[0], SHARP * PICTURE[1]))
    canvas = Raster(*_size(comparison, picture))
    _draw(canvas, comparison, picture)
    return canvas.image()


def sheet_svg(
    source: Any,
    *,
    methods: Iterable[str] = ("prominent",),
    spaces: Iterable[str] = ("oklab",),
    k: Iterable[int | str] = (8,),
    scales: Iterable[float] = (1.0,),
    seeds: Iterable[int] = (0,),
    times: bool = False,
    **options: Any,
) -> str:
    """`sheet` as an SVG document with the embedded picture."""
    comparison = compare_options(source, _choices(methods, spaces, k, scales, seeds), times=times, **options)
    picture = small(comparison.pixels, (SHARP * PICTURE[0], SHARP * PICTURE[1]))
    canvas = Svg(*_size(comparison, picture))
    _draw(canvas, comparison, picture)
    return canvas.svg()


def _choices(*values: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    names = ("methods", "spaces", "k", "scales", "seeds")
    for name, value in zip(names, values, strict=True):
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise OptionError(f"{name}={value!r} is not allowed: give a list, such as [{value!r}].")
    return {name: tuple(value) for name, value in zip(names, values, strict=True)}


def _side(comparison: Comparison) -> float:
    """Width of the row labels."""
    longest = max((font(LABEL).getlength(label) for label in comparison.rows), default=0)
    return min(longest + 28, 300) if longest else 0


def _top(picture: "Image.Image") -> float:
    """Top of the cells, below the picture and the text beside it."""
    return MARGIN + max(picture.height / SHARP, WORDS) + 36


def _size(comparison: Comparison, picture: "Image.Image") -> tuple[int, int]:
    across = _side(comparison) + len(comparison.columns) * (MIN_CELL_WIDTH + GAP) - GAP
    head = HEAD if any(comparison.columns) else 12
    return max(WIDTH, round(across) + 2 * MARGIN), round(_top(picture)) + head + len(
        comparison.rows
    ) * ROW + MARGIN - 20


def _draw(canvas: Canvas, comparison: Comparison, picture: "Image.Image") -> None:
    width = _size(comparison, picture)[0]
    top = _top(picture)
    canvas.picture(MARGIN, MARGIN, picture, min(8, picture.width / 8, picture.height / 8))
    _title(canvas, comparison, MARGIN + picture.width / SHARP + 32, width, top - 36)
    side = _side(comparison)
    step = (width - 2 * MARGIN - side + GAP) / len(comparison.columns)
    if any(comparison.columns):
        for i, label in enumerate(comparison.columns):
            canvas.text((MARGIN + side + i * step, top), shortened(label, LABEL, step - GAP), LABEL)
        top += HEAD - 12
    canvas.line([(MARGIN, top), (width - MARGIN, top)], RULE)
    for label, cells in zip(comparison.rows, comparison.cells, strict=True):
        canvas.text((MARGIN, top + 20 + BAND / 2), shortened(label, LABEL, side - 12), LABEL)
        for i, cell in enumerate(cells):
            _cell(canvas, cell, MARGIN + side + i * step, top + 20, step - GAP)
        top += ROW


def _title(canvas: Canvas, comparison: Comparison, left: float, width: float, bottom: float) -> None:
    """Draw the name, size, common options and legend beside the picture."""
    room = width - MARGIN - left
    pixels = comparison.pixels
    y = MARGIN + 18.0
    canvas.text((left, y), shortened(drawable_name(Palette((), source=pixels.name)), TITLE, room), TITLE)
    lines = [
        f"{pixels.width} \N{MULTIPLICATION SIGN} {pixels.height} pixels",
        *([comparison.common] if comparison.common else []),
    ]
    for line in lines:
        y += 28
        canvas.text((left, y), shortened(line, LABEL, room), LABEL, SOFT)
    legend = [
        "Each color is as wide as its share of the picture.",
        "Under it: mean CIEDE2000 of the pixels to the nearest.",
    ]
    if any(cell.milliseconds is not None for row in comparison.cells for cell in row):
        legend.append("Milliseconds: of the method, the picture being decoded and counted.")
    y = bottom - 6 - 22 * len(legend)
    for line in legend:
        y += 22
        canvas.text((left, y), shortened(line, SMALL, room), SMALL, SOFT)


def _cell(canvas: Canvas, cell: Cell, left: float, top: float, wide: float) -> None:
    if cell.palette is None:
        canvas.box(left, top, wide, ROW - 20, EMPTY, RADIUS)
        for i, line in enumerate(wrapped(cell.message, 11, wide - 16)[:MAX_LINES]):
            canvas.text((left + 8, top + 13 + 15 * i), line, 11, SOFT)
        return
    canvas.band(left, top, BAND, pieces(cell.palette, wide), RADIUS)
    under = top + BAND + 16
    canvas.text((left, under), f"{cell.difference:.1f}", SMALL, INK)
    if cell.milliseconds is not None:
        took = f"{cell.milliseconds:.0f} ms" if cell.milliseconds >= 9.95 else f"{cell.milliseconds:.1f} ms"
        canvas.text((left + wide, under), took, SMALL, SOFT, "r")
    elif isinstance(cell.palette.k, int) and len(cell.palette) < cell.palette.k:
        colors = "1 color" if len(cell.palette) == 1 else f"{len(cell.palette)} colors"
        canvas.text((left + wide, under), colors, SMALL, SOFT, "r")


def wrapped(text: str, size: int, width: float) -> list[str]:
    """The text in lines of a width, at most `MAX_LINES`; a longer text is shortened."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < MAX_LINES:
        count = 1
        while count < len(words) and font(size).getlength(" ".join(words[: count + 1])) <= width:
            count += 1
        last = len(lines) == MAX_LINES - 1
        lines.append(shortened(" ".join(words if last else words[:count]), size, width))
        words = words[count:]
    return lines
