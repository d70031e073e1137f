"""Expand PICTURE arguments: files, patterns, folders, URLs, standard input, the clipboard."""

import os
from collections.abc import Iterable, Iterator

from pochade.cli.commands import commands
from pochade.errors import PochadeError, SourceError


def expand(arguments: Iterable[str], *, recursive: bool = False) -> list[str | PochadeError]:
    """The pictures of the arguments, in order; an error in place of an argument without pictures."""
    return [found for argument in arguments for found in _expand(argument, recursive)]


def _expand(argument: str, recursive: bool) -> Iterator[str | PochadeError]:
    if os.path.isdir(argument):
        yield from _folder(argument, recursive)
    elif argument in ("-", "clipboard:") or "://" in argument or os.path.lexists(argument):
        yield argument
    elif any(sign in argument for sign in "*?["):
        yield from _pattern(argument, recursive)
    else:
        yield _misspelled_command(argument) or argument  # reading it reports that it is missing


def _misspelled_command(argument: str) -> PochadeError | None:
    """An error for a word that is no file and resembles a command."""
    if not argument.isidentifier():
        return None
    from difflib import get_close_matches

    near = get_close_matches(argument, commands.names, n=1, cutoff=0.75)
    if not near:
        return None
    return SourceError(f"{argument}: no such file, nor command. Did you mean {near[0]!r}?")


def _pattern(pattern: str, recursive: bool) -> Iterator[str | PochadeError]:
    """Expand a pattern, which a shell passes on if it is quoted, or on Windows."""
    import glob

    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        yield SourceError(f"{pattern}: no file matches.")
    for path in found:
        if not os.path.isdir(path):
            yield path
        elif recursive:
            yield from _folder(path, recursive)


def _folder(folder: str, recursive: bool) -> Iterator[str | PochadeError]:
    """The pictures of a folder by suffix, sorted, without hidden files."""
    found = False
    try:
        for path in _walk(folder, recursive):
            if path.lower().endswith(SUFFIXES):
                found = True
                yield path
    except OSError as error:
        yield SourceError(f"{error.filename}: cannot be listed: {error.strerror}.")
        return
    if not found:
        hint = "" if recursive else " --recursive searches subfolders too."
        yield SourceError(f"{folder}: the folder holds no pictures.{hint}")


def _walk(folder: str, recursive: bool) -> Iterator[str]:
    with os.scandir(folder) as entries:
        ordered = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in ordered:
        if not entry.is_dir():
            yield entry.path
        elif recursive and not entry.is_symlink():  # a link may lead back up
            yield from _walk(entry.path, recursive)


_SUFFIXES = """
jpg jpeg jpe jfif png apng webp avif tif tiff bmp dib gif jp2 j2k j2c jpx jpf ppm pgm pbm pnm pfm tga ico qoi
heic heif hif jxl psd psb svg svgz pdf
dng cr2 cr3 crw nef nrw arw sr2 srf raf orf rw2 pef srw x3f erf kdc dcr mef mos mrw iiq 3fr
"""
SUFFIXES = tuple(f".{suffix}" for suffix in _SUFFIXES.split())
"""Suffixes of pictures in folders; a file given by name may have any suffix."""
