"""pywal: the file colors.json of pywal."""

import json

from pochade.export import exporters
from pochade.palette import Palette
from pochade.theme import theme


@exporters.register("pywal", suffix=".pywal.json", media_type="application/json", theme=True)
def pywal(palette: Palette, *, dark: bool = True) -> bytes:
    """The file colors.json of pywal, for `wal --theme` and programs that read pywal's colors."""
    roles = theme(palette, "terminal", dark=dark)
    colors = {
        "wallpaper": palette.source or "None",
        "alpha": "100",
        "special": {name: roles[name] for name in ("background", "foreground", "cursor")},
        "colors": {f"color{number}": roles[f"color{number}"] for number in range(16)},
    }
    return (json.dumps(colors, indent=4) + "\n").encode()
