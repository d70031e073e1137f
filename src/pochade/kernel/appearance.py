"""The appearance of clusters, in DIN99o: the NumPy twin of _appearance.pyx, and its specification.

Indices agree exactly, floats up to rounding.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.bins import Labels
from pochade.kernel.count import Floats
from pochade.kernel.pairs import weight_near
from pochade.kernel.search import assign

Indices = NDArray[np.int64]

EQUAL = 1.000001
"""Weights up to this part apart are equal: they differ by the rounding of their sums."""


def din99o(counts: NDArray[np.uint64], sums: NDArray[np.uint64]) -> Floats:
    """DIN99o of the mean color of each bin: float64 (n, 3).

    `color.spaces.din99o` documents the formula; the transfer function is that of `color.srgb`, for fractional codes.
    """
    srgb = sums / counts[:, None].astype(np.float64) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    ratio = linear @ _WHITE_XYZ.T
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116).T
    lightness, a, b = 116 * y - 16, 500 * (x - y), 200 * (y - z)
    along, across = _COS * a + _SIN * b, 0.83 * (_COS * b - _SIN * a)
    chroma = np.hypot(along, across)
    part = np.where(chroma > 0, np.log1p(0.075 * chroma) / 0.0435 / np.where(chroma > 0, chroma, 1), 0)
    along, across = along * part, across * part
    light = 100 / np.log(1.39) * np.log1p(0.0039 * lightness)
    return np.stack([light, _COS * along - _SIN * across, _SIN * along + _COS * across], 1)


_COS, _SIN = float(np.cos(np.deg2rad(26))), float(np.sin(np.deg2rad(26)))
_WHITE_XYZ = np.array(  # from linear light to X, Y and Z relative to those of white
    [
        [506752 / 1228815, 87881 / 245763, 12673 / 70218],
        [87098 / 409605, 175762 / 245763, 12673 / 175545],
        [7918 / 409605, 87881 / 737289, 1001167 / 1053270],
    ]
) / np.array([[0.3127 / 0.3290], [1.0], [(1 - 0.3127 - 0.3290) / 0.3290]])


def means(points: Floats, labels: Labels, weights: Floats, emphasis: Floats, m: int) -> tuple[Floats, Floats, Floats]:
    """The weights of m clusters, float64 (m,), their means and their emphasized means, float64 (m, 3).

    labels : int32 (n,). emphasis : float64 (n,), the factors on the weights in the emphasized mean. The mean of a
    cluster without weight is 0.
    """
    shares = np.bincount(labels, weights, m).astype(np.float64)
    plain, emphasized = (
        np.stack([np.bincount(labels, mass * axis, m) for axis in points.T], 1)
        / np.maximum(np.bincount(labels, mass, m), 1e-300)[:, None]
        for mass in (weights, weights * emphasis)
    )
    return shares, plain, emphasized


def purity(
    places: Floats, labels: Labels, weights: Floats, shown: Floats, same: float, tinted: float
) -> tuple[Floats, Floats]:
    """The weight of each cluster within `same` of the color that it shows, and of chroma above `tinted`: float64 (m,).

    places : float64 (n, 3), DIN99o. shown : float64 (m, 3), the colors.
    """
    apart = ((places - shown[labels]) ** 2).sum(1)
    chroma = places[:, 1] ** 2 + places[:, 2] ** 2
    own, strong = (
        np.bincount(labels, weights * counts, len(shown)).astype(np.float64)
        for counts in (apart < same**2, chroma > tinted**2)
    )
    return own, strong


def hues(
    places: Floats,
    weights: Floats,
    members: Indices,
    tries: int,
    same: float,
    alike: float,
    tinted: float,
    turn: float,
) -> tuple[Indices, float]:
    """The points of the hue of most weight in a cluster, int64 (h,), and the weight of another hue.

    Each of the `tries` heaviest points may be the middle of a hue: of the points within `same` of it. Another hue
    differs by more than `turn`, in radians, and `alike`, both of chroma above `tinted`. If there is none, its weight is
    0; if all strong hues lie within `turn`, the cluster has one hue, and there are no points.

    places : float64 (n, 3), DIN99o. weights : float64 (n,). members : int64, the points of the cluster.
    """
    here, mass = places[members], weights[members]
    peaks = _heaviest(mass, tries)
    tint = here[peaks, 1] + 1j * here[peaks, 2]
    strong = tint[np.abs(tint) > tinted]
    if not len(strong) or np.ptp(np.angle(strong * np.conj(strong[0]))) <= turn:
        return np.zeros(0, np.int64), 0.0
    held = np.array([weight_near(here, mass, here[peak], same) for peak in peaks])
    best = _most(held)
    other = np.abs(np.angle(tint * np.conj(tint[best]))) > turn
    other &= (np.abs(tint) > tinted) & (abs(tint[best]) > tinted)
    apart = ((here - here[peaks[best]]) ** 2).sum(1)
    other &= apart[peaks] > alike**2
    return members[apart <= same**2], float(held[other].max(initial=0))


def unlike(
    places: Floats, weights: Floats, shown: Floats, tries: int, far: float, alike: float
) -> tuple[Indices, float, float]:
    """The largest area that no color resembles: its points, int64 (a,), and its weight; last, the weight of all such.

    No color resembles a point that is farther than `far` from all. The points within `alike` of one of the `tries`
    heaviest such points are an area.

    places : float64 (n, 3), DIN99o. weights : float64 (n,). shown : float64 (m, 3), the colors.
    """
    missed = np.flatnonzero(assign(places, shown)[1][:, 0] > far**2)
    if not len(missed):
        return missed, 0.0, 0.0
    here, mass = places[missed], weights[missed]
    peaks = _heaviest(mass, tries)
    areas = np.array([weight_near(here, mass, here[peak], alike) for peak in peaks])
    middle = here[peaks[_most(areas)]]
    return missed[((here - middle) ** 2).sum(1) <= alike**2], float(areas[_most(areas)]), float(mass.sum())


def ciede2000(a: Floats, b: Floats) -> Floats:
    """CIEDE2000 of all pairs: float64 (n, m). a, b : float64 (n, 3) and (m, 3), CIELAB.

    `color.difference.ciede2000` is for many pairs and has the options; this one serves a palette.
    Reference: Sharma, Wu and Dalal 2005, "The CIEDE2000 color-difference formula: implementation notes, supplementary
    test data, and mathematical observations"; symbols are theirs, with p for a prime.
    """
    degree = np.pi / 180
    (L1, a1, b1), (L2, a2, b2) = a.T[..., None], b.T[:, None]
    C = (np.sqrt(a1 * a1 + b1 * b1) + np.sqrt(a2 * a2 + b2 * b2)) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(C**7 / (C**7 + 25.0**7)))
    a1p, a2p = a1 * stretch, a2 * stretch
    C1p, C2p = np.sqrt(a1p * a1p + b1 * b1), np.sqrt(a2p * a2p + b2 * b2)
    h1p, h2p = (np.where(h < 0, h + 2 * np.pi, h) for h in (np.arctan2(b1, a1p), np.arctan2(b2, a2p)))
    gray, turn, total = C1p * C2p == 0, h2p - h1p, h1p + h2p
    far = np.abs(turn) > np.pi
    dh = np.where(gray, 0, np.where(far, turn - np.copysign(2 * np.pi, turn), turn))
    half = np.where(total < 2 * np.pi, total + 2 * np.pi, total - 2 * np.pi) / 2
    hp = np.where(gray, total, np.where(far, half, total / 2))
    Lp, Cp = (L1 + L2) / 2 - 50, (C1p + C2p) / 2
    T = 1 - 0.17 * np.cos(hp - 30 * degree) + 0.24 * np.cos(2 * hp) + 0.32 * np.cos(3 * hp + 6 * degree)
    T -= 0.2 * np.cos(4 * hp - 63 * degree)
    dL = (L2 - L1) / (1 + 0.015 * Lp * Lp / np.sqrt(20 + Lp * Lp))
    dC = (C2p - C1p) / (1 + 0.045 * Cp)
    dH = 2 * np.sqrt(C1p * C2p) * np.sin(dh / 2) / (1 + 0.015 * Cp * T)
    from_blue = (hp - 275 * degree) / (25 * degree)
    rotation = -2 * np.sqrt(Cp**7 / (Cp**7 + 25.0**7)) * np.sin(60 * degree * np.exp(-from_blue * from_blue))
    difference: Floats = np.sqrt(np.maximum(dL * dL + dC * dC + dH * dH + rotation * dC * dH, 0))
    return difference


def _most(weights: Floats) -> int:
    """The index of the largest weight, the first of those that are equal up to rounding."""
    best = 0
    for i, weight in enumerate(weights.tolist()):
        if weight > weights[best] * EQUAL:
            best = i
    return best


def _heaviest(weights: Floats, most: int) -> Indices:
    """The indices of the heaviest points, by falling weight, the first of equals first."""
    return np.argsort(-weights, kind="stable")[:most]
