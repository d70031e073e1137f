"""Posters: a picture with its palette."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from pochade.draw.canvas import Canvas, Raster, Svg
from pochade.draw.content import check_count, content_of
from pochade.draw.layouts import layouts
from pochade.draw.pdf import Pdf
from pochade.draw.tone import DARK, LIGHT
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

AnyCanvas = TypeVar("AnyCanvas", bound=Canvas)

MAX_COLORS = 48


def poster(
    palette: Palette, *, layout: str = "card", dark: bool = False, title: str | None = None, picture: Any = None
) -> "Image.Image":
    """The picture with its palette (swatches, names, hex and shares), as a PIL image.

    Parameters
    ----------
    layout : "card", "wide", "grid" or "story"; see docs/posters.md.
    title : by default the picture's name; empty for no title.
    picture : as for `read`, or `Pixels`, such as a region; by default the palette's own picture. A loaded palette has
        no picture.

    Raises
    ------
    OptionError : the palette has no color, or more than 48.
    UnknownNameError : the layout does not exist.
    SourceError : the file of the picture was deleted or has changed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> poster(pochade.extract(np.zeros((60, 90, 3), np.uint8)), layout="story").size
    (2160, 3840)
    """
    return _draw_on(Raster, palette, layout, dark, title, picture).image()


def poster_svg(
    palette: Palette, *, layout: str = "card", dark: bool = False, title: str | None = None, picture: Any = None
) -> str:
    """`poster` as an SVG document with selectable text and the picture as an embedded JPEG."""
    return _draw_on(Svg, palette, layout, dark, title, picture).svg()


def poster_pdf(
    palette: Palette, *, layout: str = "card", dark: bool = False, title: str | None = None, picture: Any = None
) -> bytes:
    """`poster` as a PDF of one page; PochadeError if the extra `draw` is not installed."""
    return _draw_on(Pdf, palette, layout, dark, title, picture).pdf()


def _draw_on(
    kind: Callable[[int, int, str], AnyCanvas],
    palette: Palette,
    layout: str,
    dark: bool,
    title: str | None,
    picture: Any,
) -> AnyCanvas:
    arrange = layouts[layout]
    check_count(palette, MAX_COLORS)
    tone = DARK if dark else LIGHT
    canvases: list[AnyCanvas] = []

    def sheet(width: int, height: int) -> Canvas:
        canvases.append(kind(width, height, tone.paper))
        return canvases[0]

    arrange(content_of(palette, tone, title=title, picture=picture), sheet)
    return canvases[0]
