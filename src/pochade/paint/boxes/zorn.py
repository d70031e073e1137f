"""The box "zorn"."""

import functools

from pochade.paint.box import Box
from pochade.paint.boxes import boxes


@boxes.register("zorn")
@functools.cache
def zorn() -> Box:
    """The four paints of Anders Zorn's palette, from the box kimera: white, yellow oxide, red and black."""
    return boxes["kimera"]().only(["white", "yellow oxide", "red", "black"], "zorn")
