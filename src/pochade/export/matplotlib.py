"""matplotlib: a style sheet whose plots cycle through the palette's colors."""

import re

from pochade.color.parse import parse_color
from pochade.errors import FormatError, PochadeError
from pochade.export import exporters
from pochade.export.reading import NamedColor, line_of, palette_of, text_of
from pochade.export.swatch import Triple
from pochade.palette import Palette

MAGIC = re.compile(rb"^[ \t]*axes\.prop_cycle\s*:", re.MULTILINE)

_CYCLE = re.compile(r"^[ \t]*axes\.prop_cycle\s*:([^\n]*)", re.MULTILINE)
_WORD = re.compile(r"[\"']([^\"']*)[\"']")


def read(content: bytes) -> Palette:
    """The colors of the property cycle, in its order: hex, with or without #, or names of CSS."""
    text = text_of(content)
    colors: list[NamedColor] = []
    for cycle in _CYCLE.finditer(text):
        for word in _WORD.findall(cycle[1]):
            codes = _codes(word, line_of(text, cycle.start()))
            if codes is not None:
                colors.append((codes, None))
    return palette_of(colors)


def _codes(word: str, line: int) -> Triple | None:
    """The codes of a color, or None for the name of a property, such as `color`."""
    if word in ("color", "linestyle", "marker", "linewidth", "markersize"):
        return None
    is_hex = re.fullmatch("[0-9a-fA-F]{6}", word)
    try:
        red, green, blue = parse_color("#" + word if is_hex else word).tolist()
    except PochadeError as error:
        raise FormatError(f"line {line}: {error}") from None
    return red, green, blue


@exporters.register("matplotlib", suffix=".mplstyle", media_type="text/plain", read=read, magic=MAGIC)
def matplotlib(palette: Palette) -> bytes:
    """A style of matplotlib, for `plt.style.use("palette.mplstyle")`: lines and bars cycle through the colors."""
    if not len(palette):
        return b"# a palette without colors changes nothing\n"
    colors = ", ".join(f"'{color[1:]}'" for color in palette.hex)  # a # would begin a comment
    return f"axes.prop_cycle: cycler('color', [{colors}])\n".encode()
