"""gaussian-mixture: clusters of different shapes and sizes."""

from __future__ import annotations  # keeps numpy.random, a tenth of the start, out of the import

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
"""The most rounds of expectation and maximization, as in scikit-learn; photos take 10 to 60."""

SETTLED = 1e-3
"""The iteration ends if a round adds less to the mean log-likelihood, as in scikit-learn."""

FLOOR = 0.05
"""The least width of a cluster, as a share of the spread: a third of a bin. It limits the density of flat colors."""

GONE = 1e-6
"""The least share of all weight of a cluster; smaller ones are dropped."""


@methods.register("gaussian-mixture", fewer="no pixels most probably belong to the other Gaussians.")
def gaussian_mixture(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    init: Init = "farthest",
    covariance: Literal["full", "diag"] = "full",
) -> Clusters:
    """A mixture of k Gaussians, each with its own shape: a narrow color can lie within a wide one.

    Weighted expectation and maximization, starting at the result of k-means. Each point belongs to its most probable
    Gaussian.

    Parameters
    ----------
    init : the start of k-means, as in `kmeans`.
    covariance : "full" allows clusters in any direction, "diag" only along the coordinates.

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
    """1, x, y, z, xx, xy, xz, yy, yz and zz of points (3, n), the terms of moments: float64 (10, n)."""
    x, y, z = rows
    return np.stack([np.ones_like(x), x, y, z, x * x, x * y, x * z, y * y, y * z, z * z])


def _maximized(belongs: Array, products: Array) -> tuple[Array, Array, Array]:
    """The Gaussians of maximum likelihood: mass (m,), mean (m, 3), and scatter (m, 6)."""
    sums = np.stack([(belongs * row).sum(1) for row in products], 1)  # not a matrix product, whose last bit can vary
    sums = sums[sums[:, 0] > GONE * sums[:, 0].sum()]
    mass = sums[:, 0]
    means = sums[:, 1:4] / mass[:, None]
    x, y, z = means.T
    scatter = sums[:, 4:] / mass[:, None] - np.stack([x * x, x * y, x * z, y * y, y * z, z * z], 1)
    return mass, means, scatter


def _expected(rows: Array, mass: Array, means: Array, scatter: Array) -> tuple[Array, Array]:
    """The share of each Gaussian in each point, float64 (m, n), sum 1 over Gaussians; and the log density of the point.

    The log density is float64 (n,), up to a constant. scatter : xx, xy, xz, yy, yz, zz of each; its Cholesky factor
    gives the distances.
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
