"""css: custom properties of CSS."""

from pochade.export import exporters
from pochade.export.identifiers import check_name, identifiers
from pochade.export.stylesheet import MAGIC, read
from pochade.palette import Palette

PREFIX = "[a-z][a-z0-9-]*"


@exporters.register("css", suffix=".css", media_type="text/css", read=read, magic=MAGIC, general=True)
def css(palette: Palette, *, prefix: str = "color") -> bytes:
    """Custom properties in :root: `--color-brown: #8e1a24`."""
    check_name("prefix", prefix, PREFIX, "brand")
    names = identifiers(palette, "kebab", prefix=prefix)
    lines = [f"  --{name}: {color};" for name, color in zip(names, palette.hex, strict=True)]
    return "\n".join([":root {", *lines, "}", ""]).encode()
