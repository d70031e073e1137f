"""Contrast of text with its background: the ratio of WCAG 2.2, and APCA's Lc.

The two measures answer different questions and cannot be converted into each other. Laws refer to WCAG's ratio, which
is symmetric. APCA models reading on screens and distinguishes light text on dark from dark text on light; it is not a
standard yet.

Both formulas are defined on sRGB codes, not on linear light: (..., 3), uint8 or float 0..255. The arguments are
broadcast: `wcag(codes[:, None], codes)` compares all pairs.

References
----------
W3C, 2023: "Web Content Accessibility Guidelines (WCAG) 2.2", definitions of "contrast ratio" and "relative
luminance". Versions before May 2021 switched the branches of the transfer function at 0.03928; the sRGB standard and
the present text switch at 0.04045. No 8-bit code lies between them (10 is 0.0392, 11 is 0.0431).

Andrew Somers, 2022: "APCA: Accessible Perceptual Contrast Algorithm", version 0.0.98G-4g for the web; the constants
and their names are the published ones.
"""

import numpy as np
from numpy.typing import ArrayLike

from pochade.color import Array
from pochade.color.srgb import decode

AA_LARGE, AA, AAA = 3.0, 4.5, 7.0
"""Minimum ratios of WCAG 2.2, success criteria 1.4.3 and 1.4.6: for large text (24 px, or bold 18.5 px; by 1.4.11 also
for icons and the borders of controls), for text, and for text at level AAA. Compare ratios with them unrounded."""

_LUMINANCE = 0.2126, 0.7152, 0.0722

_TRC = 2.4
_LIGHT = 0.2126729, 0.7151522, 0.0721750
_NORM_BG, _NORM_TXT, _REV_TXT, _REV_BG = 0.56, 0.57, 0.62, 0.65
_BLK_THRS, _BLK_CLMP = 0.022, 1.414
_SCALE, _OFFSET = 1.14, 0.027
_DELTA_Y_MIN, _LO_CLIP = 0.0005, 0.1


def luminance(codes: ArrayLike) -> Array:
    """WCAG's relative luminance, from 0 for black to 1 for white: float64 (...,).

    Examples
    --------
    >>> luminance([[0, 0, 0], [119, 119, 119], [255, 255, 255]]).round(4)
    array([0.    , 0.1845, 1.    ])
    """
    return _weighed(decode(codes), _LUMINANCE)


def wcag(a: ArrayLike, b: ArrayLike) -> Array:
    """WCAG 2.2's contrast ratio, from 1 for equal colors to 21 for black and white: float64 (...,), symmetric.

    Parameters
    ----------
    a, b : sRGB codes (..., 3).

    Examples
    --------
    >>> round(float(wcag([119, 119, 119], [255, 255, 255])), 2)
    4.48
    """
    one, other = luminance(a), luminance(b)
    ratio: Array = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    return ratio


def apca(text: ArrayLike, background: ArrayLike) -> Array:
    """APCA's Lc of text on a background, float64 (...,): 106 for black on white, -108 for white on black, 0 for equal.

    It is positive for dark text on light and negative for light text on dark. Its absolute value measures readability.

    Parameters
    ----------
    text, background : sRGB codes (..., 3).

    Examples
    --------
    >>> apca([[0, 0, 0], [255, 255, 255]], [[255, 255, 255], [0, 0, 0]]).round(1)
    array([ 106. , -107.9])
    """
    txt, bg = _screen(text), _screen(background)
    dark = (bg**_NORM_BG - txt**_NORM_TXT) * _SCALE
    light = (bg**_REV_BG - txt**_REV_TXT) * _SCALE
    dark = np.where(dark < _LO_CLIP, 0, dark - _OFFSET)
    light = np.where(light > -_LO_CLIP, 0, light + _OFFSET)
    shown = np.where(bg > txt, dark, light)
    lc: Array = np.where(np.abs(bg - txt) < _DELTA_Y_MIN, 0, shown) * 100
    return lc


def _screen(codes: ArrayLike) -> Array:
    """APCA's screen luminance, with its soft clamp of dark colors."""
    y = _weighed((np.asarray(codes, np.float64) / 255) ** _TRC, _LIGHT)
    return np.asarray(np.where(y > _BLK_THRS, y, y + np.maximum(_BLK_THRS - y, 0) ** _BLK_CLMP))


def _weighed(linear: Array, weights: tuple[float, float, float]) -> Array:
    """The weighted sum of the channels. The last digit of a matrix product would depend on the shape."""
    red, green, blue = weights
    out: Array = linear[..., 0] * red + linear[..., 1] * green + linear[..., 2] * blue
    return out
