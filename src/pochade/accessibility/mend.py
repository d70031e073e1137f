"""The smallest change of lightness with which colors stay apart for those who see fewer of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.search import cheapest, clashes, descend
from pochade.accessibility.shades import STEP, shades
from pochade.accessibility.views import APART, Confusion, Sight, between, check_apart, listed
from pochade.color.vision import DEFICIENCIES, Deficiency, check, simulate_codes
from pochade.errors import OptionError
from pochade.palette import Palette

Codes = NDArray[np.uint8]

DICHROMACIES: tuple[Deficiency, ...] = ("protanopia", "deuteranopia", "tritanopia")

MAX_COLORS = 32
"""The most colors: lightness alone separates about fifteen, and the search grows with the square."""

COARSE = 4
"""The step of the coarse search, in units of `STEP`: 0.02 of Oklab lightness, about just visible."""

REACHES = 80, 200
"""So many steps, 0.4 of lightness, are tried first, and all that there are where that does not do."""

WORK = 4_000_000
"""Differences that the fine search may ask for, a second's worth; where a proof needs more, it stays near the mend."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one color's lightness.

    before, after : its hex. name : its name. change : of Oklab lightness, 0..1; negative is darker.
    """

    before: str
    after: str
    name: str
    change: float

    def __str__(self) -> str:
        way = "lighter" if self.change > 0 else "darker"
        return f"{self.before} ({self.name}) becomes {self.after}, {abs(self.change):.3f} {way}"


@dataclass(frozen=True, slots=True)
class Mended:
    """A palette whose colors are told apart, and what was changed for it.

    palette : the colors, in the same order. moves : those that were changed. left : what is confused still.
    deficiencies, severity, apart : what was asked for. exact : no smaller total change does it, in steps of 0.005;
    False where the search gave up the proof, or something is left.
    """

    palette: Palette
    moves: tuple[Move, ...]
    left: tuple[Confusion, ...]
    deficiencies: tuple[Deficiency, ...]
    severity: float
    apart: float
    exact: bool

    @property
    def change(self) -> float:
        """The total change of Oklab lightness."""
        return sum(abs(move.change) for move in self.moves)

    def to_dict(self) -> dict[str, Any]:
        """Return a dict of JSON types."""
        return {
            "hex": self.palette.hex,
            "moves": [asdict(move) for move in self.moves],
            "left": [asdict(pair) | {"names": list(pair.names)} for pair in self.left],
            "deficiencies": list(self.deficiencies),
            "severity": self.severity,
            "apart": self.apart,
            "change": self.change,
            "exact": self.exact,
        }

    def __str__(self) -> str:
        lines = [f"{move}." for move in self.moves] or [
            "Nothing needs to change." if not self.left else "Nothing helps."
        ]
        if self.left:
            lines.append("No change of lightness tells all of these apart; still confused:")
            lines += listed([f"  {pair}." for pair in self.left], "  And {} more.")
        return "\n".join(lines)


def worth_mending(sight: Sight) -> tuple[Deficiency, ...]:
    """The deficiencies to mend a palette for: those of one cone, and achromatopsia where it alone confuses anything.

    Colors that are gray to somebody must differ in lightness, which moves them farther than few people need.
    """
    confusing = {view.deficiency for view in sight.views if view.confused}
    return DEFICIENCIES if confusing == {"achromatopsia"} else DICHROMACIES


def mended(
    palette: Palette,
    deficiencies: Sequence[Deficiency] | None = None,
    *,
    severity: float = 1.0,
    apart: float = APART,
) -> Mended:
    """The palette with the smallest change of lightness that tells its colors apart; see `Palette.mended`.

    A mend is found in coarse steps, by a descent and then a branch and bound. No color needs to move farther than that
    costs in all: within this reach a second branch and bound finds the cheapest in fine steps.

    Examples
    --------
    >>> import pochade
    >>> print(mended(pochade.Palette.from_dict({"colors": ["#b3312c", "#6b7a2a"]})))
    #6b7a2a (darkolivegreen) becomes #6f7e2f, 0.014 lighter.
    """
    check_apart(apart)
    deficiencies = DICHROMACIES if deficiencies is None else deficiencies
    for deficiency in deficiencies:
        check(deficiency, severity)
    if len(palette) > MAX_COLORS:
        raise OptionError(f"{len(palette)} colors are too many to mend: give a palette of at most {MAX_COLORS}.")
    views = [(deficiency, severity) for deficiency in deficiencies]
    codes, exact = _solved(palette.srgb, views, apart) if len(palette) else (palette.srgb, True)
    colors = [replace(color, srgb=tuple(code)) for color, code in zip(palette, codes.tolist(), strict=True)]
    done = replace(palette, colors=tuple(colors), origin=None)
    left = _left(palette, done, deficiencies, severity, apart)
    return Mended(done, _moves(palette, done), left, tuple(deficiencies), severity, apart, exact and not left)


def _solved(codes: Codes, views: Sequence[tuple[Deficiency, float]], apart: float) -> tuple[Codes, bool]:
    """The colors mended as far as can be, uint8 (m, 3), and whether it is proven that no smaller change does it."""
    bound = between(codes) >= apart
    at = np.arange(len(codes))
    for reach in REACHES:
        wide = shades(codes, bound, views, apart, reach=reach, stride=COARSE)
        some = descend(wide)
        if not clashes(wide, some).any():
            break
    else:
        return wide.codes[at, some], False
    some, _ = cheapest(wide, some)
    need = round(float(wide.cost[at, some].sum()) / STEP)
    pairs = max(1, int(np.triu(bound).sum()) * (1 + len(views)))
    reach = min(need, int(((WORK / pairs) ** 0.5 - 1) / 2))
    if reach < np.abs(wide.steps[some]).max():
        return wide.codes[at, some], False
    fine = shades(codes, bound, views, apart, reach=reach)
    start = np.array([np.flatnonzero(fine.steps == step)[0] for step in wide.steps[some]])
    best, proven = cheapest(fine, start)
    return fine.codes[at, best], proven and reach == need


def _moves(before: Palette, after: Palette) -> tuple[Move, ...]:
    changes = (after.oklab - before.oklab)[:, 0].tolist()
    return tuple(
        Move(old.hex, new.hex, name, change)
        for old, new, name, change in zip(before, after, before.names, changes, strict=True)
        if old.srgb != new.srgb
    )


def _left(
    before: Palette, after: Palette, deficiencies: Sequence[Deficiency], severity: float, apart: float
) -> tuple[Confusion, ...]:
    """The pairs that were told apart before, and still are not by everybody; each once, as it is worst."""
    told = np.triu(between(before.srgb) >= apart, 1)
    worst = between(after.srgb)
    for deficiency in deficiencies:
        worst = np.minimum(worst, between(simulate_codes(after.srgb, deficiency, severity)))
    lost = np.argwhere(told & (worst < apart)).tolist()
    now = between(after.srgb)
    return tuple(
        Confusion(after[i].hex, after[j].hex, (after.names[i], after.names[j]), float(now[i, j]), float(worst[i, j]))
        for i, j in lost
    )
