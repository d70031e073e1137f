"""The mixing of opaque paints: absorption and scattering add up by weight.

A layer of paint has a coefficient of absorption K and one of scattering S at each wavelength, relative to the S of
white, which is 1. The coefficients of a mix are the means of those of its paints, weighted by their parts. An opaque
layer reflects 1 + Q - sqrt(Q^2 + 2Q) of the light inside, where Q = K / S. At the surface a part of the light turns
back.

References
----------
P. Kubelka and F. Munk, 1931: "Ein Beitrag zur Optik der Farbanstriche", Zeitschrift fur technische Physik 12. D. R.
Duncan, 1940: "The colour of pigment mixtures", Proceedings of the Physical Society 52(3), for mixes. J. L. Saunderson,
1942: "Calculation of the color of pigmented plastics", Journal of the Optical Society of America 32(12), for the
surface.
"""

import numpy as np

from pochade.color import Array
from pochade.paint.spectrum import BANDS

OUTSIDE, INSIDE = 0.02, 0.4
"""The parts of the light that the surface reflects, from outside (k1) and from inside (k2). For k1 up to 0.03 the mean
error of held-out mixes stays between 3.5 and 3.9."""

BENDS, STEPS = 1e-3, 1e-2
"""The penalties on second and first differences of log S over wavelength. Where masstone and tint agree, a tint says
nothing about S; smoothness then decides. The mean error falls from 5.5 to 3.7."""

LEAST = 1e-4
"""The least reflectance inside a layer, and the least distance from 1, so that Q is finite."""


def inside(reflectance: Array) -> Array:
    """The reflectance inside the layer, of one that an instrument measures with gloss included."""
    through = reflectance - OUTSIDE
    inner: Array = np.clip(through / ((1 - OUTSIDE) * (1 - INSIDE) + INSIDE * through), LEAST, 1 - LEAST)
    return inner


def outside(inner: Array) -> Array:
    """The reflectance that an instrument measures with gloss included, of one inside the layer."""
    return OUTSIDE + (1 - OUTSIDE) * (1 - INSIDE) * inner / (1 - INSIDE * inner)


def ratio_of(inner: Array) -> Array:
    """K / S of an opaque layer."""
    return (1 - inner) ** 2 / (2 * inner)


def opaque(ratio: Array) -> Array:
    """The reflectance inside an opaque layer of K / S."""
    return 1 + ratio - np.sqrt(ratio * ratio + 2 * ratio)


def coefficients(masstone: Array, tint: Array, white: Array, share: float) -> tuple[Array, Array]:
    """K and S of a paint, each float64 (31,), from two opaque layers: the paint alone, and mixed with white.

    Gauss-Newton on log S: the squared error of the tint's reflectance, and the penalties. A step that does not help is
    halved.

    Parameters
    ----------
    masstone, tint, white : reflectance inside the layer, float64 (31,). share : of the paint in the tint by weight,
    0..1.
    """
    own, other, rest = ratio_of(masstone), ratio_of(white), 1 - share
    bends, steps = np.diff(np.eye(BANDS), 2, axis=0), np.diff(np.eye(BANDS), axis=0)
    penalty = BENDS * bends.T @ bends + STEPS * steps.T @ steps

    def ratio(log_s: Array) -> Array:
        s = share * np.exp(log_s)
        mixed: Array = (own * s + other * rest) / (s + rest)
        return mixed

    def loss(log_s: Array) -> float:
        return float(np.square(opaque(ratio(log_s)) - tint).sum() + log_s @ penalty @ log_s)

    starts = [np.full(BANDS, level) for level in np.linspace(np.log(0.003), np.log(50), 200)]
    log_s = min(starts, key=loss)
    for _ in range(100):
        s, q = share * np.exp(log_s), ratio(log_s)
        slope = (1 - (q + 1) / np.sqrt(q * q + 2 * q)) * s * rest * (own - other) / (s + rest) ** 2
        change = np.linalg.solve(
            np.diag(slope**2) + penalty + 1e-9 * np.eye(BANDS), slope * (tint - opaque(q)) - penalty @ log_s
        )
        change = np.clip(change, -1, 1)
        before = loss(log_s)
        while loss(log_s + change) > before and np.abs(change).max() > 1e-7:
            change = change / 2
        if np.abs(change).max() <= 1e-7:
            break
        log_s = log_s + change
    scattering: Array = np.exp(log_s)
    return own * scattering, scattering
