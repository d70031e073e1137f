"""JSON: all fields of a palette, on one line."""

import re

from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.reading import check_count, json_of, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb'\A\s*\{(?s:.*)"colors"\s*:')


def read(content: bytes) -> Palette:
    """The palette, equal to the one that was written. In files written by hand only `colors` is required."""
    lines = text_of(content).splitlines()
    if len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines):
        raise FormatError("line 2: a second palette begins: give one line of JSON Lines.")
    document = json_of(content)
    if isinstance(document, dict) and isinstance(document.get("colors"), list):
        check_count(document["colors"])
    try:
        return Palette.from_dict(document)
    except OptionError as error:
        raise FormatError(str(error)) from None


@exporters.register("json", suffix=".json", media_type="application/json", header=0, read=read, magic=MAGIC)
def json(palette: Palette) -> bytes:
    """The palette as one line of JSON; several palettes make JSON Lines.

    Bytes of a file name that are not UTF-8 are escaped, so the line is always UTF-8.
    """
    return (palette.to_json() + "\n").encode("utf-8", "backslashreplace")
