"""Wishes: what `find` looks for, read from text such as "teal:60%"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pochade.collection.index import bins_of
from pochade.color.names import nearest, vocabularies
from pochade.color.parse import css_names
from pochade.color.srgb import parse_hex
from pochade.errors import OptionError, UnknownNameError
from pochade.histograms.summed import FIRST, LEVELS
from pochade.palette.written import read_every_color

Kind = Literal["any size", "share", "range"]

NAMES = ("xkcd", "iscc-nbs")
"""The vocabularies whose names a wish may have, besides those of CSS, in this order."""

FAMILY = "any "
"""The start of the name of a family, as in "any green"."""

_SHARE = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*%\s*")


@dataclass(frozen=True, eq=False)
class Wish:
    """A color that is wished for.

    text : as it was given. codes : uint8 (3,), sRGB; of a family its middle, for display. family : bool (32768,), the
    bins that belong to it, or None. low, high : the least and the most share, 0..1. kind : "any size" if no share was
    given, "share" for one, "range" for two.
    """

    text: str
    codes: NDArray[np.uint8]
    family: NDArray[np.bool_] | None
    kind: Kind
    low: float = 0.0
    high: float = 1.0

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return "#{:02x}{:02x}{:02x}".format(*self.codes.tolist())


def wishes_of(given: Iterable[Any]) -> list[Wish]:
    """The wishes of the arguments of `find`.

    Raises
    ------
    OptionError : a share is not allowed, or all exceed 100 %. UnknownNameError : no color is called so.
    """
    wishes = [wish_of(one) for one in given]
    total = sum(wish.low for wish in wishes)
    if total > 1 + 1e-9:
        raise OptionError(f"the shares of the wishes sum to {100 * total:g} %: give at most 100 % in all.")
    return wishes


def wish_of(given: Any) -> Wish:
    """One wish: a color, with a share or a range of shares after a colon, or in a pair.

    Examples
    --------
    >>> wish = wish_of("orange:2%..10%")
    >>> wish.hex, wish.kind, wish.low, wish.high
    ('#ffa500', 'range', 0.02, 0.1)
    """
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], str):
        color, share, text = given[0], given[1], f"{given[0]}:{given[1]}"
    elif isinstance(given, str):
        (color, colon, share), text = _split(given), given.strip()
        if colon and not share.strip():
            raise OptionError(f"{given!r}: the share is missing after the colon: write {color}:60% or {color}:2%..10%.")
    else:
        color, share, text = given, "", ""
    codes, family = color_of(color)
    low, high, kind = _shares(share, text)
    return Wish(text or "#{:02x}{:02x}{:02x}".format(*codes.tolist()), codes, family, kind, low, high)


def _split(text: str) -> tuple[str, str, str]:
    color, colon, share = text.rpartition(":")
    return (color, colon, share) if colon else (text, "", "")


def _shares(text: str, wish: str) -> tuple[float, float, Kind]:
    """The least and the most share in a text such as "60%", "2%..10%" or "..10%"."""
    if not text:
        return 0.0, 1.0, "any size"
    first, dots, last = text.partition("..")
    values = [_share(part, wish) if part.strip() else None for part in ((first, last) if dots else (first,))]
    if not dots:
        assert values[0] is not None
        if not values[0]:
            raise OptionError(f"{wish!r}: a share of 0 % wishes for nothing: give without= (--no) the color instead.")
        return values[0], 1.0, "share"
    low, high = values[0] or 0.0, 1.0 if values[1] is None else values[1]
    if low > high or values == [None, None]:
        raise OptionError(f"{wish!r}: the range {text!r} is empty: write the lower share first, as in 2%..10%.")
    return low, high, "range"


def _share(text: str, wish: str) -> float:
    match = _SHARE.fullmatch(text)
    if not match:
        raise OptionError(
            f"{wish!r}: {text!r} is no share: write a percentage, as in teal:60%, or two, as in teal:2%..10%."
        )
    value = float(match[1]) / 100
    if value > 1:
        raise OptionError(f"{wish!r}: a share of {match[1]} % is more than the whole picture: give at most 100 %.")
    return value


def color_of(given: Any) -> tuple[NDArray[np.uint8], NDArray[np.bool_] | None]:
    """The sRGB codes of a color, and the bins of its family if it is "any ...".

    A name is one of CSS, else of the XKCD survey, else of ISCC-NBS.

    Raises
    ------
    OptionError : it is no color. UnknownNameError : no color, or no family, is called so.
    """
    if not isinstance(given, str):
        colors = read_every_color("find", given)
        if len(colors) != 1:
            raise OptionError(f"{given!r} is {len(colors)} colors: give each as a wish of its own.")
        return colors[0], None
    name = " ".join(given.lower().split())
    if name.startswith(FAMILY):
        return _family(name.removeprefix(FAMILY))
    if re.fullmatch(r"[a-z][a-z' /-]*", name):
        return _named(name), None
    if not name:
        raise OptionError("a wish has no color: give #rrggbb or a name.")
    return read_every_color("find", [given])[0], None


def _named(name: str) -> NDArray[np.uint8]:
    plain = name.replace("grey", "gray")
    for names in (css_names(), *(vocabularies[vocabulary].colors for vocabulary in NAMES)):
        for spelling in (name, plain, plain.replace(" ", "")):
            if spelling in names:
                return parse_hex(names[spelling])
    known = {*css_names(), *(word for vocabulary in NAMES for word in vocabularies[vocabulary].words)}
    raise UnknownNameError(
        "color", name, known, " Give a name of CSS, XKCD or ISCC-NBS, #rrggbb, or a family such as 'any green'."
    )


def _family(name: str) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The vivid color of a family, and its bins."""
    words, names = _families()
    if name not in words:
        raise UnknownNameError("family of colors", f"{FAMILY}{name}", [FAMILY + word for word in sorted(set(words))])
    colors = vocabularies["iscc-nbs"].colors
    shown = next((f"{word} {name}" for word in ("vivid", "strong", "medium") if f"{word} {name}" in colors), name)
    return parse_hex(colors.get(shown, css_names().get(name, "#808080"))), names == words.index(name)


@cache
def _families() -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The families, and that of each bin: int64 (32768,). The family is the noun of the nearest name of ISCC-NBS.

    References
    ----------
    Kenneth L. Kelly and Deane B. Judd, 1976: "Color: Universal Language and Dictionary of Names", NBS Special
    Publication 440: a name is a hue, such as yellowish green, with modifiers; its noun is the family.
    """
    tops = np.append(FIRST[1:], 256).astype(np.int64) - 1
    middles = ((FIRST + tops) // 2).astype(np.uint8)
    codes = np.stack(np.meshgrid(middles, middles, middles, indexing="ij"), -1).reshape(-1, 3)
    assert (bins_of(codes) == np.arange(LEVELS**3)).all()
    nouns = [name.split()[-1] for name in nearest(codes, "iscc-nbs")]
    words = tuple(sorted(set(nouns)))
    return words, np.array([words.index(noun) for noun in nouns])


def widened(family: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The bins of a family, and those that share a side with one: bool (32768,)."""
    inside = family.reshape(LEVELS, LEVELS, LEVELS)
    padded = np.pad(inside, 1)
    wide = inside.copy()
    for axis in range(3):
        for step in (0, 2):
            at = [slice(1, -1)] * 3
            at[axis] = slice(step, step + LEVELS)
            wide |= padded[tuple(at)]
    return wide.ravel()
