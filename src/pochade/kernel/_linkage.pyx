# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Trees of merged clusters, compiled; linkage.py documents the functions."""

from libc.math cimport INFINITY
from libc.stdint cimport int32_t

import numpy as np


cdef extern from "_linkage.h" nogil:
    enum: BLOCK
    long ward_nearest(const float* x, const float* y, const float* z, const float* w, long n, const float* one, float* least)
    long tree_nearest(
        const float* x, const float* y, const float* z, float* far, int32_t* source, long n, const float* one, int32_t name, float* least
    )
    long row_nearest(const float* row, long n, float* least)


cdef inline Py_ssize_t _whole(Py_ssize_t n) noexcept nogil:
    """n, rounded up to whole blocks."""
    return (n + BLOCK - 1) // BLOCK * BLOCK


def ward(const double[:, ::1] points, const double[::1] weights):
    cdef Py_ssize_t n = points.shape[0], width = _whole(n), left, merged, i, c, length = 0, slot, last
    cdef long near
    cdef float least
    cdef float[4] one
    cdef double both, u, v, w
    cdef int32_t a, b
    pairs_array, heights_array = np.empty((max(0, n - 1), 2), np.int32), np.empty(max(0, n - 1))
    cdef int32_t[:, ::1] pairs = pairs_array
    cdef double[::1] heights = heights_array
    cdef double[:, ::1] centers = np.array(points)
    cdef double[::1] mass = np.array(weights) * float(n)
    # Beyond the remaining clusters x is infinite, and so is every distance.
    planes_array = np.ones((4, max(BLOCK, width)), np.float32)
    planes_array[0] = np.inf
    planes_array[:3, :n], planes_array[3, :n] = np.asarray(points).T, mass
    cdef float[:, ::1] planes = planes_array
    cdef int32_t[::1] names = np.arange(n, dtype=np.int32), slots = np.arange(n, dtype=np.int32)
    cdef int32_t[::1] chain = np.empty(n + 1, np.int32)
    cdef float[::1] steps = np.empty(n + 1, np.float32)
    with nogil:
        for merged in range(n - 1):
            left = n - merged
            if length == 0:
                chain[0], steps[0], length = names[0], INFINITY, 1
            while True:
                slot = slots[chain[length - 1]]
                for c in range(4):
                    one[c] = planes[c, slot]
                planes[0, slot] = INFINITY
                near = ward_nearest(
                    &planes[0, 0], &planes[1, 0], &planes[2, 0], &planes[3, 0], _whole(left), one, &least
                )
                planes[0, slot] = one[0]
                if length > 1 and not least < steps[length - 1]:
                    break
                chain[length], steps[length] = names[near], least
                length = length + 1 if length < n else 0
                if length == 0:
                    chain[0], steps[0], length = names[0], INFINITY, 1
            a, b = chain[length - 2], chain[length - 1]
            length -= 2
            both = mass[a] + mass[b]
            u = centers[a, 0] - centers[b, 0]
            v = centers[a, 1] - centers[b, 1]
            w = centers[a, 2] - centers[b, 2]
            pairs[merged, 0], pairs[merged, 1] = a, b
            heights[merged] = mass[a] * mass[b] / both * (u * u + v * v + w * w)
            for c in range(3):
                centers[a, c] = (mass[a] * centers[a, c] + mass[b] * centers[b, c]) / both
                planes[c, slots[a]] = <float> centers[a, c]
            mass[a] = both
            planes[3, slots[a]] = <float> both
            slot, last = slots[b], left - 1
            for c in range(4):
                planes[c, slot] = planes[c, last]
            planes[0, last], planes[3, last] = INFINITY, 1
            names[slot] = names[last]
            slots[names[slot]] = <int32_t> slot
            slots[b] = -1
            if length and slots[chain[length - 1]] < 0:
                length = 0
    return pairs_array, heights_array


def spanning(const double[:, ::1] points):
    cdef Py_ssize_t n = points.shape[0], width = _whole(n), left, added, slot = 0, c
    cdef float least
    cdef float[3] one
    cdef int32_t name
    pairs_array, heights_array = np.empty((max(0, n - 1), 2), np.int32), np.empty(max(0, n - 1))
    cdef int32_t[:, ::1] pairs = pairs_array
    cdef double[::1] heights = heights_array
    planes_array = np.full((4, max(BLOCK, width)), np.inf, np.float32)  # the last row: distances to the tree
    planes_array[:3, :n] = np.asarray(points).T
    cdef float[:, ::1] planes = planes_array
    cdef int32_t[::1] source = np.zeros(max(BLOCK, width), np.int32), names = np.arange(n, dtype=np.int32)
    with nogil:
        for added in range(n - 1):
            left = n - 1 - added
            name = names[slot]
            for c in range(3):
                one[c] = planes[c, slot]
            for c in range(4):
                planes[c, slot] = planes[c, left]
                planes[c, left] = INFINITY
            source[slot], names[slot] = source[left], names[left]
            slot = tree_nearest(
                &planes[0, 0], &planes[1, 0], &planes[2, 0], &planes[3, 0], &source[0], _whole(left), one, name, &least
            )
            pairs[added, 0], pairs[added, 1], heights[added] = source[slot], names[slot], least
    return pairs_array, heights_array


def linked(matrix, const double[::1] weights, str linkage):
    cdef Py_ssize_t n = matrix.shape[0], left, merged, i, j, t, length = 0, last
    cdef int kind = ("average", "complete", "single").index(linkage)
    cdef long near
    cdef float least, share, rest, d
    cdef int32_t a, b
    pairs_array, heights_array = np.empty((max(0, n - 1), 2), np.int32), np.empty(max(0, n - 1))
    cdef int32_t[:, ::1] pairs = pairs_array
    cdef double[::1] heights = heights_array
    # Rows of whole blocks, padded by a block at some lengths, so that a column's numbers use different cache lines.
    cdef Py_ssize_t width = _whole(n) + (BLOCK if _whole(n) % (8 * BLOCK) == 0 else 0)
    wide = np.full((n, width), np.inf, np.float32)
    wide[:, :n] = matrix
    np.fill_diagonal(wide, np.inf)
    cdef float[:, ::1] far = wide
    cdef float* one
    cdef float* other
    cdef double[::1] mass = np.array(weights)
    cdef int32_t[::1] names = np.arange(n, dtype=np.int32), slots = np.arange(n, dtype=np.int32)
    cdef int32_t[::1] chain = np.empty(n + 1, np.int32)
    cdef float[::1] steps = np.empty(n + 1, np.float32)
    with nogil:
        for merged in range(n - 1):
            left = n - merged
            if length == 0:
                chain[0], steps[0], length = names[0], INFINITY, 1
            while True:
                near = row_nearest(&far[slots[chain[length - 1]], 0], _whole(left), &least)
                if length > 1 and not least < steps[length - 1]:
                    break
                chain[length], steps[length] = names[near], least
                length = length + 1 if length < n else 0
                if length == 0:
                    chain[0], steps[0], length = names[0], INFINITY, 1
            a, b = chain[length - 2], chain[length - 1]
            length -= 2
            pairs[merged, 0], pairs[merged, 1], heights[merged] = a, b, steps[length + 1]
            i, j, last = slots[a], slots[b], left - 1
            one, other = &far[i, 0], &far[j, 0]
            share = <float> (mass[a] / (mass[a] + mass[b]))
            rest = 1 - share
            if kind == 0:
                for t in range(left):
                    one[t] = share * one[t] + rest * other[t]
            elif kind == 1:
                for t in range(left):
                    one[t] = other[t] if other[t] > one[t] else one[t]
            else:
                for t in range(left):
                    one[t] = other[t] if other[t] < one[t] else one[t]
            one[i] = INFINITY
            mass[a] += mass[b]
            d = one[last]
            for t in range(last + 1):  # the last cluster takes the slot of b
                other[t] = far[last, t]
            for t in range(last):
                far[t, i] = one[t]
                far[t, j] = far[t, last]
                far[t, last] = INFINITY
            far[j, i], far[j, j], far[j, last] = d, INFINITY, INFINITY
            far[i, j], far[i, last] = d, INFINITY
            names[j] = names[last]
            slots[names[j]] = <int32_t> j
            slots[b] = -1
            if length and slots[chain[length - 1]] < 0:
                length = 0
    return pairs_array, heights_array
