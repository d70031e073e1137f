"""Plotly: a template, for Python, R and JavaScript."""

import json
import re

from pochade.export import exporters
from pochade.export.theme_files import read_list
from pochade.palette import Palette

MAGIC = re.compile(rb'"colorway"\s*:')


read = read_list("layout", "colorway")


@exporters.register("plotly", suffix=".plotly.json", media_type="application/json", read=read, magic=MAGIC)
def plotly(palette: Palette) -> bytes:
    """A template of Plotly, for `layout.template`: traces cycle through the colors (its `colorway`)."""
    return (json.dumps({"layout": {"colorway": palette.hex}}, indent=2) + "\n").encode()
