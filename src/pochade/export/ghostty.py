"""ghostty: a theme of the terminal Ghostty."""

import re

from pochade.export import exporters
from pochade.export.theme_files import read_lines
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"^palette[ \t]*=[ \t]*\d+[ \t]*=", re.MULTILINE)

KEYS = {
    "foreground": "foreground",
    "background": "background",
    "cursor-color": "cursor",
    "cursor-text": "cursor-text",
    "selection-foreground": "selection-text",
    "selection-background": "selection",
}


def read(content: bytes) -> Palette:
    """The different colors of a theme: those of its palette as `color0`, ..."""
    return read_lines(re.sub(rb"(?m)^[ \t]*palette[ \t]*=[ \t]*(\d+)[ \t]*=", rb"color\1 = ", content))


@exporters.register("ghostty", suffix=".ghostty", media_type="text/plain", theme=True, read=read, magic=MAGIC)
def ghostty(palette: Palette, *, dark: bool = True) -> bytes:
    """A theme of the terminal Ghostty, for its folder `themes`.

    The keys follow its documentation, "Option Reference".
    """
    roles = theme(palette, "terminal", dark=dark)
    lines = [f"{key} = {roles[name]}" for key, name in KEYS.items()]
    lines += [f"palette = {number}={roles[f'color{number}']}" for number in range(16)]
    return ("\n".join(lines) + "\n").encode()
