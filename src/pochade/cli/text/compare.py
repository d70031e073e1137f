"""How similar pictures look, as text: a pair in words, many as a table, or ranked."""

import os
from collections.abc import Sequence

from pochade.cli.errors import printable
from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import BOLD, DIM, END, GAP, MARGIN, is_shown, patch, sample
from pochade.color.srgb import parse_hex
from pochade.draw.heat import bounds_of, ink_on, shade
from pochade.palette import Palette
from pochade.similarity import Comparison
from pochade.similarity.distance import Floats
from pochade.similarity.flow import number

MAX_FLOWS = 8
"""Flows in the text of a pair; the others are summed up."""

CELL, STRIP, MAX_NAME = 6, 12, 32


def pair(comparison: Comparison) -> str:
    """The distance, the flows and the looks of two pictures, in sentences."""
    first, *flows = comparison.words(MAX_FLOWS)
    lines = [first, *(f"{MARGIN}{flow}" for flow in flows), ""]
    lines += [f"{name}: {look}." for name, look in zip(comparison.names, comparison.looks, strict=True)]
    if comparison.distance:
        lines.append(comparison.beside())
    return "".join(f"{printable(line)}\n" for line in lines)


def ranking(first: Palette, ranked: Sequence[tuple[float, Palette]], difference: str, screen: Screen) -> str:
    """A line per picture, the nearest first: its distance, its palette if the screen has colors, its name."""
    if screen.depth == "none":
        return "".join(f"{number(far):>{CELL}}{GAP}{_name(palette)}\n" for far, palette in ranked)
    lines = [
        "",
        f"{CELL * ' '}{GAP}{strip_of(first, screen)}{GAP}{BOLD}{_name(first)}{END}{DIM}{GAP}{difference}{END}",
        "",
    ]
    lines += [f"{number(far):>{CELL}}{GAP}{strip_of(palette, screen)}{GAP}{_name(palette)}" for far, palette in ranked]
    return "".join(f"{MARGIN if line else ''}{line}\n" for line in [*lines, ""])


def matrix(ordered: Sequence[Palette], far: Floats, difference: str, screen: Screen) -> str:
    """The distances of all pairs, in an order in which neighbors look similar, in blocks that fit the screen.

    Columns are numbered, as names are long. If the screen has colors, smaller distances are darker.
    """
    wide = is_shown(screen)
    names = [_short(palette, MAX_NAME if wide else 10**6) for palette in ordered]
    label, digits = max(map(len, names)), len(str(len(ordered)))
    side = digits + len(GAP) + label + (STRIP + len(GAP) if screen.depth != "none" else 0)
    columns = max(1, (screen.columns - 2 * len(MARGIN) - side) // CELL) if wide else len(ordered)
    lines = [f"{difference}, neighbors look similar"]
    for start in range(0, len(ordered), columns):
        block = range(start, min(start + columns, len(ordered)))
        lines += ["", " " * side + "".join(f"{j + 1:>{CELL}}" for j in block)]
        for i, (palette, name) in enumerate(zip(ordered, names, strict=True)):
            strip = strip_of(palette, screen) + GAP if screen.depth != "none" else ""
            cells = "".join(_cell(far, i, j, screen) for j in block)
            lines.append(f"{i + 1:>{digits}}{GAP}{strip}{name:{label}}{cells}")
    lines = ["", *lines, ""] if wide else lines
    return "".join(f"{MARGIN if wide and line else ''}{line}".rstrip() + "\n" for line in lines)


def _cell(far: Floats, i: int, j: int, screen: Screen) -> str:
    if i == j:
        return f"{'-':>{CELL}}"
    text = f"{number(far[i, j]):>{CELL}}"
    if screen.depth == "none":
        return text
    behind = shade(float(far[i, j]), bounds_of(far))
    return " " + sample(text[1:], _codes(ink_on(behind)), _codes(behind), screen)


def strip_of(palette: Palette, screen: Screen) -> str:
    """The palette in a dozen cells, shared by weight."""
    total, done, out = 0.0, 0, ""
    for color in palette:
        total += color.weight
        cells = round(STRIP * min(total, 1)) - done
        done += cells
        out += patch(color.srgb, cells, screen) if cells else ""
    return out


def _name(palette: Palette) -> str:
    return printable(palette.source or "picture")


def _short(palette: Palette, width: int) -> str:
    name = printable(os.path.basename(palette.source or "") or palette.source or "picture")
    return name if len(name) <= width else name[: width - 1] + "…"


def _codes(color: str) -> tuple[int, int, int]:
    red, green, blue = parse_hex(color).tolist()
    return red, green, blue
