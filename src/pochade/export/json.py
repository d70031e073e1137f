"""JSON: everything that a palette knows, on one line."""

import re

from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.reading import json_of, limited, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb'\A\s*\{(?s:.*)"colors"\s*:')


def read(content: bytes) -> Palette:
    """The palette that was written, equal to it; or one that someone typed, of which only `colors` is needed."""
    lines = text_of(content).splitlines()
    if len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines):
        raise FormatError("line 2: another palette begins there: give one line of JSON Lines.")
    given = json_of(content)
    if isinstance(given, dict) and isinstance(given.get("colors"), list):
        limited(given["colors"])
    try:
        return Palette.from_dict(given)
    except OptionError as error:
        raise FormatError(str(error)) from None


@exporters.register("json", suffix=".json", media_type="application/json", header=0, read=read, magic=MAGIC)
def json(palette: Palette) -> bytes:
    """The palette as one line of JSON; several palettes make JSON Lines.

    Bytes of a file's name that are not UTF-8 come out as escapes, so that the line always is.
    """
    return (palette.to_json() + "\n").encode("utf-8", "backslashreplace")
