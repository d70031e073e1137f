"""Linear-light sRGB, 0..1: proportional to physical light, so means mix as light does.

Distances are poor estimates of perceived differences: codes above 188 fill half of each axis.
"""

from pochade.color import Array
from pochade.color.spaces import Space, register


def same(linear: Array) -> Array:
    """A copy."""
    return linear.copy()


register(Space("linear-rgb", ("r", "g", "b"), same, same, "Linear-light sRGB, 0..1: means mix as light does."))
