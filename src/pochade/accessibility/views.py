"""A palette as people with a color vision deficiency see it, and which of its colors they cannot tell apart."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.color.vision import DEFICIENCIES, Deficiency, check, simulate_codes
from pochade.errors import OptionError
from pochade.palette import Palette

APART = 5.0
"""Colors at least this far apart by CIEDE2000 are told apart. Mokrzycki and Tatol 2011, "Colour difference Delta E - a
survey", Machine Graphics and Vision 20(4): from 5 on, an observer has the impression of two different colors; 1 is seen
only where swatches touch, by a trained eye. Dots and thin lines must differ more, say 10: Stone, Szafir, Setlur 2014,
"An engineering model for color difference as a function of size"."""

FULL: dict[str, str] = {
    "protanopia": "no long-wave cones; with the weaker form 2 % of men",
    "deuteranopia": "no middle-wave cones; with the weaker form 6 % of men",
    "tritanopia": "no short-wave cones; 1 in 10,000",
    "achromatopsia": "no color at all; 1 in 30,000, and every black-and-white print",
}
"""What each deficiency is, and how many have it: Sharpe, Stockman, Jaegle and Nathans 1999, "Opsin genes, cone
photopigments, color vision, and color blindness", in "Color vision: from genes to perception"."""

PARTIAL: dict[str, str] = {
    "protanopia": "long-wave cones shifted towards green; 1 % of men",
    "deuteranopia": "middle-wave cones shifted towards red; 5 % of men",
    "tritanopia": "short-wave cones shifted; very rare",
    "achromatopsia": "color faintly seen",
}
"""The same of the weaker forms."""

FEW = 12
"""So many pairs are named in words; more are counted."""

_ANOMALOUS = {"protanopia": "protanomaly", "deuteranopia": "deuteranomaly", "tritanopia": "tritanomaly"}


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two colors that are told apart with normal sight, and not with a deficiency.

    a, b : their hex. names : their names. before, after : how far apart they are, and look, by CIEDE2000.
    """

    a: str
    b: str
    names: tuple[str, str]
    before: float
    after: float

    def __str__(self) -> str:
        one, other = self.names
        return f"{self.a} ({one}) and {self.b} ({other}): {self.before:.1f} apart, seen as {self.after:.1f}"


@dataclass(frozen=True, slots=True)
class View:
    """A palette as it is seen with one deficiency.

    deficiency, severity : which, and how much of it, 0..1. palette : as seen, in the same order. confused : the colors
    that can no longer be told apart, the nearest first.
    """

    deficiency: Deficiency
    severity: float
    palette: Palette
    confused: tuple[Confusion, ...]

    @property
    def name(self) -> str:
        """What it is called: a weaker form has a name of its own."""
        return called(self.deficiency, self.severity)

    @property
    def about(self) -> str:
        """What it is, and how many have it."""
        return (FULL if self.severity == 1 else PARTIAL)[self.deficiency]

    def __str__(self) -> str:
        if not self.confused:
            return f"{self.name.capitalize()}: all colors can still be told apart."
        count = f"{len(self.confused)} pair{'s' * (len(self.confused) != 1)} can no longer be told apart"
        pairs = listed([f"  {pair}." for pair in self.confused], "  And {} more.")
        return "\n".join([f"{self.name.capitalize()}: {count}.", *pairs])


@dataclass(frozen=True, slots=True)
class Sight:
    """How a palette is seen.

    apart : the least CIEDE2000 of colors that are told apart. views : one for each deficiency that was asked for.
    alike : the pairs that are not told apart with normal sight either, by their hex.
    """

    apart: float
    views: tuple[View, ...]
    alike: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON's types."""
        return {
            "apart": self.apart,
            "alike": [list(pair) for pair in self.alike],
            "views": [
                {
                    "deficiency": view.deficiency,
                    "severity": view.severity,
                    "name": view.name,
                    "hex": view.palette.hex,
                    "confused": [asdict(pair) | {"names": list(pair.names)} for pair in view.confused],
                }
                for view in self.views
            ],
        }

    def __str__(self) -> str:
        alike = listed(
            [f"{a} and {b} are too alike for anybody." for a, b in self.alike], "So are {} more pairs of colors."
        )
        return "\n".join([*alike, *map(str, self.views)])


def seen(palette: Palette, deficiency: Deficiency, severity: float = 1.0) -> Palette:
    """The palette as it looks; see `Palette.seen`.

    Examples
    --------
    >>> import pochade
    >>> seen(pochade.Palette.from_dict({"colors": ["#b3312c", "#6b7a2a"]}), "deuteranopia").hex
    ['#786b27', '#807430']
    """
    codes = simulate_codes(palette.srgb, deficiency, severity)
    changed = [replace(color, srgb=tuple(code)) for color, code in zip(palette, codes.tolist(), strict=True)]
    return replace(palette, colors=tuple(changed), origin=None)


def sight(
    palette: Palette,
    deficiencies: Sequence[Deficiency] | None = None,
    *,
    severity: float = 1.0,
    apart: float = APART,
) -> Sight:
    """How a palette is seen, and what cannot be told apart; see `Palette.sight`."""
    check_apart(apart)
    before, colors = between(palette.srgb), palette.hex
    rows, columns = np.triu_indices(len(palette), 1)
    told = before[rows, columns] >= apart
    alike = zip(rows[~told].tolist(), columns[~told].tolist(), strict=True)
    views = []
    for deficiency in DEFICIENCIES if deficiencies is None else deficiencies:
        view = seen(palette, deficiency, severity)
        after = between(view.srgb)
        lost = told & (after[rows, columns] < apart)
        order = np.argsort(after[rows, columns][lost], kind="stable")
        confused = [
            _confusion(palette, i, j, before, after)
            for i, j in zip(rows[lost][order].tolist(), columns[lost][order].tolist(), strict=True)
        ]
        views.append(View(deficiency, severity, view, tuple(confused)))
    return Sight(apart, tuple(views), tuple((colors[i], colors[j]) for i, j in alike))


def _confusion(palette: Palette, i: int, j: int, before: Array, after: Array) -> Confusion:
    names = palette.names[i], palette.names[j]
    return Confusion(palette[i].hex, palette[j].hex, names, float(before[i, j]), float(after[i, j]))


def between(codes: NDArray[np.uint8]) -> Array:
    """CIEDE2000 of all colors with all: float64 (m, m)."""
    linear = decode(codes)
    return differences["ciede2000"].of_linear(linear[:, None], linear[None])


def called(deficiency: Deficiency, severity: float) -> str:
    """What a deficiency of some severity is called.

    Examples
    --------
    >>> called("deuteranopia", 1), called("deuteranopia", 0.6), called("achromatopsia", 0.5)
    ('deuteranopia', 'deuteranomaly of 60 %', 'achromatopsia of 50 %')
    """
    check(deficiency, severity)
    if severity == 1:
        return deficiency
    return f"{_ANOMALOUS.get(deficiency, deficiency)} of {100 * severity:g} %"


def listed(lines: list[str], rest: str) -> list[str]:
    """The lines; where they are many, the first of them, and how many more there are.

    Examples
    --------
    >>> listed(["a"] * 15, "and {} more")[-2:]
    ['a', 'and 3 more']
    """
    return lines if len(lines) <= FEW + 1 else [*lines[:FEW], rest.format(len(lines) - FEW)]


def check_apart(apart: float) -> None:
    """Refuse a difference that is none."""
    if isinstance(apart, bool) or not isinstance(apart, int | float) or not 0 < apart <= 50:
        raise OptionError(f"apart={apart!r} is not allowed: give a CIEDE2000 difference above 0, up to 50.")
