"""The roles of a palette's colors, as text."""

from textwrap import wrap

from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import BOLD, DIM, END, GAP, MARGIN, framed, is_shown, patch
from pochade.palette import Palette
from pochade.theme.roles import Role

NAME, HEX, SWATCH, WIDEST = 13, 9, 4, 110


def roles(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """A line per role: its color and the reason; brackets if the color is only the nearest."""
    width = min(screen.columns - 2 * len(MARGIN), WIDEST) if is_shown(screen) else 10**6
    lines = [line for role in palette.roles() for line in _lines(role, screen, width)]
    return framed(lines, palette, screen, titled=titled)


def _lines(role: Role, screen: Screen, width: int) -> list[str]:
    code = role.hex if role.found else f"({role.hex})"
    colored = screen.depth != "none"
    left = NAME + len(GAP) + HEX + len(GAP) + (SWATCH + len(GAP) if colored else 0)
    first, *rest = wrap(role.reason, max(width - left, 20))
    name = f"{role.name:{NAME}}"
    if colored:
        weight = BOLD if role.found else DIM
        head = f"{patch(role.color.srgb, SWATCH, screen)}{GAP}{weight}{name}{END}"
    else:
        head = name
    return [f"{head}{GAP}{code:{HEX}}{GAP}{first}", *(" " * left + line for line in rest)]
