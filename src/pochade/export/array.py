"""array: red, green and blue as nested JSON arrays."""

import json
import re
from typing import Any

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.reading import json_of, palette_of
from pochade.palette import Palette

MAGIC = re.compile(rb'\A\s*\[\s*(?:\]|\[(?:\s*\d+\s*,|\s*\])|"#)')


def read(content: bytes) -> Palette:
    """The palette of a JSON array of `[red, green, blue]`, integers 0..255, or of `"#rrggbb"`."""
    array = json_of(content)
    if not isinstance(array, list):
        raise FormatError("not an array: give [[red, green, blue], ...].")
    return palette_of((_codes(at, item), None) for at, item in enumerate(array))


def _codes(at: int, item: Any) -> tuple[int, int, int]:
    try:
        if isinstance(item, str):
            item = parse_hex(item).tolist()
    except OptionError as error:
        raise FormatError(f"color {at + 1}: {error}") from None
    if not isinstance(item, list) or len(item) != 3 or not all(type(c) is int and 0 <= c <= 255 for c in item):
        raise FormatError(f"color {at + 1}: {str(item)[:40]} is not [red, green, blue] in whole numbers 0..255.")
    return item[0], item[1], item[2]


@exporters.register("array", suffix=".array.json", media_type="application/json", header=0, read=read, magic=MAGIC)
def array(palette: Palette) -> bytes:
    """The colors as `[[red, green, blue], ...]`, sRGB codes 0..255, on one line."""
    return (json.dumps([list(color.srgb) for color in palette]) + "\n").encode()
