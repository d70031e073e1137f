"""Read numbered lines of a text file, and numbers in them."""

from collections.abc import Iterator

from pochade.errors import FormatError
from pochade.export.swatch import Triple


def numbered_lines(content: bytes) -> Iterator[tuple[int, str]]:
    """The number, from 1, and the text of each line, without white space around it.

    Text that is not UTF-8 is decoded with the Western code page of Windows, which old programs wrote.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        yield number, line.strip()


def expect_first(lines: Iterator[tuple[int, str]], first: str, what: str) -> None:
    """Skip the first line; FormatError if it is not `first`."""
    number, line = next(lines, (1, ""))
    if line != first:
        raise FormatError(f"line {number}: found {line[:40]!r}, but {what} begins with {first!r}.")


def codes(words: list[str], number: int) -> Triple:
    """The sRGB codes in the first three words of a line."""
    try:
        red, green, blue = (_code(word) for word in words[:3])
    except ValueError:
        shown = " ".join(words)[:40]
        raise FormatError(
            f"line {number}: {shown!r} is not a color: give red, green and blue, each 0 to 255."
        ) from None
    return red, green, blue


def whole(text: str, number: int, what: str) -> int:
    """A count, 0 or more. what : the plural of the counted thing, for the message."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise FormatError(f"line {number}: {text[:40]!r} is not a number of {what}.")
    return int(text)


def decimal(text: str, number: int) -> float:
    """A finite decimal number."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e300 or "_" in text:
        raise FormatError(f"line {number}: {text[:40]!r} is not a number.")
    return value


def _code(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise ValueError
    code = int(word)
    if code > 255:
        raise ValueError
    return code
