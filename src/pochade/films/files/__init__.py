"""The files of a film: one module for each kind, found by its suffix."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pochade.errors import OptionError
from pochade.files import PICTURES, suffix_of, write_whole

if TYPE_CHECKING:
    from pochade.films.film import Film


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. module : of this package, with a function `encode(film, **options)`. options : that it has."""

    module: str
    options: tuple[str, ...] = ()
    text: bool = True


KINDS = {
    ".html": Kind("html"),
    ".json": Kind("json"),
    ".csv": Kind("csv"),
    ".edl": Kind("edl"),
    ".otio": Kind("otio"),
    ".vtt": Kind("vtt"),
    ".ffmeta": Kind("ffmeta"),
    **{suffix: Kind("picture", ("view", "columns", "page"), False) for suffix in (*PICTURES, ".svg", ".pdf")},
}
"""The kinds of file by suffix."""


def kind_of(path: str | os.PathLike[str]) -> Kind:
    """The kind of a file by its suffix.

    Raises
    ------
    OptionError : the suffix is none of `KINDS`.
    """
    suffix = suffix_of(path)
    if suffix not in KINDS:
        raise OptionError(f"{os.fspath(path)}: its suffix is not one of {', '.join(KINDS)}.")
    return KINDS[suffix]


def encode(film: "Film", path: str | os.PathLike[str], **options: Any) -> bytes:
    """The film as the bytes of a file of that name.

    Raises
    ------
    OptionError : another suffix, or an option that the kind of file does not have.
    """
    kind = check_encoding(path, **options)
    if kind.module == "picture":
        options["suffix"] = suffix_of(path)
    encoder: Callable[..., bytes] = import_module(f"{__name__}.{kind.module}").encode
    return encoder(film, **options)


def check_encoding(path: str | os.PathLike[str], **options: Any) -> Kind:
    """The kind of a file, after its options are checked as far as possible without the film.

    Raises
    ------
    OptionError : another suffix, or an option that the kind of file does not have, or a value that is not allowed.
    """
    kind = kind_of(path)
    for name in options:
        if name not in kind.options:
            known = f": its options are {', '.join(kind.options)}" if kind.options else ": it has no options"
            raise OptionError(f"{os.fspath(path)}: {name} is not an option of {suffix_of(path)}{known}.")
    if kind.module == "picture":
        from pochade.films.files.picture import check

        check(**options)
    return kind


def encode_all(film: "Film", path: str | os.PathLike[str], **options: Any) -> list[tuple[str, bytes]]:
    """The film as files, each with its path: one, or for pages of a sheet PATH-1.png, PATH-2.png, ...

    Raises
    ------
    OptionError : as `encode`.
    """
    name, kind = os.fspath(path), check_encoding(path, **options)
    if kind.module != "picture" or "page" in options:
        return [(name, encode(film, path, **options))]
    from pochade.films.files.picture import count_pages

    suffix = suffix_of(path)
    count = count_pages(film, suffix, options.get("view", "stacked"))
    if count == 1:
        return [(name, encode(film, path, **options))]
    stem = name[: -len(suffix)]
    return [(f"{stem}-{i}{suffix}", encode(film, path, **options, page=i)) for i in range(1, count + 1)]


def save(film: "Film", path: str | os.PathLike[str], **options: Any) -> None:
    """Write the film to a file, whole or not at all; pages of a sheet to several."""
    for name, content in encode_all(film, path, **options):
        write_whole(name, content)
