"""Similarity of pictures: the distance of their palettes, the color flow between them, and the look of each.

>>> import pochade
>>> day = pochade.Palette.from_dict({"colors": ["#4169e1", "#ffffff"]})
>>> dusk = pochade.Palette.from_dict({"colors": ["#191970", "#ffffff"]})
>>> print(pochade.compare(day, dusk))
The two are 13.6 apart (ciede2000).
#4169e1 (royalblue) became #191970 (midnightblue): 50 %, 27.3 apart.
#ffffff (white) stayed: 50 %.
"""

from pochade.similarity.compare import Comparison, compare
from pochade.similarity.distance import distances, distances_to, earth_mover
from pochade.similarity.flow import Flow
from pochade.similarity.look import Look, look
from pochade.similarity.order import order

__all__ = ["Comparison", "Flow", "Look", "compare", "distances", "distances_to", "earth_mover", "look", "order"]
