"""The outlines of areas: a planar map, whose lines neighbors share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""x and y, float64 (n, 2), from the upper left corner of the map."""

SMOOTHINGS = 32
"""Rounds in which each point moves halfway to the mean of its neighbors, as a Gaussian of 4 pixels would move it."""

MAX_MOVE = 0.5
"""Pixels that smoothing moves a point: steps of a pixel vanish, and lines that are a pixel apart cannot cross."""

TOLERANCE = 0.08
"""Pixels from a point that is left out to the line: 0.02 mm if a millimeter has 4 pixels."""

OUTSIDE = -1
"""The number of what is around the map."""

TURNS = -1, 0, 1
"""Left, straight on and right, added to a direction: 0 right, 1 down, 2 left, 3 up."""

DIRECTION = {1: 0, 2: 1, 4: 2, 8: 3}
"""The direction of each bit."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """A planar map of areas, in pixels.

    lines : each line once. sides : int32 (n, 2), the areas on the left and on the right hand of each line, in drawings
        with y downward; -1 is outside the map.
    rings : of each area the outer ring, then its holes, without a repeated point at the end. Holes turn the other way,
        so the signed areas of the rings add up.
    """

    lines: tuple[Points, ...]
    sides: NDArray[np.int32]
    rings: tuple[tuple[Points, ...], ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """The corners of pixels along a line, and the directions of its first and its last step."""

    corners: list[int]
    first: int
    last: int


def outlines_of(numbers: NDArray[np.int32]) -> Outlines:
    """The planar map of areas. numbers : int32 (h, w), the area of each pixel, as `components` numbers them.

    A line runs between points at which three areas meet or the map has a corner, or around an area. It is smoothed and
    simplified once, for the areas on both sides, so they have no gap and no overlap. Ends do not move.

    Examples
    --------
    >>> outlines = outlines_of(np.array([[0, 0, 1, 1], [0, 0, 1, 1]], np.int32))
    >>> len(outlines.lines), [signed_area(rings[0]) for rings in outlines.rings]
    (7, [4.0, 4.0])
    """
    steps, is_end = _steps(numbers)
    chains = _traced(steps, is_end, numbers.shape[1] + 1)
    lines = _simplified(*_smoothed(chains, is_end, numbers.shape[1] + 1))
    sides = _sides(chains, numbers)
    return Outlines(tuple(lines), sides, _rings(chains, lines, sides, steps, int(numbers.max()) + 1))


def signed_area(ring: Points) -> float:
    """The area in a ring, positive for an outer one."""
    x, y = ring.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def _steps(numbers: NDArray[np.int32]) -> tuple[bytes, bytearray]:
    """The directions of the lines at each corner of pixels, as 4 bits, and whether lines end there.

    Corner (x, y) has the number y (w + 1) + x.
    """
    height, width = numbers.shape
    padded = np.pad(numbers, 1, constant_values=OUTSIDE)
    across = padded[1:, 1:-1] != padded[:-1, 1:-1]  # between rows: (h + 1, w)
    down = padded[1:-1, 1:] != padded[1:-1, :-1]  # between columns: (h, w + 1)
    steps = np.zeros((height + 1, width + 1), np.uint8)
    steps[:, :-1] |= across * np.uint8(1)
    steps[:-1] |= down * np.uint8(2)
    steps[:, 1:] |= across * np.uint8(4)
    steps[1:] |= down * np.uint8(8)
    is_end = np.bitwise_count(steps) > 2
    is_end[::height, ::width] = True
    return steps.tobytes(), bytearray(is_end.tobytes())


def _traced(steps: bytes, is_end: bytearray, wide: int) -> list[_Chain]:
    """All lines, those with ends first. wide : corners in a row."""
    offsets = 1, wide, -1, -wide
    left = bytearray(steps)
    chains = []

    def follow(corner: int, stops: bytearray) -> None:
        direction = first = DIRECTION[left[corner] & -left[corner]]
        corners = [corner]
        while True:
            left[corner] &= ~(1 << direction)
            corner += offsets[direction]
            left[corner] &= ~(1 << (direction ^ 2))
            corners.append(corner)
            if stops[corner]:
                break
            direction = DIRECTION[steps[corner] & ~(1 << (direction ^ 2))]
        chains.append(_Chain(corners, first, direction))

    for end in np.flatnonzero(np.frombuffer(is_end, bool)).tolist():
        while left[end]:
            follow(end, is_end)
    stops = bytearray(len(steps))
    for start in np.flatnonzero(np.frombuffer(bytes(left), np.uint8)).tolist():
        if left[start]:
            stops[start] = True
            follow(start, stops)
    return chains


def _smoothed(chains: list[_Chain], is_end: bytearray, wide: int) -> tuple[Points, NDArray[np.intp]]:
    """The smoothed points of all lines, one after the other, and the number of points of each.

    The points are the middles of the sides of pixels, and the ends; a ring without an end repeats its first point.
    """
    parts, before, after, fixed = [], [], [], []
    start = 0
    for chain in chains:
        corners = np.array(chain.corners)
        at = np.stack([corners % wide, corners // wide], 1).astype(np.float64)
        middles = (at[1:] + at[:-1]) / 2
        has_ends = bool(is_end[chain.corners[0]])
        points = np.vstack([at[:1], middles, at[-1:]]) if has_ends else np.vstack([middles, middles[:1]])
        count = len(points)
        places = np.arange(start, start + count)
        back, forth = places - 1, places + 1
        back[0], forth[-1] = start + count - 2, start + 1
        still = np.zeros(count, bool)
        still[[0, -1]] = has_ends
        parts.append(points)
        before.append(back)
        after.append(forth)
        fixed.append(still)
        start += count
    points, back, forth = np.concatenate(parts), np.concatenate(before), np.concatenate(after)
    moves = ~np.concatenate(fixed)[:, None]
    smooth = points
    for _ in range(SMOOTHINGS):
        smooth = np.where(moves, smooth / 2 + (smooth[back] + smooth[forth]) / 4, points)
    move = smooth - points
    far = np.sqrt((move**2).sum(1, keepdims=True))
    return points + move * (MAX_MOVE / np.maximum(far, MAX_MOVE)), np.array([len(part) for part in parts])


def _simplified(points: Points, counts: NDArray[np.intp]) -> list[Points]:
    """The lines with few points, none of the others farther than `TOLERANCE` from its line. All are cut at once.

    References
    ----------
    D. Douglas, T. Peucker, 1973: "Algorithms for the reduction of the number of points required to represent a
    digitized line or its caricature", Cartographica 10 (2).
    """
    ends = np.cumsum(counts)
    kept = np.zeros(len(points), bool)
    kept[ends - counts] = kept[ends - 1] = True
    while True:
        at = np.flatnonzero(kept)
        part = np.cumsum(kept) - 1
        a, b = points[at], points[np.append(at[1:], at[-1])]
        along = b - a
        length = np.sqrt((along**2).sum(1))
        from_a = points - a[part]
        cross = np.abs(along[part, 0] * from_a[:, 1] - along[part, 1] * from_a[:, 0])
        far = np.where(length[part] > 0, cross / np.maximum(length[part], 1e-12), np.hypot(*from_a.T))
        most = np.maximum.reduceat(far, at)
        new = (far > TOLERANCE) & (far == most[part])
        if not new.any():
            break
        kept |= new
    return [points[start:end][kept[start:end]] for start, end in zip(ends - counts, ends, strict=True)]


def _sides(chains: list[_Chain], numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """The areas on the left and the right hand of each line, int32 (n, 2)."""
    padded = np.pad(numbers, 1, constant_values=OUTSIDE)
    wide = numbers.shape[1] + 1
    start = np.array([chain.corners[0] for chain in chains])
    direction = np.array([chain.first for chain in chains])
    y, x = start // wide, start % wide
    left = np.array([(0, 1), (1, 1), (1, 0), (0, 0)])[direction]  # of the pixels around the corner: row, column
    right = np.array([(1, 1), (1, 0), (0, 0), (0, 1)])[direction]
    return np.stack([padded[y + side[:, 0], x + side[:, 1]] for side in (left, right)], 1)


def _rings(
    chains: list[_Chain], lines: list[Points], sides: NDArray[np.int32], steps: bytes, count: int
) -> tuple[tuple[Points, ...], ...]:
    """The rings of each area: its lines, joined where they end."""
    starts: dict[tuple[int, int], int] = {}  # from a corner and a direction to a line, 2 i, or to its reverse, 2 i + 1
    for i, chain in enumerate(chains):
        starts[chain.corners[0], chain.first] = 2 * i
        starts[chain.corners[-1], chain.last ^ 2] = 2 * i + 1
    used = bytearray(2 * len(chains))
    rings: list[list[Points]] = [[] for _ in range(count)]
    for half in range(2 * len(chains)):
        area = int(sides[half // 2, half % 2])
        parts = []
        while area != OUTSIDE and not used[half]:
            used[half] = True
            chain, line = chains[half // 2], lines[half // 2]
            parts.append(line[::-1][:-1] if half % 2 else line[:-1])
            corner, direction = (chain.corners[0], chain.first ^ 2) if half % 2 else (chain.corners[-1], chain.last)
            turns = ((direction + turn) % 4 for turn in TURNS)  # left first: the area is on the left hand
            half = starts[corner, next(turn for turn in turns if steps[corner] & 1 << turn)]
        if parts:
            rings[area].append(np.concatenate(parts)[::-1])
    return tuple(tuple(sorted(own, key=signed_area, reverse=True)) for own in rings)
