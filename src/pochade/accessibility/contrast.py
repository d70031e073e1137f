"""The contrast between the colors of a palette, and the most readable text on each."""

from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pochade.color.contrast import AA, AA_LARGE, AAA, apca, wcag
from pochade.color.srgb import to_hex
from pochade.errors import OptionError
from pochade.palette import Palette

Level = Literal["AAA", "AA", "AA large"]

LEVELS: dict[Level, float] = {"AAA": AAA, "AA": AA, "AA large": AA_LARGE}
"""The least WCAG ratio of each level, strictest first."""

_INKS = np.array([[0, 0, 0], [255, 255, 255]], np.uint8)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colors of a palette.

    a, b : their hex. ratio : WCAG 2.2, 1 to 21. lc : APCA of a as text on b. back : APCA of b as text on a.
    """

    a: str
    b: str
    ratio: float
    lc: float
    back: float

    @property
    def level(self) -> Level | None:
        """The strictest level of WCAG that the pair passes, or None."""
        return level(self.ratio)

    def __str__(self) -> str:
        return f"{self.a} and {self.b}: {shown(self.ratio)}:1, {_passes(self.level)}"


@dataclass(frozen=True, slots=True)
class Text:
    """The most readable text on a color.

    background : the color's hex. ink : black or white, #000000 or #ffffff; ratio, lc : its contrast.
    own : the best of the other colors of the palette, or None; own_ratio, own_lc : its contrast.
    """

    background: str
    ink: str
    ratio: float
    lc: float
    own: str | None
    own_ratio: float
    own_lc: float

    @property
    def own_level(self) -> Level | None:
        """The strictest level of WCAG that text in `own` passes, or None."""
        return level(self.own_ratio)

    def __str__(self) -> str:
        name = "black" if self.ink == "#000000" else "white"
        best = f"On {self.background} {name} reads best, {shown(self.ratio)}:1"
        if self.own is None:
            return f"{best}."
        return f"{best}; of the palette {self.own}, {shown(self.own_ratio)}:1, {_passes(self.own_level)}."


@dataclass(frozen=True, eq=False)
class Contrast:
    """The contrast of all pairs of colors of a palette.

    hex : the colors. ratio : float64 (m, m), WCAG 2.2, symmetric. lc : float64 (m, m), APCA, `lc[i, j]` of color i as
    text on color j. texts : the most readable text on each color.
    """

    hex: tuple[str, ...]
    ratio: NDArray[np.float64] = field(repr=False)
    lc: NDArray[np.float64] = field(repr=False)
    texts: tuple[Text, ...] = field(repr=False)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair of colors once, strongest contrast first."""
        rows, columns = np.triu_indices(len(self.hex), 1)
        order = np.argsort(-self.ratio[rows, columns], kind="stable")
        i, j = rows[order], columns[order]
        values = zip(
            i.tolist(),
            j.tolist(),
            self.ratio[i, j].tolist(),
            self.lc[i, j].tolist(),
            self.lc[j, i].tolist(),
            strict=True,
        )
        return tuple(Pair(self.hex[a], self.hex[b], ratio, lc, back) for a, b, ratio, lc, back in values)

    def passing(self, level: Level) -> tuple[Pair, ...]:
        """The pairs that pass a level: "AA" (4.5:1), "AA large" (3:1, large text and icons) or "AAA" (7:1)."""
        if level not in LEVELS:
            raise OptionError(f"level={level!r} is not allowed: give {', '.join(map(repr, LEVELS))}.")
        return tuple(pair for pair in self.pairs if pair.ratio >= LEVELS[level])

    def to_dict(self) -> dict[str, Any]:
        """As JSON types, ratios and Lc truncated to two places, so that none rounds up to a level."""
        return {
            "hex": list(self.hex),
            "wcag": _cut(self.ratio).tolist(),
            "apca": _cut(self.lc).tolist(),
            "texts": [
                {
                    name: float(_cut(value)) if isinstance(value, float) else value
                    for name, value in asdict(text).items()
                }
                for text in self.texts
            ],
        }

    def __str__(self) -> str:
        total = len(self.pairs)
        if not total:
            return "\n".join(map(str, self.texts)) or "No colors."
        counts = ", ".join(f"{len(self.passing(name))} pass {name} ({least:g}:1)" for name, least in LEVELS.items())
        head = f"Of {total} pair{'s' * (total != 1)}: {counts}."
        return "\n".join([head, *map(str, self.texts)])


def contrast(palette: Palette, *, by: Literal["wcag", "apca"] = "wcag") -> Contrast:
    """The contrast of all pairs of colors of a palette, and the best text on each color.

    Parameters
    ----------
    by : the measure that selects the best text. Laws require WCAG; on strong mid-tones, orange and blue, APCA often
        selects white and WCAG black, and readers agree with APCA.

    Examples
    --------
    >>> import pochade
    >>> result = contrast(pochade.Palette.from_dict({"colors": ["#8e1a24", "#f2e8d5"]}))
    >>> print(result)
    Of 1 pair: 1 pass AAA (7:1), 1 pass AA (4.5:1), 1 pass AA large (3:1).
    On #8e1a24 white reads best, 9.03:1; of the palette #f2e8d5, 7.43:1, which passes AAA.
    On #f2e8d5 black reads best, 17.27:1; of the palette #8e1a24, 7.43:1, which passes AAA.
    """
    if by not in ("wcag", "apca"):
        raise OptionError(f"by={by!r} is not allowed: give 'wcag' or 'apca'.")
    codes = palette.srgb
    ratio, lc = wcag(codes[:, None], codes[None]), apca(codes[:, None], codes[None])
    for values in (ratio, lc):
        values.flags.writeable = False
    return Contrast(tuple(palette.hex), ratio, lc, tuple(_texts(palette, ratio, lc, by)))


def _texts(palette: Palette, ratio: NDArray[np.float64], lc: NDArray[np.float64], by: str) -> list[Text]:
    codes, colors, m = palette.srgb, palette.hex, len(palette)
    of_inks, lc_of_inks = wcag(_INKS[:, None], codes), apca(_INKS[:, None], codes)
    best_ink = (of_inks if by == "wcag" else np.abs(lc_of_inks)).argmax(0) if m else []
    strength = np.array(ratio if by == "wcag" else np.abs(lc))
    np.fill_diagonal(strength, -1)
    own = strength.argmax(0) if m > 1 else np.zeros(m, int)
    out = []
    for j, (ink, i) in enumerate(zip(best_ink, own, strict=True)):
        other = colors[i] if m > 1 else None
        inks = to_hex(_INKS[ink]), float(of_inks[ink, j]), float(lc_of_inks[ink, j])
        out.append(Text(colors[j], *inks, other, float(ratio[i, j]), float(lc[i, j])))
    return out


def level(ratio: float) -> Level | None:
    """The strictest level of WCAG that a ratio passes, or None.

    Examples
    --------
    >>> level(4.6), level(4.4999), level(2.9)
    ('AA', 'AA large', None)
    """
    return next((name for name, least in LEVELS.items() if ratio >= least), None)


def shown(ratio: float) -> str:
    """A ratio truncated to two places: 4.499 is 4.49, because it fails 4.5."""
    return f"{float(_cut(ratio)):.2f}"


def _cut(values: Any) -> NDArray[np.float64]:
    return np.asarray(np.trunc(np.asarray(values) * 100 + 1e-9) / 100)


def _passes(level: Level | None) -> str:
    return "which passes no level" if level is None else f"which passes {level}"
