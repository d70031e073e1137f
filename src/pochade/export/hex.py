"""hex: the colors alone."""

from pochade.export import exporters
from pochade.palette import Palette


@exporters.register("hex", suffix=".hex", media_type="text/plain", header=0)
def hex(palette: Palette) -> bytes:
    """The colors as #rrggbb, one a line."""
    return "".join(f"{color}\n" for color in palette.hex).encode()
