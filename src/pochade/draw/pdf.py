"""A canvas that writes PDF, with vectors and searchable text."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pochade.draw.canvas import HALO, INK, PAPER, SEAM, SHARP, Anchor, Piece, Point
from pochade.draw.letters import face
from pochade.errors import PochadeError
from pochade.files import encode_image

if TYPE_CHECKING:
    from PIL import Image

POINT = 0.75
"""Points (1/72 inch) in a unit of the drawing, which is a CSS pixel (1/96 inch)."""

DROP = 0.35
"""Distance of the baseline below the middle of a line, in font sizes, as in the SVG."""


OUTLINE = 1
"""PDF's text rendering mode for outlines of letters."""


class Pdf:
    """A canvas that writes PDF, with reportlab."""

    def __init__(
        self, width: float, height: float, paper: str = PAPER, *, point: float = POINT, title: str = "Palette"
    ) -> None:
        """point : points in a unit of the drawing. title : of the document."""
        try:
            from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
        except ImportError:
            raise PochadeError("PDF needs reportlab, which is not installed: pip install 'pochade[draw]'.") from None
        self._file, self._point = io.BytesIO(), point
        # invariant: without date and random id, so the same drawing gives the same bytes
        self._page = Canvas(self._file, pagesize=(width * point, height * point), invariant=1, pageCompression=1)
        self._page.setTitle(title)
        self._page.setCreator("pochade")
        self._begin(width, height, paper)

    def turn(self, width: float, height: float, paper: str = PAPER) -> None:
        """End the page and begin another one."""
        self._page.showPage()
        self._page.setPageSize((width * self._point, height * self._point))
        self._begin(width, height, paper)

    def _begin(self, width: float, height: float, paper: str) -> None:
        self._height = height
        self._page.scale(self._point, self._point)
        self.box(0, 0, width, height, paper)

    def box(self, left: float, top: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        self._page.setFillColor(fill)
        low = self._height - top - height
        if radius:
            self._page.roundRect(left, low, width, height, radius, stroke=0, fill=1)
        else:
            self._page.rect(left, low, width, height, stroke=0, fill=1)

    def line(self, points: Sequence[Point], stroke: str, width: float = 1, *, dashed: bool = False) -> None:
        self._page.setStrokeColor(stroke)
        self._page.setLineWidth(width)
        self._page.setLineJoin(1)
        self._page.setDash([4, 4] if dashed else [])
        path = self._page.beginPath()
        path.moveTo(points[0][0], self._height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self._height - y)
        self._page.drawPath(path, stroke=1, fill=0)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        self._page.setFillColor(fill)
        self._page.setStrokeColor(fill)
        self._page.setLineWidth(SEAM)
        self._page.setLineJoin(1)
        self._page.setDash([])
        path = self._page.beginPath()
        path.moveTo(points[0][0], self._height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self._height - y)
        path.close()
        self._page.drawPath(path, stroke=1, fill=1)

    def dot(self, at: Point, radius: float, fill: str, edge: str = PAPER) -> None:
        self._page.setFillColor(fill)
        self._page.setStrokeColor(edge)
        self._page.setLineWidth(1.5)
        self._page.circle(at[0], self._height - at[1], radius + 0.75, stroke=1, fill=1)

    def band(self, left: float, top: float, height: float, pieces: Sequence[Piece], radius: float = 0) -> None:
        with self._rounded(left, top, sum(width for width, _ in pieces), height, radius):
            for width, fill in pieces:
                self.box(left, top, width, height, fill)
                left += width

    def picture(self, left: float, top: float, image: "Image.Image", radius: float = 0) -> None:
        from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]

        jpeg = io.BytesIO(encode_image(image, "JPEG", quality=90))
        width, height = image.width / SHARP, image.height / SHARP
        with self._rounded(left, top, width, height, radius):
            self._page.drawImage(ImageReader(jpeg), left, self._height - top - height, width, height)

    def text(
        self, at: Point, text: str, size: int, fill: str = INK, anchor: Anchor = "l", *, halo: bool = False
    ) -> None:
        kind, letters = face(text, size)
        self._page.setFont(_register_font(kind.font_bytes, kind.getname()[0]), size)
        draw = {"l": self._page.drawString, "m": self._page.drawCentredString, "r": self._page.drawRightString}[anchor]
        place = at[0], self._height - at[1] - DROP * size
        if halo:
            self._page.setStrokeColor(PAPER)
            self._page.setLineWidth(2 * HALO)
            draw(*place, letters, mode=OUTLINE)
        self._page.setFillColor(fill)
        draw(*place, letters)

    @contextmanager
    def _rounded(self, left: float, top: float, width: float, height: float, radius: float) -> Iterator[None]:
        """Clip the drawing in this context to round corners."""
        self._page.saveState()
        if radius:
            path = self._page.beginPath()
            path.roundRect(left, self._height - top - height, width, height, radius)
            self._page.clipPath(path, stroke=0, fill=0)
        yield
        self._page.restoreState()

    def pdf(self) -> bytes:
        """The drawing as a PDF document."""
        self._page.showPage()
        self._page.save()
        return self._file.getvalue()


def _register_font(letters: bytes, name: str) -> str:
    """Register a font with reportlab, and return its name."""
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(letters)))
    return name


def pdf_of(draw: Callable[[Callable[[int, int, str], Pdf]], object]) -> bytes:
    """The PDF of several pages. draw : draws them; its argument begins a page of a size and paper on a canvas."""
    document: list[Pdf] = []

    def page(width: int, height: int, paper: str) -> Pdf:
        if document:
            document[0].turn(width, height, paper)
        else:
            document.append(Pdf(width, height, paper))
        return document[0]

    draw(page)
    return document[0].pdf()
