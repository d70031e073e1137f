"""hue: around the circle of hues."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders

GRAY = 0.03
"""Oklab chroma below which a color counts as gray (8 to 10 in CIELAB)."""

MIN_GAP = 60.0
"""The gap, in degrees of Oklab hue, that separates families: red and yellow are 80 apart, red and magenta 61."""


@orders.register("hue")
def hue(palette: Palette) -> Indices:
    """The rainbow, from red unless that splits a family of hues; then the grays, dark to light.

    It begins at hue 0 of Oklab, between purple and red, if the colors on both sides are 60 degrees apart; otherwise
    after the widest gap of the circle. Grays are colors with an Oklab chroma below 0.03.
    """
    light, a, b = palette.oklab.T
    gray = np.hypot(a, b) < GRAY
    colored = np.flatnonzero(~gray)
    grays = np.flatnonzero(gray)
    grays = grays[np.argsort(light[grays], kind="stable")]
    if not len(colored):
        return grays
    angle = np.mod(np.rad2deg(np.arctan2(b, a)).round(6), 360)  # rounded, so that shades of a color have one hue
    round_ = colored[np.lexsort((light[colored], angle[colored]))]
    gaps = np.diff(angle[round_], prepend=angle[round_[-1]] - 360).round(6)
    start = 0 if gaps[0] >= MIN_GAP else int(gaps.argmax())
    return np.concatenate([np.roll(round_, -start), grays])
