"""pywal: the file that pywal and its followers hand to templates."""

import json

from pochade.export import exporters
from pochade.palette import Palette
from pochade.theme import theme


@exporters.register("pywal", suffix=".pywal.json", media_type="application/json", theme=True)
def pywal(palette: Palette, *, dark: bool = True) -> bytes:
    """colors.json as pywal writes it, which `wal --theme` and programs made for pywal read."""
    made = theme(palette, "terminal", dark=dark)
    colors = {
        "wallpaper": palette.source or "None",
        "alpha": "100",
        "special": {name: made[name] for name in ("background", "foreground", "cursor")},
        "colors": {f"color{number}": made[f"color{number}"] for number in range(16)},
    }
    return (json.dumps(colors, indent=4) + "\n").encode()
