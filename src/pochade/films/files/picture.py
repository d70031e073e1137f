"""Pictures of a film: barcodes, the sheet of its shots, and its timeline, as PNG, JPEG, WebP, SVG or PDF.

View    what it shows
stacked each slice of time as the stack of its palette, the lightest color at the top: says most
mean    each slice as its mean in linear light
slit    the middle column of a still of each shot, as wide as the shot lasts
round   the means around a circle, as a disc
sheet   each shot with a still, its palette, and its time code, by chapters, on pages
timeline  stacked palettes, over curves of lightness, chroma and warmth
"""

import io
import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.draw.canvas import SHARP, Canvas, Raster, Svg
from pochade.draw.letters import shortened
from pochade.draw.pdf import Pdf
from pochade.draw.tone import DARK
from pochade.errors import OptionError
from pochade.files import DRAWINGS, encode_image
from pochade.films.timecode import clock
from pochade.films.views import View
from pochade.option import whole
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

    from pochade.films.film import Film, Shot

WIDTH, HEIGHT, MARGIN, FOOT = 1200, 300, 24, 44
"""Units of a drawing: of a barcode, of its border, and of the line of text below it."""

MAX_COLUMNS = 2 * WIDTH
"""A drawing has two pixels a unit."""

CURVE = 54
"""The height of a curve of the timeline."""


Begin = Callable[[int, int], Canvas]
"""Begins a canvas of a width and height, in units."""


def encode(
    film: "Film", *, suffix: str, view: View = "stacked", columns: int | None = None, page: int | None = None
) -> bytes:
    """A picture of the film as the bytes of a file with that suffix.

    view : one of `View`. columns : the slices of a barcode, 1 to 2400; by default 1200.
    page : of a sheet, from 1; by default all pages of a PDF, and the first one of other files.

    Raises
    ------
    OptionError : an option has a value that is not allowed.
    """
    count = check(view, columns, page)
    if view != "sheet":
        draw = {"timeline": _timeline, "round": _round}.get(view, _barcode)
        return render(suffix, [lambda begin: draw(film, begin, view, count)])
    from pochade.films.files import sheet

    pages = sheet.pages(film)
    if page is not None and page > len(pages):
        raise OptionError(f"page={page} is not allowed: the sheet has {len(pages)}.")
    numbers = [page] if page is not None else range(1, len(pages) + 1) if suffix == ".pdf" else [1]
    return render(suffix, [partial(sheet.draw, film, pages, number) for number in numbers])


def count_pages(film: "Film", suffix: str, view: View = "stacked") -> int:
    """The files that a picture of the film needs: one for each page of a sheet, but for a PDF."""
    if view != "sheet" or suffix == ".pdf":
        return 1
    from pochade.films.files import sheet

    return len(sheet.pages(film))


def render(suffix: str, pages: Sequence[Callable[[Begin], None]]) -> bytes:
    """The bytes of a file. pages : each draws one, on the canvas that its argument begins; only PDF holds several."""
    canvases: list[Any] = []

    def begin(width: int, height: int) -> Canvas:
        if canvases:
            canvases[0].turn(width, height, DARK.paper)
        else:
            kind: Callable[..., Any] = {".svg": Svg, ".pdf": Pdf}.get(suffix, Raster)
            canvases.append(kind(width, height, DARK.paper))
        canvas: Canvas = canvases[0]
        return canvas

    for draw in pages:
        draw(begin)
    if suffix == ".svg":
        return str(canvases[0].svg()).encode()
    if suffix == ".pdf":
        document: bytes = canvases[0].pdf()
        return document
    return encode_image(canvases[0].image(), DRAWINGS[suffix].name, quality=92)


def check(view: View = "stacked", columns: int | None = None, page: int | None = None) -> int:
    """The slices of a barcode, after the options of a picture are checked.

    Raises
    ------
    OptionError : an option has a value that is not allowed.
    """
    if view not in get_args(View):
        raise OptionError(f"view={view!r} is not allowed: give one of {', '.join(get_args(View))}.")
    count = WIDTH if columns is None else whole(columns)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_COLUMNS:
        raise OptionError(f"columns={columns!r} is not allowed: give a whole number from 1 to {MAX_COLUMNS}.")
    if page is not None and (view != "sheet" or not isinstance(whole(page), int) or page < 1):
        raise OptionError(f"page={page!r} is not allowed: give a whole number from 1, of view='sheet'.")
    return count


def barcode(film: "Film", view: View, count: int, height: int) -> NDArray[np.uint8]:
    """The pixels of a barcode: uint8 (height, count, 3)."""
    if view == "slit":
        return _slit(film, count, height)
    columns = film.columns(count)
    if view != "stacked":
        return np.repeat(np.array([column.mean for column in columns], np.uint8)[None], height, 0)
    stacks: dict[int, NDArray[np.uint8]] = {}
    picture = np.empty((height, count, 3), np.uint8)
    keys = [part_key(film, column) for column in columns]
    for i, (column, key) in enumerate(zip(columns, keys, strict=True)):
        if key not in stacks:
            stacks[key] = stack(column.palette, height)
        picture[:, i] = stacks[key]
    return picture


def part_key(film: "Film", column: Any) -> int:
    """Equal for columns whose palettes are those of the same parts."""
    from pochade.films import sums

    parts = sums.parts_in(film.records, column.start, column.end)
    return hash((column.shot, *((i, part.start) for i, record in parts for part in record.parts)))


def stack(palette: Palette, height: int) -> NDArray[np.uint8]:
    """The colors of a palette above one another, lightest first, each as high as its share: uint8 (height, 3)."""
    order = np.argsort(-palette.oklab[:, 0], kind="stable")
    edges = np.rint(np.append(0, palette.weights[order].cumsum()) / palette.weights.sum() * height).astype(int)
    return np.repeat(palette.srgb[order], np.diff(edges), 0)


def _slit(film: "Film", count: int, height: int) -> NDArray[np.uint8]:
    from PIL import Image

    picture = np.empty((height, count, 3), np.uint8)
    edges = [round(count * float((shot.start - film.start) / film.duration)) for shot in film.shots] + [count]
    for shot, left, right in zip(film.shots, edges, edges[1:], strict=False):
        if left == right:
            continue
        with Image.open(io.BytesIO(shot.still)) as image:
            middle = image.width // 2
            top, bottom = _upright(shot, image.height)
            line = image.convert("RGB").crop((middle, top, middle + 1, bottom)).resize((1, height))
            picture[:, left:right] = np.asarray(line)
    return picture


def _upright(shot: "Shot", rows: int) -> tuple[int, int]:
    """The rows of a still between the bars."""
    left, top, right, bottom = shot.box
    width, height = shot.size
    if shot.turn % 2:
        low, high, side = left, right, width
    else:
        low, high, side = top, bottom, height
    first, last = -(-low * rows // side), high * rows // side
    return (first, last) if last > first else (0, rows)


def image_of(pixels: NDArray[np.uint8], width: float, height: float) -> "Image.Image":
    """A picture for a canvas, in its size of units."""
    from PIL import Image

    image = Image.fromarray(pixels)
    size = round(width * SHARP), round(height * SHARP)
    return image.resize(size, Image.Resampling.BOX if pixels.shape[1] > size[0] else Image.Resampling.NEAREST)


def _barcode(film: "Film", begin: Begin, view: View, count: int) -> None:
    canvas = begin(WIDTH + 2 * MARGIN, HEIGHT + MARGIN + FOOT)
    canvas.picture(MARGIN, MARGIN, image_of(barcode(film, view, count, HEIGHT * SHARP), WIDTH, HEIGHT))
    foot(film, canvas, MARGIN + HEIGHT + FOOT / 2)


def foot(film: "Film", canvas: Canvas, y: float, width: float = WIDTH, more: str = "") -> None:
    """The name, the length and the number of shots, and more words."""
    name = film.name.replace("\\", "/").rsplit("/", 1)[-1]
    right = f"{facts_of(film)}{more and f', {more}'}"
    canvas.text((MARGIN, y), shortened(name, 15, width - (380 if more else 220)), 15, DARK.ink)
    canvas.text((MARGIN + width, y), right, 15, DARK.soft, "r")


def facts_of(film: "Film") -> str:
    """The length and the number of shots."""
    return f"{clock(film.duration)[:8]}, {len(film.shots)} shot{'s' * (len(film.shots) != 1)}"


def _round(film: "Film", begin: Begin, view: View, count: int) -> None:
    from PIL import Image

    side = 640
    canvas = begin(side + 2 * MARGIN, side + MARGIN + FOOT)
    means = np.array([column.mean for column in film.columns(count)], np.float64)
    pixels, over = side * SHARP, 2
    at = (np.arange(pixels * over) + 0.5) / (pixels * over) * 2 - 1
    x, y = np.meshgrid(at, at)
    radius, turn = np.hypot(x, y), (np.arctan2(x, -y) / (2 * math.pi)) % 1
    disc = means[np.minimum((turn * count).astype(int), count - 1)]
    paper = np.array([int(DARK.paper[i : i + 2], 16) for i in (1, 3, 5)], np.float64)
    disc[(radius > 1) | (radius < 0.28)] = paper
    small = disc.reshape(pixels, over, pixels, over, 3)
    image = Image.fromarray(to_codes(decode(small).mean((1, 3))))
    canvas.picture(MARGIN, MARGIN, image)
    foot(film, canvas, MARGIN + side + FOOT / 2, side)


def _timeline(film: "Film", begin: Begin, view: View, count: int) -> None:
    gap = 30
    canvas = begin(WIDTH + 2 * MARGIN, HEIGHT + MARGIN + 3 * (CURVE + gap) + FOOT)
    canvas.picture(MARGIN, MARGIN, image_of(barcode(film, "stacked", count, HEIGHT * SHARP), WIDTH, HEIGHT))
    top = float(MARGIN + HEIGHT + gap)
    for name, values, (low, high) in curves(film):
        canvas.line([(MARGIN, top + CURVE), (MARGIN + WIDTH, top + CURVE)], DARK.rule)
        points: list[tuple[float, float]] = []
        for shot, value in zip(film.shots, values, strict=True):
            y = top + CURVE * (1 - (min(max(value, low), high) - low) / (high - low))
            for time in (shot.start, shot.end):
                points.append((MARGIN + WIDTH * float((time - film.start) / film.duration), y))
        canvas.line(points, DARK.ink, 1.5)
        canvas.text((MARGIN, top - 8), name, 12, DARK.soft)
        top += CURVE + gap
    foot(film, canvas, top + FOOT / 2 - gap)


def curves(film: "Film") -> list[tuple[str, list[float], tuple[float, float]]]:
    """Name, the value of each shot, and the range of the curves of a timeline: lightness, chroma, warmth."""
    chroma = []
    for shot in film.shots:
        histogram = shot.histogram
        oklab = spaces["oklab"].from_linear(decode(histogram.means))
        weights = histogram.counts / float(histogram.counts.sum())
        chroma.append(float((np.hypot(oklab[:, 1], oklab[:, 2]) * weights).sum()))
    return [
        ("lightness", [shot.look.brightness for shot in film.shots], (0.0, 1.0)),
        ("chroma", chroma, (0.0, max(0.1, *chroma))),
        ("warmth: below cool, above warm", [shot.look.warmth for shot in film.shots], (-1.5, 0.5)),
    ]
