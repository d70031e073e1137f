"""sample: some colors of a larger palette, drawn by chance."""

from __future__ import annotations  # numpy.random is a tenth of the start-up: the annotation must not import it

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
    """k colors drawn from a palette of more: another for each seed, and with some luck a rare one.

    The colors are those of the larger palette, to the byte. What the ones left out stood for goes to the nearest drawn
    color, so that weights still sum to 1 and every pixel has its color.

    Parameters
    ----------
    of : how many colors to draw from.
    by : the method that finds those.
    chance : "even" gives each color the same chance, as when somebody points at a palette with closed eyes: drawn by
        weight, the answer would mostly be the largest ones again, which a smaller k finds without chance. "weight"
        draws in proportion to what each covers.
    """
    # The mood is in what was consulted. `favor` is asked for only so that the road does not apply it once more.
    if of < k:
        raise OptionError(f"of={of} is not allowed for k={k}: give at least {k}, as k colors are drawn from that many.")
    found = consult(by, of)
    m = len(found.centers)
    share = np.bincount(found.labels, weights, m)
    odds = share / share.sum() if chance == "weight" else None
    drawn = np.sort(rng.choice(m, min(k, m), replace=False, p=odds))
    centers = np.ascontiguousarray(found.centers[drawn])
    at = np.full(m, -1, np.int32)
    at[drawn] = np.arange(len(drawn), dtype=np.int32)
    own = at[found.labels]
    labels = np.where(own >= 0, own, kernel.assign(points, centers)[0]).astype(np.int32)
    assert found.codes is not None, "what is consulted says which colors it shows"
    return Clusters(centers, labels, codes=found.codes[drawn])
