"""The box "primaries"."""

import functools

from pochade.paint.box import Box
from pochade.paint.boxes import boxes


@boxes.register("primaries")
@functools.cache
def primaries() -> Box:
    """The primaries of print with white and black, from the box kimera: yellow, magenta and a greenish blue."""
    return boxes["kimera"]().only(["white", "cold yellow", "magenta", "blue green shade", "black"], "primaries")
