"""PNG: swatches as a picture."""

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
    dark: bool = False,
) -> bytes:
    """Swatches as a picture, two pixels for a unit of the SVG.

    The options are those of `svg`.
    """
    from pochade.draw.canvas import Raster
    from pochade.draw.swatches import swatches
    from pochade.draw.tone import paper

    def sheet(width: int, height: int) -> Raster:
        return Raster(width, height, paper(dark))

    drawn = swatches(palette, sheet, columns=columns, labels=labels, by_share=by_share, dark=dark)
    assert isinstance(drawn, Raster)
    return encode_image(drawn.image(), "PNG", optimize=True)
