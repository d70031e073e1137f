"""The name of a theme."""

import re

from pochade.palette import Palette


def title(palette: Palette) -> str:
    """The name of the picture's file without folder and suffix, in ASCII, for the menu of a program.

    Examples
    --------
    >>> title(Palette((), source="photos/Harbor at noon.jpg"))
    'Harbor at noon'
    """
    last = re.split(r"[/\\]", palette.source or "")[-1]
    plain = re.sub(r"[^A-Za-z0-9._-]+", " ", last.rpartition(".")[0] or last).strip()
    return plain or "pochade"
