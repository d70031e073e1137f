"""Colors and changes of colors in the texts of a request."""

import re

from pochade.errors import OptionError
from pochade.extraction.preference import MAX_COLORS, read_colors

Triples = list[tuple[int, int, int]]

_BARE = re.compile(r"(?<![^,:\s])([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![^,:\s])")
"""Hex without #, which a URL must write as %23. No CSS color has such a name."""

MAX_COLOR_CHARACTERS = 64 * MAX_COLORS
"""Characters of a text of colors: more than a palette needs, and few enough to parse in the server process."""

_COMMA = re.compile(r",(?![^(]*\))")
"""A comma between colors, not between the numbers of rgb()."""


def with_number_signs(text: str) -> str:
    """A text of colors with # added before each bare hex.

    Examples
    --------
    >>> with_number_signs("8e1a24, fff, navy"), with_number_signs("rgb(100, 200, 100)")
    ('#8e1a24, #fff, navy', 'rgb(100, 200, 100)')
    """
    return text if "(" in text else _BARE.sub(r"#\1", text)


def parse_colors(name: str, text: str) -> Triples:
    """The sRGB codes of a text of colors with commas between them; OptionError if it has none."""
    _check_length(name, text)
    codes = read_colors(name, with_number_signs(text))
    if codes is None or not len(codes):
        raise OptionError(f"{name} has no colors: give hex or CSS colors, with commas between them.")
    return [(red, green, blue) for red, green, blue in codes.tolist()]


def parse_changes(name: str, text: str) -> dict[tuple[int, int, int], tuple[int, int, int]]:
    """A mapping of old to new colors, from `old:new` pairs with commas between them.

    Examples
    --------
    >>> parse_changes("change", "8e1a24:navy, #fff : rgb(1, 2, 3)")
    {(142, 26, 36): (0, 0, 128), (255, 255, 255): (1, 2, 3)}
    """
    _check_length(name, text)
    edits = {}
    for pair in _COMMA.split(text) if text.strip() else ():
        sides = pair.split(":")
        if len(sides) != 2:
            raise OptionError(f"{name} {pair!r:.60} is not allowed: give old:new, as in 8e1a24:1a4c8e.")
        (old,), (new,) = (parse_colors(name, side) for side in sides)
        if old in edits:
            raise OptionError(f"{name} has {sides[0].strip():.60} twice: give each old color once.")
        edits[old] = new
    return edits


def _check_length(name: str, text: str) -> None:
    if len(text) > MAX_COLOR_CHARACTERS:
        raise OptionError(f"{name} is longer than any palette: give at most {MAX_COLORS} colors.")
