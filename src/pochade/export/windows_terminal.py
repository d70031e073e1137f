"""windows-terminal: a color scheme of Windows Terminal."""

import json
import re

from pochade.export import exporters
from pochade.export.theme_files import read_json
from pochade.palette import Palette
from pochade.theme import theme
from pochade.theme.title import title

MAGIC = re.compile(rb'"brightBlack"\s*:')

SLOTS = ("black", "red", "green", "yellow", "blue", "purple", "cyan", "white")


@exporters.register(
    "windows-terminal",
    suffix=".windows-terminal.json",
    media_type="application/json",
    theme=True,
    read=read_json,
    magic=MAGIC,
)
def windows_terminal(palette: Palette, *, dark: bool = True) -> bytes:
    """A color scheme of Windows Terminal, for the list `schemes` of its settings.json.

    The keys follow Microsoft's documentation, "Color schemes in Windows Terminal".
    """
    roles = theme(palette, "terminal", dark=dark)
    scheme = {
        "name": title(palette),
        "background": roles["background"],
        "foreground": roles["foreground"],
        "cursorColor": roles["cursor"],
        "selectionBackground": roles["selection"],
        **{slot: roles[f"color{number}"] for number, slot in enumerate(SLOTS)},
        **{f"bright{slot.title()}": roles[f"color{number}"] for number, slot in enumerate(SLOTS, 8)},
    }
    return (json.dumps(scheme, indent=2) + "\n").encode()
