# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""The search for centers, compiled; search.py documents the functions."""

from libc.math cimport INFINITY, sqrt
from libc.stdint cimport int32_t, int64_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcmp

import numpy as np


cdef extern from "_vectors.h" nogil:
    enum: BLOCK
    void block_distances(const float* block, const double* point, float* far)
    void block_nearer(const float* block, const double* point, float* near)
    float block_farther(const float* block, const double* point, const float* weights, float* near, float* value)
    void block_labels(const float* block, const double* centers, int k, float* near, int32_t* best)
    void block_nearest(const float* block, const double* centers, int k, float* near, float* second, int32_t* best)
    void gain_and_mass(const float* far, const float* near, const float* weights, long blocks, double* result)


cdef double RELAXED = 1.8  # documented in search.py


cdef class _Planes:
    """Points by coordinate in float32, in whole blocks for vector instructions.

    float32 is a thousand times finer than the eye; the twin compares in float32 too, and so gives the same labels.
    """

    cdef Py_ssize_t n, blocks
    cdef float* data

    def __cinit__(self, const double[:, ::1] points):
        cdef Py_ssize_t i, c
        self.n = points.shape[0]
        self.blocks = (self.n + BLOCK - 1) // BLOCK
        self.data = <float*> calloc(max(1, self.blocks * 3 * BLOCK), sizeof(float))
        if self.data == NULL:
            raise MemoryError
        for i in range(self.n):
            for c in range(3):
                self.data[(i // BLOCK * 3 + c) * BLOCK + i % BLOCK] = <float> points[i, c]

    def __dealloc__(self):
        free(self.data)

    cdef bint label(self, const double[:, ::1] centers, int32_t[::1] labels, const double[::1] weights, double* totals) noexcept nogil:
        """Write the nearest center of each point, the first of equals; True if a label changed.

        totals : NULL, or float64 (k, 5): weight x point, weight and number of points, updated for changed labels.
        """
        cdef Py_ssize_t block, i, at, size
        cdef bint changed = False
        cdef float[128] least
        cdef int32_t[128] best
        for block in range(self.blocks):
            block_labels(self.data + block * 3 * BLOCK, &centers[0, 0], <int> centers.shape[0], least, best)
            at = block * BLOCK
            size = min(<Py_ssize_t> BLOCK, self.n - at)
            if not memcmp(best, &labels[at], size * sizeof(int32_t)):
                continue
            for i in range(size):
                if labels[at + i] != best[i]:
                    changed = True
                    if totals != NULL:
                        self._move(at + i, labels[at + i], best[i], weights[at + i], totals)
                    labels[at + i] = best[i]
        return changed

    cdef inline void _move(self, Py_ssize_t i, int32_t old, int32_t new, double weight, double* totals) noexcept nogil:
        cdef const float* x = self.data + i // BLOCK * 3 * BLOCK + i % BLOCK
        if old >= 0:
            _add(totals + 5 * old, x, -weight, -1)
        _add(totals + 5 * new, x, weight, 1)


cdef inline void _add(double* total, const float* x, double weight, double number) noexcept nogil:
    total[0] += weight * x[0]
    total[1] += weight * x[BLOCK]
    total[2] += weight * x[2 * BLOCK]
    total[3] += weight
    total[4] += number


def assign(const double[:, ::1] points, const double[:, ::1] centers):
    cdef Py_ssize_t at, i, c, size, n = points.shape[0]
    cdef float[3 * 128] block
    cdef float[128] one, two
    cdef int32_t[128] best
    labels_array, near_array = np.empty(n, np.int32), np.empty((n, 2), np.float32)
    cdef int32_t[::1] labels = labels_array
    cdef float[:, ::1] near = near_array
    with nogil:
        for i in range(3 * BLOCK):
            block[i] = 0
        for at in range(0, n, 128):
            size = min(<Py_ssize_t> BLOCK, n - at)
            for i in range(size):
                for c in range(3):
                    block[c * BLOCK + i] = <float> points[at + i, c]
            block_nearest(block, &centers[0, 0], <int> centers.shape[0], one, two, best)
            for i in range(size):
                labels[at + i], near[at + i, 0], near[at + i, 1] = best[i], one[i], two[i]
    return labels_array, near_array


cdef void _settle_centers(
    _Planes planes,
    const double[::1] weights,
    double[:, ::1] at,
    int32_t[::1] labels,
    double[:, ::1] totals,
    int rounds,
    Py_ssize_t fixed,
    double reach,
) noexcept nogil:
    """Lloyd's rounds in place, continuing from the labels and totals of earlier rounds."""
    cdef Py_ssize_t j, c
    cdef int round
    cdef double step
    cdef bint settled = False
    for round in range(rounds):
        if not planes.label(at, labels, weights, &totals[0, 0]):
            if settled:
                break
            step = 1
        else:
            step = reach if round % 5 < 4 and round + 1 < rounds else 1
        settled = step == 1
        for j in range(fixed, at.shape[0]):
            if totals[j, 4] > 0:  # an empty cluster stays in place
                for c in range(3):
                    at[j, c] += step * (totals[j, c] / totals[j, 3] - at[j, c])


def lloyd(
    const double[:, ::1] points,
    const double[::1] weights,
    centers,
    int iterations=100,
    Py_ssize_t fixed=0,
    double step=RELAXED,
):
    centers_array = np.array(centers, np.float64, order="C")
    labels_array = np.full(points.shape[0], -1, np.int32)
    totals = np.zeros((len(centers_array), 5))
    _settle_centers(_Planes(points), weights, centers_array, labels_array, totals, iterations, fixed, step)
    return centers_array, labels_array


def grow(
    const double[:, ::1] points,
    const double[::1] weights,
    const int64_t[::1] candidates,
    Py_ssize_t k,
    double prior,
    double apart,
    int rounds,
    fixed=None,
):
    cdef Py_ssize_t still = 0 if fixed is None else len(fixed)
    cdef Py_ssize_t i, j, b, best, m = max(1, still), n = points.shape[0], c = candidates.shape[0]
    cdef _Planes planes = _Planes(points)
    cdef Py_ssize_t width = planes.blocks * BLOCK
    cdef double most, gain, held = 0
    cdef double[2] won
    centers_array, labels_array = np.zeros((k, 3)), np.empty(n, np.int32)
    cdef double[:, ::1] centers = centers_array
    cdef int32_t[::1] labels = labels_array
    cdef float[:, ::1] far = np.empty((c, width), np.float32)
    cdef float[::1] nearest = np.empty(width, np.float32), heavy = np.zeros(width, np.float32)
    with nogil:
        for i in range(n):
            held += weights[i]
            heavy[i] = <float> weights[i]
            for j in range(3):
                centers[0, j] += weights[i] * points[i, j]
        for j in range(3):
            centers[0, j] /= held
    if fixed is not None:
        centers_array[:still] = fixed
    with nogil:
        for j in range(c):
            for b in range(planes.blocks):
                block_distances(planes.data + 3 * BLOCK * b, &points[candidates[j], 0], &far[j, b * BLOCK])
    while m < k:
        with nogil:
            for b in range(planes.blocks):
                block_distances(planes.data + 3 * BLOCK * b, &centers[0, 0], &nearest[b * BLOCK])
                for j in range(1, m):
                    block_nearer(planes.data + 3 * BLOCK * b, &centers[j, 0], &nearest[b * BLOCK])
            most, best = 0, -1
            for j in range(c):
                gain_and_mass(&far[j, 0], &nearest[0], &heavy[0], planes.blocks, won)
                gain = won[0] / sqrt(won[1] + prior * held)
                if gain > most * 1.00001:  # the first of those that are equal up to rounding
                    most, best = gain, j
        if best < 0 or nearest[candidates[best]] < apart * apart:
            break
        centers_array[m] = points[candidates[best]]
        m += 1
        labels_array[:] = -1
        _settle_centers(planes, weights, centers_array[:m], labels, np.zeros((m, 5)), rounds, still, RELAXED)
    return centers_array[:m]


def missed(
    const double[:, ::1] points,
    const double[::1] weights,
    const double[:, ::1] centers,
    const int64_t[::1] candidates,
    double prior,
):
    cdef Py_ssize_t i, j, b, best = 0, n = points.shape[0]
    cdef _Planes planes = _Planes(points)
    cdef Py_ssize_t width = planes.blocks * BLOCK
    cdef double gain, most = 0, held = 0
    cdef double[2] won
    cdef float[::1] far = np.empty(width, np.float32), heavy = np.zeros(width, np.float32)
    cdef float[::1] nearest = np.full(width, INFINITY, np.float32)
    with nogil:
        for i in range(n):
            held += weights[i]
            heavy[i] = <float> weights[i]
        for b in range(planes.blocks):
            for j in range(centers.shape[0]):
                block_nearer(planes.data + 3 * BLOCK * b, &centers[j, 0], &nearest[b * BLOCK])
        for j in range(candidates.shape[0]):
            for b in range(planes.blocks):
                block_distances(planes.data + 3 * BLOCK * b, &points[candidates[j], 0], &far[b * BLOCK])
            gain_and_mass(&far[0], &nearest[0], &heavy[0], planes.blocks, won)
            gain = won[0] / (won[1] + prior * held)
            if gain > most * 1.00001:  # the first of those that are equal up to rounding
                most, best = gain, j
    return candidates[best]


def near(
    const double[:, ::1] points, const uint64_t[::1] counts, const int32_t[::1] labels, const double[:, ::1] centers
):
    cdef Py_ssize_t i, n = points.shape[0]
    cdef int32_t j
    cdef double u, v, w
    out_array = np.empty(n, np.int32)
    cdef int32_t[::1] out = out_array
    cdef double[::1] far = np.empty(n)
    cdef double[:, ::1] totals = np.zeros((centers.shape[0], 2))
    with nogil:
        for i in range(n):
            j = labels[i]
            u = points[i, 0] - centers[j, 0]
            v = points[i, 1] - centers[j, 1]
            w = points[i, 2] - centers[j, 2]
            far[i] = u * u + v * v + w * w
            totals[j, 0] += far[i] * counts[i]
            totals[j, 1] += counts[i]
        for i in range(n):
            j = labels[i]
            out[i] = j if far[i] * totals[j, 1] <= totals[j, 0] * 1.000001 else -1
    return out_array


def farthest(const double[:, ::1] points, const double[::1] weights, Py_ssize_t k):
    cdef Py_ssize_t i, b, m = 0, seed, best = 0, n = points.shape[0]
    cdef float most, farther
    cdef _Planes planes = _Planes(points)
    cdef Py_ssize_t width = planes.blocks * BLOCK
    seeds_array = np.empty(k, np.int64)
    cdef int64_t[::1] seeds = seeds_array
    cdef float[::1] heavy = np.zeros(width, np.float32), near = np.full(width, INFINITY, np.float32)
    cdef float[::1] value = np.empty(width, np.float32)
    with nogil:
        for i in range(n):
            heavy[i] = <float> weights[i]
            if heavy[i] > heavy[best]:
                best = i
        while m < k:
            seeds[m] = best
            m += 1
            most, seed, best = 0, best, -1
            for b in range(planes.blocks):
                farther = block_farther(
                    planes.data + 3 * BLOCK * b, &points[seed, 0], &heavy[b * BLOCK], &near[b * BLOCK], &value[b * BLOCK]
                )
                if farther > most:
                    most, best = farther, b * BLOCK
            if best < 0:
                break
            while value[best] != most:
                best += 1
    return seeds_array[:m]
