"""k="auto": as many colors as a person would call by different names."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Clusters
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.extraction.preference.exclusion import difference
from pochade.extraction.preference.preference import SAME_COLOR, Codes, Preference
from pochade.palette.accent import is_accent

LIGHTNESS = 2.0
"""The divisor of lightness differences here: the k_L of CIEDE2000 in the textile industry. People name three grays at
most between black and white, not nine. So 20 units of lightness separate two names, and 10 of chroma and hue."""

MIN_PROMINENCE = 0.01
"""The least share of all prominence (or of the picture, for methods without one) at which a color counts. Below it lie
the speckles and fringes that are left over at the largest k."""

Shown = tuple[Codes, NDArray[np.float64], NDArray[np.float64]]
"""The colors of clusters, uint8 (m, 3), their prominence and their shares, float64 (m,)."""


def auto(solve: Callable[[int], Clusters], show: Callable[[Clusters], Shown], preference: Preference) -> Clusters:
    """The clusters for as many colors as have different names among those of the largest allowed k.

    An accent of these stays: k grows until the palette has it.
    """
    kept = 0 if preference.keep is None else len(preference.keep)
    most = solve(preference.k_max)
    codes, prominence, shares = show(most)
    distinct = nameable(codes, prominence, kept) if most.distinct is None else most.distinct
    accents = codes[is_accent(codes, shares)] if most.distinct is None else codes[:0]
    for k in range(max(preference.k_min, distinct), len(most.centers)):
        fewer = solve(k)
        if not len(accents) or (difference(accents, show(fewer)[0]).min(1) < SAME_COLOR).all():
            return fewer
    return most


def nameable(codes: Codes, prominence: NDArray[np.float64], kept: int = 0) -> int:
    """The number of colors that differ by `SAME_COLOR` from every one counted before.

    The first `kept` count in any case; the others follow by prominence.

    Examples
    --------
    >>> nameable(np.array([[255, 0, 0], [250, 10, 10], [0, 0, 255]], np.uint8), np.array([0.5, 0.3, 0.2]))
    2
    """
    cielab = spaces["cielab"].from_linear(decode(codes))
    distance = differences["ciede2000"](cielab[:, None], cielab[None], lightness=LIGHTNESS)
    counts = prominence >= MIN_PROMINENCE * prominence.sum()
    chosen = list(range(kept))
    for i in np.argsort(-prominence, kind="stable").tolist():
        if i >= kept and counts[i] and (not chosen or distance[i, chosen].min() >= SAME_COLOR):
            chosen.append(i)
    return len(chosen)
