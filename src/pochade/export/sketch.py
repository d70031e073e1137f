"""Sketch: the `.sketchpalette` files of its plugin Sketch Palettes, JSON with channels from 0 to 1.

References
----------
A. Fiedler: Sketch Palettes, versions 1 (a list of hex colors) and 2 (objects with red, green, blue and alpha).
"""

import json
import re

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.documents import named_colors
from pochade.export.reading import json_of
from pochade.export.swatch import plain_names
from pochade.palette import Palette

MAGIC = re.compile(rb'\A\s*\{(?s:.*)"(?:compatibleVersion|pluginVersion)"\s*:')


def read(content: bytes) -> Palette:
    """The colors of a .sketchpalette file, without its gradients and pictures; translucent colors are omitted."""
    document = json_of(content)
    if not isinstance(document, dict) or not isinstance(document.get("colors"), list):
        raise FormatError("not a palette of Sketch: there is no list `colors`.")
    return named_colors(document["colors"], of_unit=True)


@exporters.register("sketch", suffix=".sketchpalette", media_type="application/json", read=read, magic=MAGIC)
def sketch(palette: Palette) -> bytes:
    """A palette of Sketch's plugin Sketch Palettes, with names and exact colors."""
    colors = [
        {"name": name, **dict(zip(("red", "green", "blue"), (code / 255 for code in codes), strict=True)), "alpha": 1}
        for codes, name in zip(palette.srgb.tolist(), plain_names(palette), strict=True)
    ]
    return (json.dumps({"compatibleVersion": "2.0", "pluginVersion": "2.22", "colors": colors}) + "\n").encode()
