"""Canvases with the same drawing functions for pixels and for SVG."""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal, Protocol
from xml.sax.saxutils import escape, quoteattr

from pochade.draw.letters import FAMILY, face
from pochade.draw.letters import font as font
from pochade.draw.letters import plain as plain
from pochade.draw.letters import shortened as shortened
from pochade.files import encode_image
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

PAPER, INK, SOFT, RULE, ACCENT = "#fbfaf8", "#26282b", "#6f7277", "#e4e1dc", "#8e1a24"

SHARP = 2
"""Pixels in a unit of the drawing, as on current screens."""

SMOOTH = 2
"""Shapes are drawn at this multiple of their size and scaled down, for smooth edges."""

HALO = 2
"""Width of the paper-colored outline of letters."""

SEAM = 0.6
"""Width of the outline of polygons, in their own color: viewers let paper show between two that only touch."""

MAX_BAND = 1 << 26
"""Pixels, at the size of drawing, that are drawn at once: 200 MB."""

Point = tuple[float, float]
Anchor = Literal["l", "m", "r"]
Piece = tuple[float, str]
"""A width and a color."""

_Paint = Callable[["ImageDraw.ImageDraw", int], None]
"""A function that draws a shape; the number is the row at which the drawing begins."""

_Shape = tuple[int, int, _Paint]
"""The rows that a shape may touch, from the first to before the last, and the function that draws it."""


class Canvas(Protocol):
    """Drawing functions, in units from the upper left corner."""

    def box(self, left: float, top: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        """A filled rectangle."""

    def line(self, points: Sequence[Point], stroke: str, width: float = 1, *, dashed: bool = False) -> None:
        """A line through points."""

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """A filled polygon. It reaches a little under its neighbors, so that no paper shows between them."""

    def dot(self, at: Point, radius: float, fill: str, edge: str = PAPER) -> None:
        """A disk with an outline."""

    def band(self, left: float, top: float, height: float, pieces: Sequence[Piece], radius: float = 0) -> None:
        """Colors side by side, each with its width."""

    def picture(self, left: float, top: float, image: "Image.Image", radius: float = 0) -> None:
        """A picture, `SHARP` of its pixels to a unit."""

    def text(
        self, at: Point, text: str, size: int, fill: str = INK, anchor: Anchor = "l", *, halo: bool = False
    ) -> None:
        """A line of text; `at` is its left end, middle or right end, at half its height.

        halo : outline the letters with paper, for text on top of other shapes.
        """


class Raster:
    """A canvas of pixels. Shapes are drawn in the bands of rows that have any, at `SMOOTH` times their size."""

    def __init__(self, width: float, height: float, paper: str = PAPER) -> None:
        self._scale = SHARP * SMOOTH
        self._size, self._paper = (round(width * SHARP), round(height * SHARP)), paper
        self._shapes: list[_Shape] = []
        self._texts: list[tuple[Any, ...]] = []
        self._pictures: list[tuple[Any, ...]] = []

    def box(self, left: float, top: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        s = self._scale
        edges = [round(left * s), round(top * s), round((left + width) * s) - 1, round((top + height) * s) - 1]

        def paint(draw: "ImageDraw.ImageDraw", above: int) -> None:
            where = [edges[0], edges[1] - above, edges[2], edges[3] - above]
            draw.rounded_rectangle(where, radius * s, fill=fill)

        self._add(edges[1], edges[3], paint)

    def line(self, points: Sequence[Point], stroke: str, width: float = 1, *, dashed: bool = False) -> None:
        s = self._scale
        wide = round(width * s)
        parts = [[(x * s, y * s) for x, y in part] for part in (_dashes(points) if dashed else [points])]
        rows = [y for part in parts for _, y in part]

        def paint(draw: "ImageDraw.ImageDraw", above: int) -> None:
            for part in parts:
                draw.line([(x, y - above) for x, y in part], fill=stroke, width=wide, joint="curve")

        if rows:
            self._add(min(rows) - wide, max(rows) + wide, paint)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        corners = [(x * self._scale, y * self._scale) for x, y in points]
        rows = [y for _, y in corners]

        def paint(draw: "ImageDraw.ImageDraw", above: int) -> None:
            draw.polygon([(x, y - above) for x, y in corners], fill)

        self._add(min(rows), max(rows), paint)

    def dot(self, at: Point, radius: float, fill: str, edge: str = PAPER) -> None:
        x, y = (value * self._scale for value in at)
        outer = (radius + 1.5) * self._scale

        def paint(draw: "ImageDraw.ImageDraw", above: int) -> None:
            for r, color in ((outer, edge), (radius * self._scale, fill)):
                draw.ellipse([x - r, y - above - r, x + r, y - above + r], fill=color)

        self._add(y - outer, y + outer, paint)

    def _add(self, first: float, last: float, paint: "_Paint") -> None:
        """Record a shape between two rows, at the size of drawing; a row more at each end, in case Pillow rounds."""
        self._shapes.append((int(first) // SMOOTH * SMOOTH - SMOOTH, (int(last) // SMOOTH + 2) * SMOOTH, paint))

    def band(self, left: float, top: float, height: float, pieces: Sequence[Piece], radius: float = 0) -> None:
        from PIL import Image

        edges = [round(edge * SHARP) for edge in _edges(pieces)]
        band = Image.new("RGB", (edges[-1], round(height * SHARP)))
        for start, end, (_, fill) in zip(edges, edges[1:], pieces, strict=False):
            band.paste(fill, (start, 0, end, band.height))
        self.picture(left, top, band, radius)

    def picture(self, left: float, top: float, image: "Image.Image", radius: float = 0) -> None:
        self._pictures.append((left, top, image, radius))  # pasted after scaling down, to stay sharp

    def text(
        self, at: Point, text: str, size: int, fill: str = INK, anchor: Anchor = "l", *, halo: bool = False
    ) -> None:
        self._texts.append(
            (at, text, size, fill, anchor, halo)
        )  # drawn after scaling down, because letters are already smooth

    def image(self) -> "Image.Image":
        """The drawing."""
        from PIL import Image, ImageDraw

        image = Image.new("RGB", self._size, self._paper)
        rows = max(1, MAX_BAND // (self._size[0] * SMOOTH**2)) * SMOOTH
        for start, end, shapes in self._bands():
            for first in range(start, end, rows):
                last = min(end, first + rows)
                band = Image.new("RGB", (self._size[0] * SMOOTH, last - first), self._paper)
                pen = ImageDraw.Draw(band)
                for top, bottom, paint in shapes:
                    if top < last and bottom > first:
                        paint(pen, first)
                image.paste(band.reduce(SMOOTH), (0, first // SMOOTH))
        for left, top, picture, radius in self._pictures:
            place = round(left * SHARP), round(top * SHARP)
            paste_rounded(image, picture, place, round(radius * SHARP))
        draw = ImageDraw.Draw(image)
        for (x, y), text, size, fill, anchor, halo in self._texts:
            place, reach = (x * SHARP, y * SHARP), HALO * SHARP if halo else 0
            kind, letters = face(text, size * SHARP)
            draw.text(place, letters, fill, kind, f"{anchor}m", stroke_width=reach, stroke_fill=PAPER)
        return image

    def _bands(self) -> Iterator[tuple[int, int, list["_Shape"]]]:
        """The bands of rows that have shapes: first and last row at the size of drawing, and the shapes in order."""
        height = self._size[1] * SMOOTH
        bands: list[tuple[int, int, list[int]]] = []
        for i in sorted(range(len(self._shapes)), key=lambda i: self._shapes[i][0]):
            first, last = max(0, self._shapes[i][0]), min(height, self._shapes[i][1])
            if first >= last:
                continue
            if bands and first <= bands[-1][1]:
                bands[-1] = bands[-1][0], max(last, bands[-1][1]), [*bands[-1][2], i]
            else:
                bands.append((first, last, [i]))
        for first, last, members in bands:
            yield first, last, [self._shapes[i] for i in sorted(members)]


class Svg:
    """A canvas that writes SVG."""

    def __init__(
        self, width: float, height: float, paper: str = PAPER, print_size: tuple[str, str] | None = None
    ) -> None:
        """print_size : width and height on paper, such as ("210mm", "297mm"); by default, a unit is a CSS pixel."""
        self._width, self._height = width, height
        self._shown = print_size or (f"{width:g}", f"{height:g}")
        self._parts: list[str] = []
        self._clips = 0
        self.box(0, 0, width, height, paper)

    def box(self, left: float, top: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        round_ = f' rx="{radius:g}"' if radius else ""
        self._parts.append(
            f'<rect x="{left:.5g}" y="{top:.5g}" width="{width:.5g}" height="{height:.5g}"{round_} fill="{fill}"/>'
        )

    def line(self, points: Sequence[Point], stroke: str, width: float = 1, *, dashed: bool = False) -> None:
        path = " ".join(f"{x:.5g},{y:.5g}" for x, y in points)
        dash = ' stroke-dasharray="4 4"' if dashed else ""
        self._parts.append(
            f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}" '
            f'stroke-linejoin="round"{dash}/>'
        )

    def shape(self, points: Sequence[Point], fill: str) -> None:
        path = " ".join(f"{x:.5g},{y:.5g}" for x, y in points)
        self._parts.append(
            f'<polygon points="{path}" fill="{fill}" stroke="{fill}" stroke-width="{SEAM}" stroke-linejoin="round"/>'
        )

    def dot(self, at: Point, radius: float, fill: str, edge: str = PAPER) -> None:
        x, y = at
        self._parts.append(
            f'<circle cx="{x:.5g}" cy="{y:.5g}" r="{radius + 0.75:g}" fill="{fill}" stroke="{edge}" '
            f'stroke-width="1.5"/>'
        )

    def band(self, left: float, top: float, height: float, pieces: Sequence[Piece], radius: float = 0) -> None:
        edges = _edges(pieces)
        with self._rounded(left, top, edges[-1], height, radius):
            for start, end, (_, fill) in zip(edges, edges[1:], pieces, strict=False):
                self.box(left + start, top, end - start, height, fill)

    def picture(self, left: float, top: float, image: "Image.Image", radius: float = 0) -> None:
        jpeg = encode_image(image, "JPEG", quality=90, subsampling=0)
        width, height = image.width / SHARP, image.height / SHARP
        with self._rounded(left, top, width, height, radius):
            self._parts.append(
                f'<image x="{left:.5g}" y="{top:.5g}" width="{width:.5g}" height="{height:.5g}" '
                f'href="data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"/>'
            )

    @contextmanager
    def _rounded(self, left: float, top: float, width: float, height: float, radius: float) -> Iterator[None]:
        """Clip the drawing in this context to round corners."""
        if not radius:
            yield
            return
        self._clips += 1
        self._parts.append(
            f'<clipPath id="c{self._clips}"><rect x="{left:.5g}" y="{top:.5g}" width="{width:.5g}" '
            f'height="{height:.5g}" rx="{radius:g}"/></clipPath>'
            f'<g clip-path="url(#c{self._clips})" shape-rendering="crispEdges">'
        )
        yield
        self._parts.append("</g>")

    def text(
        self, at: Point, text: str, size: int, fill: str = INK, anchor: Anchor = "l", *, halo: bool = False
    ) -> None:
        x, y = at
        where = {"l": "start", "m": "middle", "r": "end"}[anchor]
        printable = "".join(letter if letter.isprintable() else "?" for letter in text)
        around = f' stroke="{PAPER}" stroke-width="{2 * HALO}" paint-order="stroke"' if halo else ""
        self._parts.append(
            f'<text x="{x:.5g}" y="{y:.5g}" dy="0.35em" font-size="{size}" fill="{fill}" '
            f'text-anchor="{where}"{around}>{escape(printable)}</text>'
        )

    def svg(self) -> str:
        """The drawing as a document."""
        letters = base64.b64encode(font(16).font_bytes).decode()  # 17 kB; CC0
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self._shown[0]}" height="{self._shown[1]}" '
            f'viewBox="0 0 {self._width:g} {self._height:g}" font-family={quoteattr(FAMILY)}>\n'
            f"<style>@font-face{{font-family:Aileron;src:url(data:font/ttf;base64,{letters})}}</style>"
        )
        document = "\n".join([head, *self._parts, "</svg>", ""])
        return document.encode("utf-8", "replace").decode()


def _dashes(points: Sequence[Point], length: float = 4) -> list[list[Point]]:
    """The dashes of a straight line from the first to the second point."""
    (x0, y0), (x1, y1) = points
    far = max(abs(x1 - x0), abs(y1 - y0), 1e-9)
    steps = [i * length / far for i in range(int(far / length))]
    at = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in steps]
    return [[a, b] for a, b in zip(at[::2], at[1::2], strict=False)]


def _edges(pieces: Sequence[Piece]) -> list[float]:
    """The left edges of adjacent pieces, and the right edge of the last piece."""
    return list(accumulate((width for width, _ in pieces), initial=0.0))


def picture_name(palette: Palette) -> str:
    """The name of a palette's picture: the last part of its path or URL."""
    parts = [part for part in re.split(r"[/\\]", palette.source or "") if part]
    return parts[-1] if parts else "picture"


def drawable_name(palette: Palette) -> str:
    """The name of a palette's picture in drawable letters."""
    return plain(picture_name(palette))


def rounded(size: tuple[int, int], radius: int) -> "Image.Image":
    """A mask with round corners."""
    from PIL import Image, ImageDraw

    mask = Image.new("L", (size[0] * 4, size[1] * 4))
    ImageDraw.Draw(mask).rounded_rectangle([0, 0, size[0] * 4 - 1, size[1] * 4 - 1], radius * 4, fill=255)
    return mask.reduce(4)


def paste_rounded(image: "Image.Image", picture: "Image.Image", place: tuple[int, int], radius: int) -> None:
    """Paste a picture with round corners; only the corners of a large one are blended."""
    if not radius:
        image.paste(picture, place)
        return
    if 2 * radius >= min(picture.size):
        image.paste(picture, place, rounded(picture.size, radius))
        return
    side = 2 * radius + 2
    mask = rounded((side, side), radius)
    (left, top), (width, height) = place, picture.size
    corners = [(x, y) for x in (0, width - radius) for y in (0, height - radius)]
    under = [image.crop((left + x, top + y, left + x + radius, top + y + radius)) for x, y in corners]
    image.paste(picture, place)
    for (x, y), patch in zip(corners, under, strict=True):
        at = side - radius if x else 0, side - radius if y else 0
        part = picture.crop((x, y, x + radius, y + radius))
        patch.paste(part, (0, 0), mask.crop((*at, at[0] + radius, at[1] + radius)))
        image.paste(patch, (left + x, top + y))
