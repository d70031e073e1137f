"""k="auto": as many colors as there are that a person would call by different names."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Clusters
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.extraction.preference import ALIKE, Codes, Preference

LIGHTNESS = 2.0
"""By how much lightness counts less here: the k_L of CIEDE2000 in the textile industry. Between black and white people
name three grays at most, not nine; so 20 units of lightness part two names, and 10 of chroma and hue."""

LEAST = 0.01
"""A color counts from this share of all prominence on (by methods that know of none: of the picture): below it are the
speckles and fringes that are left over at the largest k."""

Shown = tuple[Codes, NDArray[np.float64]]
"""What clusters show: their colors uint8 (m, 3), and their prominence float64 (m,)."""


def enough(solve: Callable[[int], Clusters], show: Callable[[Clusters], Shown], wanted: Preference) -> Clusters:
    """The clusters for as many colors as are nameable among those of the largest k that is allowed."""
    kept = 0 if wanted.keep is None else len(wanted.keep)
    clusters = solve(wanted.most)
    k = max(wanted.fewest, nameable(*show(clusters), kept))
    return clusters if k >= len(clusters.centers) else solve(k)


def nameable(codes: Codes, prominence: NDArray[np.float64], kept: int = 0) -> int:
    """How many of the colors differ by `ALIKE` from all that count before them: the first `kept`, then by prominence.

    Examples
    --------
    >>> nameable(np.array([[255, 0, 0], [250, 10, 10], [0, 0, 255]], np.uint8), np.array([0.5, 0.3, 0.2]))
    2
    """
    cielab = spaces["cielab"].from_linear(decode(codes))
    far = differences["ciede2000"](cielab[:, None], cielab[None], lightness=LIGHTNESS)
    enough = prominence >= LEAST * prominence.sum()
    chosen = list(range(kept))
    for i in np.argsort(-prominence, kind="stable").tolist():
        if i >= kept and enough[i] and (not chosen or far[i, chosen].min() >= ALIKE):
            chosen.append(i)
    return len(chosen)
