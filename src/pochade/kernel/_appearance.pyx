# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""The appearance of clusters, compiled; appearance.py documents the functions."""

from libc.math cimport INFINITY, M_PI, atan2, cos, exp, fabs, log, sin, sqrt
from libc.stdint cimport int32_t, int64_t, uint64_t
from libc.stdlib cimport free, malloc

import numpy as np


cdef extern from "_linkage.h" nogil:
    enum: BLOCK
    enum: LANES
    double weight_within(
        const double* x, const double* y, const double* z, const double* w, long n, const double* one, double reach
    )
    void block_nearer(const float* block, const double* point, float* near)
    void block_din99o(double* block, const double* matrix, double cosine, double sine, double light)


cdef double EQUAL = 1.000001  # of weights that are equal up to rounding, the first is the largest
cdef double COS = cos(26 * M_PI / 180), SIN = sin(26 * M_PI / 180)
cdef double LIGHT = 100 / log(1.39)
cdef double[9] WHITE_XYZ = [
    506752. / 1228815 / (0.3127 / 0.3290),
    87881. / 245763 / (0.3127 / 0.3290),
    12673. / 70218 / (0.3127 / 0.3290),
    87098. / 409605,
    175762. / 245763,
    12673. / 175545,
    7918. / 409605 / ((1 - 0.3127 - 0.3290) / 0.3290),
    87881. / 737289 / ((1 - 0.3127 - 0.3290) / 0.3290),
    1001167. / 1053270 / ((1 - 0.3127 - 0.3290) / 0.3290),
]


def din99o(const uint64_t[::1] counts, const uint64_t[:, ::1] sums):
    cdef Py_ssize_t i, c, at, size, n = counts.shape[0]
    cdef double scale
    cdef double[3 * 128] block
    out_array = np.empty((n, 3))
    cdef double[:, ::1] out = out_array
    with nogil:
        for i in range(3 * BLOCK):
            block[i] = 0
        for at in range(0, n, 128):
            size = min(<Py_ssize_t> BLOCK, n - at)
            for i in range(size):
                scale = 1 / (255 * <double> <int64_t> counts[at + i])
                for c in range(3):
                    block[c * BLOCK + i] = scale * <double> <int64_t> sums[at + i, c]
            block_din99o(block, WHITE_XYZ, COS, SIN, LIGHT)
            for i in range(size):
                for c in range(3):
                    out[at + i, c] = block[c * BLOCK + i]
    return out_array


def means(
    const double[:, ::1] points,
    const int32_t[::1] labels,
    const double[::1] weights,
    const double[::1] emphasis,
    Py_ssize_t m,
):
    cdef Py_ssize_t i, j, c
    cdef double w, e
    shares_array = np.zeros(m)
    plain_array, emphasized_array = np.zeros((m, 3)), np.zeros((m, 3))
    cdef double[::1] shares = shares_array, heavy = np.zeros(m)
    cdef double[:, ::1] plain = plain_array, emphasized = emphasized_array
    with nogil:
        for i in range(labels.shape[0]):
            j = labels[i]
            w = weights[i]
            e = w * emphasis[i]
            shares[j] += w
            heavy[j] += e
            for c in range(3):
                plain[j, c] += w * points[i, c]
                emphasized[j, c] += e * points[i, c]
        for j in range(m):
            for c in range(3):
                plain[j, c] /= max(shares[j], 1e-300)
                emphasized[j, c] /= max(heavy[j], 1e-300)
    return shares_array, plain_array, emphasized_array


def purity(
    const double[:, ::1] places,
    const int32_t[::1] labels,
    const double[::1] weights,
    const double[:, ::1] shown,
    double same,
    double tinted,
):
    cdef Py_ssize_t i, j
    cdef double u, v, w
    own_array, strong_array = np.zeros(shown.shape[0]), np.zeros(shown.shape[0])
    cdef double[::1] own = own_array, strong = strong_array
    with nogil:
        for i in range(labels.shape[0]):
            j = labels[i]
            u, v, w = places[i, 0] - shown[j, 0], places[i, 1] - shown[j, 1], places[i, 2] - shown[j, 2]
            own[j] += weights[i] if u * u + v * v + w * w < same * same else 0
            strong[j] += weights[i] if places[i, 1] * places[i, 1] + places[i, 2] * places[i, 2] > tinted * tinted else 0
    return own_array, strong_array


cdef class _Cloud:
    """Weighted points by coordinate, padded to whole lanes with points of no weight."""

    cdef Py_ssize_t n, width
    cdef double* data

    def __cinit__(self, const double[:, ::1] points, const double[::1] weights, const int64_t[::1] of):
        cdef Py_ssize_t i, c
        self.n = of.shape[0]
        self.width = (self.n + LANES - 1) // LANES * LANES
        self.data = <double*> malloc(max(1, 4 * self.width) * sizeof(double))
        if self.data == NULL:
            raise MemoryError
        for i in range(self.n):
            for c in range(3):
                self.data[c * self.width + i] = points[of[i], c]
            self.data[3 * self.width + i] = weights[of[i]]
        for i in range(self.n, self.width):
            for c in range(4):
                self.data[c * self.width + i] = 0

    def __dealloc__(self):
        free(self.data)

    cdef double axis(self, Py_ssize_t i, Py_ssize_t c) noexcept nogil:
        return self.data[c * self.width + i]

    cdef double apart(self, Py_ssize_t i, Py_ssize_t j) noexcept nogil:
        """The squared distance of two points."""
        cdef double u = self.axis(i, 0) - self.axis(j, 0)
        cdef double v = self.axis(i, 1) - self.axis(j, 1)
        cdef double w = self.axis(i, 2) - self.axis(j, 2)
        return u * u + v * v + w * w

    cdef double around(self, Py_ssize_t i, double radius) noexcept nogil:
        """The weight of the points within a radius of one."""
        cdef double[3] one = [self.axis(i, 0), self.axis(i, 1), self.axis(i, 2)]
        cdef const double* x = self.data
        cdef Py_ssize_t n = self.width
        return weight_within(x, x + n, x + 2 * n, x + 3 * n, n, one, radius * radius)

    cdef Py_ssize_t heaviest(self, int64_t[::1] peaks) noexcept nogil:
        """Write the indices of the heaviest points, by falling weight; return their number."""
        cdef const double* w = self.data + 3 * self.width
        cdef Py_ssize_t i, at, held = 0, most = peaks.shape[0]
        for i in range(self.n):
            if held == most and w[i] <= w[peaks[held - 1]]:
                continue
            held = min(held + 1, most)
            at = held - 1
            while at > 0 and w[peaks[at - 1]] < w[i]:
                peaks[at] = peaks[at - 1]
                at -= 1
            peaks[at] = i
        return held

    cdef near(self, Py_ssize_t i, double radius, const int64_t[::1] of):
        """The points within a radius of one, by their names in `of`: int64 (a,)."""
        cdef Py_ssize_t j, held = 0
        near_array = np.empty(self.n, np.int64)
        cdef int64_t[::1] near = near_array
        for j in range(self.n):
            near[held] = of[j]
            held += self.apart(i, j) <= radius * radius
        return near_array[:held]


def hues(
    const double[:, ::1] places,
    const double[::1] weights,
    const int64_t[::1] members,
    Py_ssize_t tries,
    double same,
    double alike,
    double tinted,
    double turn,
):
    cdef _Cloud cloud = _Cloud(places, weights, members)
    cdef Py_ssize_t i, best = 0, first = -1, found
    cdef double angle, least = INFINITY, most = -INFINITY, rival = 0, a, b
    cdef int64_t[::1] peaks = np.empty(min(tries, cloud.n), np.int64)
    cdef double[::1] held = np.empty(peaks.shape[0])
    with nogil:
        found = cloud.heaviest(peaks)
        for i in range(found):
            a, b = cloud.axis(peaks[i], 1), cloud.axis(peaks[i], 2)
            if sqrt(a * a + b * b) <= tinted:
                continue
            if first < 0:
                first = peaks[i]
            angle = _turn(cloud, peaks[i], first)
            least, most = min(least, angle), max(most, angle)
    if first < 0 or most - least <= turn:
        return np.zeros(0, np.int64), 0.0
    with nogil:
        for i in range(found):
            held[i] = cloud.around(peaks[i], same)
            if held[i] > held[best] * EQUAL:
                best = i
        a, b = cloud.axis(peaks[best], 1), cloud.axis(peaks[best], 2)
        if sqrt(a * a + b * b) > tinted:
            for i in range(found):
                a, b = cloud.axis(peaks[i], 1), cloud.axis(peaks[i], 2)
                if held[i] <= rival or sqrt(a * a + b * b) <= tinted:
                    continue
                if abs(_turn(cloud, peaks[i], peaks[best])) > turn and cloud.apart(peaks[i], peaks[best]) > alike * alike:
                    rival = held[i]
    return cloud.near(peaks[best], same, members), rival


cdef double _turn(_Cloud cloud, Py_ssize_t i, Py_ssize_t j) noexcept nogil:
    """The angle from the hue of point j to that of point i."""
    cdef double a = cloud.axis(i, 1), b = cloud.axis(i, 2), c = cloud.axis(j, 1), d = cloud.axis(j, 2)
    return atan2(b * c - a * d, a * c + b * d)


def unlike(
    const double[:, ::1] places,
    const double[::1] weights,
    const double[:, ::1] shown,
    Py_ssize_t tries,
    double far,
    double alike,
):
    cdef Py_ssize_t at, i, c, j, size, missing = 0, n = places.shape[0], best = 0, found
    cdef double mass = 0
    cdef float[3 * 128] block
    cdef float[128] near
    missed_array = np.empty(n, np.int64)
    cdef int64_t[::1] missed = missed_array
    with nogil:
        for i in range(3 * BLOCK):
            block[i] = 0
        for at in range(0, n, 128):
            size = min(<Py_ssize_t> BLOCK, n - at)
            for i in range(size):
                for c in range(3):
                    block[c * BLOCK + i] = <float> places[at + i, c]
            for i in range(BLOCK):
                near[i] = INFINITY
            for j in range(shown.shape[0]):
                block_nearer(block, &shown[j, 0], near)
            for i in range(size):
                if near[i] > far * far:
                    missed[missing] = at + i
                    missing += 1
                    mass += weights[at + i]
    missed_array = missed_array[:missing]
    if not missing:
        return missed_array, 0.0, 0.0
    cdef _Cloud cloud = _Cloud(places, weights, missed_array)
    cdef int64_t[::1] peaks = np.empty(min(tries, missing), np.int64)
    cdef double[::1] areas = np.empty(peaks.shape[0])
    with nogil:
        found = cloud.heaviest(peaks)
        for i in range(found):
            areas[i] = cloud.around(peaks[i], alike)
            if areas[i] > areas[best] * EQUAL:
                best = i
    return cloud.near(peaks[best], alike, missed_array), areas[best], mass


def ciede2000(const double[:, ::1] a, const double[:, ::1] b):
    cdef Py_ssize_t i, j
    out_array = np.empty((a.shape[0], b.shape[0]))
    cdef double[:, ::1] out = out_array
    with nogil:
        for i in range(a.shape[0]):
            for j in range(b.shape[0]):
                out[i, j] = _ciede2000(&a[i, 0], &b[j, 0])
    return out_array


cdef double _ciede2000(const double* one, const double* two) noexcept nogil:
    cdef double degree = M_PI / 180
    cdef double a1 = one[1], b1 = one[2], a2 = two[1], b2 = two[2]
    cdef double C = (sqrt(a1 * a1 + b1 * b1) + sqrt(a2 * a2 + b2 * b2)) / 2
    cdef double stretch = 1 + 0.5 * (1 - _saturating(C))
    cdef double a1p = a1 * stretch, a2p = a2 * stretch
    cdef double C1p = sqrt(a1p * a1p + b1 * b1), C2p = sqrt(a2p * a2p + b2 * b2)
    cdef double h1p = atan2(b1, a1p), h2p = atan2(b2, a2p), hp, dh = 0, T, dL, dC, dH, from_blue, rotation
    h1p = h1p + 2 * M_PI if h1p < 0 else h1p
    h2p = h2p + 2 * M_PI if h2p < 0 else h2p
    hp = h1p + h2p
    if C1p * C2p != 0:
        dh = h2p - h1p
        if fabs(dh) > M_PI:
            dh += -2 * M_PI if dh > 0 else 2 * M_PI
            hp += 2 * M_PI if hp < 2 * M_PI else -2 * M_PI
        hp /= 2
    cdef double Lp = (one[0] + two[0]) / 2 - 50, Cp = (C1p + C2p) / 2
    T = 1 - 0.17 * cos(hp - 30 * degree) + 0.24 * cos(2 * hp) + 0.32 * cos(3 * hp + 6 * degree)
    T -= 0.2 * cos(4 * hp - 63 * degree)
    dL = (two[0] - one[0]) / (1 + 0.015 * Lp * Lp / sqrt(20 + Lp * Lp))
    dC = (C2p - C1p) / (1 + 0.045 * Cp)
    dH = 2 * sqrt(C1p * C2p) * sin(dh / 2) / (1 + 0.015 * Cp * T)
    from_blue = (hp - 275 * degree) / (25 * degree)
    rotation = -2 * _saturating(Cp) * sin(60 * degree * exp(-from_blue * from_blue))
    return sqrt(max(dL * dL + dC * dC + dH * dH + rotation * dC * dH, <double> 0))


cdef double _saturating(double C) noexcept nogil:
    cdef double power = C * C * C * C * C * C * C
    return sqrt(power / (power + 6103515625.0))  # 25^7
