"""The smallest change of lightness that keeps colors distinct with color vision deficiencies."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.search import cheapest, clashes, descend
from pochade.accessibility.shades import STEP, shades
from pochade.accessibility.views import APART, Confusion, Sight, between, check_apart, shorten
from pochade.color.vision import DEFICIENCIES, Deficiency, check, simulate_codes
from pochade.errors import OptionError
from pochade.palette import Palette

Codes = NDArray[np.uint8]

DICHROMACIES: tuple[Deficiency, ...] = ("protanopia", "deuteranopia", "tritanopia")

MAX_COLORS = 32
"""The most colors: lightness alone separates about fifteen, and the cost of the search is quadratic."""

COARSE = 4
"""The step of the coarse search, in units of `STEP`: 0.02 of Oklab lightness, about just visible."""

REACHES = 80, 200
"""The reach of the coarse search in steps: first 0.4 of lightness, then all of it."""

MAX_DIFFERENCES = 4_000_000
"""The most differences that the fine search computes, about a second; its reach shrinks if a proof needs more."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of lightness of one color.

    before, after : its hex. name : its name. change : of Oklab lightness, -1..1; negative is darker.
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
    """A palette with distinct colors, and the changes that it needed.

    palette : the colors, in the same order. moves : the changes. left : the pairs that are still confused.
    deficiencies, severity, apart : the options. exact : whether it is proven that no smaller total change suffices, in
    steps of 0.005; False if the search stopped before the proof, or if pairs are left.
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
        """As JSON types."""
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
            lines += shorten([f"  {pair}." for pair in self.left], "  And {} more.")
        return "\n".join(lines)


def worth_mending(sight: Sight) -> tuple[Deficiency, ...]:
    """The deficiencies to mend a palette for: those of one cone, and achromatopsia if only it confuses colors.

    For achromatopsia colors must differ in lightness, a large change that few people need.
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
    """The palette with the smallest change of lightness that makes its colors distinct; see `Palette.mended`.

    A descent and a branch and bound find a solution in coarse steps. Its total cost bounds the move of each color in
    the best solution; within this reach a second branch and bound finds the cheapest in fine steps.

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
    """The mended colors, uint8 (m, 3), and whether it is proven that no smaller change suffices."""
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
    reach = min(need, int(((MAX_DIFFERENCES / pairs) ** 0.5 - 1) / 2))
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
    """The pairs that were distinct before and are still confused, each once with its smallest difference."""
    distinct = np.triu(between(before.srgb) >= apart, 1)
    worst = between(after.srgb)
    for deficiency in deficiencies:
        worst = np.minimum(worst, between(simulate_codes(after.srgb, deficiency, severity)))
    lost = np.argwhere(distinct & (worst < apart)).tolist()
    now = between(after.srgb)
    return tuple(
        Confusion(after[i].hex, after[j].hex, (after.names[i], after.names[j]), float(now[i, j]), float(worst[i, j]))
        for i, j in lost
    )
