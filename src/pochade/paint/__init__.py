"""Paints for a picture: which tubes to buy, and how to mix its colors from them.

    paint(s) of a box     masstone and tint, or K and S at 31 wavelengths        paint, box, reading, boxes/
      |  kubelka_munk     K and S of each
    mixes                 every mix of up to 3 tubes or stock tints, its color
      |  choice           for each color and each small set of tubes the nearest; then all sets of n, by look-up
    recipes               of the mixes near the best, the simplest
      |
    Paints                tubes, recipes, curve

>>> import pochade
>>> from pochade.paint import Box, Paint
>>> mine = Box([Paint("white", "#f4f4ef"), Paint("black", "#232323", "#8d8f90", "1:9")])
>>> answer = pochade.paints(pochade.Palette(["#9a9a9a"]), 2, box=mine)
>>> answer.recipes[0].within_reach
True
"""

from pochade.paint.answer import Paints
from pochade.paint.box import Box
from pochade.paint.boxes import boxes
from pochade.paint.paint import Paint
from pochade.paint.paints import paints
from pochade.paint.reading import load_box
from pochade.paint.recipe import Recipe, Stock

__all__ = ["Box", "Paint", "Paints", "Recipe", "Stock", "boxes", "load_box", "paints"]
