"""The comparison of two pictures: their distance, the color flow between them, and their looks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pochade.extraction.extract import extract
from pochade.palette import Color, Palette
from pochade.similarity.distance import check_difference, normalize, transport
from pochade.similarity.flow import Flow, number
from pochade.similarity.look import Look, compared, look


@dataclass(frozen=True)
class Comparison:
    """The similarity of two palettes.

    a, b : the palettes. difference : the name of the color difference.
    distance : the Earth Mover's Distance: the mean color difference over the whole picture when a turns into b with the
        least total change. 0 for the same colors in any order.
    flow : the color changes, by falling share.
    """

    a: Palette
    b: Palette
    difference: str
    distance: float
    flow: tuple[Flow, ...]

    @cached_property
    def looks(self) -> tuple[Look, Look]:
        """The look of each; of the whole picture if the palette was extracted here."""
        return look(self.a), look(self.b)

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two: their sources; "the first" and "the second" if one is unknown or both are equal."""
        if self.a.source and self.b.source and self.a.source != self.b.source:
            return self.a.source, self.b.source
        return "the first", "the second"

    def words(self, most: int | None = None) -> list[str]:
        """Sentences: the distance, then the flows, at most `most` of them."""
        first, second = self.names
        apart = f"{number(self.distance)} apart ({self.difference})" if self.distance else "the same"
        sentences = [f"{f'{first} and {second}' if first != 'the first' else 'The two'} are {apart}."]
        shown = self.flow[:most]
        sentences += [str(flow) for flow in shown] if self.distance else []
        if self.distance and len(shown) < len(self.flow):
            rest = sum(flow.share for flow in self.flow[len(shown) :])
            sentences.append(f"And {len(self.flow) - len(shown)} smaller moves, {rest:.0%} in all.".replace("%", " %"))
        return sentences

    def __str__(self) -> str:
        return "\n".join(self.words())

    def beside(self) -> str:
        """The second look relative to the first, in a sentence: "dusk.jpg is darker (0.31, not 0.62)."."""
        return compared(*self.looks, *self.names)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON's types."""
        return {
            "a": self.a.source,
            "b": self.b.source,
            "difference": self.difference,
            "distance": self.distance,
            "flow": [flow.to_dict() for flow in self.flow],
            "looks": [look.to_dict() for look in self.looks],
        }


def compare(a: Any, b: Any, *, difference: str = "ciede2000", **options: Any) -> Comparison:
    """Compare two palettes or pictures: the Earth Mover's Distance of their palettes, and the flow behind it.

    Parameters
    ----------
    a, b : palettes, or sources as for `extract`: pictures, films or shots.
    difference : a symmetric color difference: "ciede2000", "oklab", ... With "oklab" the distance is a metric.
    options : the options of `extract`: k, method, region, ...; they do not affect palettes.

    Raises
    ------
    SourceError : a picture cannot be read.
    OptionError, UnknownNameError : an option is not allowed, or a palette has no colors.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> red, dark = np.full((2, 2, 3), (200, 0, 0), np.uint8), np.full((2, 2, 3), (120, 0, 0), np.uint8)
    >>> print(pochade.compare(red, dark, difference="oklab"))
    The two are 0.18 apart (oklab).
    #c80000 (firebrick) became #780000 (maroon): 100 %, 0.18 apart.
    """
    measure = check_difference(difference)
    first, second = (one if isinstance(one, Palette) else extract(one, **options) for one in (a, b))
    x, y = normalize(first, measure), normalize(second, measure)
    swapped = x.key > y.key
    if swapped:  # both directions then give the same distance, to the bit
        x, y = y, x
    costs = measure(x.points[:, None], y.points[None])
    distance, moves = transport(x, y, costs)
    if swapped:
        x, y, costs, moves = y, x, costs.T, moves.T
    i, j = np.nonzero(moves)
    by_share = np.lexsort((j, i, -moves[i, j]))
    before, after = _by_codes(first), _by_codes(second)
    flow = tuple(
        _flow(before[_codes(x.codes[r])], after[_codes(y.codes[c])], float(moves[r, c]), float(costs[r, c]))
        for r, c in zip(i[by_share], j[by_share], strict=True)
    )
    return Comparison(first, second, difference, distance, flow)


def _by_codes(palette: Palette) -> dict[tuple[int, ...], tuple[Color, str]]:
    """The colors and their names, by codes."""
    return {color.srgb: (color, name) for color, name in zip(palette, palette.names, strict=True)}


def _codes(row: Any) -> tuple[int, ...]:
    return tuple(row.tolist())


def _flow(before: tuple[Color, str], after: tuple[Color, str], share: float, difference: float) -> Flow:
    return Flow(before[0], after[0], share, difference, (before[1], after[1]))
