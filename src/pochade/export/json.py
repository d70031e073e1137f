"""JSON: all fields of a palette, on one line."""

import re
from typing import Any

from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.documents import named_colors
from pochade.export.reading import check_count, json_of, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb'\A\s*[\[{]\s*["\[\]{}]')


def read(content: bytes) -> Palette:
    """The palette, equal to the one that was written. In files written by hand only `colors` is required.

    Any other JSON document has the palette of all colors in it, each with the name of its keys.
    """
    lines = text_of(content).splitlines()
    if len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines):
        raise FormatError("line 2: a second palette begins: give one line of JSON Lines.")
    document = json_of(content)
    if not _is_palette(document):
        return named_colors(document)
    check_count(document["colors"])
    try:
        return Palette.from_dict(document)
    except OptionError as error:
        raise FormatError(str(error)) from None


def _is_palette(document: Any) -> bool:
    """Whether the document has the fields of a palette of ours."""
    colors = document.get("colors") if isinstance(document, dict) else None
    if not isinstance(colors, list):
        return False
    return all(
        (isinstance(c, str) and c.startswith("#")) or (isinstance(c, dict) and not {"hex", "srgb"}.isdisjoint(c))
        for c in colors
    )


@exporters.register(
    "json", suffix=".json", media_type="application/json", header=0, read=read, magic=MAGIC, general=True
)
def json(palette: Palette) -> bytes:
    """The palette as one line of JSON; several palettes make JSON Lines.

    Bytes of a file name that are not UTF-8 are escaped, so the line is always UTF-8.
    """
    return (palette.to_json() + "\n").encode("utf-8", "backslashreplace")
