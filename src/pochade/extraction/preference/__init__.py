"""What a caller prefers of the answer: colors to keep, to avoid, to choose from, a mood, and bounds for "auto".

Here it is read and checked; the modules beside this one say what follows from it.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.srgb import to_hex
from pochade.errors import OptionError, UnknownNameError
from pochade.option import whole

__all__ = [
    "ALIKE",
    "FEWEST",
    "LONGEST",
    "MOST",
    "NOTHING",
    "Codes",
    "Preference",
    "check_kept",
    "preferred",
    "read_colors",
]

Codes = NDArray[np.uint8]
"""Colors as sRGB codes, uint8 (n, 3)."""

MOST = 256
"""The largest k: as many as an indexed picture can hold."""

FEWEST, ENOUGH = 3, 12
"""What "auto" chooses between unless told otherwise: fewer than 3 colors are no palette, more than 12 nobody names."""

ALIKE = 10.0
"""Colors nearer than this by CIEDE2000 are one color to the eye, lighter or duller: at this distance two pairs in three
(of random sRGB colors) have the nearest of the eleven basic color terms in common, at 16 less than half."""

LONGEST = 4096
"""The longest set to choose from: more than any floss or paint chart has, and 150 MB of distances."""


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """What is preferred, checked.

    keep, among : uint8 (n, 3), all different, or None. avoid : alike, or None. ignore : names of kinds of color.
    mood : its name, or None. fewest, most : the bounds of "auto".
    options : the same as text and numbers, under the names of extract()'s parameters; those that were given.
    """

    keep: Codes | None = None
    avoid: Codes | None = None
    ignore: tuple[str, ...] = ()
    among: Codes | None = None
    mood: str | None = None
    fewest: int = FEWEST
    most: int = ENOUGH
    options: tuple[tuple[str, str | int], ...] = ()

    @property
    def excludes(self) -> bool:
        """Whether some colors must not stand in the palette."""
        return self.avoid is not None or bool(self.ignore)

    @property
    def tells(self) -> bool:
        """Whether it has a say in how clusters are shown."""
        return self.keep is not None or self.among is not None or self.mood is not None


NOTHING = Preference()
"""No preference at all."""


def preferred(
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
    """The preference that extract()'s parameters mean.

    Raises
    ------
    OptionError, UnknownNameError : where one is not allowed, whatever the picture.

    Examples
    --------
    >>> preferred(8, keep="red, rgb(0, 35, 149)", ignore="white").options
    (('ignore', 'white'), ('keep', '#ff0000,#002395'))
    """
    if keep is avoid is ignore is among is mood is k_min is k_max is None:
        return NOTHING
    k_min, k_max = whole(k_min), whole(k_max)
    kept, avoided, chosen = read_colors("keep", keep), read_colors("avoid", avoid), read_colors("among", among)
    if chosen is not None and not 1 <= len(chosen) <= LONGEST:
        raise OptionError(f"among has {len(chosen) or 'no'} colors: give 1 to {LONGEST} to choose from.")
    kinds = _kinds(ignore)
    _check_mood(mood)
    fewest, most = _bounds(k, k_min, k_max)
    said = {"keep": _text(kept), "avoid": _text(avoided), "ignore": ",".join(kinds), "among": _text(chosen)}
    said |= {"mood": mood, "k_min": k_min, "k_max": k_max}
    options = tuple(sorted((name, value) for name, value in said.items() if value not in (None, "")))
    found = Preference(_some(kept), _some(avoided), kinds, chosen, mood, fewest, most, options)
    check_kept(found, k)
    if not found.excludes:
        return found
    from pochade.extraction.preference.excluded import check

    return check(found)


def _some(codes: Codes | None) -> Codes | None:
    return None if codes is None or not len(codes) else codes


def _text(codes: Codes | None) -> str:
    return "" if codes is None else ",".join(map(to_hex, codes))


_FILE = "{name}: {given!r} is no color: a palette file is loaded first, {name}=pochade.load({given!r})."


def read_colors(name: str, given: Any) -> Codes | None:
    """The colors that were given under a name, without repetitions."""
    if given is None:
        return None
    found = dict.fromkeys(tuple(_codes(name, color)) for color in _listed(name, given))
    return np.array(list(found), np.uint8).reshape(-1, 3)


def _listed(name: str, given: Any) -> Iterator[Any]:
    """The colors one by one: text is parted at commas, but not at those of rgb()."""
    if isinstance(given, str):
        yield from re.split(r",(?![^(]*\))", given) if given.strip() else ()
    elif hasattr(given, "srgb") and not isinstance(given, Iterable):
        yield given
    elif isinstance(given, os.PathLike):
        raise OptionError(_FILE.format(name=name, given=os.fspath(given)))
    elif not isinstance(given, Iterable) or isinstance(given, bytes | dict):
        raise OptionError(f"{name}={given!r} is not allowed: give a list of colors, or text with commas between them.")
    else:
        items = list(given)
        yield from [items] if len(items) == 3 and all(isinstance(item, int | np.integer) for item in items) else items


def _codes(name: str, color: Any) -> list[int]:
    """The three codes of one color: text as CSS has it, three whole numbers, or a Color."""
    if isinstance(color, str):
        from pochade.color.parse import OR_HEX, css_names, parse_color

        try:
            return parse_color(color).tolist()  # type: ignore[no-any-return]
        except UnknownNameError:
            raise UnknownNameError(f"CSS color in {name}:", color.strip(), css_names(), OR_HEX) from None
        except OptionError as error:
            if re.search(r"\.\w+\s*$", color):
                raise OptionError(_FILE.format(name=name, given=color.strip())) from None
            raise OptionError(f"{name}: {error}") from None
    codes = np.asarray(getattr(color, "srgb", color), object)
    whole = codes.shape == (3,) and all(isinstance(c, int | np.integer) and not isinstance(c, bool) for c in codes)
    if not whole or not all(0 <= c <= 255 for c in codes):
        raise OptionError(f"{name}: {color!r} is no color: give #rrggbb, a CSS name, or three whole numbers 0..255.")
    return [int(code) for code in codes]


def _kinds(ignore: Any) -> tuple[str, ...]:
    if ignore is None:
        return ()
    from pochade.extraction.preference.excluded import KINDS

    if not isinstance(ignore, str | Iterable):
        raise OptionError(f"ignore={ignore!r} is not allowed: give one or several of {', '.join(KINDS)}.")
    names = [name.strip() for name in ignore.split(",")] if isinstance(ignore, str) else list(ignore)
    for name in names:
        if name not in KINDS:
            raise UnknownNameError("kind of color to ignore:", name, KINDS)
    return tuple(dict.fromkeys(names))


def _check_mood(mood: Any) -> None:
    if mood is None:
        return
    from pochade.extraction.preference.mood import MOODS

    if not isinstance(mood, str) or mood not in MOODS:
        raise UnknownNameError("mood", mood, MOODS)


def _bounds(k: int | str, k_min: Any, k_max: Any) -> tuple[int, int]:
    """The bounds of "auto", which no other k may have."""
    for name, bound in (("k_min", k_min), ("k_max", k_max)):
        if bound is None:
            continue
        if k != "auto":
            raise OptionError(f"{name}={bound!r} goes with k='auto' only, and k is {k!r}: leave it out.")
        if not isinstance(bound, int) or isinstance(bound, bool) or not 1 <= bound <= MOST:
            raise OptionError(f"{name}={bound!r} is not allowed: give a whole number from 1 to {MOST}.")
    fewest, most = FEWEST if k_min is None else k_min, ENOUGH if k_max is None else k_max
    if fewest > most:
        unsaid = "" if None not in (k_min, k_max) else f" ({'k_min' if k_min is None else 'k_max'} by default)"
        raise OptionError(f"k_min={fewest} is more than k_max={most}{unsaid}: give bounds that do not cross.")
    return fewest, most


def check_kept(wanted: Preference, k: int | str) -> None:
    """Refuse more colors to keep than the palette may have."""
    f = 0 if wanted.keep is None else len(wanted.keep)
    if f > (wanted.most if isinstance(k, str) else k):
        bound = f"k_max={wanted.most}" if isinstance(k, str) else f"k={k}"
        raise OptionError(f"keep has {f} colors and {bound}: keep at most as many as the palette may have.")
