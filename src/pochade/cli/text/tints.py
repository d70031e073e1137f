"""The tints and shades of each color, with their contrast, as text."""

from collections.abc import Iterator

from pochade.accessibility.contrast import level, shown
from pochade.cli.errors import printable
from pochade.cli.terminal import Screen
from pochade.cli.text.contrast import LEGEND, MARKS
from pochade.cli.text.swatches import BOLD, DIM, END, GAP, framed, sample
from pochade.palette import Color, Palette
from pochade.palette.tints import contrasts

STEP, HEX, RATIO = 5, 9, 9
INKS = {"black": (0, 0, 0), "white": (255, 255, 255)}


def tints(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """A table for each color: step, hex, and the contrast of black and white text; a mark at the color itself."""
    return framed([*_lines(palette, screen), LEGEND], palette, screen, titled=titled)


def _lines(palette: Palette, screen: Screen) -> Iterator[str]:
    colored = screen.depth != "none"
    found = palette.tints()
    for name, own, scale in zip(found.names, found.own, found.scales, strict=True):
        name = printable(name)
        yield f"{BOLD}{name}{END}" if colored else name
        head = f"{'step':>{STEP}}{GAP}{'hex':<{HEX}}{GAP}{'black':>{RATIO - 3}}   {GAP}{'white':>{RATIO - 3}}"
        yield f"{DIM}{head}{END}" if colored else head
        for step, color in scale.items():
            yield _line(step, color, screen) + (f"{GAP}the color itself" if step == own else "")
        yield ""


def _line(step: int, color: Color, screen: Screen) -> str:
    ratios = contrasts(color)
    best = max(ratios, key=lambda name: ratios[name])
    code = f" {color.hex} " if screen.depth != "none" else f"{color.hex:<{HEX}}"
    patch = code if screen.depth == "none" else sample(code, INKS[best], color.srgb, screen)
    measured = GAP.join(f"{shown(ratio):>{RATIO - 3}}{MARKS[level(ratio)]:3}" for ratio in ratios.values())
    return f"{step:>{STEP}}{GAP}{patch}{GAP}{measured}"
