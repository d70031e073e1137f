"""`wheel`: hues at the angles of a rule of the color circle."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from pochade.color import Array
from pochade.suggestion.methods import Draft, methods
from pochade.suggestion.methods.frequent import MAX_DRAFTS, drawn
from pochade.suggestion.noise import uniform
from pochade.theme.partners import SCHEMES

Rule = Literal["complementary", "analogous", "triad", "split", "square"]


@methods.register("wheel")
def wheel(kept: Array, k: int, *, seed: int, rule: Rule | None = None) -> Iterator[Draft]:
    """Hues at the angles of a rule from a kept color, with the lightness and chroma of frequent colors.

    rule : the rule of every proposal; without it the rules take turns.
    """
    rules = list(SCHEMES) if rule is None else [rule]
    first = int(uniform(seed, (4,), 1)[0] * len(rules))
    for at in range(MAX_DRAFTS):
        name = rules[(first + at) % len(rules)]
        colors = drawn(seed, (5, at), k - len(kept))
        base = _base(kept, colors)
        angles = (0.0, *SCHEMES[name])
        skip = int(len(kept) > 0)  # the kept color has the hue of the circle's first place
        turns = np.radians([angles[(i + skip) % len(angles)] for i in range(len(colors))])
        hue = np.arctan2(base[2], base[1]) + turns
        chroma = np.hypot(colors[:, 1], colors[:, 2])
        yield Draft(np.stack([colors[:, 0], chroma * np.cos(hue), chroma * np.sin(hue)], -1), rule=name)


def _base(kept: Array, colors: Array) -> Array:
    """The color whose hue the rule starts from: the kept one of most chroma, or the first one."""
    if not len(kept):
        base: Array = colors[0]
        return base
    most: Array = kept[int((kept[:, 1] ** 2 + kept[:, 2] ** 2).argmax())]
    return most
