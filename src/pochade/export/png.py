"""PNG: swatches as pixels."""

from typing import Annotated, Literal

from pochade.export import exporters
from pochade.files import DRAWINGS, encode_image
from pochade.option import Within
from pochade.palette import Palette


@exporters.register("png", suffix=".png", media_type=DRAWINGS[".png"].media_type)
def png(
    palette: Palette,
    *,
    columns: Annotated[int, Within(0)] = 0,
    labels: Literal["all", "hex", "name", "none"] = "all",
    by_share: bool = False,
    strip: bool = False,
    dark: bool = False,
) -> bytes:
    """Swatches as pixels, two for each unit of the SVG.

    The options are those of `svg`.
    """
    from pochade.draw.canvas import Raster
    from pochade.draw.swatches import swatches
    from pochade.draw.tone import paper

    def sheet(width: int, height: int) -> Raster:
        return Raster(width, height, paper(dark))

    canvas = swatches(palette, sheet, columns=columns, labels=labels, by_share=by_share, strip=strip, dark=dark)
    assert isinstance(canvas, Raster)
    return encode_image(canvas.image(), "PNG", optimize=True)
