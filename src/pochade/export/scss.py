"""scss: variables of Sass, and a map of them for loops."""

import re

from pochade.export import exporters
from pochade.export.css import PREFIX, properties
from pochade.export.identifiers import check_name, identifiers
from pochade.export.reading import text_of
from pochade.palette import Palette

MAGIC = re.compile(rb"(?:\A|[\s;{/])\$[A-Za-z][\w-]*\s*:")

_VARIABLE = re.compile(r"(?<![\w-])\$([\w-]+)\s*:([^;{}()]{0,200}(?:\([^;{}()]{0,200}\)[^;{}()]{0,200})?);")
_LINE_COMMENT = re.compile(r"(?<!:)//[^\n]*")


def read(content: bytes) -> Palette:
    """The palette of the variables that are opaque colors, in the notations that `css` reads; maps are skipped."""
    return properties(_LINE_COMMENT.sub("", text_of(content)), _VARIABLE)


@exporters.register("scss", suffix=".scss", media_type="text/x-scss", read=read, magic=MAGIC)
def scss(palette: Palette, *, prefix: str = "color") -> bytes:
    """Variables of Sass, `$color-brown: #8e1a24`, and a map from names to them, `$colors`."""
    check_name("prefix", prefix, PREFIX, "brand")
    plain = identifiers(palette, "kebab", prefix=prefix)
    variables = [f"${name}: {color};" for name, color in zip(plain, palette.hex, strict=True)]
    entries = [f'  "{name.removeprefix(prefix + "-")}": ${name},' for name in plain]
    return "\n".join([*variables, "", f"${prefix}s: (", *entries, ");", ""]).encode()
