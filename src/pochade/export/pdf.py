"""PDF: swatches as vectors on a page, with selectable text."""

from typing import Annotated, Literal

from pochade.export import exporters
from pochade.files import DRAWINGS
from pochade.option import Within
from pochade.palette import Palette


@exporters.register("pdf", suffix=".pdf", media_type=DRAWINGS[".pdf"].media_type)
def pdf(
    palette: Palette,
    *,
    columns: Annotated[int, Within(0)] = 0,
    labels: Literal["all", "hex", "name", "none"] = "all",
    by_share: bool = False,
    dark: bool = False,
) -> bytes:
    """Swatches as vectors on a page, with selectable text; needs the extra `draw`.

    The options are those of `svg`.
    """
    from pochade.draw.pdf import Pdf
    from pochade.draw.swatches import swatches
    from pochade.draw.tone import paper

    def sheet(width: int, height: int) -> Pdf:
        return Pdf(width, height, paper(dark))

    canvas = swatches(palette, sheet, columns=columns, labels=labels, by_share=by_share, dark=dark)
    assert isinstance(canvas, Pdf)
    return canvas.pdf()
