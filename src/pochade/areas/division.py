"""A picture divided into areas that all have room for a number."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.areas.components import Labels, Mask, borders, clearance, components, near
from pochade.areas.costs import Costs

NONE = np.int16(-1)
"""The label of a pixel that is in no area yet."""

HALVINGS = range(1, 4)
"""How often the picture is halved before the cheapest labels are chosen for the pixels that have none. Small areas of a
leafy tree have no room; at an eighth of the size its mean has."""

ROUNDS, DISK = 2, 3
"""Rounds that round the borders, and the radius in pixels of the disk whose pixels vote. More rounds lose detail: three
add 0.02 to the mean difference of a busy photo."""


class CrowdedError(Exception):
    """There is no place for a disk of each lost label. `numbers` converts it."""


FAR = np.iinfo(np.int32).max

Sums = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Room:
    """What an area needs, in pixels.

    radius : the least distance of the middle of a number to the nearest pixel of another area. brush : half of the
    least width of the parts of an area.
    """

    radius: float
    brush: float


def divide(costs: Costs, room: Room, kept: set[int], *, smooth: bool = True) -> Labels:
    """The label of each pixel, int16 (h, w), with little cost, so that each connected area of a label has room.

    First, each pixel takes the label that is cheapest for the pixels around it. Areas without room, and parts thinner
    than a brush, lose their labels. Then the same for the pixels without labels, each time at half the size. The rest
    goes to the neighbors. Areas only grow in this step, so all have room.

    kept : labels that must have an area. One that has none is painted as a disk where it saves most or costs least.
    smooth : whether pixels around a pixel count too, which rounds borders; pixel art keeps its corners.

    Raises
    ------
    CrowdedError : the picture has no place for as many disks.
    """
    disks = np.full(costs.bins.shape, NONE)
    first = _cheapest(costs, disks == NONE, 0) if smooth else costs.table.argmin(0).astype(np.int16)[costs.bins]
    while True:
        labels = _divided(costs, room, disks, first, ROUNDS if smooth else 0)
        lost = kept - set(np.unique(labels).tolist())
        if not lost:
            return labels
        _add_disks(disks, lost, labels, costs, room)


def _divided(costs: Costs, room: Room, disks: Labels, first: Labels, rounds: int) -> Labels:
    """The labels with these disks. first : the cheapest labels for the pixels around each pixel."""
    labels = _roomy(np.where(disks == NONE, first, disks), room)
    for halvings in HALVINGS:
        free = labels == NONE
        if not free.any():
            break
        labels = _roomy(np.where(free, _cheapest(costs, free, halvings), labels), room)
    if not (labels != NONE).any():  # narrow stripes: the sheet has room, but none of them has
        labels = np.full(labels.shape, min(range(len(costs)), key=lambda label: int(costs.of(label).sum())), np.int16)
    _spread(labels, costs)
    for _ in range(rounds):
        labels = np.where(disks == NONE, _rounded(labels, len(costs)), disks)
        labels = _roomy(labels, room)
        _spread(labels, costs)
    return labels


def _cheapest(costs: Costs, free: Mask, halvings: int) -> Labels:
    """The cheapest label for the free pixels around each pixel, int16 (h, w). halvings : of the picture's size."""
    height, width = free.shape
    by = 1 << halvings
    all_free = bool(free.all())
    best, choice = np.full(free.shape, FAR, np.int32), np.full(free.shape, NONE)
    for label in range(len(costs)):
        cost = costs.of(label) if all_free else costs.of(label) * free
        if halvings:
            sums = _summed(_reduced(cost, halvings), 2)
            around = np.repeat(np.repeat(sums, by, 0)[:height], by, 1)[:, :width]
        else:
            around = _summed(_summed(cost, 2), 1)
        choice[around < best] = label
        np.minimum(best, around, out=best)
    return choice


def _reduced(cost: NDArray[np.integer[Any]], halvings: int) -> Sums:
    """The sums of squares of 2^halvings pixels on each side."""
    sums: Sums = np.pad(cost, [(0, -side % (1 << halvings)) for side in cost.shape]).astype(np.int32)
    for _ in range(halvings):
        sums = sums[::2] + sums[1::2]
        sums = sums[:, ::2] + sums[:, 1::2]
    return sums


def _summed(values: NDArray[np.integer[Any]], half: int) -> Sums:
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


def _roomy(labels: Labels, room: Room) -> Labels:
    """The labels of areas with room, without the parts that are thinner than a brush; NONE for all other pixels."""
    squares = clearance(labels, math.ceil(room.radius))
    labeled = labels != NONE
    middles = labeled & (squares >= room.radius**2)
    wide = near(labeled & (squares >= room.brush**2), _below(room.brush**2))
    wide |= near(middles, _below(room.radius**2))  # rounding to pixels must not take from the disk around a middle
    parts = np.where(wide, labels, NONE)
    ids, label_of = components(parts)
    has_room = np.zeros(len(label_of), bool)
    has_room[ids[middles]] = True
    return np.where(has_room[ids], parts, NONE)


def _below(square: float) -> int:
    """The largest whole number below a square."""
    return math.ceil(square) - 1


def _spread(labels: Labels, costs: Costs) -> None:
    """Give each pixel without a label the cheapest label of its neighbors, ring by ring."""
    height, width = labels.shape
    wide = width + 2
    around = np.pad(labels, 1, constant_values=NONE).ravel()
    rest = np.flatnonzero(labels == NONE)
    own = costs.bins.ravel()[rest]
    rest = (rest // width + 1) * wide + rest % width + 1
    while len(rest):
        best, choice = np.full(len(rest), FAR, np.int32), np.full(len(rest), NONE)
        for offset in (-wide, -1, 1, wide):
            label = around[rest + offset]
            cost = np.where(label == NONE, FAR, costs.table[label, own])
            choice = np.where(cost < best, label, choice)
            np.minimum(best, cost, out=best)
        around[rest] = choice
        waits = choice == NONE
        assert not waits.all(), "no pixel has a label"
        rest, own = rest[waits], own[waits]
    labels[:] = around.reshape(height + 2, wide)[1:-1, 1:-1]


def _rounded(labels: Labels, count: int) -> Labels:
    """The labels after a vote: near a border, a pixel takes the label that most pixels of the disk around it have.

    References
    ----------
    B. Merriman, J. Bence, S. Osher, 1994: "Motion of multiple junctions: a level set approach", J. Computational
    Physics 112 (2): the majority in a disk moves borders by their curvature, and all labels alike.
    """
    width = labels.shape[1]
    at = np.flatnonzero(near(borders(labels), DISK**2))
    padded = np.pad(labels, DISK, mode="edge")
    around, wide = padded.ravel(), padded.shape[1]
    middle = (at // width + DISK) * wide + at % width + DISK
    votes = np.zeros((len(at), count), np.uint8)
    ballot, first = votes.ravel(), np.arange(len(at)) * count
    for y in range(-DISK, DISK + 1):
        for x in range(-DISK, DISK + 1):
            if y * y + x * x <= DISK**2:
                ballot[first + around[middle + y * wide + x]] += 1
    ballot[first + labels.ravel()[at]] += 1  # so that a tie changes nothing
    result = labels.copy()
    result.ravel()[at] = votes.argmax(1)
    return result


def _add_disks(disks: Labels, lost: set[int], labels: Labels, costs: Costs, room: Room) -> None:
    """Paint a disk of each lost label where it saves most cost or adds least, apart from other disks.

    The label that saves most is first, or a lit window would be painted in any color that is brighter than its wall.
    """
    reach = math.ceil(room.radius)
    now = costs.table[labels, costs.bins].astype(np.int32)
    best: dict[int, tuple[int, int]] = {}  # of each lost label, what it saves at its best place, and the place
    while lost:
        allowed = (disks == NONE) & (clearance(disks, reach) >= room.radius**2)
        if not allowed.any():
            raise CrowdedError
        for label in lost:
            if label not in best or not allowed.ravel()[best[label][1]]:
                saved = np.where(allowed, _summed(_summed(now - costs.of(label), reach // 2), reach // 3), -FAR)
                place = int(saved.argmax())
                best[label] = int(saved.ravel()[place]), place
        label = min(lost, key=lambda label: (-best[label][0], label))
        middle = np.zeros(labels.shape, bool)
        middle.ravel()[best[label][1]] = True
        disks[near(middle, _below(room.radius**2))] = label
        lost = lost - {label}
