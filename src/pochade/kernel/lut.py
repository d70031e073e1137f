"""Apply a color lookup table to a picture: the NumPy twin of _lut.pyx, and its specification."""

import numpy as np
from numpy.typing import NDArray

UNIT = 64
"""Displacements are integers in units of 1/64 code: 255 codes fit into int16, with a bit to spare."""

STEPS = 256
"""Interpolation steps between neighboring nodes of the lattice."""

BLOCK = 1 << 16
"""Pixels at a time, so that intermediate arrays stay in the cache."""


def displace(codes: NDArray[np.uint8], moves: NDArray[np.int16]) -> NDArray[np.uint8]:
    """Displace each color by the table: uint8, a new array of the same shape.

    The displacements of the nodes are interpolated in tetrahedra that share the gray axis, so a table that keeps gray
    nodes gray keeps all grays gray. Between nodes that do not move, the codes stay the same to the byte.

    codes : uint8 (n, 3), or (n, 4) with alpha, which stays the same.
    moves : int16 (s, s, s, 3), by red, green, blue; the displacement of each node, in 1 / UNIT codes.
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
    order = np.argsort(-parts, axis=1, kind="stable")  # if parts are equal, the earlier channel comes first
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
    """The node at or below each of the 256 codes, and the steps from there, 0..STEPS; both int32 (256,)."""
    along = np.arange(256, dtype=np.int32) * (size - 1) * STEPS // 255
    node = np.minimum(along // STEPS, size - 2)
    return node.astype(np.int32), (along - node * STEPS).astype(np.int32)
