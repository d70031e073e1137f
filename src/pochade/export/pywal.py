"""pywal: the file colors.json of pywal."""

import json

from pochade.export import exporters
from pochade.export.documents import theme_colors
from pochade.export.reading import has, json_of
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = has(rb'"special"\s*:', rb'"color0"\s*:')


def read(content: bytes) -> Palette:
    """The different colors of a scheme of pywal: color0 to color15, then the others."""
    document = json_of(content)
    if isinstance(document, dict):
        document = {key: document[key] for key in sorted(document, key=lambda key: key != "colors")}
    return theme_colors(document)


@exporters.register("pywal", suffix=".pywal.json", media_type="application/json", theme=True, read=read, magic=MAGIC)
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
