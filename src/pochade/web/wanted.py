"""The options of library functions that make something of a picture: quantize(), recolor(), background(), compare().

As in `options`, nothing is listed that a signature says. What such a function hands on has the options of read(), and
of extract() where it makes a palette.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from pochade.cluster import methods
from pochade.errors import OptionError, UnknownNameError
from pochade.extraction.extract import extract
from pochade.extraction.preference import MOST, read_colors
from pochade.option import Option
from pochade.source import read
from pochade.web.options import bounded, check_limits, declared, described
from pochade.web.settings import Settings

Function = Callable[..., Any]
Triples = list[tuple[int, int, int]]

_BARE = re.compile(r"(?<![^,:\s])([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![^,:\s])")
"""Hex without its #, which a URL would need written as %23. No color of CSS is called so."""

LONGEST = 64 * MOST
"""Characters of a text of colors: more than those of a palette need, and few enough to be read at once."""

_COMMA = re.compile(r",(?![^(]*\))")
"""Between colors, but not between the numbers of rgb()."""


@lru_cache
def options_of(function: Function, own: tuple[str, ...] = (), *, palette: bool = True) -> dict[str, tuple[Option, str]]:
    """A function's options, and those of what it hands the rest to, with what they mean; the first of a name counts.

    own : parameters that the address reads in its own way. palette : whether the rest goes to extract(), too.
    """
    found: dict[str, tuple[Option, str]] = {}
    for each in (function, extract, read) if palette else (function, read):
        for name, option in declared(each).items():
            if name not in own and name not in found:
                said = described(each).get(name) or described(extract).get(name, "")
                found[name] = option, said
    return found


def wanted(
    given: Mapping[str, str],
    settings: Settings,
    function: Function,
    own: tuple[str, ...] = (),
    *,
    palette: bool = True,
    mask: bytes | None = None,
) -> dict[str, Any]:
    """The keywords of a function that the texts of a request mean, with the mask that came beside them.

    Raises
    ------
    OptionError, UnknownNameError : an option does not exist, or its text means nothing.
    """
    known = options_of(function, own, palette=palette)
    found = {name: known[name][0].parse(text) for name, text in given.items() if name in known}
    method = found.get("method", known["method"][0].default)
    entry = None if method is None else methods.entry(method)
    for name, text in given.items():
        if name in known:
            continue
        if entry is None or name not in entry.options:
            more = () if entry is None else entry.options
            raise UnknownNameError(f"option of {function.__name__}:", name, [*more, *known, *own])
        found[name] = bounded(name, entry.options[name].parse(text))
    check_limits(found, settings)
    return found if mask is None else {**found, "mask": mask}


def colored(text: str) -> str:
    """A text of colors, with a # before each bare hex.

    Examples
    --------
    >>> colored("8e1a24, fff, navy"), colored("rgb(100, 200, 100)")
    ('#8e1a24, #fff, navy', 'rgb(100, 200, 100)')
    """
    return text if "(" in text else _BARE.sub(r"#\1", text)


def colors_of(name: str, text: str) -> Triples:
    """The sRGB codes of a text of colors with commas; OptionError where it has none."""
    _check_length(name, text)
    codes = read_colors(name, colored(text))
    if codes is None or not len(codes):
        raise OptionError(f"{name} has no colors: give hex, or what CSS has, with commas between them.")
    return [(red, green, blue) for red, green, blue in codes.tolist()]


def changes_of(name: str, text: str) -> dict[tuple[int, int, int], tuple[int, int, int]]:
    """Old colors to new ones, of `old:new` with commas between them.

    Examples
    --------
    >>> changes_of("change", "8e1a24:navy, #fff : rgb(1, 2, 3)")
    {(142, 26, 36): (0, 0, 128), (255, 255, 255): (1, 2, 3)}
    """
    _check_length(name, text)
    found = {}
    for pair in _COMMA.split(text) if text.strip() else ():
        sides = pair.split(":")
        if len(sides) != 2:
            raise OptionError(f"{name} {pair!r:.60} is not allowed: give old:new, as in 8e1a24:1a4c8e.")
        (old,), (new,) = (colors_of(name, side) for side in sides)
        if old in found:
            raise OptionError(f"{name} has {sides[0].strip():.60} twice: give each old color once.")
        found[old] = new
    return found


def _check_length(name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise OptionError(f"{name} is longer than any palette: give at most {MOST} colors.")
