"""Contrast and color vision: the readability of each pair of colors, and the pairs that people confuse.

>>> import pochade
>>> palette = pochade.Palette.from_dict({"colors": ["#b3312c", "#6b7a2a", "#f2e8d5"]})
>>> print(palette.sight(["deuteranopia"]))
Deuteranopia: 1 pair can no longer be told apart.
  #b3312c (firebrick) and #6b7a2a (darkolivegreen): 46.9 apart, seen as 3.4.
>>> print(palette.mended())
#6b7a2a (darkolivegreen) becomes #6f7e2f, 0.014 lighter.
"""

from pochade.accessibility.contrast import Contrast, Pair, Text, contrast
from pochade.accessibility.mend import Mended, Move, mended
from pochade.accessibility.picture import picture
from pochade.accessibility.views import APART, Confusion, Sight, View, seen, sight

__all__ = [
    "APART",
    "Confusion",
    "Contrast",
    "Mended",
    "Move",
    "Pair",
    "Sight",
    "Text",
    "View",
    "contrast",
    "mended",
    "picture",
    "seen",
    "sight",
]
