"""The lines of a text file, numbered, and the numbers on them."""

from collections.abc import Iterator

from pochade.errors import FormatError
from pochade.export.swatch import Triple


def numbered(content: bytes) -> Iterator[tuple[int, str]]:
    """The lines of a text, counted from 1, without white space around them.

    UTF-8, with or without a byte order mark; where it is not, as old programs wrote it, Windows' Western code page.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        yield number, line.strip()


def begins(lines: Iterator[tuple[int, str]], first: str, what: str) -> None:
    """Pass over a first line that must be there."""
    number, line = next(lines, (1, ""))
    if line != first:
        raise FormatError(f"line {number}: {line[:40]!r} is there, and {what} begins with {first!r}.")


def codes(words: list[str], number: int) -> Triple:
    """The three sRGB codes that a line begins with."""
    try:
        red, green, blue = (_code(word) for word in words[:3])
    except ValueError:
        shown = " ".join(words)[:40]
        raise FormatError(f"line {number}: {shown!r} is no color: give red, green and blue, each 0 to 255.") from None
    return red, green, blue


def whole(text: str, number: int, what: str) -> int:
    """A number of things, 0 or more."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise FormatError(f"line {number}: {text[:40]!r} is no number of {what}.")
    return int(text)


def decimal(text: str, number: int) -> float:
    """A finite decimal number."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e300 or "_" in text:
        raise FormatError(f"line {number}: {text[:40]!r} is no number.")
    return value


def _code(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise ValueError
    code = int(word)
    if code > 255:
        raise ValueError
    return code
