"""Less: variables, for style sheets."""

from pochade.export import exporters
from pochade.export.css import PREFIX
from pochade.export.identifiers import checked, identifiers
from pochade.palette import Palette


@exporters.register("less", suffix=".less", media_type="text/x-less")
def less(palette: Palette, *, prefix: str = "color") -> bytes:
    """Variables of Less, `@color-brown: #8e1a24`."""
    checked("prefix", prefix, PREFIX, "brand")
    names = identifiers(palette, "kebab", prefix=prefix)
    return "".join(f"@{name}: {color};\n" for name, color in zip(names, palette.hex, strict=True)).encode()
