"""Colors that must not stand in the palette: those near one to avoid, and kinds such as black or the background."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_hex
from pochade.errors import EmptyError, OptionError
from pochade.extraction.preference import ALIKE, Codes, Preference
from pochade.histograms.histogram import Histogram
from pochade.histograms.sketch import Sketch

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]

BAND = 1 / 16
"""The border is this share of the picture's width and height on each side: 23 % of its pixels."""

PART = 0.1
"""A color of the border is one of the background's where it fills at least this share of the border."""

FILLED = 0.5
"""There is a background where its colors fill at least this share of the border."""

HEAVIEST = 64
"""So many colors of the border are looked at: each of the background's fills a tenth of it."""

KINDS = ("background", "black", "white", "gray")
"""What `ignore` knows. There is no "skin": no rule of color alone fits all people and leaves sand and wood alone."""


def check(wanted: Preference) -> Preference:
    """The preference, with what may be chosen from less what is excluded.

    Raises
    ------
    OptionError : a kept color is also avoided; or nothing is left to choose from.
    """
    if wanted.keep is not None and wanted.avoid is not None:
        clash = difference(wanted.keep, wanted.avoid) < ALIKE
        if clash.any():
            i, j = np.argwhere(clash)[0].tolist()
            raise OptionError(
                f"keep has {to_hex(wanted.keep[i])}, and avoid has {to_hex(wanted.avoid[j])}, which is within "
                f"{ALIKE:g} (CIEDE2000) of it: leave one of them out."
            )
    if wanted.among is None:
        return wanted
    left = wanted.among[~excluded(wanted.among, wanted)]
    if not len(left):
        raise OptionError("avoid and ignore leave no color of among: give others to choose from, or exclude less.")
    return replace(wanted, among=left)


def difference(a: Codes, b: Codes) -> Floats:
    """CIEDE2000 of all colors against all: float64 (len(a), len(b))."""
    return differences["ciede2000"].of_linear(decode(a)[:, None], decode(b)[None])


def excluded(codes: Codes, wanted: Preference) -> Chosen:
    """Which colors are near an avoided one or of an ignored kind; bool (n,). The background is not known here."""
    out = np.zeros(len(codes), bool)
    if wanted.avoid is not None:
        out |= (difference(codes, wanted.avoid) < ALIKE).any(1)
    kinds = set(wanted.ignore) - {"background"}
    if kinds:
        out |= np.isin(_kind(codes), list(kinds))
    return out


def _kind(codes: Codes) -> NDArray[np.str_]:
    """ "black", "gray", "white", or "" for what has a color.

    The bounds are those of the ISCC-NBS system with its tinted neutrals ("pinkish white", "bluish gray"): Munsell value
    2.5 and 8.5 are L* = 25 and 87, and Munsell chroma 1.5 is about C* = 8. Below L* = 25 the bound of chroma
    rises to 20: the darker a color, the less is seen of its hue.
    Reference: Kelly and Judd 1976, "Color: universal language and dictionary of names", NBS special publication 440.
    """
    cielab = spaces["cielab"].from_linear(decode(codes))
    light, chroma = cielab[:, 0], np.hypot(cielab[:, 1], cielab[:, 2])
    black = (light < 25) & (chroma < 8 + np.maximum(0, 25 - light) / 2)
    neutral = chroma < 8
    return np.select([black, neutral & (light > 87), neutral], ["black", "white", "gray"], "")


def left(counted: Histogram, wanted: Preference) -> Histogram:
    """The histogram without what is excluded.

    Raises
    ------
    EmptyError : nothing is left.
    """
    out = excluded(_rounded(counted), wanted)
    if "background" in wanted.ignore:
        behind = background(counted)
        if len(behind):
            out |= (difference(_rounded(counted), behind) < ALIKE).any(1)
    if out.all():
        given = " and ".join(f"{name}={value!r}" for name, value in wanted.options if name in ("avoid", "ignore"))
        raise EmptyError(f"no pixel counts: {given} leaves nothing of the picture. Exclude less.")
    return counted if not out.any() else counted.only(~out)


def background(counted: Histogram) -> Codes:
    """The colors that fill most of the picture's border: uint8 (n, 3); none where no few colors do.

    Each is the color with most of the border within `ALIKE` of it that those before it have left. It fills at least a
    tenth of the border, and as great a share of the border as of the rest.
    """
    if counted.sketch is None:
        raise OptionError("ignore='background' needs a picture: a sum of histograms does not know its border.")
    codes, border, inside = _border(counted.sketch)
    free, found = border / max(border.sum(), 1), []
    heaviest = np.argsort(-border, kind="stable")[:HEAVIEST]
    alike = (difference(codes[heaviest], codes) < ALIKE) if border.any() else np.zeros((0, 0), bool)
    rest = inside / max(inside.sum(), 1)
    while len(alike):
        best = int((alike @ free).argmax())
        if alike[best] @ free < PART:
            break
        if alike[best] @ border / border.sum() >= alike[best] @ rest:
            found.append(best)
        free = np.where(alike[best], 0, free)
    filled = alike[found].any(0) @ border if found else 0
    if not found or filled < FILLED * border.sum():
        return np.zeros((0, 3), np.uint8)
    return codes[heaviest[found]]


def _border(sketch: Sketch) -> tuple[Codes, Floats, Floats]:
    """The sketch's colors by coarse bins, uint8 (n, 3), and how many pixels of each lie on the border and inside."""
    _, h, w = shape = sketch.codes.shape[:3]
    deep, wide = max(1, round(h * BAND)), max(1, round(w * BAND))
    band = np.ones(shape, bool)
    band[:, deep : h - deep, wide : w - wide] = False
    seen = np.ones(shape, bool) if sketch.alpha is None else sketch.alpha >= 128
    codes, band = sketch.codes[seen], band[seen]
    red, green, blue = (kernel.LEVEL.astype(np.uint32)[codes] >> 1).T
    _, number = np.unique(red << 10 | green << 5 | blue, return_inverse=True)
    means = np.stack([np.bincount(number, channel) for channel in codes.T], 1) / np.bincount(number)[:, None]
    on, off = (np.bincount(number, there).astype(np.float64) for there in (band, ~band))
    return np.rint(means).astype(np.uint8), on, off


def _rounded(counted: Histogram) -> Codes:
    return np.rint(counted.means).astype(np.uint8)


def clear(means: Floats, clusters: Clusters, counted: Histogram, wanted: Preference) -> Floats:
    """The colors of clusters; one that falls among the excluded, as a mean may, is that of its nearest bin instead.

    means : float64 (m, 3), sRGB codes. counted : what is left of the histogram.
    """
    bad = excluded(np.rint(means).astype(np.uint8), wanted)
    bad[: 0 if clusters.codes is None else len(clusters.codes)] = False
    for j in np.flatnonzero(bad).tolist():
        mine = counted.means[clusters.labels == j]
        means[j] = mine[((mine - means[j]) ** 2).sum(1).argmin()]
    return means
