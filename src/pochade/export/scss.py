"""scss: variables of Sass, and a map of them for loops."""

from pochade.export import exporters
from pochade.export.css import PREFIX
from pochade.export.identifiers import check_name, identifiers
from pochade.export.stylesheet import MAGIC, read
from pochade.palette import Palette


@exporters.register(
    "scss", suffix=".scss", also=(".sass",), media_type="text/x-scss", read=read, magic=MAGIC, general=True
)
def scss(palette: Palette, *, prefix: str = "color") -> bytes:
    """Variables of Sass, `$color-brown: #8e1a24`, and a map from names to them, `$colors`."""
    check_name("prefix", prefix, PREFIX, "brand")
    plain = identifiers(palette, "kebab", prefix=prefix)
    variables = [f"${name}: {color};" for name, color in zip(plain, palette.hex, strict=True)]
    entries = [f'  "{name.removeprefix(prefix + "-")}": ${name},' for name in plain]
    return "\n".join([*variables, "", f"${prefix}s: (", *entries, ");", ""]).encode()
