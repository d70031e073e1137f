"""Tubes and recipes as text: with blocks of color on screens that have colors."""

from collections.abc import Iterator
from textwrap import wrap

from pochade.cli.errors import printable
from pochade.cli.terminal import Screen
from pochade.cli.text.swatches import DIM, END, GAP, MARGIN, framed, is_shown, patch
from pochade.paint import Paints

CELLS = 4
"""Of a block of color."""

WIDEST = 96


def text(paints: Paints, screen: Screen, *, titled: bool) -> str:
    """The sentences, the stock tints, and a line for each recipe: the color beside its mix, the parts, the difference.

    titled : whether several answers follow one another.
    """
    width = max(min(screen.columns - 2 * len(MARGIN), WIDEST), 20) if is_shown(screen) else 10**6
    words = [part for sentence in paints.words() for part in wrap(printable(sentence), width)]
    lines = [*words, "", *_tubes(paints, screen), *_stock(paints, screen), *_recipes(paints, screen)]
    if paints.box.credit:
        lines += ["", printable(paints.box.credit)]
    return framed(lines, paints.palette, screen, titled=titled)


def _tubes(paints: Paints, screen: Screen) -> Iterator[str]:
    for paint in paints.tubes:
        own = f"{GAP}(own)" if paint.name in paints.own else ""
        yield f"{_block(paint.color.srgb, screen)}{paint.color.hex}{GAP}{printable(paint.name)}{own}"
    yield ""


def _stock(paints: Paints, screen: Screen) -> Iterator[str]:
    for tint in paints.stock:
        yield f"{_block(tint.color.srgb, screen)}First make {printable(tint.name)}: {printable(tint.words)}."
    if paints.stock:
        yield ""


def _recipes(paints: Paints, screen: Screen) -> Iterator[str]:
    longest = max(len(printable(recipe.words)) for recipe in paints.recipes)
    for recipe in paints.recipes:
        blocks = "".join(_block(color.srgb, screen, gap="") for color in (recipe.target, recipe.color))
        far = f"{recipe.difference:4.1f}" + ("" if recipe.within_reach else f"{GAP}out of reach")
        dim = (DIM, END) if screen.depth != "none" and not recipe.within_reach else ("", "")
        parts = printable(recipe.words)
        yield f"{blocks}{GAP if blocks else ''}{recipe.original.hex}{GAP}{parts:{longest}}{GAP}{dim[0]}{far}{dim[1]}"


def _block(srgb: tuple[int, int, int], screen: Screen, gap: str = GAP) -> str:
    return "" if screen.depth == "none" else patch(srgb, CELLS, screen) + gap
