# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Loops over the colors of many pictures, compiled; lookup.py documents the functions."""

from libc.stdint cimport INT32_MAX, int16_t, int32_t, int64_t, uint16_t, uint32_t

import numpy as np


def closest(const int16_t[:, ::1] points, const int64_t[::1] ends, const int16_t[::1] wish):
    cdef Py_ssize_t n = ends.shape[0], i, j, start = 0
    cdef int32_t x = wish[0], y = wish[1], z = wish[2], u, v, w, squared, least
    if points.shape[1] != 3 or wish.shape[0] != 3 or (n and ends[n - 1] > points.shape[0]):
        raise ValueError("points must be (m, 3), wish (3,), and ends end in points.")
    out = np.empty(n, np.int32)
    cdef int32_t[::1] far = out
    cdef const int16_t* point
    with nogil:
        for i in range(n):
            least = INT32_MAX
            for j in range(start, ends[i]):
                point = &points[j, 0]
                u, v, w = point[0] - x, point[1] - y, point[2] - z
                squared = u * u + v * v + w * w
                least = squared if squared < least else least
            far[i] = least
            start = ends[i]
    return out


def gather_near(
    const int16_t[:, ::1] points, const uint16_t[::1] shares, const uint32_t[::1] rows, const int64_t[:, ::1] spans,
    const int16_t[::1] wish, int32_t reach, int32_t[::1] far, uint32_t[::1] mass, int64_t[::1] at,
):
    cdef Py_ssize_t m = points.shape[0], n = far.shape[0], s, j
    cdef int32_t x = wish[0], y = wish[1], z = wish[2], u, v, w, squared
    cdef uint32_t row
    cdef const int16_t* point
    if points.shape[1] != 3 or wish.shape[0] != 3 or shares.shape[0] != m or rows.shape[0] != m:
        raise ValueError("points must be (m, 3), shares and rows (m,), wish (3,).")
    if mass.shape[0] != n or at.shape[0] != n or spans.shape[1] != 2:
        raise ValueError("far, mass and at must be (n,), spans (s, 2).")
    for s in range(spans.shape[0]):
        if not 0 <= spans[s, 0] <= spans[s, 1] <= m:
            raise ValueError("a span is outside the points.")
    with nogil:
        for s in range(spans.shape[0]):
            for j in range(spans[s, 0], spans[s, 1]):
                point = &points[j, 0]
                u, v, w = point[0] - x, point[1] - y, point[2] - z
                squared = u * u + v * v + w * w
                if squared <= reach:
                    row = rows[j]
                    if row >= n:
                        continue
                    mass[row] += shares[j]
                    if squared < far[row]:
                        far[row] = squared
                        at[row] = j


def sliced(const uint16_t[:, :, ::1] table, const uint16_t[:, ::1] query, int32_t limit=INT32_MAX):
    cdef Py_ssize_t n = table.shape[0], d = table.shape[1], q = table.shape[2], i, j, k
    cdef int32_t total, most, apart
    if query.shape[0] != d or query.shape[1] != q:
        raise ValueError("query must be (d, q), as in the table.")
    out = np.empty(n, np.int32)
    cdef int32_t[::1] largest = out
    cdef const uint16_t* one
    cdef const uint16_t* other
    with nogil:
        for i in range(n):
            most = 0
            for j in range(d):
                one, other, total = &table[i, j, 0], &query[j, 0], 0
                for k in range(q):
                    apart = <int32_t> one[k] - other[k]
                    total += apart if apart >= 0 else -apart
                most = total if total > most else most
                if most > limit:
                    break
            largest[i] = most
    return out
