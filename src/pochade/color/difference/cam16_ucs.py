"""The straight distance in CAM16-UCS, without the power function that its authors add to fit visual data.

References
----------
Changjun Li and others, 2017: "Comprehensive color solutions: CAM16, CAT16, and CAM16-UCS", Color Research and
Application 42(6).
"""

from pochade.color import Array
from pochade.color.difference import Difference, euclidean, register


def cam16_ucs(a: Array, b: Array) -> Array:
    """The straight distance in CAM16-UCS; black and white are 100 apart."""
    return euclidean(a, b)


register(Difference("cam16-ucs", "cam16-ucs", cam16_ucs, euclidean=True))
