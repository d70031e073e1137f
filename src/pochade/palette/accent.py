"""Accents: the small colors that a viewer sees first."""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.spaces import spaces
from pochade.color.srgb import decode

MAX_SHARE, MAX_PART = 0.05, 0.5
"""An accent covers less than the first share of the picture, and less than the second part of an equal share."""

MIN_DIFFERENCE = 20.0
"""The least CIEDE2000 of an accent from every larger color that is no accent: another color by any name."""

MIN_CHROMA = 0.04
"""The least Oklab chroma of an accent: below it people name a gray, a black or a white."""


def is_accent(codes: NDArray[np.uint8], shares: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each color is small, chromatic, and unlike the larger colors: bool (m,).

    codes : uint8 (m, 3), sRGB. shares : float64 (m,), of the picture. Two shades of one small thing are both accents.

    Examples
    --------
    >>> codes = np.array([[90, 110, 130], [70, 80, 95], [200, 30, 40], [150, 40, 45]], np.uint8)
    >>> is_accent(codes, np.array([0.6, 0.397, 0.002, 0.001]))
    array([False, False,  True,  True])
    """
    oklab = kernel.oklab(np.ones(len(codes), np.uint64), codes.astype(np.uint64))
    chroma = np.hypot(oklab[:, 1], oklab[:, 2])
    able = (shares > 0) & (shares < min(MAX_SHARE, MAX_PART / max(len(shares), 1))) & (chroma >= MIN_CHROMA)
    accent = np.zeros(len(shares), bool)
    if not able.any():
        return accent
    cielab, rows = spaces["cielab"].from_linear(decode(codes)), np.flatnonzero(able)
    between = kernel.ciede2000(cielab[rows], cielab)
    unlike = dict(zip(rows.tolist(), (between >= MIN_DIFFERENCE).tolist(), strict=True))
    larger: list[int] = []
    for i in np.argsort(-shares, kind="stable").tolist():
        if larger and i in unlike and all(unlike[i][j] for j in larger):
            accent[i] = True
        else:
            larger.append(i)
    return accent
