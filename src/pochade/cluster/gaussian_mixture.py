"""gaussian-mixture: clusters that may be long, flat, and of different size."""

from __future__ import annotations  # numpy.random is a tenth of the start-up: the annotation must not import it

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.kmeans import ROUNDS
from pochade.cluster.seeds import Init, start
from pochade.cluster.spread import centered

Array = NDArray[np.float64]

STEPS = 100
"""Rounds of expectation and maximization at most, as in scikit-learn; photos take 10 to 60."""

SETTLED = 1e-3
"""It ends where a round adds less than this to the mean log-likelihood, as in scikit-learn."""

FLOOR = 0.05
"""No cluster is thinner than this share of the spread, a third of a bin: a flat color would be infinitely dense."""

GONE = 1e-6
"""A cluster of less than this share of all weight is given up."""


@methods.register("gaussian-mixture")
def gaussian_mixture(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    init: Init = "farthest",
    covariance: Literal["full", "diag"] = "full",
) -> Clusters:
    """Mixture of k Gaussians, each with a form of its own: a narrow color may lie within a wide one.

    Expectation and maximization with weights, from where k-means has settled. A point belongs to the Gaussian that
    most probably made it.

    Parameters
    ----------
    init : how k-means starts, as in `kmeans`.
    covariance : "full" lets clusters lie askew, "diag" stretches them along the coordinates only.

    References
    ----------
    Dempster, Laird and Rubin 1977, "Maximum likelihood from incomplete data via the EM algorithm".
    """
    about, middle, spread = centered(points, weights)
    if not spread:
        return Clusters(points.copy(), np.zeros(1, np.int32))
    rows = about.T.copy()
    _, labels = kernel.lloyd(points, weights, start(points, weights, k, init, rng), ROUNDS)
    belongs = (labels == np.unique(labels)[:, None]).astype(np.float64)
    products = _products(rows) * weights
    means, likelihood = np.zeros((0, 3)), -np.inf
    for _ in range(STEPS):
        mass, means, scatter = _maximized(belongs, products)
        scatter[:, [0, 3, 5]] += (FLOOR * spread) ** 2
        if covariance == "diag":
            scatter[:, [1, 2, 4]] = 0
        belongs, logs = _expected(rows, mass, means, scatter)
        before, likelihood = likelihood, float((weights * logs).sum())
        if abs(likelihood - before) < SETTLED:
            break
    return Clusters(*compact(means + middle, belongs.argmax(0).astype(np.int32)))


def _products(rows: Array) -> Array:
    """1, x, y, z, xx, xy, xz, yy, yz and zz of points (3, n): what moments are sums of, float64 (10, n)."""
    x, y, z = rows
    return np.stack([np.ones_like(x), x, y, z, x * x, x * y, x * z, y * y, y * z, z * z])


def _maximized(belongs: Array, products: Array) -> tuple[Array, Array, Array]:
    """The Gaussians most likely to have made what belongs to them: mass (m,), mean (m, 3), and scatter (m, 6)."""
    sums = np.stack([(belongs * row).sum(1) for row in products], 1)  # no matrix product: its last bit may vary
    sums = sums[sums[:, 0] > GONE * sums[:, 0].sum()]
    mass = sums[:, 0]
    means = sums[:, 1:4] / mass[:, None]
    x, y, z = means.T
    scatter = sums[:, 4:] / mass[:, None] - np.stack([x * x, x * y, x * z, y * y, y * z, z * z], 1)
    return mass, means, scatter


def _expected(rows: Array, mass: Array, means: Array, scatter: Array) -> tuple[Array, Array]:
    """How much of each point belongs to each Gaussian, float64 (m, n), sum 1 over them; and the log of its density.

    That log is float64 (n,) and lacks a constant. scatter : xx, xy, xz, yy, yz, zz of each. Distances are taken through
    its Cholesky factor.
    """
    xx, xy, xz, yy, yz, zz = scatter.T
    a = np.sqrt(xx)
    b, c = xy / a, xz / a
    d = np.sqrt(yy - b * b)
    e = (yz - b * c) / d
    f = np.sqrt(zz - c * c - e * e)
    x, y, z = ((row - mean[:, None]) for row, mean in zip(rows, means.T, strict=True))
    x /= a[:, None]
    y = (y - b[:, None] * x) / d[:, None]
    z = (z - c[:, None] * x - e[:, None] * y) / f[:, None]
    far = x * x + y * y + z * z
    belongs: Array = (mass / (a * d * f))[:, None] * np.exp((far.min(0) - far) / 2)
    density: Array = belongs.sum(0)
    belongs /= density
    return belongs, np.log(density) - far.min(0) / 2
