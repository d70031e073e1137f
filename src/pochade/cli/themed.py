"""What `pochade theme` makes, and where it goes."""

import sys
from typing import Any

from pochade.errors import OptionError, PochadeError, UnknownNameError
from pochade.export import exporters
from pochade.extraction.extract import extract
from pochade.files import whole_file


def themed(picture: str, program: str | None, template: str | None, *, dark: bool, k: Any, **wishes: Any) -> bytes:
    """The theme of a picture, for a program or by a template; both are judged before the picture is read."""
    if template is not None:
        from pochade.theme.template import rendered

        text = _text(template)
        try:
            return rendered(extract(picture, k, **wishes), text, dark=dark).encode()
        except OptionError as error:
            raise OptionError(f"{template}: {error}") from None
    known = [entry.name for entry in exporters.entries if entry.about.theme]
    if program not in known:
        raise UnknownNameError("program", program, known)
    entry = exporters.entry(str(program))
    options = {"dark": dark} if "dark" in entry.options else {}
    made: bytes = entry.value(extract(picture, k, **wishes), **options)
    return made


def put(made: bytes, output: str | None, apply_to: str | None) -> None:
    """Write a theme to a file, into a file, or to standard output."""
    if apply_to is not None:
        from pochade.theme.template import applied

        try:
            made = applied(_text(apply_to), made.decode()).encode()
        except OptionError as error:
            raise OptionError(f"{apply_to}: {error}") from None
        output = apply_to
    if output in (None, "-"):
        sys.stdout.buffer.write(made)
        sys.stdout.flush()
        return
    with whole_file(str(output)) as file:
        file.write(made)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise OptionError(f"{path}: byte {error.start} is not UTF-8: a text file is needed.") from None
    except OSError as error:
        raise PochadeError(f"{path}: cannot be read: {error.strerror or error}.") from None
