"""css: custom properties of CSS."""

from pochade.export import exporters
from pochade.export.identifiers import check_name
from pochade.export.stylesheet import MAGIC, read
from pochade.export.variables import variables
from pochade.palette import Palette

PREFIX = "[a-z][a-z0-9-]*"


@exporters.register("css", suffix=".css", media_type="text/css", read=read, magic=MAGIC, general=True)
def css(palette: Palette, *, prefix: str = "color", tints: bool = False) -> bytes:
    """Custom properties in :root: `--color-brown: #8e1a24`.

    Parameters
    ----------
    tints : also the tints and shades of each color, `--color-brown-50` to `--color-brown-950`.
    """
    check_name("prefix", prefix, PREFIX, "brand")
    lines = [f"  --{name}: {color};" for name, color in variables(palette, prefix, with_tints=tints)]
    return "\n".join([":root {", *lines, "}", ""]).encode()
