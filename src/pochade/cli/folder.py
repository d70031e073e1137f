"""A folder that gets one file per palette."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from pochade.cli.terminal import Screen
from pochade.files import whole_file, written
from pochade.palette import Palette


def is_folder(path: str) -> bool:
    """Whether the path ends with a slash, and so names a folder."""
    return path.endswith(("/", os.sep))


class FileNames:
    """Gives each picture a file name; repeated names are numbered."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._taken: set[str] = set()

    def name(self, source: str | None) -> str:
        """The name of the file for the next picture."""
        stem = name = stem_of(source)
        number = 1
        while name.lower() in self._taken:  # some file systems ignore case
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.lower())
        return name + self._suffix


class FolderWriter:
    """Writes each palette to a file named after its picture.

    path : the folder, created if needed. suffix : of the files. write : writes a palette to a file.
    """

    def __init__(self, path: str, suffix: str, screen: Screen, write: Callable[[BinaryIO, Palette], None]) -> None:
        self.screen = screen
        self._path, self._write = path, write
        self._names = FileNames(suffix)

    def put(self, palette: Palette) -> None:
        """Write one palette."""
        with written(self._path):
            os.makedirs(self._path, exist_ok=True)
        with whole_file(os.path.join(self._path, self._names.name(palette.source))) as file:
            self._write(file, palette)


def folder_files(path: str, sources: Iterable[str], suffix: str) -> Iterator[str]:
    """The files that a `FolderWriter` would write if all pictures can be read."""
    names = FileNames(suffix)
    return (os.path.join(path, names.name(source)) for source in sources)


def stem_of(source: str | None) -> str:
    """The name of a picture without folder and suffix.

    Examples
    --------
    >>> stem_of("scans/a.b.tif"), stem_of("https://example.org/photo.jpg?w=200"), stem_of("clipboard:"), stem_of("-")
    ('a.b', 'photo', 'clipboard', 'palette')
    """
    path = source or ""
    if "://" in path:
        from urllib.parse import urlsplit

        path = urlsplit(path).path
    name = os.path.splitext(os.path.basename(path.rstrip("/")))[0].strip(":-. ")
    return name or "palette"
