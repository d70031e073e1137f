"""theme-json: the terminal and the interface theme, dark and light, with the contrast of each pair."""

import json

from pochade.export import exporters
from pochade.palette import Palette
from pochade.theme import theme


@exporters.register("theme-json", suffix=".theme.json", media_type="application/json", theme=True)
def theme_json(palette: Palette) -> bytes:
    """The terminal and the interface theme, dark and light, with the required and actual contrast of each pair."""
    themes = {
        kind: {"dark" if dark else "light": theme(palette, kind, dark=dark).to_dict() for dark in (True, False)}
        for kind in ("terminal", "interface")
    }
    return (json.dumps(themes, indent=2) + "\n").encode()
