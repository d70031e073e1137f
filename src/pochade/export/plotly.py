"""Plotly: a template, for Python, R and JavaScript alike."""

import json

from pochade.export import exporters
from pochade.palette import Palette


@exporters.register("plotly", suffix=".plotly.json", media_type="application/json")
def plotly(palette: Palette) -> bytes:
    """A template of Plotly, the value of `layout.template`: traces take the colors in turn (its `colorway`)."""
    return (json.dumps({"layout": {"colorway": palette.hex}}, indent=2) + "\n").encode()
