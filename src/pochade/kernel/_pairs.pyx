# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Loops over pairs of points, compiled; pairs.py documents the functions."""

from libc.math cimport INFINITY
from libc.stdint cimport int32_t, int64_t, uint8_t

import numpy as np


cdef extern from "_linkage.h" nogil:
    enum: LANES
    double weight_within(
        const double* x, const double* y, const double* z, const double* w, long n, const double* one, double reach
    )


def within(const double[:, ::1] points, const double[::1] weights, double radius):
    cdef Py_ssize_t i, n = points.shape[0], width = (n + LANES - 1) // LANES * LANES
    planes_array = np.zeros((4, width))
    planes_array[:3, :n], planes_array[3, :n] = np.asarray(points).T, weights
    cdef double[:, ::1] planes = planes_array
    held_array = np.empty(n)
    cdef double[::1] held = held_array
    with nogil:
        for i in range(n):
            held[i] = weight_within(
                &planes[0, 0], &planes[1, 0], &planes[2, 0], &planes[3, 0], width, &points[i, 0], radius * radius
            )
    return held_array


def spread(const double[:, ::1] points, core, double radius):
    cdef Py_ssize_t n = points.shape[0], i, kept, left = n, top
    cdef double u, v, w
    cdef int32_t seed, one, found = 0
    labels_array = np.full(n, -1, np.int32)
    cdef int32_t[::1] labels = labels_array
    cdef const uint8_t[::1] dense = np.asarray(core).view(np.uint8)
    cdef int32_t[::1] free = np.arange(n, dtype=np.int32), stack = np.empty(n, np.int32)  # free: the points without a label
    with nogil:
        for seed in range(<int32_t> n):
            if not dense[seed] or labels[seed] >= 0:
                continue
            labels[seed] = found
            stack[0], top = seed, 1
            while top:
                top -= 1
                one = stack[top]
                kept = 0
                for i in range(left):
                    if labels[free[i]] >= 0:
                        continue
                    u = points[free[i], 0] - points[one, 0]
                    v = points[free[i], 1] - points[one, 1]
                    w = points[free[i], 2] - points[one, 2]
                    if u * u + v * v + w * w <= radius * radius:
                        labels[free[i]] = found
                        if dense[free[i]]:
                            stack[top] = free[i]
                            top += 1
                    else:
                        free[kept] = free[i]
                        kept += 1
                left = kept
            found += 1
    return labels_array


def medoids(const float[:, ::1] matrix, const double[::1] weights, Py_ssize_t k, Py_ssize_t fixed=0):
    cdef Py_ssize_t c = matrix.shape[0], n = matrix.shape[1], m = fixed, i, j, best
    cdef double gain, most
    cdef float saved
    chosen_array = np.zeros(max(fixed, min(k, c)), np.int64)
    cdef int64_t[::1] chosen = chosen_array
    cdef float[::1] near = np.full(n, np.inf, np.float32), second = np.empty(n, np.float32)
    cdef int32_t[::1] nearest = np.empty(n, np.int32)
    cdef double[::1] loss = np.empty(len(chosen_array)), change = np.empty(len(chosen_array))
    with nogil:
        for j in range(fixed):
            chosen[j] = j
            _nearer(&matrix[j, 0], near)
        while m < chosen.shape[0]:
            best, most = 0, -INFINITY
            for j in range(c):
                gain = 0
                if m:
                    for i in range(n):
                        saved = near[i] - matrix[j, i]
                        gain += weights[i] * (saved if saved > 0 else 0)
                else:
                    for i in range(n):
                        gain += weights[i] * matrix[j, i]
                    gain = -gain
                if gain > most:
                    most, best = gain, j
            if m and most <= 0:
                break
            chosen[m] = best
            m += 1
            _nearer(&matrix[best, 0], near)
        if m > 1 and fixed < m:
            _exchange(matrix, weights, chosen[:m], fixed, nearest, near, second, loss, change)
    return chosen_array[:m]


cdef void _nearer(const float* row, float[::1] near) noexcept nogil:
    cdef Py_ssize_t i
    for i in range(near.shape[0]):
        near[i] = row[i] if row[i] < near[i] else near[i]


cdef double EASED = 1e-6  # documented in pairs.py


cdef void _exchange(
    const float[:, ::1] matrix,
    const double[::1] weights,
    int64_t[::1] chosen,
    Py_ssize_t fixed,
    int32_t[::1] nearest,
    float[::1] near,
    float[::1] second,
    double[::1] loss,
    double[::1] change,
) noexcept nogil:
    cdef Py_ssize_t c = matrix.shape[0], n = matrix.shape[1], k = chosen.shape[0], last = 0, j = 0, i, t, worst
    cdef double least, gain
    cdef float d
    cdef bint taken
    least = _two_nearest(matrix, weights, chosen, nearest, near, second, loss)
    while True:
        taken = False
        for t in range(k):
            taken |= chosen[t] == j
        if not taken:
            for t in range(k):
                change[t] = 0
            gain = 0
            for i in range(n):
                d = matrix[j, i]
                if d < near[i]:
                    gain += weights[i] * (near[i] - d)
                    change[nearest[i]] += weights[i] * (near[i] - second[i])
                elif d < second[i]:
                    change[nearest[i]] += weights[i] * (d - second[i])
            worst = fixed
            for t in range(k):
                change[t] += loss[t]
                if t > fixed and change[t] < change[worst]:
                    worst = t
            if change[worst] - gain < -EASED * least:
                chosen[worst], last = j, j
                least = _two_nearest(matrix, weights, chosen, nearest, near, second, loss)
        j = j + 1 if j + 1 < c else 0
        if j == last:
            break


cdef double _two_nearest(
    const float[:, ::1] matrix,
    const double[::1] weights,
    const int64_t[::1] chosen,
    int32_t[::1] nearest,
    float[::1] near,
    float[::1] second,
    double[::1] loss,
) noexcept nogil:
    cdef Py_ssize_t i, t
    cdef double least = 0
    cdef float d
    for i in range(near.shape[0]):
        near[i], second[i], nearest[i] = INFINITY, INFINITY, 0
    for t in range(chosen.shape[0]):
        loss[t] = 0
        for i in range(near.shape[0]):
            d = matrix[chosen[t], i]
            if d < near[i]:
                second[i], near[i], nearest[i] = near[i], d, <int32_t> t
            elif d < second[i]:
                second[i] = d
    for i in range(near.shape[0]):
        loss[nearest[i]] += weights[i] * (second[i] - near[i])
        least += weights[i] * near[i]
    return least
