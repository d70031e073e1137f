"""hex: the colors alone."""

import re
from collections.abc import Iterator

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.reading import Found, palette_of, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb"\A\s*(?:#[0-9a-fA-F]{3}|#?[0-9a-fA-F]{6})\s*(?:[\r\n]|\Z)")


def read(content: bytes) -> Palette:
    """The palette of lines of hex colors, with or without #; empty lines do not count."""
    return palette_of(_found(text_of(content)))


def _found(text: str) -> Iterator[Found]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            red, green, blue = parse_hex("#" + line.strip().removeprefix("#")).tolist()
        except OptionError:
            raise FormatError(f"line {number}: {line.strip()[:40]!r} is no color: give #rrggbb.") from None
        yield (red, green, blue), None


@exporters.register("hex", suffix=".hex", media_type="text/plain", header=0, read=read, magic=MAGIC)
def hex(palette: Palette) -> bytes:
    """The colors as #rrggbb, one a line."""
    return "".join(f"{color}\n" for color in palette.hex).encode()
