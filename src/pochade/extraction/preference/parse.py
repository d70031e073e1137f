"""From the keywords of extract() to a checked Preference."""

from collections.abc import Iterable
from typing import Any

from pochade.color.srgb import to_hex
from pochade.errors import OptionError, UnknownNameError
from pochade.extraction.preference.colors import read_colors
from pochade.extraction.preference.exclusion import KINDS, check_exclusion
from pochade.extraction.preference.mood import MOODS
from pochade.extraction.preference.preference import (
    AUTO_MAX,
    AUTO_MIN,
    MAX_COLORS,
    MAX_SET,
    NO_PREFERENCE,
    Codes,
    Preference,
)
from pochade.option import whole


def parse(
    k: int | str,
    *,
    keep: Any = None,
    avoid: Any = None,
    ignore: Any = None,
    among: Any = None,
    mood: Any = None,
    k_min: Any = None,
    k_max: Any = None,
) -> Preference:
    """The preference in the keywords of extract().

    Raises
    ------
    OptionError, UnknownNameError : a value is not allowed for any picture.

    Examples
    --------
    >>> parse(8, keep="red, rgb(0, 35, 149)", ignore="white").options
    (('ignore', 'white'), ('keep', '#ff0000,#002395'))
    """
    if keep is avoid is ignore is among is mood is k_min is k_max is None:
        return NO_PREFERENCE
    k_min, k_max = whole(k_min), whole(k_max)
    kept, avoided, chosen = read_colors("keep", keep), read_colors("avoid", avoid), read_colors("among", among)
    if chosen is not None and not 1 <= len(chosen) <= MAX_SET:
        raise OptionError(f"among has {len(chosen) or 'no'} colors: give 1 to {MAX_SET} to choose from.")
    kinds = _kinds(ignore)
    _check_mood(mood)
    low, high = _bounds(k, k_min, k_max)
    texts = {"keep": _text(kept), "avoid": _text(avoided), "ignore": ",".join(kinds), "among": _text(chosen)}
    values = texts | {"mood": mood, "k_min": k_min, "k_max": k_max}
    options = tuple(sorted((name, value) for name, value in values.items() if value not in (None, "")))
    preference = Preference(_or_none(kept), _or_none(avoided), kinds, chosen, mood, low, high, options)
    check_keep(preference, k)
    return check_exclusion(preference)


def check_keep(preference: Preference, k: int | str) -> None:
    """Refuse, as OptionError, more colors to keep than the palette may have."""
    count = 0 if preference.keep is None else len(preference.keep)
    if count > (preference.k_max if isinstance(k, str) else k):
        bound = f"k_max={preference.k_max}" if isinstance(k, str) else f"k={k}"
        raise OptionError(f"keep has {count} colors and {bound}: keep at most as many as the palette may have.")


def _or_none(codes: Codes | None) -> Codes | None:
    return None if codes is None or not len(codes) else codes


def _text(codes: Codes | None) -> str:
    return "" if codes is None else ",".join(map(to_hex, codes))


def _kinds(ignore: Any) -> tuple[str, ...]:
    if ignore is None:
        return ()
    if not isinstance(ignore, str | Iterable):
        raise OptionError(f"ignore={ignore!r} is not allowed: give one or several of {', '.join(KINDS)}.")
    names = [name.strip() for name in ignore.split(",")] if isinstance(ignore, str) else list(ignore)
    for name in names:
        if name not in KINDS:
            raise UnknownNameError("kind of color to ignore:", name, KINDS)
    return tuple(dict.fromkeys(names))


def _check_mood(mood: Any) -> None:
    if mood is not None and (not isinstance(mood, str) or mood not in MOODS):
        raise UnknownNameError("mood", mood, MOODS)


def _bounds(k: int | str, k_min: Any, k_max: Any) -> tuple[int, int]:
    """The bounds of k="auto"; any other k takes none."""
    for name, bound in (("k_min", k_min), ("k_max", k_max)):
        if bound is None:
            continue
        if k != "auto":
            raise OptionError(f"{name}={bound!r} goes with k='auto' only, and k is {k!r}: leave it out.")
        if not isinstance(bound, int) or isinstance(bound, bool) or not 1 <= bound <= MAX_COLORS:
            raise OptionError(f"{name}={bound!r} is not allowed: give a whole number from 1 to {MAX_COLORS}.")
    low, high = AUTO_MIN if k_min is None else k_min, AUTO_MAX if k_max is None else k_max
    if low > high:
        default = "" if None not in (k_min, k_max) else f" ({'k_min' if k_min is None else 'k_max'} by default)"
        raise OptionError(f"k_min={low} is more than k_max={high}{default}: give bounds that do not cross.")
    return low, high
