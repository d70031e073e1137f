"""The box "kimera"."""

import functools
import importlib.resources

from pochade.paint.box import Box
from pochade.paint.boxes import boxes
from pochade.paint.reading import read_box


@boxes.register("kimera")
@functools.cache
def kimera() -> Box:
    """13 acrylic paints of one pigment each, by Kimera, measured by miciwan.

    `kimera.json` states the source, the license and the changes.
    """
    content = importlib.resources.files("pochade.paint.boxes").joinpath("kimera.json").read_bytes()
    return read_box(content, "kimera.json")
