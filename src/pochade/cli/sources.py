"""What PICTURE means: a file, a pattern, a folder, a URL, standard input, the clipboard."""

import os
from collections.abc import Iterable, Iterator

from pochade.cli.commands import commands
from pochade.errors import PochadeError, SourceError


def expand(arguments: Iterable[str], *, recursive: bool = False) -> list[str | PochadeError]:
    """The pictures meant, in order; an error in the place of an argument that means none."""
    return [found for argument in arguments for found in _meant(argument, recursive)]


def _meant(argument: str, recursive: bool) -> Iterator[str | PochadeError]:
    if os.path.isdir(argument):
        yield from _folder(argument, recursive)
    elif argument in ("-", "clipboard:") or "://" in argument or os.path.lexists(argument):
        yield argument
    elif any(sign in argument for sign in "*?["):
        yield from _pattern(argument, recursive)
    else:
        yield _misspelt(argument) or argument  # reading it says that it is not there


def _misspelt(argument: str) -> PochadeError | None:
    """What to say of a word that is no file, and nearly a command."""
    if not argument.isidentifier():
        return None
    from difflib import get_close_matches

    near = get_close_matches(argument, commands.names, n=1, cutoff=0.75)
    if not near:
        return None
    return SourceError(f"{argument}: no such file, nor command. Did you mean {near[0]!r}?")


def _pattern(pattern: str, recursive: bool) -> Iterator[str | PochadeError]:
    """What a shell would have made of it: quoted patterns, and those of Windows, arrive as they are."""
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
    """The pictures of a folder by their suffixes, sorted; hidden ones are left out."""
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
        hint = "" if recursive else " --recursive looks in its folders too."
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
"""By which a folder's pictures are known; a file named on its own may be called anything."""
