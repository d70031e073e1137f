"""Linear-light sRGB, 0..1: proportional to the light itself, so that means mix as light does.

Distances say little about what is seen: codes above 188 fill half of each axis.
"""

from pochade.color import Array
from pochade.color.spaces import Space, register


def same(linear: Array) -> Array:
    """A copy."""
    return linear.copy()


register(Space("linear-rgb", ("r", "g", "b"), same, same, "Linear-light sRGB, 0..1: means mix as light does."))
