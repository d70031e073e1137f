"""A picture through a table of colors: the NumPy twin of _lut.pyx, and its specification."""

import numpy as np
from numpy.typing import NDArray

UNIT = 64
"""Displacements are whole numbers of 1/64 code: int16 holds 255 codes of them, with a bit to spare."""

STEPS = 256
"""Places that are told apart on the way from one node of the lattice to the next."""

BLOCK = 1 << 16
"""Pixels at a time, so that what is computed stays in the cache."""


def displace(codes: NDArray[np.uint8], moves: NDArray[np.int16]) -> NDArray[np.uint8]:
    """The codes, each moved as its place in the lattice says: uint8, a new array of the same shape.

    Between the nodes it is interpolated within tetrahedra, whose common edge is the gray axis: so a table that leaves
    gray nodes gray leaves all grays gray. Nodes that do not move leave the codes around them as they are, to the byte.

    codes : uint8 (n, 3), or (n, 4) with alpha, which stays. moves : int16 (s, s, s, 3), by red, green, blue; how far
    each node is moved, in 1 / UNIT codes.
    Reference: Kasson, Nin, Plouffe and Hafner 1995, "Performing color space conversions with three-dimensional linear
    interpolation".
    """
    out = codes.copy()
    for start in range(0, len(codes), BLOCK):
        part = codes[start : start + BLOCK, :3]
        out[start : start + BLOCK, :3] = _block(part, moves)
    return out


def _block(codes: NDArray[np.uint8], moves: NDArray[np.int16]) -> NDArray[np.uint8]:
    size = moves.shape[0]
    nodes = moves.reshape(-1, 3).astype(np.int32)
    node, part = places(size)
    at, parts = node[codes], part[codes]
    strides = np.array([size * size, size, 1], np.int32)
    corner = at @ strides
    order = np.argsort(-parts, axis=1, kind="stable")  # of equal parts the earlier channel goes first
    sorted_parts = np.take_along_axis(parts, order, 1)
    total = nodes[corner] * (STEPS - sorted_parts[:, :1])
    for i in range(3):
        corner = corner + strides[order[:, i]]
        least = sorted_parts[:, i + 1 : i + 2] if i < 2 else 0
        total += nodes[corner] * (sorted_parts[:, i : i + 1] - least)
    moved = codes + ((total + UNIT * STEPS // 2) >> 14)  # 2**14 is UNIT * STEPS
    clipped: NDArray[np.uint8] = np.clip(moved, 0, 255).astype(np.uint8)
    return clipped


def places(size: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The node at or before each of the 256 codes, and how far it is from there to the next, 0..STEPS; int32 (256,)."""
    along = np.arange(256, dtype=np.int32) * (size - 1) * STEPS // 255
    node = np.minimum(along // STEPS, size - 2)
    return node.astype(np.int32), (along - node * STEPS).astype(np.int32)
