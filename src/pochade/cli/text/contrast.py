"""The contrast of every pair of colors, and the best text color on each color, as text."""

from collections.abc import Iterator

from pochade.accessibility import Contrast
from pochade.accessibility.contrast import level, shown
from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import DIM, END, GAP, MARGIN, framed, is_shown, patch, sample
from pochade.color.srgb import parse_hex
from pochade.palette import Palette

MARKS = {"AAA": "***", "AA": "**", "AA large": "*", None: ""}
LEGEND = "*** AAA, 7:1    ** AA, 4.5:1    * large text only, 3:1"
LABEL, CELL = 7, 9


def contrast(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """A matrix of WCAG ratios, in blocks of columns that fit the screen, then the best text on each color.

    If the screen has colors, the ratio of a pair with enough contrast is written in one color on the other.
    """
    found = palette.contrast()
    room = screen.columns - 2 * len(MARGIN) - LABEL if is_shown(screen) else 10**6
    lines = [*_matrix(found, max(1, room // (CELL + 1)), screen), "", LEGEND, "", *_texts(found, screen)]
    return framed(lines, palette, screen, titled=titled)


def _matrix(found: Contrast, columns: int, screen: Screen) -> Iterator[str]:
    for start in range(0, len(found.hex), columns):
        if start:
            yield ""
        block = range(start, min(start + columns, len(found.hex)))
        head = "".join(f" {found.hex[j]:^{CELL}}" for j in block)
        yield _dim(f"{'WCAG':{LABEL}}{head}", screen)
        for i, color in enumerate(found.hex):
            yield color + "".join(f" {_cell(found, i, j, screen)}" for j in block)


def _cell(found: Contrast, i: int, j: int, screen: Screen) -> str:
    """A ratio, in one color on the other if the screen has colors and the contrast is enough."""
    if i == j:
        return patch(_codes(found.hex[j]), CELL, screen) if screen.depth != "none" else f"{'-':^{CELL}}"
    ratio = float(found.ratio[i, j])
    passes = level(ratio)
    text = f"{shown(ratio):>5}{MARKS[passes]:3}".center(CELL)
    if screen.depth == "none":
        return text
    if passes is None:
        return f"{DIM}{text}{END}"
    return sample(text, _codes(found.hex[i]), _codes(found.hex[j]), screen)


def _texts(found: Contrast, screen: Screen) -> Iterator[str]:
    yield _dim(f"{'on':{LABEL}}{GAP}{'best':<5}{GAP}{'WCAG':>8}{GAP}{'Lc':>4}{GAP}of the palette", screen)
    for text in found.texts:
        name = "black" if text.ink == "#000000" else "white"
        line = f"{GAP}{name}{GAP}{_measured(text.ratio, text.lc)}"
        if text.own is not None:
            line += f"{GAP}{text.own}{GAP}{_measured(text.own_ratio, text.own_lc)}"
        if screen.depth == "none":
            yield text.background + line
        else:
            yield sample(text.background, _codes(text.ink), _codes(text.background), screen) + line


def _measured(ratio: float, lc: float) -> str:
    return f"{shown(ratio):>5}{MARKS[level(ratio)]:3}{GAP}{abs(lc):4.0f}"


def _codes(color: str) -> tuple[int, int, int]:
    red, green, blue = parse_hex(color).tolist()
    return red, green, blue


def _dim(line: str, screen: Screen) -> str:
    return line if screen.depth == "none" else f"{DIM}{line}{END}"
