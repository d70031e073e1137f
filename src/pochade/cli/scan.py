"""List folders; what cannot be listed or read becomes an error in its place, and the rest goes on."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pochade.errors import SourceError


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a folder in a folder. is_link : whether it is a symbolic link to it."""

    path: str
    name: str
    is_folder: bool
    is_link: bool


def entries(folder: str, wanted: Callable[[str], bool]) -> list[Entry | SourceError]:
    """The files and folders in a folder, sorted by name, and an error for each that cannot be read.

    folder : "" is the current one, whose entries have paths without "./". wanted : whether to take a name.
    """
    items: list[os.DirEntry[str]] = []
    errors: list[Entry | SourceError] = []
    try:
        with os.scandir(folder or os.curdir) as scan:
            items.extend(entry for entry in scan if wanted(entry.name))
    except OSError as error:
        errors.append(SourceError(f"{folder or os.curdir}: cannot be listed: {error.strerror}."))
    return [_entry(folder, entry) for entry in sorted(items, key=lambda entry: entry.name)] + errors


def is_visible(name: str) -> bool:
    """Whether a name has no dot at its start."""
    return not name.startswith(".")


def walk(folder: str, *, recursive: bool = True) -> Iterator[Entry | SourceError]:
    """The content of a folder; with `recursive` also that of its folders, each after its folder.

    Links to folders are not entered, because they may lead back up. Hidden files and folders are left out.
    """
    levels = [iter(entries(folder, is_visible))]  # no recursive function: folders can be nested deeper than calls
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
            continue
        yield entry
        if recursive and isinstance(entry, Entry) and entry.is_folder and not entry.is_link:
            levels.append(iter(entries(entry.path, is_visible)))


def file_or_error(path: str) -> str | SourceError:
    """The path, or an error for a pipe or a device, which could block forever and is read only if it is named."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return path  # reading it says what is wrong
    if stat.S_ISREG(mode):
        return path
    kind = "a named pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return SourceError(f"{path}: it is {kind}, not a file, and is read only if you name it.")


def is_folder(path: str) -> bool | SourceError:
    """Whether a path leads to a folder; an error if that cannot be determined, as for a link to itself."""
    try:
        return stat.S_ISDIR(os.stat(path or os.curdir).st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return _unreadable(path, error)


def exists(path: str) -> bool | SourceError:
    """Whether there is something of that name, even a broken link; an error if that cannot be determined."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return _unreadable(path, error)
    return True


def _entry(folder: str, entry: os.DirEntry[str]) -> Entry | SourceError:
    path = os.path.join(folder, entry.name)
    try:
        return Entry(path, entry.name, entry.is_dir(), entry.is_symlink())
    except OSError as error:
        return _unreadable(path, error)


def _unreadable(path: str, error: OSError) -> SourceError:
    return SourceError(f"{path}: cannot be read: {error.strerror}.")
