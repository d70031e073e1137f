"""Colors that must not stand in the palette: those near an avoided one, and kinds such as black or the background."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_hex
from pochade.errors import EmptyError, OptionError
from pochade.extraction.preference.preference import SAME_COLOR, Codes, Preference
from pochade.histograms.histogram import Histogram
from pochade.histograms.sketch import Sketch

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

BAND = 1 / 16
"""The width of the border: this share of the picture's width and height on each side, 23 % of its pixels."""

MIN_SHARE = 0.1
"""A color of the border belongs to the background if it fills at least this share of the border."""

MIN_FILL = 0.5
"""The picture has a background if the colors of it fill at least this share of the border."""

HEAVIEST = 64
"""The number of border colors to look at: each color of a background fills a tenth of the border."""

KINDS = ("background", "black", "white", "gray")
"""The values of `ignore`. There is no "skin": no rule of color alone fits all people and leaves sand and wood alone."""


def check_exclusion(preference: Preference) -> Preference:
    """The preference, its set to choose from without the excluded colors.

    Raises
    ------
    OptionError : a kept color is also avoided; or nothing is left to choose from.
    """
    if preference.keep is not None and preference.avoid is not None:
        clash = difference(preference.keep, preference.avoid) < SAME_COLOR
        if clash.any():
            i, j = np.argwhere(clash)[0].tolist()
            raise OptionError(
                f"keep has {to_hex(preference.keep[i])}, and avoid has {to_hex(preference.avoid[j])}, which is within "
                f"{SAME_COLOR:g} (CIEDE2000) of it: leave one of them out."
            )
    if preference.among is None or not preference.excludes:
        return preference
    allowed = preference.among[~excluded(preference.among, preference)]
    if not len(allowed):
        raise OptionError("avoid and ignore leave no color of among: give others to choose from, or exclude less.")
    return replace(preference, among=allowed)


def difference(a: Codes, b: Codes) -> Floats:
    """CIEDE2000 of all colors against all: float64 (len(a), len(b))."""
    return differences["ciede2000"].of_linear(decode(a)[:, None], decode(b)[None])


def excluded(codes: Codes, preference: Preference) -> Mask:
    """Whether each color is near an avoided one or of an ignored kind, bool (n,). "background" needs a histogram."""
    out = np.zeros(len(codes), bool)
    if preference.avoid is not None:
        out |= (difference(codes, preference.avoid) < SAME_COLOR).any(1)
    kinds = set(preference.ignore) - {"background"}
    if kinds:
        out |= np.isin(_kind(codes), list(kinds))
    return out


def _kind(codes: Codes) -> NDArray[np.str_]:
    """ "black", "gray", "white", or "" for a chromatic color.

    The bounds are those of the ISCC-NBS system with its tinted neutrals ("pinkish white", "bluish gray"): Munsell value
    2.5 and 8.5 are L* = 25 and 87, and Munsell chroma 1.5 is about C* = 8. Below L* = 25 the bound of chroma rises to
    20, because the eye sees less hue in a darker color.
    Reference: Kelly and Judd 1976, "Color: universal language and dictionary of names", NBS special publication 440.
    """
    cielab = spaces["cielab"].from_linear(decode(codes))
    light, chroma = cielab[:, 0], np.hypot(cielab[:, 1], cielab[:, 2])
    black = (light < 25) & (chroma < 8 + np.maximum(0, 25 - light) / 2)
    neutral = chroma < 8
    return np.select([black, neutral & (light > 87), neutral], ["black", "white", "gray"], "")


def narrow(histogram: Histogram, preference: Preference) -> Histogram:
    """The histogram without the excluded colors.

    Raises
    ------
    EmptyError : nothing is left.
    """
    if not preference.excludes:
        return histogram
    codes = np.rint(histogram.means).astype(np.uint8)
    out = excluded(codes, preference)
    if "background" in preference.ignore:
        behind = background(histogram)
        if len(behind):
            out |= (difference(codes, behind) < SAME_COLOR).any(1)
    if out.all():
        given = " and ".join(f"{name}={value!r}" for name, value in preference.options if name in ("avoid", "ignore"))
        raise EmptyError(f"no pixel counts: {given} leaves nothing of the picture. Exclude less.")
    return histogram if not out.any() else histogram.only(~out)


def background(histogram: Histogram) -> Codes:
    """The colors that fill most of the picture's border, uint8 (n, 3); empty if no few colors do.

    Colors are taken greedily: each is the one with most of the remaining border within `SAME_COLOR` of it. It must fill
    at least a tenth of the border, and as great a share of the border as of the rest.
    """
    if histogram.sketch is None:
        raise OptionError("ignore='background' needs a picture: a sum of histograms does not know its border.")
    codes, border, inside = _border(histogram.sketch)
    free, chosen = border / max(border.sum(), 1), []
    heaviest = np.argsort(-border, kind="stable")[:HEAVIEST]
    near = (difference(codes[heaviest], codes) < SAME_COLOR) if border.any() else np.zeros((0, 0), bool)
    rest = inside / max(inside.sum(), 1)
    while len(near):
        best = int((near @ free).argmax())
        if near[best] @ free < MIN_SHARE:
            break
        if near[best] @ border / border.sum() >= near[best] @ rest:
            chosen.append(best)
        free = np.where(near[best], 0, free)
    filled = near[chosen].any(0) @ border if chosen else 0
    if not chosen or filled < MIN_FILL * border.sum():
        return np.zeros((0, 3), np.uint8)
    return codes[heaviest[chosen]]


def _border(sketch: Sketch) -> tuple[Codes, Floats, Floats]:
    """The sketch's colors by coarse bins, uint8 (n, 3), and the number of pixels of each on the border and inside."""
    _, h, w = shape = sketch.codes.shape[:3]
    deep, wide = max(1, round(h * BAND)), max(1, round(w * BAND))
    band = np.ones(shape, bool)
    band[:, deep : h - deep, wide : w - wide] = False
    opaque = np.ones(shape, bool) if sketch.alpha is None else sketch.alpha >= 128
    codes, band = sketch.codes[opaque], band[opaque]
    red, green, blue = (kernel.LEVEL.astype(np.uint32)[codes] >> 1).T
    _, number = np.unique(red << 10 | green << 5 | blue, return_inverse=True)
    means = np.stack([np.bincount(number, channel) for channel in codes.T], 1) / np.bincount(number)[:, None]
    on, off = (np.bincount(number, there).astype(np.float64) for there in (band, ~band))
    return np.rint(means).astype(np.uint8), on, off
