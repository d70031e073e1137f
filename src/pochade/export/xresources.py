"""xresources: the colors of terminals that read X resources, such as xterm and urxvt."""

import re

from pochade.export import exporters
from pochade.export.theme_files import read_lines
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"^[ \t]*[\w.*?-]*[*.]color(?:\d|1[0-5])[ \t]*:", re.MULTILINE)

KEYS = {
    "foreground": "foreground",
    "background": "background",
    "cursorColor": "cursor",
    "highlightTextColor": "selection-text",
    "highlightColor": "selection",
    **{f"color{number}": f"color{number}" for number in range(16)},
}


def read(content: bytes) -> Palette:
    """The different colors of resources, named after their last part: `*.color1`, `XTerm*color1` and so on."""
    plain = re.sub(rb"(?m)^!.*$", b"", content)
    return read_lines(re.sub(rb"(?m)^[ \t]*[\w.*?-]*[*.](?=\w+[ \t]*:)", b"", plain))


@exporters.register("xresources", suffix=".xresources", media_type="text/plain", theme=True, read=read, magic=MAGIC)
def xresources(palette: Palette, *, dark: bool = True) -> bytes:
    """X resources for xterm, urxvt and other terminals; load them with `xrdb -merge`.

    The names follow xterm(1), "RESOURCES"; `*highlightColorMode` makes xterm use both colors of the selection.
    """
    roles = theme(palette, "terminal", dark=dark)
    lines = [f"*.{key}: {roles[name]}" for key, name in KEYS.items()]
    return ("\n".join([*lines, "*.highlightColorMode: true"]) + "\n").encode()
