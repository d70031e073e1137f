"""Contrast of text with its background: the ratio of WCAG 2.2, and APCA's Lc.

They answer different questions and do not convert into each other. WCAG's ratio is what laws ask for, and it is the
same either way round. APCA follows how reading goes on screens, knows light text on dark from dark on light, and is
no standard yet.

Colors are sRGB codes, for both formulas are defined on codes, not on light: (..., 3), uint8 or float 0..255; they are
broadcast, so that all against all is `wcag(codes[:, None], codes)`.

References
----------
W3C, 2023: "Web Content Accessibility Guidelines (WCAG) 2.2", definitions of "contrast ratio" and "relative
luminance". Drafts before May 2021 had 0.03928 where the transfer function's branches join, the sRGB standard and the
present text have 0.04045; no code of eight bits lies between them (10 is 0.0392, 11 is 0.0431).

Andrew Somers, 2022: "APCA: Accessible Perceptual Contrast Algorithm", 0.0.98G-4g, the one for the web; constants and
their names are the published ones.
"""

import numpy as np
from numpy.typing import ArrayLike

from pochade.color import Array
from pochade.color.srgb import decode

AA_LARGE, AA, AAA = 3.0, 4.5, 7.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.6: the least ratio of large text (24 px, or bold of 18.5 px; also icons
and the borders of controls, 1.4.11), of text, and of text on level AAA. A ratio is not rounded before it is judged."""

_LUMINANCE = 0.2126, 0.7152, 0.0722

_TRC = 2.4
_LIGHT = 0.2126729, 0.7151522, 0.0721750
_NORM_BG, _NORM_TXT, _REV_TXT, _REV_BG = 0.56, 0.57, 0.62, 0.65
_BLK_THRS, _BLK_CLMP = 0.022, 1.414
_SCALE, _OFFSET = 1.14, 0.027
_DELTA_Y_MIN, _LO_CLIP = 0.0005, 0.1


def luminance(codes: ArrayLike) -> Array:
    """WCAG's relative luminance, 0 for black to 1 for white: float64 (...,).

    Examples
    --------
    >>> luminance([[0, 0, 0], [119, 119, 119], [255, 255, 255]]).round(4)
    array([0.    , 0.1845, 1.    ])
    """
    return _weighed(decode(codes), _LUMINANCE)


def wcag(a: ArrayLike, b: ArrayLike) -> Array:
    """WCAG 2.2's contrast ratio, 1 for alike to 21 for black and white: float64 (...,); the order does not matter.

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
    """APCA's Lc of text on a background, float64 (...,): 106 for black on white, -108 for white on black, 0 for alike.

    Positive is dark on light, negative light on dark; how readable it is, is its size.

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
    """APCA's luminance on a screen, with black lifted as by glare."""
    y = _weighed((np.asarray(codes, np.float64) / 255) ** _TRC, _LIGHT)
    return np.asarray(np.where(y > _BLK_THRS, y, y + np.maximum(_BLK_THRS - y, 0) ** _BLK_CLMP))


def _weighed(linear: Array, weights: tuple[float, float, float]) -> Array:
    """The sum of the channels; not a matrix product, whose last digit depends on the shape."""
    red, green, blue = weights
    out: Array = linear[..., 0] * red + linear[..., 1] * green + linear[..., 2] * blue
    return out
