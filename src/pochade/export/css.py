"""css: custom properties of CSS."""

import re
from collections.abc import Iterator

from pochade.color.css_value import css_value
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.identifiers import check_name, identifiers, words_of
from pochade.export.reading import NamedColor, line_of, palette_of, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb"(?:\A|[\s;{/])--[\w-]+\s*:")
PREFIX = "[a-z][a-z0-9-]*"

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PROPERTY = re.compile(r"(?<![\w-])--([\w-]+)\s*:([^;{}]*)")


def read(content: bytes) -> Palette:
    """The palette of the custom properties that are opaque colors, in any rule.

    Values may be hex, `rgb()`, `hsl()`, `oklch()`, `oklab()` or names. Other values (lengths, `var()`, translucent
    colors) are skipped.
    """
    return properties(text_of(content), _PROPERTY)


def properties(text: str, pattern: re.Pattern[str]) -> Palette:
    """The palette of the colors among the matches outside of comments. pattern : its groups are a name and a value."""
    return palette_of(_colors(_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text), pattern))


def _colors(text: str, pattern: re.Pattern[str]) -> Iterator[NamedColor]:
    for match in pattern.finditer(text):
        try:
            codes = css_value(re.sub(r"!\w+", "", match[2]))
        except OptionError as error:
            raise FormatError(f"line {line_of(text, match.start())}: {error}") from None
        if codes is not None:
            yield codes, words_of(match[1], "color-")


@exporters.register("css", suffix=".css", media_type="text/css", read=read, magic=MAGIC)
def css(palette: Palette, *, prefix: str = "color") -> bytes:
    """Custom properties in :root: `--color-brown: #8e1a24`."""
    check_name("prefix", prefix, PREFIX, "brand")
    names = identifiers(palette, "kebab", prefix=prefix)
    lines = [f"  --{name}: {color};" for name, color in zip(names, palette.hex, strict=True)]
    return "\n".join([":root {", *lines, "}", ""]).encode()
