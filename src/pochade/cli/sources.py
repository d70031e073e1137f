"""Expand PICTURE arguments: files, patterns, folders, collections, URLs, standard input, the clipboard."""

import os
from collections.abc import Iterable, Iterator

from pochade.cli.commands import commands
from pochade.cli.pattern import is_pattern, matches
from pochade.cli.scan import file_or_error, walk
from pochade.errors import PochadeError, SourceError
from pochade.histograms.summed import is_collection
from pochade.source.suffixes import SUFFIXES


def expand(arguments: Iterable[str], *, recursive: bool = False) -> list[str | PochadeError]:
    """The pictures of the arguments, in order; an error in place of an argument without pictures."""
    return [found for argument in arguments for found in _expand(argument, recursive)]


def _expand(argument: str, recursive: bool) -> Iterator[str | PochadeError]:
    if is_collection(argument):
        yield argument
    elif os.path.isdir(argument):
        yield from _folder(argument, recursive)
    elif argument in ("-", "clipboard:") or "://" in argument or os.path.lexists(argument):
        yield argument
    elif is_pattern(argument):
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


def _pattern(pattern: str, recursive: bool) -> list[str | PochadeError]:
    """The files that match a pattern, each once; with `recursive` also the pictures of the folders that match."""
    results: dict[str, str | PochadeError] = {}
    for path in matches(pattern):
        if isinstance(path, SourceError):
            results[str(path)] = path
        elif not os.path.isdir(path):
            results[path] = file_or_error(path)
        elif recursive:
            results |= {str(one): one for one in _folder(path, recursive)}
    return [*results.values()] or [SourceError(f"{pattern}: no file matches.")]


def _folder(folder: str, recursive: bool) -> Iterator[str | PochadeError]:
    """The pictures of a folder by suffix, sorted, without hidden files; an error for each part that cannot be read."""
    empty = True
    for entry in walk(folder, recursive=recursive):
        if isinstance(entry, SourceError):
            yield entry
        elif not entry.is_folder and entry.name.lower().endswith(SUFFIXES):
            yield file_or_error(entry.path)
        else:
            continue
        empty = False
    if empty:
        hint = "" if recursive else " --recursive searches subfolders too."
        yield SourceError(f"{folder}: the folder holds no pictures.{hint}")
