"""kitty: the colors of the terminal kitty."""

import re

from pochade.export import exporters
from pochade.export.theme_files import read_lines
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"^color(?:\d|1[0-5])[ \t]+#[0-9a-fA-F]{6}", re.MULTILINE)

KEYS = {
    "foreground": "foreground",
    "background": "background",
    "selection_foreground": "selection-text",
    "selection_background": "selection",
    "cursor": "cursor",
    "cursor_text_color": "cursor-text",
    "url_color": "color4",
    **{f"color{number}": f"color{number}" for number in range(16)},
}


@exporters.register("kitty", suffix=".kitty.conf", media_type="text/plain", theme=True, read=read_lines, magic=MAGIC)
def kitty(palette: Palette, *, dark: bool = True) -> bytes:
    """A theme of the terminal kitty; include it in kitty.conf.

    The keys follow kitty's documentation, "Color scheme".
    """
    roles = theme(palette, "terminal", dark=dark)
    return "".join(f"{key} {roles[name]}\n" for key, name in KEYS.items()).encode()
