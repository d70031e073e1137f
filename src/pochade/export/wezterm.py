"""wezterm: a color scheme of the terminal WezTerm."""

import json

from pochade.export import exporters
from pochade.export.reading import has
from pochade.export.theme_files import read_toml
from pochade.palette import Palette
from pochade.theme import theme
from pochade.theme.title import title

MAGIC = has(rb"(?m)^\[colors\]", rb"(?m)^ansi\s*=")

KEYS = {
    "foreground": "foreground",
    "background": "background",
    "cursor_bg": "cursor",
    "cursor_border": "cursor",
    "cursor_fg": "cursor-text",
    "selection_bg": "selection",
    "selection_fg": "selection-text",
}


@exporters.register(
    "wezterm", suffix=".wezterm.toml", media_type="application/toml", theme=True, read=read_toml, magic=MAGIC
)
def wezterm(palette: Palette, *, dark: bool = True) -> bytes:
    """A color scheme of the terminal WezTerm, for its folder `colors`.

    The keys follow its documentation, "Defining a Color Scheme in a separate file".
    """
    roles = theme(palette, "terminal", dark=dark)
    lines = ["[metadata]", f"name = {json.dumps(title(palette))}", "", "[colors]"]
    lines += [f'{key} = "{roles[name]}"' for key, name in KEYS.items()]
    for key, numbers in (("ansi", range(8)), ("brights", range(8, 16))):
        lines.append(f"{key} = {json.dumps([roles[f'color{number}'] for number in numbers])}")
    return ("\n".join(lines) + "\n").encode()
