"""A picture divided into areas that all have room for a number."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.areas.components import Labels, Mask, borders, clearance, components, near
from pochade.areas.costs import Costs
from pochade.areas.disks import FAR, NONE, add_details, add_lost, below, summed

HALVINGS = range(1, 4)
"""How often the picture is halved before the cheapest labels are chosen for the pixels that have none. Small areas of a
leafy tree have no room; at an eighth of the size its mean has."""

ROUNDS, DISK = 2, 3
"""Rounds that round the borders, and the radius in pixels of the disk whose pixels vote. More rounds lose detail: three
add 0.02 to the mean difference of a busy photo."""

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

    Then details that are too small are painted as disks, where that saves much, and all this is done again around them.

    kept : labels that must have an area. One that has none is painted as a disk too, where that saves most.
    smooth : whether pixels around a pixel count too, which rounds borders; pixel art keeps its corners.

    Raises
    ------
    CrowdedError : the picture has no place for as many disks.
    """
    disks = np.full(costs.bins.shape, NONE)
    first = _cheapest(costs, disks == NONE, 0) if smooth else costs.table.argmin(0).astype(np.int16)[costs.bins]
    rounds = ROUNDS if smooth else 0
    labels = _divided(costs, room, disks, first, rounds)
    lost = kept - set(np.unique(labels).tolist())
    add_lost(disks, lost, labels, costs, room.radius)
    if smooth:
        add_details(disks, labels, costs, room.radius)
    while (disks != NONE).any():
        labels = _divided(costs, room, disks, first, rounds)
        lost = kept - set(np.unique(labels).tolist())
        if not lost:
            break
        add_lost(disks, lost, labels, costs, room.radius)
    return labels


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
            sums = summed(_reduced(cost, halvings), 2)
            around = np.repeat(np.repeat(sums, by, 0)[:height], by, 1)[:, :width]
        else:
            around = summed(summed(cost, 2), 1)
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


def _roomy(labels: Labels, room: Room) -> Labels:
    """The labels of areas with room, without the parts that are thinner than a brush; NONE for all other pixels."""
    squares = clearance(labels, math.ceil(room.radius))
    labeled = labels != NONE
    middles = labeled & (squares >= room.radius**2)
    wide = near(labeled & (squares >= room.brush**2), below(room.brush**2))
    wide |= near(middles, below(room.radius**2))  # rounding to pixels must not take from the disk around a middle
    parts = np.where(wide, labels, NONE)
    ids, label_of = components(parts)
    has_room = np.zeros(len(label_of), bool)
    has_room[ids[middles]] = True
    return np.where(has_room[ids], parts, NONE)


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
