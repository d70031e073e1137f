"""alacritty: the colors of the terminal Alacritty."""

import re

from pochade.export import exporters
from pochade.export.theme_files import read_toml
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"^\[colors\.(?:primary|normal)\]", re.MULTILINE)

SLOTS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


@exporters.register(
    "alacritty", suffix=".alacritty.toml", media_type="application/toml", theme=True, read=read_toml, magic=MAGIC
)
def alacritty(palette: Palette, *, dark: bool = True) -> bytes:
    """A theme of the terminal Alacritty; import it in alacritty.toml.

    The tables follow its manual, alacritty(5), "colors".
    """
    roles = theme(palette, "terminal", dark=dark)
    tables = {
        "primary": {"background": "background", "foreground": "foreground"},
        "cursor": {"text": "cursor-text", "cursor": "cursor"},
        "selection": {"text": "selection-text", "background": "selection"},
        "normal": {slot: f"color{number}" for number, slot in enumerate(SLOTS)},
        "bright": {slot: f"color{number}" for number, slot in enumerate(SLOTS, 8)},
    }
    return "\n".join(
        f"[colors.{table}]\n" + "".join(f'{key} = "{roles[name]}"\n' for key, name in keys.items())
        for table, keys in tables.items()
    ).encode()
