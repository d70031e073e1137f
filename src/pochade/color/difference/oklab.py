"""The straight distance in Oklab. About 0.02 is just visible; black and white are 1 apart.

References
----------
W3C: "CSS Color Module Level 4", section "Color difference", which names it deltaEOK and states the 0.02.
"""

from pochade.color import Array
from pochade.color.difference import Difference, euclidean, register


def oklab(a: Array, b: Array) -> Array:
    """The straight distance in Oklab: fast; 0.02 is just visible, black and white are 1 apart."""
    return euclidean(a, b)


register(Difference("oklab", "oklab", oklab, euclidean=True))
