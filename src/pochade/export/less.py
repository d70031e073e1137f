"""less: variables of Less."""

from pochade.export import exporters
from pochade.export.css import PREFIX
from pochade.export.identifiers import check_name, identifiers
from pochade.export.stylesheet import MAGIC, read
from pochade.palette import Palette


@exporters.register("less", suffix=".less", media_type="text/x-less", read=read, magic=MAGIC, general=True)
def less(palette: Palette, *, prefix: str = "color") -> bytes:
    """Variables of Less: `@color-brown: #8e1a24`."""
    check_name("prefix", prefix, PREFIX, "brand")
    names = identifiers(palette, "kebab", prefix=prefix)
    return "".join(f"@{name}: {color};\n" for name, color in zip(names, palette.hex, strict=True)).encode()
