"""The checks of the road: every option is refused before a picture is read."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pochade.cluster import About, Method, methods, unknown_option
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.errors import OptionError, UnknownNameError
from pochade.extraction.preference import MAX_COLORS, Preference, parse
from pochade.option import options_of, whole
from pochade.registry import Entry
from pochade.source import read
from pochade.source.scale import check_scale

READING = frozenset(inspect.signature(read).parameters) - {"source"}
"""The options of read()."""

PREFERENCE = frozenset(inspect.signature(parse).parameters) - {"k"}
"""The options of the preference."""


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """The checked keywords of extract().

    entry : of the method. reading, options : the options of read() and of the method.
    """

    entry: Entry[Method, About]
    space: str
    seed: int
    reading: Mapping[str, Any]
    options: Mapping[str, Any]
    preference: Preference


def check(k: int | str, *, method: str, space: str, seed: int, **options: Any) -> Request:
    """The keywords of extract(), checked.

    Raises
    ------
    OptionError, UnknownNameError : a value is not allowed for any picture.
    """
    entry = methods.entry(method)
    _check_numbers(k, seed)
    _check_space(entry, space, options)
    reading = {name: value for name, value in options.items() if name in READING}
    check_scale(reading.get("scale", 1.0))
    preference = parse(k, **{name: value for name, value in options.items() if name in PREFERENCE})
    rest = {name: value for name, value in options.items() if name not in READING and name not in PREFERENCE}
    picks = preference.among is not None and "among" not in entry.asks  # pick() can choose around any kept color
    if preference.keep is not None and "fixed" not in entry.asks and not picks:
        raise OptionError(
            f"the method {entry.name!r} cannot solve around colors that stay: leave `keep` out, or take a method "
            "that can, such as 'prominent'."
        )
    _check_known("extract", PREFERENCE | {"k", "method", "space", "seed"}, rest, entry)
    own = entry.check(rest)
    if "consult" in entry.asks:
        other = methods.entry(own.get("by", entry.options["by"].default))
        _check_space(other, space, {})
        own |= {"by": other.name} if "by" in own else {}
    return Request(entry, space, seed, reading, own, preference)


def check_names(
    function: Callable[..., Any],
    given: Iterable[str],
    entry: Entry[Method, About] | None,
    *others: Callable[..., Any],
    more: str = "",
) -> None:
    """Refuse, as UnknownNameError, options that neither a function nor read() nor the method has.

    others : functions to which the first one passes options on. entry : of the method that finds colors, if there is
    one. more : a sentence for the end of the message.
    """
    known = set[str]().union(*(options_of(each) for each in (function, *others)))
    _check_known(function.__name__, known, given, entry, more)


def _check_known(
    function: str, known: Iterable[str], given: Iterable[str], entry: Entry[Method, About] | None, more: str = ""
) -> None:
    if not (names := [*given]):
        return
    import difflib  # slow to import, and only a misspelt option needs it

    known = READING.union(known, () if entry is None else entry.options)
    for name in names:
        if name in known:
            continue
        near = difflib.get_close_matches(name, sorted(known), n=1)
        own = entry is not None and any(one in entry.options for one in near)
        if entry is not None and (own or any(name in other.options for other in methods.entries)):
            raise unknown_option(entry, name)
        raise UnknownNameError(f"option of {function}:", name, known, more)


def _check_numbers(k: int | str, seed: int) -> None:
    k, seed = whole(k), whole(seed)
    if not (k == "auto" or (isinstance(k, int) and not isinstance(k, bool) and 1 <= k <= MAX_COLORS)):
        raise OptionError(f"k={k!r} is not allowed: give a whole number from 1 to {MAX_COLORS}, or 'auto'.")
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise OptionError(f"seed={seed!r} is not allowed: give a whole number from 0.")


def _check_space(entry: Entry[Method, About], name: str, options: Mapping[str, Any]) -> None:
    """Refuse a space in which the method does not work."""
    space, allowed = spaces[name], entry.about.spaces
    if allowed and name not in allowed:
        raise OptionError(
            f"the method {entry.name!r} works in {' or '.join(allowed)}, not in {name!r}: leave `space` out, "
            "or take a method that works in any, such as 'kmeans'."
        )
    has_difference = "difference" in entry.options and options.get("difference") is not None
    if has_difference:
        differences.entry(options["difference"])
    if space.hue is None:
        return
    if not has_difference:
        raise OptionError(
            f"space={name!r} has an angle among its coordinates, {space.channels[space.hue]!r}: straight "
            "distances and means do not know that 359 and 1 degrees are neighbors. Take a space without one, such as "
            "'oklab', or give a `difference` to a method that measures by one, such as 'agglomerative'."
        )
    if options.get("among") is not None and "among" not in entry.asks:
        raise OptionError(
            f"`among` is chosen from by straight distances, which say nothing in space={name!r}: take a space without "
            "an angle, such as 'oklab'."
        )
