"""hue: around the circle of hues."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders

GRAY = 0.03
"""Oklab chroma below which a color has no hue worth naming (8 to 10 in CIELAB)."""


@orders.register("hue")
def hue(palette: Palette) -> Indices:
    """Around the circle of hues from the end of its widest gap, tearing no family; then the grays, dark to light.

    The way is that of the rainbow: red, yellow, green, blue, purple. Gray is what has an Oklab chroma below 0.03.
    """
    light, a, b = palette.oklab.T
    gray = np.hypot(a, b) < GRAY
    colored = np.flatnonzero(~gray)
    grays = np.flatnonzero(gray)
    grays = grays[np.argsort(light[grays], kind="stable")]
    if not len(colored):
        return grays
    angle = np.mod(np.rad2deg(np.arctan2(b, a)), 360)
    round_ = colored[np.argsort(angle[colored], kind="stable")]
    gaps = np.diff(angle[round_], prepend=angle[round_[-1]] - 360).round(6)  # equal ones are equal everywhere
    return np.concatenate([np.roll(round_, -int(gaps.argmax())), grays])
