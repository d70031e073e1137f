"""What goes wrong, said on standard error: one line each, that starts with the program's name."""

import re
import sys

_IN_PYTHON = {"truncated=True": "--truncated", "max_pixels": "--max-pixels", "max_bytes": "--max-bytes"}


def complain(message: str) -> None:
    """Print `pochade: message` on standard error."""
    stream = sys.stderr
    if stream is None:  # closed
        return
    try:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        line = f"pochade: {as_flags(printable(message))}\n"
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        pass  # nobody listens; what is asked for on standard output may still be wanted


def about(name: str, message: str) -> str:
    """The message, with the name of its picture before it where it does not say it."""
    return message if name in message or repr(name) in message else f"{name}: {message}"


def as_flags(message: str) -> str:
    """The message with Python's options as the command line writes them."""
    return re.sub("|".join(_IN_PYTHON), lambda found: _IN_PYTHON[found[0]], message)


def printable(text: str) -> str:
    """The text on one line, without codes that a terminal would obey: names of files may hold anything."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
