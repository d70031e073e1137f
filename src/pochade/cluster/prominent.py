"""prominent: the colors that people would name, including those of small areas.

Artwork of flat colors has its colors chosen in `_artwork`, areas before details. For all other pictures there are
eight steps, each a line or two of `prominent` below; docs/methods/prominent.md measures each.

1. Demand: a color's claim to a place grows with its share, with diminishing returns, and with its chroma.
2. Features: Oklab with a and b stretched, because people separate colors by hue before lightness.
3. Cells: the search runs over some hundred cells of 16 levels a channel. Scale and compression change single bins, but
   hardly cells.
4. Grow: starting at the mean, add the color with the largest gain: the saved error, divided by the square root of the
   demand that it wins. The sum is stable, the root gives small colors a chance. Lloyd steps follow each addition.
5. Accent: replace the last color by one that the palette misses altogether, if there is one.
6. Area: a large area that no color resembles replaces a small color that resembles another.
7. Settle on all points.
8. Show large clusters by the mean of their pixels, and small ones by their vivid members: a viewer who names a small
   red thing means its red, not its shadow. A cluster of two hues has a mean that no pixel has, so one of them shows.
"""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.pick import pick
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, encode
from pochade.histograms.flat import FlatColors, din99o, distances

FLOOR = 2e-4
"""The density below which rarity adds nothing: two pixels in ten thousand may be compression noise."""

CHROMA = 30.0
"""The factor of chroma: a vivid color (Oklab chroma 0.2) has 7 times the demand of a gray of the same share."""

STRETCH = np.array([1.0, 3.0, 3.0])
"""Hue before lightness: CIELAB's ratio to Oklab is 2.3, and 3 agrees better with palettes picked by people."""

CANDIDATES = 64
"""The number of candidates for a new color: far more than colors, and an eighth of the time for all cells."""

PRIOR = 0.01
"""The share at which the total and the mean gain of a color count equally."""

APART = 0.02
"""The least distance of two colors in features: 2 steps of CIELAB lightness, less than 1 of chroma."""

FAR = 0.35
"""The least distance in features of an accent from any other color: about 0.12 of Oklab chroma, another color name."""

TINT = 0.03
"""The Oklab chroma from which a tint has a hue that people name (8 to 10 in CIELAB)."""

SPECK = 0.003
"""The share of demand below which the mean gain of an accent is damped, so that noise cannot become an accent."""

SMALL = 0.07
"""The share of the picture at which a cluster's color is half its mean and half its vivid members."""

STEPS, LAST = 3, 20
"""Rounds of Lloyd's algorithm after each color, and at the end; ten rounds at the end are less stable."""

UNLIKE, ALIKE = 15.0, 12.0
"""DIN99o distances: no color resembles pixels that are farther than the first from all; pixels within the second of
each other are one area."""

AREA, DETAIL = 0.04, 0.02
"""The share from which an area may replace a color, and the share below which a color may be replaced."""

SAME, HUES, TINTED = 6.0, 25.0, 12.0
"""Pixels within the first DIN99o distance have one color. Two hues differ by the degrees that come second, at DIN99o
chromas of the third or more."""

MIXED, MAX_PEAKS = 0.7, 48
"""A mean of two hues has less than this part of the pixels that either hue has. The most bins to try as the middle of a
hue."""

RELATED = 25.0
"""The DIN99o distance within which a replaced color resembles another: a viewer would miss it less than the area."""

AREAS, MAX_TRIED = 2, 16
"""The most colors to replace, and the most bins to try as the middle of an area."""

SATURATION = 25.0
"""The DIN99o distance beyond which colors of artwork are plainly different, and more distance does not count."""


@methods.register("prominent", spaces=("oklab",))
def prominent(
    points: Points,
    weights: Weights,
    k: int,
    *,
    bins: NDArray[np.uint32],
    uniform: Points,
    flat: FlatColors | None = None,
    fixed: Points | None = None,
    among: Points | None = None,
    favor: Weights | None = None,
) -> Clusters:
    """The colors that a viewer would name, including those of small areas: the default.

    References
    ----------
    Likas, Vlassis and Verbeek 2003, "The global k-means clustering algorithm" (growing; their gain is undivided);
    Ottosson 2020, "A perceptual color space for image processing"; Lin and Hanrahan 2013, "Modeling how people
    extract color themes from images" (that people pick extremes and skip the middle).
    """
    chroma = np.sqrt(points[:, 1] ** 2 + points[:, 2] ** 2)
    crowding, colorful = _crowding(kernel.density(bins, weights)), 1 + CHROMA * chroma
    asking = weights / crowding * colorful
    factors = {"diminishing": 1 / crowding, "chroma": colorful}
    if favor is not None:
        asking *= favor
        factors["mood"] = favor
    features = points * STRETCH
    if flat is not None and among is None:
        centers, labels, codes = _artwork(points, k, flat, fixed, favor)
        rank = np.bincount(labels, asking, len(centers)).astype(np.float64)
        kept = 0 if fixed is None else len(fixed)
        return Clusters(centers, labels, rank, codes=codes, asking=factors, distinct=kept + flat.distinct)
    emphasis = asking / weights * (_vividness(points[:, 0], chroma) if favor is None else favor)
    start = None if fixed is None else fixed * STRETCH
    still = 0 if fixed is None else len(fixed)
    places = uniform if favor is None and among is None else None
    if among is not None:
        centers, labels = pick(features, asking, among * STRETCH, k, prior=PRIOR, fixed=start)
    else:
        cells, held = kernel.cells(bins, features, asking)
        if len(held) <= 2 * k:
            cells, held = features, asking
        grown = _grown(cells, held, k, start)
        if favor is not None and len(grown) < k:  # the mood has no more: the other colors follow in their own order
            grown = _grown(*kernel.cells(bins, features, asking / favor), k, grown)
        if places is not None:
            grown = _with_areas(features, asking, weights, emphasis, places, grown, still)
        centers, labels = compact(*kernel.lloyd(features, asking, grown, LAST, still), still)
    m = len(centers)
    if favor is not None:
        lean = np.ones(m)  # in a mood, the pixels that fit it show
    elif places is None:
        lean = _lean(np.bincount(labels, weights, m).astype(np.float64))
    else:
        shares, shown = _shown(places, labels, weights, emphasis, m)
        lean = _lean(shares)
        for j, members in _mixed(places, labels, weights, shares, shown):
            emphasis[labels == j] = 0
            emphasis[members], lean[j] = 1, 1
    prominence = np.bincount(labels, asking, m).astype(np.float64)
    return Clusters(centers / STRETCH, labels, prominence, emphasis=emphasis, lean=lean, asking=factors)


def _crowding(density: Weights) -> Weights:
    """The divisor of shares: above the floor, the demand of a color is its share to the power of 1/4.

    Density is the share of all similar colors, so a color spread over many bins has no more demand than a flat one.
    Square roots give the power, because their last bit is the same on every machine.
    """
    crowd = np.sqrt(density + FLOOR)
    crowding: Weights = crowd * np.sqrt(crowd)
    return crowding


def _grown(cells: Points, held: Weights, k: int, fixed: Points | None) -> Points:
    """Centers grown one by one from the fixed ones; an accent may replace the last."""
    still = 0 if fixed is None else len(fixed)
    candidates = np.sort(kernel.farthest(cells, held, CANDIDATES))
    centers = kernel.grow(cells, held, candidates, k, PRIOR, APART, STEPS, fixed)
    if len(centers) < k or k - still < 5 or len(cells) <= 2 * k:  # four or fewer colors have none to spare
        return centers
    accent = cells[kernel.missed(cells, held, centers, candidates, SPECK)]
    if not _new(accent, centers):
        return centers
    centers[-1] = accent  # the last one had the least gain
    return kernel.lloyd(cells, held, centers, STEPS, still)[0]


def _with_areas(
    features: Points,
    asking: Weights,
    weights: Weights,
    emphasis: Weights,
    places: Points,
    centers: Points,
    fixed: int,
) -> Points:
    """The centers, with up to `AREAS` replaced by large areas that no color resembles.

    places : float64 (n, 3), the points in DIN99o.
    """
    for rounds in (STEPS, *[1] * (AREAS - 1)):
        centers, labels = compact(*kernel.lloyd(features, asking, centers, rounds, fixed), fixed)
        shares, shown = _shown(places, labels, weights, emphasis, len(centers))
        replaceable = shares < DETAIL
        replaceable[:fixed] = False
        if not replaceable.any():
            return centers
        for j, members in _mixed(places, labels, weights, shares, shown):
            shown[j] = weights[members] @ places[members] / weights[members].sum()
        members, area, missed = kernel.unlike(places, weights, shown, MAX_TRIED, UNLIKE, ALIKE)
        if missed < AREA or area < AREA:
            return centers
        between = distances(shown, shown)
        np.fill_diagonal(between, np.inf)
        nearest = between.min(1)
        replaceable &= nearest < RELATED
        if not replaceable.any():
            return centers
        loss = np.where(replaceable, nearest * np.sqrt(shares), np.inf)
        centers = centers.copy()
        centers[int(loss.argmin())] = weights[members] @ features[members] / weights[members].sum()
    return centers


def _shown(
    places: Points, labels: NDArray[np.int32], weights: Weights, emphasis: Weights, m: int
) -> tuple[Weights, Points]:
    """The share of each cluster and the color that it will show, in the space of `places`: float64 (m,) and (m, 3)."""
    shares, plain, vivid = kernel.means(places, labels, weights, emphasis, m)
    return shares, plain + _lean(shares)[:, None] * (vivid - plain)


def _mixed(
    places: Points, labels: NDArray[np.int32], weights: Weights, shares: Weights, shown: Points
) -> list[tuple[int, NDArray[np.int64]]]:
    """The large clusters whose color lies between two hues, with the points of the hue that more pixels have."""
    own, tinted = kernel.purity(places, labels, weights, shown, SAME, TINTED)
    mixed = []
    for j in np.flatnonzero((shares >= SMALL) & (own < MIXED / 2 * tinted)).tolist():
        members, other = kernel.hues(
            places, weights, np.flatnonzero(labels == j), MAX_PEAKS, SAME, ALIKE, TINTED, np.radians(HUES)
        )
        if own[j] < MIXED * other:
            mixed.append((j, members))
    return mixed


def _lean(shares: Weights) -> Weights:
    """The position of each cluster's color between its mean, 0, and its vivid members, 1."""
    lean: Weights = SMALL**2 / (SMALL**2 + shares * shares)
    return lean


def _artwork(
    points: Points, k: int, flat: FlatColors, fixed: Points | None, favor: Weights | None
) -> tuple[Points, NDArray[np.int32], NDArray[np.uint8]]:
    """The centers, labels and codes of at most k flat colors, the fixed ones first; each adds the largest gain.

    The gain is the geometric mean of the saved error and the distance to the nearest color: a large area comes before
    a detail, and a detail of another color before a second shade.
    """
    kept = np.zeros((0, 3)) if fixed is None else encode(spaces["oklab"].to_linear(fixed))
    codes, shares, still = np.concatenate([kept, flat.codes]), flat.shares, len(kept)
    oklab, places = spaces["oklab"].from_linear(decode(codes)), din99o(codes)
    if favor is not None:
        shares = shares * favor[kernel.assign(oklab[still:], points)[0]]
    between = distances(places, places[still:])
    away = np.minimum(between[:still].min(0, initial=np.inf), SATURATION)
    chosen = list(range(still))
    while len(chosen) < min(k, len(codes)):
        saved = shares @ np.maximum(away[:, None] - between[still:], 0)
        gain = np.sqrt(saved * away)
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        chosen.append(best + still)
        away = np.minimum(away, between[best + still])
    centers = oklab[chosen]
    labels, _ = kernel.assign(points * STRETCH, centers * STRETCH)
    used = np.bincount(labels, minlength=len(centers)) > 0
    used[:still] = True
    return *compact(centers, labels, still), np.rint(codes[chosen][used]).astype(np.uint8)


def _new(color: Points, centers: Points) -> bool:
    """Whether a color is far from all centers, or its hue more than 90 degrees from theirs."""
    tint, tints = color[1:], centers[:, 1:]
    toes = _toe(np.append(centers[:, 0], color[0]))
    apart = ((tints - tint) ** 2).sum(1) + (toes[:-1] - toes[-1]) ** 2
    has_hue = tint @ tint > (STRETCH[1] * TINT) ** 2
    return bool(apart.min() > FAR**2 or (has_hue and (tints @ tint).max() <= 0))


def _vividness(lightness: Weights, chroma: Weights) -> Weights:
    """The weights of pixels in the color of a small cluster: chroma x lightness, to the third power."""
    vivid = (0.02 + chroma) * np.maximum(_toe(lightness), 0.02)
    vividness: Weights = vivid * vivid * vivid
    return vividness


def _toe(lightness: Weights) -> Weights:
    """Oklab lightness with the dark end of CIELAB, which brings black and near-black together.

    Reference: Ottosson 2021, "Two new color spaces for color picking: Okhsv and Okhsl" (L_r).
    """
    k1, k2 = 0.206, 0.03
    k3 = (1 + k1) / (1 + k2)
    bent = k3 * lightness - k1
    toe: Weights = 0.5 * (bent + np.sqrt(bent * bent + 4 * k2 * k3 * np.maximum(lightness, 0)))
    return toe
