"""A palette as seen with color vision deficiencies, as text."""

from textwrap import wrap

from pochade.accessibility.mend import MAX_COLORS, worth_mending
from pochade.cli.errors import printable
from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import GAP, MARGIN, patch, title
from pochade.palette import Palette

WIDEST, LABEL = 96, 14


def sight(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """The palette as seen with each deficiency, then the confused pairs and a better palette, in words."""
    found = palette.sight()
    rows = [("normal sight", palette), *((view.name, view.palette) for view in found.views)]
    watched = screen.watched or screen.depth != "none"
    room = screen.columns - 2 * len(MARGIN) - LABEL - len(GAP)
    if screen.depth == "none":
        lines = [f"{name:{LABEL}}{GAP}{' '.join(shown.hex)}" for name, shown in rows]
    else:
        cells = max(1, min(8, room // max(len(palette), 1)))
        lines = [
            f"{name:{LABEL}}{GAP}" + "".join(patch(color.srgb, cells, screen) for color in shown)
            for name, shown in rows
        ]
    said = [*str(found).splitlines(), "", "Mended:", *(f"  {line}" for line in _mend(palette))]
    if watched:
        width = max(min(screen.columns - 2 * len(MARGIN), WIDEST), 20)
        said = [part for line in said for part in _wrapped(line, width)]
        lines = ["", title(palette, screen, screen.columns - 2 * len(MARGIN)), "", *lines, "", *said, ""]
    else:
        lines = [*lines, "", *said]
        if titled:
            lines = [printable(palette.source or "picture"), *(f"{MARGIN}{line}" for line in lines), ""]
    return "".join(f"{MARGIN if watched else ''}{line}".rstrip() + "\n" for line in lines)


def _mend(palette: Palette) -> list[str]:
    if len(palette) > MAX_COLORS:
        return [f"Palettes of at most {MAX_COLORS} colors can be mended."]
    return str(palette.mended(worth_mending(palette.sight()))).splitlines()


def _wrapped(line: str, width: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return wrap(line, width, initial_indent="", subsequent_indent=f"{indent}  ") or [""]
