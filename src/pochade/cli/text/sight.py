"""A palette as seen with color vision deficiencies, as text."""

from textwrap import wrap

from pochade.accessibility.mend import MAX_COLORS, worth_mending
from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import GAP, MARGIN, framed, is_shown, patch
from pochade.palette import Palette

WIDEST, LABEL = 96, 14


def sight(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """The palette as seen with each deficiency, then the confused pairs and a better palette, in words."""
    found = palette.sight()
    rows = [("normal sight", palette), *((view.name, view.palette) for view in found.views)]
    room = screen.columns - 2 * len(MARGIN) - LABEL - len(GAP)
    if screen.depth == "none":
        lines = [f"{name:{LABEL}}{GAP}{' '.join(shown.hex)}" for name, shown in rows]
    else:
        cells = max(1, min(8, room // max(len(palette), 1)))
        lines = [
            f"{name:{LABEL}}{GAP}" + "".join(patch(color.srgb, cells, screen) for color in shown)
            for name, shown in rows
        ]
    words = [*str(found).splitlines(), "", "Mended:", *(f"  {line}" for line in _mend(palette))]
    if is_shown(screen):
        width = max(min(screen.columns - 2 * len(MARGIN), WIDEST), 20)
        words = [part for line in words for part in _wrapped(line, width)]
    return framed([*lines, "", *words], palette, screen, titled=titled)


def _mend(palette: Palette) -> list[str]:
    if len(palette) > MAX_COLORS:
        return [f"Palettes of at most {MAX_COLORS} colors can be mended."]
    return str(palette.mended(worth_mending(palette.sight()))).splitlines()


def _wrapped(line: str, width: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return wrap(line, width, initial_indent="", subsequent_indent=f"{indent}  ") or [""]
