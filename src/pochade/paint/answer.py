"""Paints: the answer of `paints()`."""

import json
from dataclasses import dataclass, field
from html import escape
from typing import Any

from pochade.paint.box import Box
from pochade.paint.paint import Paint
from pochade.paint.recipe import Recipe, Stock
from pochade.palette import Palette

CARD = (
    "display:grid;grid-template-columns:5em 5em auto;gap:.2em .8em;align-items:center;"
    "font:12px/1.5 ui-monospace,monospace"
)
SWATCH = "height:2em;border:1px solid rgba(128,128,128,.5);forced-color-adjust:none"


@dataclass(frozen=True)
class Paints:
    """The tubes for a picture, and how to mix its colors from them.

    tubes : the chosen paints, in the order of the box. own : the names of those that are at home.
    recipes : one for each color of the palette, in its order.
    stock : the stock tints that the recipes use: to be made first.
    curve : the weighted mean difference (CIEDE2000) of the nearest mixes of the best 1, 2, ... and all tubes; numbers
        of tubes below the own ones are of these alone.
    difference : the weighted mean difference of the recipes, which prefer simple mixes.
    is_exact : whether no other set of as many tubes comes nearer; if not, the sets were too many to try them all.
    box : the paints to choose from. palette : the picture's colors. value : "fit" or "as-is".
    """

    tubes: tuple[Paint, ...]
    recipes: tuple[Recipe, ...]
    curve: tuple[float, ...]
    difference: float
    stock: tuple[Stock, ...]
    own: tuple[str, ...]
    is_exact: bool
    box: Box = field(repr=False)
    palette: Palette = field(repr=False)
    value: str = "fit"

    def __repr__(self) -> str:
        names = ", ".join(paint.name for paint in self.tubes)
        return f"<Paints {names}: {len(self.recipes)} recipes, {self.difference:.1f}>"

    @property
    def unused(self) -> tuple[str, ...]:
        """The tubes that no recipe uses; stock tints use theirs."""
        made = {name for tint in self.stock for name in tint.parts}
        used = {name for recipe in self.recipes for name in recipe.parts} | made
        return tuple(paint.name for paint in self.tubes if paint.name not in used)

    @property
    def out_of_reach(self) -> tuple[Recipe, ...]:
        """The recipes whose mix is more than 10 from its target."""
        return tuple(recipe for recipe in self.recipes if not recipe.within_reach)

    def words(self) -> list[str]:
        """Sentences: the tubes, what one more would gain, what is out of reach, and how the choice was made."""
        n = len(self.tubes)
        names = ", ".join(paint.name for paint in self.tubes)
        sentences = [
            f"{n} tube{'s' * (n > 1)}: {names}. The mixes are {self.difference:.1f} from the colors on average."
        ]
        if n < len(self.curve):
            now, more = self.curve[n - 1 : n + 1]
            sentences.append(f"One more tube would bring the nearest mixes from {now:.1f} to {more:.1f}.")
        far = self.out_of_reach
        if far:
            listed = ", ".join(f"{recipe.original.hex} ({recipe.difference:.1f})" for recipe in far)
            sentences.append(f"Out of reach: {listed}.")
        if self.unused:
            sentences.append(f"No recipe needs {', '.join(self.unused)}.")
        if not self.is_exact:
            sentences.append("The sets of tubes are too many to try them all: another may come a little nearer.")
        return sentences

    def __str__(self) -> str:
        lines = self.words()
        lines += [f"First make {tint.name}: {tint.words}." for tint in self.stock]
        lines += [f"{recipe.original.hex}: {recipe.words} ({recipe.difference:.1f})" for recipe in self.recipes]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The answer in the types of JSON."""
        return {
            "source": self.palette.source,
            "box": self.box.name,
            "credit": self.box.credit,
            "value": self.value,
            "difference": round(self.difference, 2),
            "exact": self.is_exact,
            "tubes": [{**paint.to_dict(), "own": paint.name in self.own} for paint in self.tubes],
            "stock": [tint.to_dict() for tint in self.stock],
            "recipes": [recipe.to_dict() for recipe in self.recipes],
            "curve": [round(point, 2) for point in self.curve],
            "words": self.words(),
        }

    def to_json(self) -> str:
        """`to_dict()` as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def _repr_html_(self) -> str:
        """The sentences, and the recipes with the target and the mix of each, for notebooks."""
        rows = "".join(
            f'<div style="{SWATCH};background:{recipe.target.hex}" title="{recipe.target.hex}"></div>'
            f'<div style="{SWATCH};background:{recipe.color.hex}" title="{recipe.color.hex}"></div>'
            f"<div>{escape(recipe.words)} ({recipe.difference:.1f})</div>"
            for recipe in self.recipes
        )
        first = [f"First make {tint.name}: {tint.words}." for tint in self.stock]
        text = "".join(f"<p>{escape(sentence)}</p>" for sentence in [*self.words(), *first])
        return f'{text}<div style="{CARD}"><b>color</b><b>mix</b><b>parts</b>{rows}</div>'
