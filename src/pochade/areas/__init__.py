"""A sheet to paint by: a picture as numbered areas of few colors.

    codes          the picture in the size of the sheet                          working
      |  costs     the difference of each pixel from each color                  costs
    labels         a color for each pixel, so that every area has room           division, components
      |  outlines  lines that neighbors share, smoothed once                     outlines
      |  circles   where numbers have room                                       places
    Numbers        areas, lines, circles on paper, in millimeters                numbers, answer
      '- pages     the sheet, the colored answer, the legend                     pages, paper

>>> import numpy as np, pochade
>>> sheet = pochade.numbers(np.full((40, 60, 3), (142, 26, 36), np.uint8))
>>> sheet
<Numbers on a4, 1 color, 1 area of at least 2.2 mm>
"""

from pochade.areas.answer import Area, Numbers
from pochade.areas.numbers import numbers
from pochade.areas.paper import PAPERS

__all__ = ["PAPERS", "Area", "Numbers", "numbers"]
