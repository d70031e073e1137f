"""A folder that takes a file for each palette."""

import os
from collections.abc import Callable
from typing import BinaryIO

from pochade.cli.terminal import Screen
from pochade.files import whole_file, written
from pochade.palette import Palette


class Folder:
    """Puts each palette into a file of its own, which is called like the picture.

    path : the folder, made where it is not there. suffix : what the names end with.
    write : what writes a palette to a file.
    """

    def __init__(self, path: str, suffix: str, screen: Screen, write: Callable[[BinaryIO, Palette], None]) -> None:
        self.screen = screen
        self._path, self._suffix, self._write = path, suffix, write
        self._taken: set[str] = set()

    def put(self, palette: Palette) -> None:
        """Write one palette; of two pictures of one name, the second is numbered."""
        with written(self._path):
            os.makedirs(self._path, exist_ok=True)
        stem = name = stem_of(palette.source)
        number = 1
        while name.lower() in self._taken:  # some systems take A and a for the same file
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.lower())
        with whole_file(os.path.join(self._path, name + self._suffix)) as file:
            self._write(file, palette)


def stem_of(source: str | None) -> str:
    """The name of a picture without its folder and its suffix.

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
