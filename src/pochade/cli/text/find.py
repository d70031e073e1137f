"""The pictures that were found, as text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pochade.cli.errors import printable
from pochade.cli.terminal import Screen
from pochade.cli.text.compare import strip_of
from pochade.cli.text.swatches import DIM, END, GAP, MARGIN, patch
from pochade.color.srgb import parse_hex

if TYPE_CHECKING:
    from pochade.collection.match import Match, Why

BLOCK = 2
"""The cells of a block of color before a hex code."""


def matches(found: "Sequence[Match]", screen: Screen) -> str:
    """A line per picture, its distance, palette and id; and below it a line for each wish: the color that answered."""
    lines = []
    for match in found:
        colors = strip_of(match.palette, screen) + GAP if screen.depth != "none" else ""
        lines.append(f"{match.distance:.3f}{GAP}{colors}{printable(match.id)}")
        lines += [f"       {_answer(why, screen)}" for why in match.why]
    margin = MARGIN if screen.depth != "none" else ""
    return "".join(f"{margin}{line}\n" for line in lines)


def _answer(why: "Why", screen: Screen) -> str:
    text = printable(str(why))
    if screen.depth == "none":
        return text
    if why.hex is None:
        return f"{DIM}{text}{END}"
    red, green, blue = parse_hex(why.hex).tolist()
    before, _, after = text.partition(why.hex)
    return f"{DIM}{before}{END}{patch((red, green, blue), BLOCK, screen)} {why.hex}{DIM}{after}{END}"
