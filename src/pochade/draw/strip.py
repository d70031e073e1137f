"""The palette as a strip under its picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pochade.draw.canvas import INK, SHARP, SOFT, Canvas, Piece, Raster, Svg, font
from pochade.draw.picture import small
from pochade.errors import OptionError
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

Widths = Literal["weight", "equal"]

WIDTH = 880
MAX_HEIGHT = 820
"""Largest height of the picture; the drawing of a portrait is as narrow as the picture."""

MIN_STRIP_WIDTH = 320
MARGIN, GAP, HEIGHT, RADIUS = 40, 14, 92, 8
LABELS, LETTERS = 38, 14

MIN_WIDTH = 3.0
"""Least width of a color, so that a share of 0.001 is visible."""


def strip(palette: Palette, *, widths: Widths = "weight") -> "Image.Image":
    """The picture with its palette as a strip under it, as a PIL image of at most 1920 pixels width.

    Parameters
    ----------
    widths : "weight" for widths proportional to shares, "equal" for equal widths.

    Raises
    ------
    OptionError : the palette was not extracted here, or not from a picture.
    SourceError : the file of the picture was deleted or has changed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> strip(pochade.extract(np.zeros((60, 90, 3), np.uint8))).size
    (1920, 1620)
    """
    plan = _plan(palette, widths)
    canvas = Raster(*plan.size)
    plan.draw(canvas)
    return canvas.image()


def strip_svg(palette: Palette, *, widths: Widths = "weight") -> str:
    """`strip` as an SVG document with the embedded picture."""
    plan = _plan(palette, widths)
    canvas = Svg(*plan.size)
    plan.draw(canvas)
    return canvas.svg()


def check_widths(widths: str) -> None:
    """Raise OptionError if the value is not one of `Widths`."""
    if widths not in ("weight", "equal"):
        raise OptionError(f"widths={widths!r} is not allowed: give one of weight, equal.")


def pieces(palette: Palette, across: float, widths: Widths = "weight") -> list[Piece]:
    """The width of each color in a strip of width `across`."""
    least = min(MIN_WIDTH, across / len(palette)) if widths == "weight" else across / len(palette)
    rest = across - least * len(palette)
    return [(least + rest * color.weight, color.hex) for color in palette]


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """The scaled picture, the colors with their widths, and their labels (hex, share)."""

    picture: "Image.Image"
    band: list[Piece]
    labels: list[tuple[str, str]]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in units."""
        across = round(sum(width for width, _ in self.band))
        tall = self.picture.height / SHARP + GAP + HEIGHT + (LABELS if self.labels else 0)
        return across + 2 * MARGIN, round(tall) + 2 * MARGIN

    def draw(self, canvas: Canvas) -> None:
        """Draw all parts."""
        wide, tall = self.picture.width / SHARP, self.picture.height / SHARP
        middle = MARGIN + (self.size[0] - 2 * MARGIN - wide) / 2
        canvas.picture(middle, MARGIN, self.picture, min(RADIUS, wide / 4, tall / 4))
        top = MARGIN + tall + GAP
        canvas.band(MARGIN, top, HEIGHT, self.band, RADIUS)
        x = float(MARGIN)
        for (width, _), (hex, share) in zip(self.band, self.labels, strict=False):
            if font(LETTERS).getlength(hex) + 10 <= width:
                canvas.text((x + width / 2, top + HEIGHT + 18), hex, LETTERS, INK, "m")
                canvas.text((x + width / 2, top + HEIGHT + 36), share, LETTERS - 1, SOFT, "m")
            x += width


def _plan(palette: Palette, widths: Widths) -> _Plan:
    check_widths(widths)
    if palette.origin is None or palette.origin.reopen is None or not palette.colors:
        raise OptionError(
            "a strip needs the palette's picture, and this palette was loaded, copied, or extracted from a histogram: "
            "call extract() on the picture."
        )
    picture = small(palette.origin.reopen(), (SHARP * WIDTH, SHARP * MAX_HEIGHT))
    across = max(picture.width / SHARP, MIN_STRIP_WIDTH)
    band = pieces(palette, across, widths)
    fits = any(font(LETTERS).getlength(color) + 10 <= width for width, color in band)
    labels = [(color.hex, label_share(color.weight)) for color in palette] if fits else []
    return _Plan(picture, band, labels)


def label_share(share: float) -> str:
    """A share as text, with a whole percentage from 10 %.

    Examples
    --------
    >>> label_share(0.123), label_share(0.0042), label_share(0.0001)
    ('12 %', '0.4 %', '< 0.1 %')
    """
    if share < 0.001:
        return "< 0.1 %"
    return f"{100 * share:.0f} %" if share >= 0.0995 else f"{100 * share:.1f} %"
