"""Reflectance curves, 400 to 700 nm by 10, their colors, and the smoothest curve of a color."""

import functools
import importlib.resources
import json

import numpy as np

from pochade.color import Array, xyz

WAVELENGTHS = np.arange(400, 701, 10)
"""In nanometers: 31 of them. Daylight outside of them adds less than 0.5 % to the light that the eye sees."""

BANDS = len(WAVELENGTHS)

LEAST_LIGHT = 0.003
"""Linear light from which `smoothest` starts; it ends at 1 less this. A paint reflects a little at every wavelength,
and never everything."""

_STEPS = 200
"""The most steps of Newton's method; colors at the edge of sRGB take about 30."""


@functools.cache
def linear_from_reflectance() -> Array:
    """Linear-light sRGB of each wavelength in daylight (D65): float64 (31, 3). A curve of ones is white."""
    table = json.loads(importlib.resources.files("pochade.paint").joinpath("observer.json").read_text("utf-8"))
    rows = np.array(table["rows"])
    weights = rows[:, 1:4] * rows[:, 4:]
    matrix: Array = xyz.to_linear(weights / weights.sum(0) * xyz.WHITE)
    matrix.flags.writeable = False
    return matrix


def linear_of(reflectance: Array) -> Array:
    """Linear-light sRGB, not clipped, of reflectance curves.

    reflectance : float64 (..., 31), 0..1. Returns float64 (..., 3).

    Examples
    --------
    >>> linear_of(np.full(31, 0.5)).round(6)
    array([0.5, 0.5, 0.5])
    """
    linear: Array = reflectance @ linear_from_reflectance()
    return linear


def smoothest(linear: Array) -> Array:
    """The smoothest reflectance curve of a color: float64 (31,), within 0..1.

    Of all curves with this color in daylight, it has the least sum of squared steps of the hyperbolic arc tangent.

    Parameters
    ----------
    linear : float64 (3,), linear-light sRGB, 0..1; limited to `LEAST_LIGHT` .. 1 - `LEAST_LIGHT`.

    References
    ----------
    Scott Allen Burns, 2020: "Numerical methods for smoothest reflectance reconstruction", Color Research and
    Application 45(1), the method LHTSS: Newton's method on the Lagrangian, of 31 + 3 unknowns.

    Examples
    --------
    >>> curve = smoothest(np.array([0.2, 0.4, 0.6]))
    >>> linear_of(curve).round(6)
    array([0.2, 0.4, 0.6])
    """
    goal = np.clip(linear, LEAST_LIGHT, 1 - LEAST_LIGHT)
    matrix = linear_from_reflectance()
    steps = np.diff(np.eye(BANDS), axis=0)
    smooth = 2 * steps.T @ steps
    z, multipliers = np.zeros(BANDS), np.zeros(3)
    for _ in range(_STEPS):
        tanh = np.tanh(z)
        slope = (1 - tanh**2) / 2
        pull = matrix @ multipliers
        miss = np.concatenate([smooth @ z + slope * pull, (tanh + 1) / 2 @ matrix - goal])
        if np.abs(miss).max() < 1e-9:
            break
        sides = slope[:, None] * matrix
        system = np.block([[smooth + np.diag(-2 * tanh * slope * pull), sides], [sides.T, np.zeros((3, 3))]])
        change = np.linalg.solve(system + 1e-10 * np.eye(BANDS + 3), -miss)
        z += np.clip(change[:BANDS], -1, 1)
        multipliers += change[BANDS:]
    curve: Array = (np.tanh(z) + 1) / 2
    return curve
