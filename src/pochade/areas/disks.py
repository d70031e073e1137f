"""Disks for what is too small for a number: colors that have lost all areas, and details."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.areas.components import Labels, clearance, near
from pochade.areas.costs import UNIT, Costs

NONE = np.int16(-1)
"""The label of a pixel that is in no area yet."""

FAR = np.iinfo(np.int32).max

MIN_SAVING = 5 * UNIT
"""The least mean saving (CIEDE2000 of 5) of a disk for a detail, over the pixels under it. On a photo of half-timbered
houses 3, 5 and 8 add 2.8, 2.9 and 3.1 to the difference, no disks 3.4; with 3, spots of a wall become disks."""

Sums = NDArray[np.int32]


class CrowdedError(Exception):
    """There is no place for a disk of each lost label. `numbers` converts it."""


def add_lost(disks: Labels, lost: set[int], labels: Labels, costs: Costs, radius: float) -> None:
    """Paint a disk of each lost label where it saves most cost or adds least, apart from other disks.

    The label that saves most is first, or a lit window would be painted in any color that is brighter than its wall.
    disks : int16 (h, w), NONE apart from disks. radius : see `Room`.
    """
    reach = math.ceil(radius)
    now = costs.table[labels, costs.bins].astype(np.int32)
    best: dict[int, tuple[int, int]] = {}  # of each lost label, what it saves at its best place, and the place
    while lost:
        allowed = _allowed(disks, radius)
        if not allowed.any():
            raise CrowdedError
        for label in lost:
            if label not in best or not allowed.ravel()[best[label][1]]:
                saved = np.where(allowed, summed(summed(now - costs.of(label), reach // 2), reach // 3), -FAR)
                place = int(saved.argmax())
                best[label] = int(saved.ravel()[place]), place
        label = min(lost, key=lambda label: (-best[label][0], label))
        _paint(disks, best[label][1], label, radius)
        lost = lost - {label}


def add_details(disks: Labels, labels: Labels, costs: Costs, radius: float) -> None:
    """Paint disks where another label saves much: bars of a window, an eye. Those that save most are first."""
    half = math.ceil(radius) - 1
    now = costs.table[labels, costs.bins].astype(np.int32)
    most, which = np.full(labels.shape, -FAR, np.int32), np.zeros(labels.shape, np.int16)
    for label in range(len(costs)):
        saved = summed(now - costs.of(label), half)
        which[saved > most] = label
        np.maximum(most, saved, out=most)
    places = np.flatnonzero(_allowed(disks, radius) & (most >= MIN_SAVING * (2 * half + 1) ** 2))
    places = places[np.argsort(-most.ravel()[places], kind="stable")]
    apart, width = 2 * math.ceil(radius), labels.shape[1]
    taken = np.zeros(labels.shape, bool)
    for place in places.tolist():
        y, x = divmod(place, width)
        if not taken[y, x]:
            _paint(disks, place, int(which[y, x]), radius)
            taken[max(0, y - apart) : y + apart + 1, max(0, x - apart) : x + apart + 1] = True


def _allowed(disks: Labels, radius: float) -> NDArray[np.bool_]:
    """The pixels around which a disk touches no other one and lies on the sheet: bool (h, w)."""
    allowed: NDArray[np.bool_] = (disks == NONE) & (clearance(disks, math.ceil(radius)) >= radius**2)
    return allowed


def _paint(disks: Labels, place: int, label: int, radius: float) -> None:
    """Paint a disk around a pixel."""
    reach = math.ceil(radius)
    y, x = divmod(place, disks.shape[1])
    window = disks[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
    middle = np.zeros(window.shape, bool)
    middle[min(y, reach), min(x, reach)] = True
    window[near(middle, below(radius**2))] = label


def below(square: float) -> int:
    """The largest whole number below a square."""
    return math.ceil(square) - 1


def summed(values: NDArray[np.integer[Any]], half: int) -> Sums:
    """The sum of the square around each pixel, int32 (h, w); `half` is the pixels on each side of the middle."""
    sums: Sums = values.astype(np.int32, copy=False)
    for axis in (0, 1):
        turned = np.moveaxis(sums, axis, 0)
        totals = np.zeros((len(turned) + 1, turned.shape[1]), np.int32)
        np.cumsum(turned, 0, out=totals[1:])
        at = np.arange(len(turned))
        parts = totals[np.minimum(at + half + 1, len(turned))] - totals[np.maximum(at - half, 0)]
        sums = np.moveaxis(parts, 0, axis)
    return sums
