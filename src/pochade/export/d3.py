"""d3: a JavaScript module."""

import json

from pochade.export import exporters
from pochade.export.identifiers import identifiers
from pochade.palette import Palette


@exporters.register("d3", suffix=".js", media_type="text/javascript")
def d3(palette: Palette) -> bytes:
    """A JavaScript module: the `scheme`, for `d3.scaleOrdinal(scheme)`, and the `colors` by name."""
    names = identifiers(palette, "camel")
    entries = [f"  {json.dumps(name)}: {json.dumps(color)}," for name, color in zip(names, palette.hex, strict=True)]
    lines = [f"export const scheme = {json.dumps(palette.hex)};", "", "export const colors = {", *entries, "};", ""]
    return "\n".join(lines).encode()
