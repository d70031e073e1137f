"""tailwind: theme variables of Tailwind CSS 4, which define utilities such as bg-brown and text-brown."""

from pochade.export import exporters
from pochade.export.identifiers import identifiers
from pochade.export.stylesheet import MAGIC, read
from pochade.palette import Palette


@exporters.register("tailwind", suffix=".tailwind.css", media_type="text/css", read=read, magic=MAGIC, general=True)
def tailwind(palette: Palette) -> bytes:
    """Theme variables of Tailwind CSS 4, `--color-brown: #8e1a24` in @theme; put them after its import."""
    names = identifiers(palette, "kebab", prefix="color")
    lines = [f"  --{name}: {color};" for name, color in zip(names, palette.hex, strict=True)]
    return "\n".join(["@theme {", *lines, "}", ""]).encode()
