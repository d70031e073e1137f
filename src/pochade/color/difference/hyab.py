"""HyAB: the lightness difference plus the distance in the chromatic plane of CIELAB.

References
----------
Saeedeh Abasi, Mohammad Amani Tehran and Mark D. Fairchild, 2020: "Distance metrics for very large color
differences", Color Research and Application 45(2).
"""

import numpy as np

from pochade.color import Array
from pochade.color.difference import Difference, register


def hyab(a: Array, b: Array) -> Array:
    """HyAB: lightness difference plus distance in the a*b* plane; designed for large differences."""
    d = a - b
    return np.abs(d[..., 0]) + np.hypot(d[..., 1], d[..., 2])


register(Difference("hyab", "cielab", hyab))
