"""hex: a list of hex colors."""

import re
from collections.abc import Iterator

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.reading import NamedColor, palette_of, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb"\A\s*(?:#[0-9a-fA-F]{3}|#?[0-9a-fA-F]{6})\s*(?:[\r\n]|\Z)")


def read(content: bytes) -> Palette:
    """The palette of lines of hex colors, with or without #. Empty lines are skipped."""
    return palette_of(_colors(text_of(content)))


def _colors(text: str) -> Iterator[NamedColor]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            red, green, blue = parse_hex("#" + line.strip().removeprefix("#")).tolist()
        except OptionError:
            raise FormatError(f"line {number}: {line.strip()[:40]!r} is not a color: give #rrggbb.") from None
        yield (red, green, blue), None


@exporters.register("hex", suffix=".hex", media_type="text/plain", header=0, read=read, magic=MAGIC)
def hex(palette: Palette) -> bytes:
    """The colors as #rrggbb, one on each line."""
    return "".join(f"{color}\n" for color in palette.hex).encode()
