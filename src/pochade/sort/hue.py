"""hue: around the circle of hues."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders

GRAY = 0.03
"""Oklab chroma below which a color has no hue worth naming (8 to 10 in CIELAB)."""

APART = 60.0
"""Degrees of Oklab hue without a color that part families: red and yellow are 80 apart, red and magenta 61."""


@orders.register("hue")
def hue(palette: Palette) -> Indices:
    """The rainbow, from red on where that tears no family; then the grays, dark to light.

    It begins at hue 0 of Oklab, between purple and red, where the colors around it are 60 degrees apart; else after the
    widest gap of the circle. Gray is what has an Oklab chroma below 0.03.
    """
    light, a, b = palette.oklab.T
    gray = np.hypot(a, b) < GRAY
    colored = np.flatnonzero(~gray)
    grays = np.flatnonzero(gray)
    grays = grays[np.argsort(light[grays], kind="stable")]
    if not len(colored):
        return grays
    angle = np.mod(np.rad2deg(np.arctan2(b, a)).round(6), 360)  # shades of a color have one hue, but for rounding
    round_ = colored[np.lexsort((light[colored], angle[colored]))]
    gaps = np.diff(angle[round_], prepend=angle[round_[-1]] - 360).round(6)
    start = 0 if gaps[0] >= APART else int(gaps.argmax())
    return np.concatenate([np.roll(round_, -start), grays])
