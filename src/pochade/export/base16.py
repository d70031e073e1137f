"""base16: a color scheme for the programs with a template of the base16 project."""

import json
import re

from pochade.export import exporters
from pochade.export.theme_files import read_lines
from pochade.palette import Palette
from pochade.theme import theme
from pochade.theme.title import title

# [^\S\n]: white space in one line. With \s the search through thousands of empty lines would be quadratic.
MAGIC = re.compile(rb"^[^\S\n]*base00\s*:\s*[\"']?#?[0-9a-fA-F]{6}", re.MULTILINE)

ROLES = (
    *("background", "surface", "selection", "color8", "color8", "foreground", "color15", "color15"),
    *("color1", "orange", "color3", "color2", "color6", "color4", "color5", "brown"),
)
"""The roles of base00 to base0F in the base16 styling guide: backgrounds, text, then red, orange, yellow, ..."""


@exporters.register(
    "base16", suffix=".base16.yaml", media_type="application/yaml", theme=True, read=read_lines, magic=MAGIC
)
def base16(palette: Palette, *, dark: bool = True) -> bytes:
    """A base16 scheme, in the YAML of tinted-theming's specification."""
    roles = theme(palette, "terminal", dark=dark)
    lines = ['system: "base16"', f"name: {json.dumps(title(palette))}", 'author: "pochade"']
    lines += [f'variant: "{"dark" if dark else "light"}"', "palette:"]
    lines += [f'  base{number:02X}: "{roles[name]}"' for number, name in enumerate(ROLES)]
    return ("\n".join(lines) + "\n").encode()
