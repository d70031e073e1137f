"""Preference: the checked wishes of a caller about the colors of a palette."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
"""Colors as sRGB codes, uint8 (n, 3)."""

MAX_COLORS = 256
"""The largest k: an indexed picture holds no more."""

AUTO_MIN, AUTO_MAX = 3, 12
"""The default bounds of k="auto": fewer than 3 colors are no palette, and nobody names more than 12."""

SAME_COLOR = 10.0
"""Two colors nearer than this by CIEDE2000 count as one. At this distance two pairs in three (of random sRGB colors)
have the nearest of the eleven basic color terms in common; at 16 less than half do."""

MAX_SET = 4096
"""The most colors that `among` takes: more than any floss or paint chart has, and 150 MB of distances."""


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """The checked preference of a caller.

    keep, among, avoid : uint8 (n, 3), all different, or None. ignore : names of kinds of color.
    mood : its name, or None. k_min, k_max : the bounds of k="auto".
    options : the given ones as text and numbers, under the names of extract()'s parameters.
    """

    keep: Codes | None = None
    avoid: Codes | None = None
    ignore: tuple[str, ...] = ()
    among: Codes | None = None
    mood: str | None = None
    k_min: int = AUTO_MIN
    k_max: int = AUTO_MAX
    options: tuple[tuple[str, str | int], ...] = ()

    @property
    def excludes(self) -> bool:
        """Whether some colors must not stand in the palette."""
        return self.avoid is not None or bool(self.ignore)

    @property
    def names_colors(self) -> bool:
        """Whether it names colors that the palette shows as they are."""
        return self.keep is not None or self.among is not None


NO_PREFERENCE = Preference()
"""The preference of a caller who has none."""
