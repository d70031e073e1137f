"""Shared by readers: decode text and JSON and build a palette; errors name the byte or line."""

import itertools
import json
from collections.abc import Iterable, Sized
from typing import Any, TypeVar

from pochade.errors import FormatError, TooLargeError
from pochade.palette import Color, Palette

MAX_COLORS = 10_000
"""Enough for any book of inks or paints; naming 10,000 colors takes a quarter of a second."""

NamedColor = tuple[tuple[int, int, int], str | None]
"""The sRGB codes of a color, and its name in the file, or None."""


Many = TypeVar("Many", bound=Sized)


def text_of(content: bytes) -> str:
    """The text of UTF-8 content, without a byte order mark.

    Raises
    ------
    FormatError : the content is not UTF-8; the message names the byte.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"byte {error.start}: not UTF-8 text.") from None


def json_of(content: bytes) -> Any:
    """The value of a JSON document.

    Raises
    ------
    FormatError : the content is not JSON, or has numbers that JSON does not allow.
    """
    text = text_of(content)
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise FormatError(f"line {error.lineno}: not valid JSON: {error.msg}.") from None
    except ValueError as error:  # an integer with thousands of digits
        raise FormatError(f"JSON that cannot be read: {error}.") from None


def line_of(text: str, at: int) -> int:
    """The number of the line, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1


def palette_of(entries: Iterable[NamedColor]) -> Palette:
    """The palette of these colors, with equal weights.

    Raises
    ------
    FormatError : no color. TooLargeError : more than 10,000 colors.
    """
    colors = check_count(list(itertools.islice(entries, MAX_COLORS + 1)))
    if not colors:
        raise FormatError("the file has no colors.")
    return Palette(tuple(Color(codes, 1 / len(colors), label=label or None) for codes, label in colors))


def check_count(colors: Many) -> Many:
    """Return `colors`; TooLargeError if they are more than MAX_COLORS."""
    if len(colors) > MAX_COLORS:
        raise TooLargeError(f"the file has more than {MAX_COLORS} colors, the limit.")
    return colors


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number in JSON")
