"""Shared by readers: decode text and JSON and build a palette; errors name the byte or line."""

import codecs
import contextlib
import itertools
import json
import re
from collections.abc import Callable, Iterable, Sequence, Sized
from typing import Any, TypeVar

from pochade.errors import FormatError, TooLargeError
from pochade.palette import Color, Palette

MAX_COLORS = 10_000
"""Enough for any book of inks or paints; naming 10,000 colors takes a quarter of a second."""

SHOWN = 3
"""Entries that a note about omitted ones names; `Palette.omitted` has all."""

NamedColor = tuple[tuple[int, int, int], str | None]
"""The sRGB codes of a color, and its name in the file, or None."""


_JSON_STRING = r'"(?:\\.|[^"\\\n])*"'
_JSON_TOKEN = re.compile(_JSON_STRING + r"|/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_JSON_COMMA = re.compile(rf"({_JSON_STRING})|,(\s*[\]}}])")
_COMMENTED = re.compile(r"//|/\*|,\s*[\]}]")

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

_FOREIGN = (
    (
        b"\x00\xffKA",
        "it is a palette of Affinity (.afpalette), whose format is not public: draw its swatches, export a picture, "
        "and extract the colors of that.",
    ),
    (
        b"8BCB",
        "it is a color book of Photoshop (.acb), whose colors belong to the maker of the inks: export its swatches.",
    ),
    (b"8BGR", "it has gradients of Photoshop (.grd): save them as swatches, .ase or .aco."),
    (
        b"bplist00",
        "it is a binary property list, such as a color list of macOS (.clr): save the colors as .ase or .gpl.",
    ),
    (b"\x89PNG", "it is a picture, not a palette: extract() takes it."),
    (b"\xff\xd8\xff", "it is a picture, not a palette: extract() takes it."),
    (b"GIF8", "it is a picture, not a palette: extract() takes it."),
    (b"%PDF", "it is a PDF document, not a palette."),
)
"""The first bytes of kinds of files that people take for palettes, and a sentence about each."""

Many = TypeVar("Many", bound=Sized)


def as_utf8(content: bytes) -> bytes:
    """The content without its byte order mark. UTF-16 text with such a mark, as Windows writes it, becomes UTF-8.

    Binary files may begin with the same two bytes by chance; they have control characters, so they stay as they are.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with contextlib.suppress(UnicodeError):
            text = content.decode("utf-16")
            if not _CONTROL.search(text):
                return text.encode()
    return content.removeprefix(codecs.BOM_UTF8)


def foreign_kind(content: bytes) -> str | None:
    """What a file of a kind that no format reads is, and what to do; None for an unknown kind."""
    return next((sentence for magic, sentence in _FOREIGN if content.startswith(magic)), None)


def has(*marks: bytes) -> Callable[[bytes], bool]:
    """A function that tells whether all of these patterns are in a content."""
    patterns = [re.compile(mark) for mark in marks]
    return lambda content: all(pattern.search(content) for pattern in patterns)


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
    """The value of a JSON document, without the comments and last commas that settings of programs have.

    Raises
    ------
    FormatError : the content is not JSON, or has numbers that JSON does not allow.
    """
    text = text_of(content)
    if not _COMMENTED.search(text):
        return _json(text)
    plain = _JSON_TOKEN.sub(
        lambda match: match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0]), text
    )
    return _json(_JSON_COMMA.sub(lambda match: match[1] or " " + match[2], plain))


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise FormatError(f"line {error.lineno}: not valid JSON: {error.msg}.") from None
    except ValueError as error:  # an integer with thousands of digits, or NaN
        reason = str(error) if "JSON" in str(error) else "a number has too many digits"
        raise FormatError(f"JSON that cannot be read: {reason}.") from None


def line_of(text: str, at: int) -> int:
    """The number of the line, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1


def palette_of(entries: Iterable[NamedColor], omitted: Sequence[str] = ()) -> Palette:
    """The palette of these colors, with equal weights.

    omitted : a sentence for each entry of the file that is left out; `entries` may add to it while it is read.

    Raises
    ------
    FormatError : no color. TooLargeError : more than 10,000 colors.
    """
    colors = check_count(list(itertools.islice(entries, MAX_COLORS + 1)))
    if not colors:
        raise FormatError(f"the file has no colors: {omissions(omitted)}" if omitted else "the file has no colors.")
    named = tuple(Color(codes, 1 / len(colors), label=label or None) for codes, label in colors)
    return Palette(named, omitted=tuple(omitted))


def omissions(omitted: Sequence[str]) -> str:
    """How many entries of a file were left out, and why, in a sentence for each of the first three.

    Examples
    --------
    >>> omissions(["line 3: #8e1a2480 is translucent."])
    '1 entry is left out: line 3: #8e1a2480 is translucent.'
    """
    count = "1 entry is" if len(omitted) == 1 else f"{len(omitted)} entries are"
    more = f" And {len(omitted) - SHOWN} more." if len(omitted) > SHOWN else ""
    return f"{count} left out: {' '.join(omitted[:SHOWN])}{more}"


def check_count(colors: Many) -> Many:
    """Return `colors`; TooLargeError if they are more than MAX_COLORS."""
    if len(colors) > MAX_COLORS:
        raise TooLargeError(f"the file has more than {MAX_COLORS} colors, the limit.")
    return colors


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number in JSON")
