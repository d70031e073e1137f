"""Simulations of a palette with color vision deficiencies, and the pairs of colors that become confused."""

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
"""The least CIEDE2000 of distinct colors. Mokrzycki and Tatol 2011, "Colour difference Delta E - a
survey", Machine Graphics and Vision 20(4): from 5 on, an observer has the impression of two different colors; 1 is
visible only to a trained eye on touching swatches. Dots and thin lines must differ more, such as 10: Stone, Szafir,
Setlur 2014, "An engineering model for color difference as a function of size"."""

FULL: dict[str, str] = {
    "protanopia": "no long-wave cones; with the weaker form 2 % of men",
    "deuteranopia": "no middle-wave cones; with the weaker form 6 % of men",
    "tritanopia": "no short-wave cones; 1 in 10,000",
    "achromatopsia": "no color at all; 1 in 30,000, and every black-and-white print",
}
"""The cause and the frequency of each deficiency: Sharpe, Stockman, Jaegle and Nathans 1999, "Opsin genes, cone
photopigments, color vision, and color blindness", in "Color vision: from genes to perception"."""

PARTIAL: dict[str, str] = {
    "protanopia": "long-wave cones shifted towards green; 1 % of men",
    "deuteranopia": "middle-wave cones shifted towards red; 5 % of men",
    "tritanopia": "short-wave cones shifted; very rare",
    "achromatopsia": "color faintly seen",
}
"""The same for the weaker forms."""

MAX_LINES = 12
"""The most pairs that a text names; it counts the rest."""

_ANOMALOUS = {"protanopia": "protanomaly", "deuteranopia": "deuteranomaly", "tritanopia": "tritanomaly"}


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two colors that are distinct with normal vision and confused with a deficiency.

    a, b : their hex. names : their names. before, after : their CIEDE2000 with normal vision and with the deficiency.
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
    """A palette with one simulated deficiency.

    deficiency : its name. severity : 0..1. palette : the simulated colors, in the same order.
    confused : the pairs that are no longer distinct, nearest first.
    """

    deficiency: Deficiency
    severity: float
    palette: Palette
    confused: tuple[Confusion, ...]

    @property
    def name(self) -> str:
        """The name of the deficiency; weaker forms have their own."""
        return deficiency_name(self.deficiency, self.severity)

    @property
    def about(self) -> str:
        """Its cause and frequency."""
        return (FULL if self.severity == 1 else PARTIAL)[self.deficiency]

    def __str__(self) -> str:
        if not self.confused:
            return f"{self.name.capitalize()}: all colors can still be told apart."
        count = f"{len(self.confused)} pair{'s' * (len(self.confused) != 1)} can no longer be told apart"
        pairs = shorten([f"  {pair}." for pair in self.confused], "  And {} more.")
        return "\n".join([f"{self.name.capitalize()}: {count}.", *pairs])


@dataclass(frozen=True, slots=True)
class Sight:
    """A palette in the eyes of people with color vision deficiencies.

    apart : the least CIEDE2000 of distinct colors. views : one for each requested deficiency.
    alike : the pairs, by hex, that are not distinct even with normal vision.
    """

    apart: float
    views: tuple[View, ...]
    alike: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON types."""
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
        alike = shorten(
            [f"{a} and {b} are too alike for anybody." for a, b in self.alike], "So are {} more pairs of colors."
        )
        return "\n".join([*alike, *map(str, self.views)])


def seen(palette: Palette, deficiency: Deficiency, severity: float = 1.0) -> Palette:
    """Simulate a deficiency on a palette; see `Palette.seen`.

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
    """The views of a palette with deficiencies, and the confused pairs; see `Palette.sight`."""
    check_apart(apart)
    before, colors = between(palette.srgb), palette.hex
    rows, columns = np.triu_indices(len(palette), 1)
    distinct = before[rows, columns] >= apart
    alike = zip(rows[~distinct].tolist(), columns[~distinct].tolist(), strict=True)
    views = []
    for deficiency in DEFICIENCIES if deficiencies is None else deficiencies:
        view = seen(palette, deficiency, severity)
        after = between(view.srgb)
        lost = distinct & (after[rows, columns] < apart)
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
    """CIEDE2000 of all pairs of colors: float64 (m, m)."""
    linear = decode(codes)
    return differences["ciede2000"].of_linear(linear[:, None], linear[None])


def deficiency_name(deficiency: Deficiency, severity: float) -> str:
    """The name of a deficiency with its severity.

    Examples
    --------
    >>> [deficiency_name("deuteranopia", severity) for severity in (1, 0.6)], deficiency_name("achromatopsia", 0.5)
    (['deuteranopia', 'deuteranomaly of 60 %'], 'achromatopsia of 50 %')
    """
    check(deficiency, severity)
    if severity == 1:
        return deficiency
    return f"{_ANOMALOUS.get(deficiency, deficiency)} of {100 * severity:g} %"


def shorten(lines: list[str], rest: str) -> list[str]:
    """The lines; if there are too many, the first ones and the number of the others.

    Examples
    --------
    >>> shorten(["a"] * 15, "and {} more")[-2:]
    ['a', 'and 3 more']
    """
    return lines if len(lines) <= MAX_LINES + 1 else [*lines[:MAX_LINES], rest.format(len(lines) - MAX_LINES)]


def check_apart(apart: float) -> None:
    """Refuse an invalid difference."""
    if isinstance(apart, bool) or not isinstance(apart, int | float) or not 0 < apart <= 50:
        raise OptionError(f"apart={apart!r} is not allowed: give a CIEDE2000 difference above 0, up to 50.")
