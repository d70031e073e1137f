"""The flat colors of artwork: a logo, a screen, a chart, a map, a comic.

Artwork has few colors, and each step of an antialiased edge looks like one more. So the colors are those of solid
areas, and those at the far ends of edges that no area explains: hairlines and small text never become solid.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.histograms.histogram import Counts, Histogram

Floats = NDArray[np.float64]

MIN_FLATNESS = 0.75
"""The flatness of artwork. Of 112 drawn artworks none has less; of 236 photos and paintings two have more."""

MIN_PART, MIN_PURE = 0.3, 0.25
"""A bin is pure if it holds the first part of all pixels within `SAME` of it: one color, not a gradient. The solid
pixels of pure bins are at least the second part of artwork. Of 236 photos and paintings 8 have as many, and none of the
flat ones."""

MIN_TEXT, MIN_TEXT_PURE, MAX_REST = 0.5, 0.5, 0.02
"""A page of small text is less flat, because edges are everywhere. It is artwork from this flatness and this part of
pure bins on, if at most the third part of it is neither an area, nor a line, nor a blend."""

SLACK = 0.9
"""The counts of areas bound the flatness, up to the sampling error of the sketch: below this part there is no need to
locate pixels."""

MAX_PLAIN = 32
"""A picture of at most this many bins has no antialiased edges: each bin is a color of it, however small."""

MIN_BIN, MAX_BINS = 1e-5, 400
"""The least solid share of a bin that can be part of an area, and the most bins to look at."""

SAME = 4.0
"""Bins within this DIN99o distance of an area's heaviest bin belong to the area."""

HALO = 1.85
"""JPEG and antialiasing surround an area with a halo of similar colors, whose share falls with the distance in DIN99o
as exp(-distance / HALO). A lighter area within it is no color of its own."""

MIN_AREA = 3e-4
"""The least solid share of an area: five pixels of the sketch."""

MAX_LINES = 4
"""The most colors of lines and text that no area has."""

MIN_LINE, MIN_EDGES = 0.002, 0.005
"""The least share of a line's color, and of all unexplained pixels together."""

MIN_DISTINCT_AREA, MIN_DISTINCT_LINE = 0.0015, 0.01
"""The least share of an area, and of lines, that people count among the colors of artwork."""

DISTINCT = 12.0
"""The DIN99o distance from all other colors at which a pixel needs a color of its own."""

BLEND = 24.0
"""A pixel within this distance in sRGB codes of the straight line between two colors can be a blend of them."""

MAX_BLENDED = 24
"""Blends are tried between this many of the largest areas: 276 pairs."""

ALIKE = 8.0
"""Pixels within this DIN99o distance of the far end of an edge are the color of its line."""


@dataclass(frozen=True, slots=True, eq=False)
class FlatColors:
    """The colors of artwork.

    codes : float64 (m, 3), sRGB codes, the areas by falling share, then the lines.
    shares : float64 (m,), the solid share of an area in the picture, the share of a line.
    distinct : the number of colors for k="auto": all but small areas and rare lines.
    """

    codes: Floats
    shares: Floats
    distinct: int


def flat_colors(histogram: Histogram) -> FlatColors | None:
    """The flat colors of a picture; None if it is no artwork.

    The method is ours. The idea of solid areas is that of segmentation by homogeneity; blends are recognized as in
    image matting, where an edge pixel is a mixture of two colors.
    """
    if histogram.sketch is None and histogram.located is None:
        return None
    if len(histogram) <= MAX_PLAIN:
        return _plain(histogram)
    if histogram.counts[histogram.heavy].sum() < SLACK * MIN_TEXT * float(histogram.counts.sum()):
        return None
    flatness = histogram.flatness
    if flatness < MIN_TEXT or _purity(histogram) < (MIN_PURE if flatness >= MIN_FLATNESS else MIN_TEXT_PURE):
        return None
    codes, shares = _areas(histogram)
    lines, line_shares, rest = _lines(histogram.coarse, codes)
    if flatness < MIN_FLATNESS and rest > MAX_REST:
        return None
    distinct = max(int((shares >= MIN_DISTINCT_AREA).sum() + (line_shares >= MIN_DISTINCT_LINE).sum()), 1)
    return FlatColors(np.concatenate([codes, lines]), np.concatenate([shares, line_shares]), distinct)


def _plain(histogram: Histogram) -> FlatColors:
    """The colors of a picture without antialiased edges: all bins but the halos of heavier ones."""
    order = np.argsort(-histogram.fine.weights, kind="stable")
    codes, shares = histogram.means[order], histogram.fine.weights[order]
    own = _own(din99o(codes), shares)
    return FlatColors(codes[own], shares[own], _distinct(codes[own]))


def _own(places: Floats, shares: Floats) -> NDArray[np.bool_]:
    """Whether each area is more than the halo of a heavier one: bool (n,). The heaviest comes first."""
    halo = shares * np.exp(-distances(places, places) / HALO)
    own: NDArray[np.bool_] = shares > np.tril(halo, -1).max(1)
    return own


def _distinct(codes: Floats) -> int:
    """The number of colors that differ by `SAME` from every one counted before."""
    near = distances(din99o(codes), din99o(codes)) < SAME
    counted: list[int] = []
    for i in range(len(codes)):
        if not near[i, counted].any():
            counted.append(i)
    return len(counted)


def _purity(histogram: Histogram) -> float:
    """The share of the picture in solid pixels of pure bins, 0..1."""
    weights, heavy = histogram.fine.weights, histogram.heavy
    places = histogram.fine.din99o
    around = (distances(places[heavy], places) < SAME) @ weights
    pure = heavy[weights[heavy] >= MIN_PART * around]
    return float(histogram.places[pure, 3].sum() / max(histogram.places[:, 0].sum(), 1))


def _areas(histogram: Histogram) -> tuple[Floats, Floats]:
    """The mean codes, float64 (m, 3), of the heaviest bin of each area, and the areas' solid shares, float64 (m,)."""
    solid = histogram.fine.weights * histogram.solid
    order = np.argsort(-solid, kind="stable")[:MAX_BINS]
    order = order[solid[order] >= MIN_BIN] if solid[order[0]] >= MIN_BIN else order[:1]
    codes, shares = histogram.means[order], solid[order]
    places = din99o(codes)
    heaviest: list[int] = []
    area_of = np.full(len(order), -1)
    for i in range(len(order)):
        if area_of[i] < 0:
            near = (distances(places, places[i : i + 1])[:, 0] < SAME) & (area_of < 0)
            near[i] = True
            area_of[near] = len(heaviest)
            heaviest.append(i)
    shares = np.bincount(area_of, shares).astype(np.float64)
    codes, places = codes[heaviest], places[heaviest]
    order = np.argsort(-shares, kind="stable")
    codes, places, shares = codes[order], places[order], shares[order]
    own = _own(places, shares) & (shares >= MIN_AREA)
    own[0] = True
    return codes[own], shares[own]


def _lines(view: Counts, codes: Floats) -> tuple[Floats, Floats, float]:
    """The codes, float64 (m, 3), of lines and text, their shares, float64 (m,), and the share that nothing explains.

    Each is the far end of an edge: of the pixels that are neither near a color nor a blend of two, the farthest.
    """
    places, weights = view.din99o, view.weights
    colors, lines = codes[:MAX_BLENDED], np.zeros((0, 3))
    shares: list[float] = []
    nearest = distances(places, din99o(codes)).min(1)
    blend = np.zeros(len(view), bool)
    tried = 0
    while True:
        for i in range(tried, len(colors)):
            blend |= _blended(view.means, colors[i], colors[:i])
        tried = len(colors)
        rest = np.flatnonzero((nearest > DISTINCT) & ~blend)
        unexplained = float(weights[rest].sum())
        if unexplained < MIN_EDGES or len(lines) == MAX_LINES:
            break
        rest = rest[np.argsort(-weights[rest], kind="stable")[:MAX_BINS]]
        alike = distances(places[rest], places[rest]) < ALIKE
        local = alike @ weights[rest]
        farness = np.where(local >= MIN_LINE, nearest[rest], 0)
        best = int(farness.argmax())
        if not farness[best]:
            break
        members = rest[alike[best]]
        color = weights[members] @ view.means[members] / weights[members].sum()
        lines = np.vstack([lines, color])
        shares.append(float(local[best]))
        colors = np.vstack([colors, color])
        nearest = np.minimum(nearest, distances(places, din99o(color[None]))[:, 0])
    return lines, np.array(shares, np.float64), unexplained


def _blended(means: Floats, color: Floats, others: Floats) -> NDArray[np.bool_]:
    """Whether each of `means` lies near a straight line in sRGB codes from a color to one of the others."""
    out = np.zeros(len(means), bool)
    for other in others:
        along = other - color
        part = np.clip((means - color) @ along / max(along @ along, 1e-9), 0, 1)
        out |= ((means - color - part[:, None] * along) ** 2).sum(1) <= BLEND**2
    return out


def din99o(codes: Floats) -> Floats:
    """DIN99o, float64 (n, 3), of sRGB codes: its straight distances are close to CIEDE2000."""
    return spaces["din99o"].from_linear(decode(codes))


def distances(a: Floats, b: Floats) -> Floats:
    """Straight distances of all points against all: float64 (len(a), len(b))."""
    square = np.zeros((len(a), len(b)))
    for x, y in zip(a.T, b.T, strict=True):  # a sum over a last axis of 3 takes four times as long
        apart = x[:, None] - y
        square += apart * apart
    distances: Floats = np.sqrt(square)
    return distances
