"""Expand patterns, which shells pass on if they are quoted, or on Windows."""

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch

from pochade.cli.scan import Entry, entries, exists, is_folder, is_visible, walk
from pochade.errors import SourceError

_SIGNS = re.compile(r"[*?[]")
_SEPARATORS = re.compile(r"[/\\]" if os.name == "nt" else "/")


def is_pattern(argument: str) -> bool:
    """Whether the argument has a sign of patterns."""
    return _SIGNS.search(argument) is not None


def matches(pattern: str) -> list[str | SourceError]:
    """The paths that match a pattern, sorted, and an error for each folder that cannot be searched.

    `*`, `?` and `[...]` match within a name, `**` any number of folders, but no links to folders. Hidden names match
    only if the pattern has their dot. A part that exists is that file or folder: if there is a folder `Render[1]`, only
    the last part of `Render[1]/*.png` is a pattern.

    Examples
    --------
    >>> matches("no folder/*.png")
    []
    """
    drive, rest = os.path.splitdrive(pattern)
    first, *others = _SEPARATORS.split(rest)
    *folders, last = [part for part in (first, *others[:-1]) if part] + others[-1:]
    paths, errors = [drive + os.sep if others and not first else drive], list[SourceError]()
    for part in folders:
        results = [one for path in paths for one in _under(path, part)]
        paths = [one for one in results if isinstance(one, str) and _checked(one, errors)]
        errors += [one for one in results if isinstance(one, SourceError)]
    results = [one for path in paths for one in _under(path, last)]
    return sorted({str(one): one for one in (*results, *errors) if str(one)}.values(), key=str)


def _under(folder: str, part: str) -> Iterator[str | SourceError]:
    """What matches one part of a pattern in a folder."""
    whole = os.path.join(folder, part)
    if not is_pattern(part):
        there = exists(whole)
        if there:
            yield whole if there is True else there
    elif os.path.lexists(whole):
        yield whole
    elif part == "**":
        yield folder
        yield from (entry.path if isinstance(entry, Entry) else entry for entry in walk(folder))
    else:
        results = entries(folder, lambda name: fnmatch(name, part) and (is_visible(name) or not is_visible(part)))
        yield from (entry.path if isinstance(entry, Entry) else entry for entry in results)


def _checked(path: str, errors: list[SourceError]) -> bool:
    """Whether the path is a folder; an error is added to the list."""
    answer = is_folder(path)
    if isinstance(answer, SourceError):
        errors.append(answer)
        return False
    return answer
