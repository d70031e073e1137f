"""The reasons why each color is in a palette, as text."""

from textwrap import wrap

from pochade.cli.errors import printable
from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import GAP, MARGIN, patch, title
from pochade.palette import Palette

MAX_WIDTH = 96
"""Columns of a paragraph that is easy to read."""


def explain(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """A paragraph per color, beside its swatch if the screen has colors; in a pipe, one line per color."""
    if screen.depth == "none" and not screen.watched:
        head = [printable(palette.source or "picture")] if titled else []
        indent = MARGIN if titled else ""
        lines = [*head, *(f"{indent}{reason}" for reason in palette.explain()), *([""] if titled else [])]
        return "".join(f"{line}\n" for line in lines)
    swatch = 0 if screen.depth == "none" else 4
    room = max(min(screen.columns - 2 * len(MARGIN) - swatch - len(GAP), MAX_WIDTH), 20)
    lines = ["", title(palette, screen, screen.columns - 2 * len(MARGIN)), ""]
    for color, reason in zip(palette.colors, palette.explain(), strict=True):
        for line in wrap(str(reason), room):
            lines.append(f"{patch(color.srgb, swatch, screen)}{GAP}{line}" if swatch else line)
        lines.append("")
    return "".join(f"{MARGIN if line else ''}{line}\n" for line in lines)
