"""Proposed palettes as text: a row of colors each, and where they come from."""

from pochade.cli.errors import printable
from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import DIM, END, GAP, MARGIN, is_light, sample
from pochade.suggestion import Suggestion

SWATCH = 9


def draw(one: Suggestion, screen: Screen) -> str:
    """Its colors, and below them in words what they follow; on one line if the screen has no colors."""
    if screen.depth == "none":
        return f"{' '.join(one.palette.hex)}{GAP}{_about(one)}\n"
    per_row = max(1, (screen.columns - len(MARGIN)) // SWATCH)
    cells = [
        sample(f"{color.hex:^{SWATCH}}", (0, 0, 0) if is_light(color.srgb) else (255, 255, 255), color.srgb, screen)
        for color in one.palette
    ]
    rows = [MARGIN + "".join(cells[at : at + per_row]) for at in range(0, len(cells), per_row)]
    return "".join(f"{row}\n" for row in ["", *rows, f"{MARGIN}{DIM}{_about(one)}{END}"])


def _about(one: Suggestion) -> str:
    """Where a proposal comes from, and its bits."""
    return printable("; ".join(part for part in (one.words, f"{one.bits:+.1f} bits") if part))
