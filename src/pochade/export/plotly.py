"""Plotly: a template, for Python, R and JavaScript."""

import json

from pochade.export import exporters
from pochade.palette import Palette


@exporters.register("plotly", suffix=".plotly.json", media_type="application/json")
def plotly(palette: Palette) -> bytes:
    """A template of Plotly, for `layout.template`: traces cycle through the colors (its `colorway`)."""
    return (json.dumps({"layout": {"colorway": palette.hex}}, indent=2) + "\n").encode()
