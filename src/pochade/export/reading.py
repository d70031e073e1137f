"""Shared by readers: decode text and JSON, and build a palette, with errors that name the place."""

import itertools
import json
from collections.abc import Iterable, Sized
from typing import Any, TypeVar

from pochade.errors import FormatError, TooLargeError
from pochade.palette import Color, Palette

MOST_COLORS = 10_000
"""Room for any book of inks or paints; naming so many takes a quarter of a second."""

Found = tuple[tuple[int, int, int], str | None]
"""The sRGB codes of a color, and what the file calls it, or None."""


Many = TypeVar("Many", bound=Sized)


def text_of(content: bytes) -> str:
    """The characters of UTF-8, without a byte order mark.

    Raises
    ------
    FormatError : it is not UTF-8; says at which byte.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"byte {error.start}: it is not text in UTF-8.") from None


def json_of(content: bytes) -> Any:
    """What a JSON document holds.

    Raises
    ------
    FormatError : it is no JSON, is nested too deeply, or has numbers that JSON does not know.
    """
    text = text_of(content)
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise FormatError(f"line {error.lineno}: it is no JSON: {error.msg}.") from None
    except ValueError as error:  # a whole number of thousands of digits
        raise FormatError(f"it is no JSON that can be read: {error}.") from None


def line_of(text: str, at: int) -> int:
    """The number of the line, from 1, that a place in a text is on."""
    return text.count("\n", 0, at) + 1


def palette_of(found: Iterable[Found]) -> Palette:
    """The palette of the colors that were found, which share the whole evenly.

    Raises
    ------
    FormatError : there are none. TooLargeError : there are more than 10,000.
    """
    colors = limited(list(itertools.islice(found, MOST_COLORS + 1)))
    if not colors:
        raise FormatError("there is no color in it.")
    return Palette(tuple(Color(codes, 1 / len(colors), label=label or None) for codes, label in colors))


def limited(colors: Many) -> Many:
    """`colors` itself; TooLargeError where they are more than are read."""
    if len(colors) > MOST_COLORS:
        raise TooLargeError(f"there are more than {MOST_COLORS} colors in it, which are the most that are read.")
    return colors


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number of JSON")
