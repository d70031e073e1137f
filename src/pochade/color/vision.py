"""Simulate color vision deficiencies.

Protanopia, deuteranopia and tritanopia are the lack of the long-, middle- and short-wave cones. A severity below 1 is
the anomalous form (protanomaly, ...): the cones exist, but their sensitivity is shifted by that fraction. With
achromatopsia a person sees luminance only, as in a black-and-white print; a severity below 1 mixes it with the color.

References
----------
Gustavo M. Machado, Manuel M. Oliveira and Leandro A. F. Fernandes, 2009: "A Physiologically-based Model for
Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6). Their matrices
are published for severities in steps of 0.1; we interpolate linearly between them, as they suggest. They apply to
linear light. The authors call their model of tritanopia a guess, because it is rare and little measured.
"""

import functools
import importlib.resources
import json
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pochade.color import Array
from pochade.color.srgb import decode, to_codes
from pochade.color.xyz import XYZ_FROM_LINEAR
from pochade.errors import OptionError, UnknownNameError

Deficiency = Literal["protanopia", "deuteranopia", "tritanopia", "achromatopsia"]

DEFICIENCIES: tuple[Deficiency, ...] = get_args(Deficiency)


def check(deficiency: str, severity: float) -> None:
    """Refuse an unknown deficiency, or a severity outside 0..1.

    Raises
    ------
    UnknownNameError : the deficiency is unknown. OptionError : the severity lies outside 0..1.
    """
    if deficiency not in DEFICIENCIES:
        raise UnknownNameError("deficiency", deficiency, DEFICIENCIES)
    if isinstance(severity, bool) or not isinstance(severity, int | float) or not 0 <= severity <= 1:
        raise OptionError(f"severity={severity!r} is not allowed: give a number from 0, normal sight, to 1.")


def matrix(deficiency: Deficiency, severity: float = 1.0) -> Array:
    """The matrix that simulates a deficiency in linear-light sRGB: float64 (3, 3), a row for each resulting channel.

    Examples
    --------
    >>> matrix("deuteranopia")[0].tolist()
    [0.367322, 0.860646, -0.227968]
    """
    check(deficiency, severity)
    if deficiency == "achromatopsia":
        mixed: Array = (1 - severity) * np.eye(3) + severity * XYZ_FROM_LINEAR[1]
        return mixed
    steps = _published()[deficiency]
    below = min(int(severity * 10), 9)
    share = severity * 10 - below
    interpolated: Array = (1 - share) * steps[below] + share * steps[below + 1]
    return interpolated


def simulate(linear: ArrayLike, deficiency: Deficiency, severity: float = 1.0) -> Array:
    """Simulated linear-light sRGB: float64 (..., 3), not clipped; vivid colors may leave the gamut.

    Parameters
    ----------
    linear : linear-light sRGB (..., 3). severity : from 0 for normal vision to 1 for a missing cone.

    Raises
    ------
    UnknownNameError : the deficiency is unknown. OptionError : the severity lies outside 0..1.

    Examples
    --------
    >>> simulate([0.0, 1.0, 0.0], "achromatopsia").round(3).tolist()
    [0.715, 0.715, 0.715]
    """
    values = np.asarray(linear, np.float64)
    seen = [(values * row).sum(-1) for row in matrix(deficiency, severity)]
    return np.stack(seen, axis=-1)


def simulate_codes(codes: ArrayLike, deficiency: Deficiency, severity: float = 1.0) -> NDArray[np.uint8]:
    """Simulated sRGB codes: uint8 (..., 3), each channel clipped to the gamut.

    Examples
    --------
    >>> simulate_codes([206, 17, 38], "protanopia").tolist()
    [87, 78, 36]
    """
    return to_codes(simulate(decode(codes), deficiency, severity))


@functools.cache
def _published() -> dict[str, Array]:
    """The published matrices of each deficiency: float64 (11, 3, 3), for severities 0, 0.1 ... 1."""
    text = importlib.resources.files("pochade.color").joinpath("machado2009.json").read_text(encoding="utf-8")
    return {name: np.array(steps) for name, steps in json.loads(text)["matrices"].items()}
