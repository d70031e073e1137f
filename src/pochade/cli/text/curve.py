"""How well palettes of 1 to 16 colors fit a picture, as a table."""

from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import BOLD, DIM, END, GAP, MARGIN, framed, is_shown, patch
from pochade.color.srgb import parse_hex
from pochade.palette import Palette

MAX_BAR = 28
"""Cells of the longest bar."""

HEAD = f"{'k':>3}{GAP}{'colors':>6}{GAP}{'difference':>10}{GAP}{'covered':>7}"


def curve(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """A row per k: the number of colors, the mean difference of the pixels from them, the covered share.

    In a terminal, the rows have bars for the difference, and swatches if the screen has colors; the k of the palette
    is marked.
    """
    rows = palette.fidelities
    shown = is_shown(screen)
    asked = palette.k if isinstance(palette.k, int) else len(palette)
    room = min(screen.columns - 2 * len(MARGIN) - len(HEAD) - 2 * len(GAP) - 2, MAX_BAR)
    colors = screen.depth != "none" and screen.columns >= 2 * len(MARGIN) + len(HEAD) + room + 3 * len(GAP) + 2 + 16
    most = max((row.difference for row in rows), default=0) or 1
    lines = [f"  {HEAD}" if shown else HEAD]
    if shown and screen.depth != "none":
        lines = [f"{DIM}{lines[0]}{END}"]
    for row in rows:
        line = f"{row.k:3}{GAP}{row.colors:6}{GAP}{row.difference:10.1f}{GAP}{row.covered:7.1%}"
        if shown:
            mine = row.k == asked
            mark = (">" if not screen.lines else "▸") if mine else " "
            line = f"{BOLD}{mark} {line}{END}" if mine and screen.depth != "none" else f"{mark} {line}"
            if room >= 8:
                full, half = ("━", "╸") if screen.lines else ("=", "-")
                halves = round(2 * room * row.difference / most)
                line += f"{GAP}{full * (halves // 2) + half * (halves % 2):{room}}"
            if colors:
                line += GAP + "".join(patch(tuple(parse_hex(color).tolist()), 1, screen) for color in row.hex)
        lines.append(line.rstrip())
    return framed(lines, palette, screen, titled=titled)
