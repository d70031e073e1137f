"""vega: a configuration of Vega and Vega-Lite, for the `config` of a chart or of vegaEmbed."""

import json
import re

from pochade.export import exporters
from pochade.export.theme_files import read_list
from pochade.palette import Palette

MAGIC = re.compile(rb'"range"\s*:\s*\{\s*"category"\s*:')


read = read_list("range", "category")


@exporters.register("vega", suffix=".vega.json", media_type="application/json", read=read, magic=MAGIC)
def vega(palette: Palette) -> bytes:
    """A configuration of Vega and Vega-Lite: categories cycle through the colors, marks have the first color."""
    first = {"mark": {"color": palette[0].hex}} if len(palette) else {}
    return (json.dumps({**first, "range": {"category": palette.hex}}, indent=2) + "\n").encode()
