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

Drawn = TypeVar("Drawn", bound=Canvas)

MAX_COLORS = 48


def poster(
    palette: Palette, *, layout: str = "card", dark: bool = False, title: str | None = None, picture: Any = None
) -> "Image.Image":
    """The picture with its palette: swatches, names, hex and shares; a PIL image.

    Parameters
    ----------
    layout : "card", "wide", "grid" or "story"; see docs/posters.md.
    title : by default the picture's name; empty for none.
    picture : the picture to show, as for `read`; by default the palette's own. A loaded palette has none and is drawn
        without.

    Raises
    ------
    OptionError : the palette has no color, or more than 48. UnknownNameError : there is no such layout.
    SourceError : the picture's file is gone, or has changed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> poster(pochade.extract(np.zeros((60, 90, 3), np.uint8)), layout="story").size
    (2160, 3840)
    """
    return _drawn(Raster, palette, layout, dark, title, picture).image()


def poster_svg(
    palette: Palette, *, layout: str = "card", dark: bool = False, title: str | None = None, picture: Any = None
) -> str:
    """The same as an SVG document: the text is text, the picture a JPEG in it."""
    return _drawn(Svg, palette, layout, dark, title, picture).svg()


def poster_pdf(
    palette: Palette, *, layout: str = "card", dark: bool = False, title: str | None = None, picture: Any = None
) -> bytes:
    """The same as a PDF of one page; PochadeError if the extra `draw` is not installed."""
    return _drawn(Pdf, palette, layout, dark, title, picture).pdf()


def _drawn(
    kind: Callable[[int, int, str], Drawn], palette: Palette, layout: str, dark: bool, title: str | None, picture: Any
) -> Drawn:
    arrange = layouts[layout]
    check_count(palette, MAX_COLORS)
    tone = DARK if dark else LIGHT
    made: list[Drawn] = []

    def sheet(width: int, height: int) -> Canvas:
        made.append(kind(width, height, tone.paper))
        return made[0]

    arrange(content_of(palette, tone, title=title, picture=picture), sheet)
    return made[0]
