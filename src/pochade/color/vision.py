"""How colors look to people who see fewer of them.

Protanopia, deuteranopia and tritanopia are the lack of the long-, middle- and short-wave cones. A severity below 1 is
the anomalous form (protanomaly, ...): the cones are there, and their sensitivity is shifted by so many tenths of the
way. Achromatopsia is seeing luminance only, as in a black-and-white print; a severity below 1 mixes it with the color.

References
----------
Gustavo M. Machado, Manuel M. Oliveira and Leandro A. F. Fernandes, 2009: "A Physiologically-based Model for
Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6). Their matrices
are published for severities in steps of 0.1; between them we take the straight line, as they suggest. They hold for
linear light. The authors' model of tritanopia rests on a guess, as they say: it is rare, and little measured.
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
    """Refuse what is no deficiency, or no severity.

    Raises
    ------
    UnknownNameError : no such deficiency. OptionError : a severity outside 0..1.
    """
    if deficiency not in DEFICIENCIES:
        raise UnknownNameError("deficiency", deficiency, DEFICIENCIES)
    if isinstance(severity, bool) or not isinstance(severity, int | float) or not 0 <= severity <= 1:
        raise OptionError(f"severity={severity!r} is not allowed: give a number from 0, normal sight, to 1.")


def matrix(deficiency: Deficiency, severity: float = 1.0) -> Array:
    """What linear-light sRGB is multiplied by: float64 (3, 3), rows of red, green and blue as seen.

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
    between: Array = (1 - share) * steps[below] + share * steps[below + 1]
    return between


def simulate(linear: ArrayLike, deficiency: Deficiency, severity: float = 1.0) -> Array:
    """Linear-light sRGB as it looks: float64 (..., 3), not clipped to the gamut, of which vivid colors can fall out.

    Parameters
    ----------
    linear : linear-light sRGB (..., 3). severity : 0 for normal sight to 1 for a cone that is missing.

    Raises
    ------
    UnknownNameError : no such deficiency. OptionError : a severity outside 0..1.

    Examples
    --------
    >>> simulate([0.0, 1.0, 0.0], "achromatopsia").round(3).tolist()
    [0.715, 0.715, 0.715]
    """
    values = np.asarray(linear, np.float64)
    seen = [(values * row).sum(-1) for row in matrix(deficiency, severity)]
    return np.stack(seen, axis=-1)


def simulate_codes(codes: ArrayLike, deficiency: Deficiency, severity: float = 1.0) -> NDArray[np.uint8]:
    """sRGB codes as they look: uint8 (..., 3), each channel clipped to the gamut.

    Examples
    --------
    >>> simulate_codes([206, 17, 38], "protanopia").tolist()
    [87, 78, 36]
    """
    return to_codes(simulate(decode(codes), deficiency, severity))


@functools.cache
def _published() -> dict[str, Array]:
    """The matrices by deficiency: float64 (11, 3, 3), for severities 0, 0.1 ... 1."""
    text = importlib.resources.files("pochade.color").joinpath("machado2009.json").read_text(encoding="utf-8")
    return {name: np.array(steps) for name, steps in json.loads(text)["matrices"].items()}
