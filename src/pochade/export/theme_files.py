"""Read themes of terminals, editors and plots: JSON, TOML, or a key and a color on each line."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from pochade.errors import FormatError
from pochade.export.documents import named_colors, theme_colors
from pochade.export.reading import json_of, text_of
from pochade.palette import Palette

_LINE = re.compile(
    r"\s*(?:-\s+)?[\"']?([\w.-]+)[\"']?\s*[:=\s]\s*[\"']?((?:#|0x)?[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?)[\"',;]*\s*(?:#.*)?"
)


def read_json(content: bytes) -> Palette:
    """The different colors in a theme in JSON, named after their keys; translucent ones are listed as omitted."""
    return theme_colors(json_of(content))


def read_toml(content: bytes) -> Palette:
    """The different colors in a theme in TOML, named after their keys.

    Raises
    ------
    FormatError : the content is not TOML; the message names the line.
    """
    try:
        document = tomllib.loads(text_of(content))
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"not valid TOML: {str(error).rstrip('.')}.") from None
    return theme_colors(document)


def read_lines(content: bytes) -> Palette:
    """The different colors in lines such as `color1 #b5402e` or `base08: "b5402e"`; other lines are skipped."""
    document: dict[str, Any] = {}
    for number, line in enumerate(text_of(content).splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match:
            key = match[1] if match[1] not in document else f"{match[1]} {number}"
            document[key] = "#" + match[2].removeprefix("#").removeprefix("0x")
    return theme_colors(document)


def read_list(*keys: str) -> Callable[[bytes], Palette]:
    """A reader of JSON in which `keys` lead to a list of colors; without that list, all colors of the document."""

    def read(content: bytes) -> Palette:
        document = inner = json_of(content)
        for key in keys:
            inner = inner.get(key) if isinstance(inner, Mapping) else None
        return named_colors(inner) if isinstance(inner, list) else named_colors(document)

    return read
