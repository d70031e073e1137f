"""sample: random colors of a larger palette."""

from __future__ import annotations  # keeps numpy.random, a tenth of the start, out of the import

from typing import Annotated, Literal

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Consult, MethodName, Points, Weights, methods
from pochade.errors import OptionError
from pochade.option import Within


@methods.register("sample", levels=64, fewer="the larger palette has no more colors.")
def sample(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    consult: Consult,
    favor: Weights | None = None,
    of: Annotated[int, Within(1)] = 36,
    by: MethodName = "kmeans",
    chance: Literal["even", "weight"] = "even",
) -> Clusters:
    """k colors drawn at random from a larger palette: different for each seed, sometimes with a rare color.

    The colors equal those of the larger palette to the byte. The pixels of the other colors go to the nearest drawn
    color, so weights sum to 1 and every pixel has a color.

    Parameters
    ----------
    of : the number of colors to draw from.
    by : the method of the larger palette.
    chance : "even" gives each color the same chance; "weight" draws in proportion to the shares, which mostly gives the
        largest colors, as a smaller k does without randomness.
    """
    # consult() applies the mood. The parameter `favor` keeps `extract` from applying it again.
    if of < k:
        raise OptionError(f"of={of} is not allowed for k={k}: give at least {k}, as k colors are drawn from that many.")
    larger = consult(by, of)
    m = len(larger.centers)
    share = np.bincount(larger.labels, weights, m)
    odds = share / share.sum() if chance == "weight" else None
    drawn = np.sort(rng.choice(m, min(k, m), replace=False, p=odds))
    centers = np.ascontiguousarray(larger.centers[drawn])
    at = np.full(m, -1, np.int32)
    at[drawn] = np.arange(len(drawn), dtype=np.int32)
    own = at[larger.labels]
    labels = np.where(own >= 0, own, kernel.assign(points, centers)[0]).astype(np.int32)
    assert larger.codes is not None, "consult() sets the codes"
    return Clusters(centers, labels, codes=larger.codes[drawn])
