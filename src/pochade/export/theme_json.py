"""theme-json: the terminal and the interface theme, dark and light, with the contrast of each pair."""

import json
import re

from pochade.export import exporters
from pochade.export.theme_files import read_json
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb'\A\s*\{\s*"terminal"\s*:\s*\{\s*"dark"')


@exporters.register(
    "theme-json", suffix=".theme.json", media_type="application/json", theme=True, read=read_json, magic=MAGIC
)
def theme_json(palette: Palette) -> bytes:
    """The terminal and the interface theme, dark and light, with the required and actual contrast of each pair."""
    themes = {
        kind: {"dark" if dark else "light": theme(palette, kind, dark=dark).to_dict() for dark in (True, False)}
        for kind in ("terminal", "interface")
    }
    return (json.dumps(themes, indent=2) + "\n").encode()
