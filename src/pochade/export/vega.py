"""Vega and Vega-Lite: a configuration, for the `config` of a chart or of vegaEmbed."""

import json

from pochade.export import exporters
from pochade.palette import Palette


@exporters.register("vega", suffix=".vega.json", media_type="application/json")
def vega(palette: Palette) -> bytes:
    """A configuration of Vega and Vega-Lite: scales of categories take the colors in turn, and marks the first."""
    first = {"mark": {"color": palette[0].hex}} if len(palette) else {}
    return (json.dumps({**first, "range": {"category": palette.hex}}, indent=2) + "\n").encode()
