"""The swatches of a palette as a matplotlib figure."""

from typing import TYPE_CHECKING, Any

from pochade.draw.canvas import INK, SOFT
from pochade.draw.strip import Widths, check_widths, label_share, pieces
from pochade.errors import OptionError, PochadeError
from pochade.palette import Palette

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT, MARGIN = 9.6, 2.0, 0.1
BAND, LINE = 1.15, 0.22
"""Height of the colors, and distance of text lines, in inches."""

LETTER = 0.085
"""Largest width of a letter of 9 points in matplotlib's default font, in inches."""

UNITS = 960
"""Total width of the colors, in units of a strip."""


def figure(palette: Palette, *, widths: Widths = "equal") -> "Figure":
    """The swatches with hex, name and share, as a matplotlib Figure.

    The figure displays itself in notebooks. It does not use pyplot, so pyplot keeps no reference to it.

    Parameters
    ----------
    widths : "equal" gives all colors the same width, "weight" widths proportional to their shares.

    Raises
    ------
    OptionError : the palette is empty.
    PochadeError : matplotlib is not installed.

    Examples
    --------
    >>> import pochade
    >>> swatches = figure(pochade.Palette.from_dict({"colors": ["#8e1a24", "#e0d4c3"]}))
    >>> len(swatches.axes[0].patches)
    2
    """
    check_widths(widths)
    if not palette.colors:
        raise OptionError("the palette has no color to draw.")
    figure: Figure = _figure_class()(figsize=(WIDTH, HEIGHT), layout="none")
    across = WIDTH - 2 * MARGIN
    axes = figure.add_axes((MARGIN / WIDTH, 0, across / WIDTH, 1))
    axes.set(xlim=(0, across), ylim=(0, HEIGHT))
    axes.set_axis_off()
    x, low = 0.0, HEIGHT - MARGIN - BAND
    for (units, hex), name, share in zip(pieces(palette, UNITS, widths), palette.names, palette.weights, strict=True):
        width = units * across / UNITS
        axes.bar(x, BAND, width, low, align="edge", color=hex)
        for i, text in enumerate((hex, name, label_share(float(share))) if width >= len(hex) * LETTER else ()):
            if len(text) * LETTER <= width:
                ink, size = (SOFT, 8) if i else (INK, 9)
                axes.text(x + width / 2, low - 0.16 - LINE * i, text, color=ink, size=size, ha="center", va="center")
        x += width
    return figure


def _figure_class() -> Any:
    try:
        from pochade.draw.notebook_figure import NotebookFigure
    except ImportError:
        raise PochadeError("a figure needs matplotlib, which is not installed: pip install 'pochade[plot]'.") from None
    return NotebookFigure
