"""SVG: swatches as vectors, with selectable text."""

from typing import Annotated, Literal

from pochade.export import exporters
from pochade.files import DRAWINGS
from pochade.option import Within
from pochade.palette import Palette


@exporters.register("svg", suffix=".svg", media_type=DRAWINGS[".svg"].media_type)
def svg(
    palette: Palette,
    *,
    columns: Annotated[int, Within(0)] = 0,
    labels: Literal["all", "hex", "name", "none"] = "all",
    by_share: bool = False,
    strip: bool = False,
    dark: bool = False,
) -> bytes:
    """Swatches as vectors, with selectable text.

    Parameters
    ----------
    columns : number of swatches in a row; 0 chooses it.
    by_share : draw one bar whose parts have heights proportional to the shares, but at least the height of a label.
    strip : draw one band across instead, to embed in a page or a chat, with a label in each part that has room;
        by_share sets widths then.
    """
    from pochade.draw.canvas import Svg
    from pochade.draw.swatches import swatches
    from pochade.draw.tone import paper

    def sheet(width: int, height: int) -> Svg:
        return Svg(width, height, paper(dark))

    canvas = swatches(palette, sheet, columns=columns, labels=labels, by_share=by_share, strip=strip, dark=dark)
    assert isinstance(canvas, Svg)
    return canvas.svg().encode()
