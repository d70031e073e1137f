# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Functions of bins, compiled; bins.py documents them."""

from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memset

import numpy as np

from pochade.kernel.levels import LEVEL, LINEAR


cdef extern from "_vectors.h" nogil:
    enum: BLOCK
    void blur(const float* cube, float* to, long n, long step)
    void cube_roots(double* x)


cdef enum:
    BINS = 262144  # 64 levels of three channels
    CUBE = 34 * 34 * 34  # 32 levels a channel, with an empty rim

cdef uint32_t[3][256] FINE
cdef uint16_t[3][256] COARSE
cdef double[257] LIGHT


cdef void _prepare():
    cdef int code, channel, level
    for code in range(256):
        level = LEVEL[code]
        LIGHT[code] = LINEAR[code]
        for channel in range(3):
            FINE[channel][code] = level << (12 - 6 * channel)
            COARSE[channel][code] = level >> 1 << (10 - 5 * channel)
    LIGHT[256] = LIGHT[255]


_prepare()


cdef inline uint32_t _bin(const uint8_t* code) noexcept nogil:
    return FINE[0][code[0]] + FINE[1][code[1]] + FINE[2][code[2]]


def locate(
    const uint8_t[:, :, ::1] codes,
    const uint8_t[:, ::1] alpha,
    const int64_t[::1] rows,
    const int64_t[::1] columns,
    const uint32_t[::1] bins,
    const uint8_t[:, ::1] solid,
):
    cdef Py_ssize_t i, y, x, n = bins.shape[0]
    cdef int32_t* rank
    cdef int64_t* p
    places_array = np.zeros((n, 8), np.int64)
    cdef int64_t[:, ::1] places = places_array
    rank = <int32_t*> calloc(BINS, sizeof(int32_t))
    if rank == NULL:
        raise MemoryError
    with nogil:
        for i in range(n):
            rank[bins[i]] = i
            places[i, 4] = places[i, 5] = 1 << 62
            places[i, 6] = places[i, 7] = -1
        for y in range(codes.shape[0]):
            for x in range(codes.shape[1]):
                if alpha is not None and alpha[y, x] < 128:
                    continue
                p = &places[rank[_bin(&codes[y, x, 0])], 0]
                p[0] += 1
                p[1] += columns[x]
                p[2] += rows[y]
                p[3] += solid[y, x]
                p[4] = min(p[4], columns[x])
                p[5] = min(p[5], rows[y])
                p[6] = max(p[6], columns[x])
                p[7] = max(p[7], rows[y])
    free(rank)
    return places_array


def coarsen(const uint32_t[::1] bins, const uint64_t[::1] counts, const uint64_t[:, ::1] sums):
    cdef Py_ssize_t i, n = bins.shape[0]
    cdef uint32_t b
    cdef int32_t m = 0, at
    cdef int32_t[32768] rank
    coarse_array, labels_array = np.empty(min(n, 32768), np.uint32), np.empty(n, np.int32)
    cdef uint32_t[::1] coarse = coarse_array
    cdef int32_t[::1] labels = labels_array
    with nogil:
        memset(rank, 255, sizeof(rank))
        for i in range(n):
            b = bins[i]
            b = (b >> 13) << 10 | (b >> 7 & 31) << 5 | (b >> 1 & 31)
            if rank[b] < 0:
                coarse[m] = b
                rank[b] = m
                m += 1
            labels[i] = rank[b]
    counts_array, sums_array = np.zeros(m, np.uint64), np.zeros((m, 3), np.uint64)
    cdef uint64_t[::1] counts_of = counts_array
    cdef uint64_t[:, ::1] sums_of = sums_array
    with nogil:
        for i in range(n):
            at = labels[i]
            counts_of[at] += counts[i]
            sums_of[at, 0] += sums[i, 0]
            sums_of[at, 1] += sums[i, 1]
            sums_of[at, 2] += sums[i, 2]
    return coarse_array[:m], labels_array, counts_array, sums_array


def heavy(const uint64_t[::1] counts, double part):
    cdef Py_ssize_t i, held = 0, n = counts.shape[0]
    cdef uint64_t total = 0
    cdef double all, least
    heavy_array = np.empty(min(n, <Py_ssize_t> (1 / part) + 1), np.int64)
    cdef int64_t[::1] heavy = heavy_array
    with nogil:
        for i in range(n):
            total += counts[i]
        all = <double> total
        least = all * part * 0.999999  # a division takes longer
        for i in range(n):
            if <int64_t> counts[i] >= least and <double> counts[i] / all >= part:
                heavy[held] = i
                held += 1
    return heavy_array[:held]


def flat(
    const uint8_t[:, :, :, ::1] codes,
    const uint8_t[:, :, ::1] alpha,
    const uint8_t[:, :, ::1] solid,
    const uint32_t[::1] bins,
):
    cdef Py_ssize_t i, n = solid.shape[0] * solid.shape[1] * solid.shape[2], flat = 0, opaque = n
    cdef uint8_t[32768] inside
    cdef uint32_t bin
    cdef const uint8_t* pixel = &codes[0, 0, 0, 0]
    cdef const uint8_t* even = &solid[0, 0, 0]
    cdef const uint8_t* cover = NULL
    if alpha is not None:
        cover = &alpha[0, 0, 0]
    with nogil:
        memset(inside, 0, 32768)
        for i in range(bins.shape[0]):
            inside[bins[i] >> 3] |= 1 << (bins[i] & 7)
        for i in range(n):
            if cover != NULL and cover[i] < 128:
                opaque -= 1
                continue
            bin = _bin(pixel + 3 * i)
            flat += even[i] & (inside[bin >> 3] >> (bin & 7))
    return flat, opaque


def gather(
    const int32_t[::1] labels,
    Py_ssize_t m,
    const double[::1] emphasis,
    const uint64_t[::1] counts,
    const uint64_t[:, ::1] sums,
):
    cdef Py_ssize_t i, j, c
    cdef double share
    totals_array, heaviest_array = np.zeros(m, np.uint64), np.full(m, -1, np.int64)
    plain_array, vivid_array = np.empty((m, 3)), np.zeros((m, 4))
    cdef uint64_t[::1] totals = totals_array, most = np.zeros(m, np.uint64)
    cdef uint64_t[:, ::1] whole = np.zeros((m, 3), np.uint64)
    cdef int64_t[::1] heaviest = heaviest_array
    cdef double[:, ::1] plain = plain_array, vivid = vivid_array
    with nogil:
        for i in range(labels.shape[0]):
            j = labels[i]
            totals[j] += counts[i]
            for c in range(3):
                whole[j, c] += sums[i, c]
            if emphasis is not None:
                share = emphasis[i]
                vivid[j, 3] += share * <double> <int64_t> counts[i]  # from signed integers, which processors convert
                for c in range(3):
                    vivid[j, c] += share * <double> <int64_t> sums[i, c]
            if counts[i] > most[j]:
                most[j], heaviest[j] = counts[i], i
        for j in range(m):
            for c in range(3):
                plain[j, c] = <double> whole[j, c] / <double> totals[j]
                vivid[j, c] = vivid[j, c] / vivid[j, 3] if vivid[j, 3] > 0 else plain[j, c]
    return totals_array, plain_array, vivid_array[:, :3], heaviest_array


def spots(
    const uint8_t[:, :, :, ::1] codes,
    const uint8_t[:, :, ::1] alpha,
    const uint32_t[::1] coarse,
    const int32_t[::1] labels,
    Py_ssize_t m,
):
    cdef Py_ssize_t i, f, y, x, columns = codes.shape[2]
    cdef int32_t label, side, same, corner, above
    cdef const uint8_t* pixel
    cdef int16_t[32768] of
    spots_array = np.zeros((m, 4), np.int64)
    # for each pixel of this row and the row above: its label, and the side of the square that ends there
    row_array, most_array = np.empty((3, columns + 1), np.int32), np.zeros(m + 1, np.int32)
    cdef int32_t[:, ::1] row = row_array
    cdef int32_t* now = &row[0, 0]
    cdef int32_t* up = &row[1, 0]
    cdef int32_t* sides = &row[2, 0]
    cdef int32_t[::1] most = most_array
    cdef int64_t[:, ::1] found = spots_array
    most[0] = 0x7FFFFFFF  # no square is larger, so none without a label counts
    with nogil:
        memset(of, 255, sizeof(of))
        for i in range(coarse.shape[0]):
            of[coarse[i]] = labels[i]
        for f in range(codes.shape[0]):
            row[:, :] = -1
            for y in range(codes.shape[1]):
                now, up = up, now
                pixel = &codes[f, y, 0, 0]
                for x in range(columns):
                    now[x + 1] = of[COARSE[0][pixel[0]] + COARSE[1][pixel[1]] + COARSE[2][pixel[2]]]
                    pixel += 3
                if alpha is not None:
                    for x in range(columns):
                        if alpha[f, y, x] < 128:
                            now[x + 1] = -1
                corner = side = 0
                for x in range(1, columns + 1):
                    label, above = now[x], sides[x]
                    same = (label == up[x]) & (label == up[x - 1]) & (label == now[x - 1])
                    side = 1 + (-same & min(corner, min(above, side)))
                    corner = above
                    sides[x] = side
                    if side > most[label + 1]:
                        most[label + 1] = side
                        found[label, 0], found[label, 1] = side, f
                        found[label, 2], found[label, 3] = y - side // 2, x - 1 - side // 2
    return spots_array


cdef inline double _light(uint64_t total, double count) noexcept nogil:
    """The linear light of a mean code, interpolated between the neighboring whole codes."""
    cdef double code = total / count
    cdef int low = <int> code
    return LIGHT[low] + (code - low) * (LIGHT[low + 1] - LIGHT[low])


def oklab(const uint64_t[::1] counts, const uint64_t[:, ::1] sums):
    cdef Py_ssize_t i, at, size, n = counts.shape[0]
    cdef double r, g, b, l, m, s
    cdef double[3 * 128] lms
    out_array = np.empty((n, 3))
    cdef double[:, ::1] out = out_array
    with nogil:
        for i in range(3 * BLOCK):
            lms[i] = 0
        for at in range(0, n, 128):
            size = min(<Py_ssize_t> BLOCK, n - at)
            for i in range(size):
                r = _light(sums[at + i, 0], counts[at + i])
                g = _light(sums[at + i, 1], counts[at + i])
                b = _light(sums[at + i, 2], counts[at + i])
                lms[i] = 0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b
                lms[BLOCK + i] = 0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b
                lms[2 * BLOCK + i] = 0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b
            cube_roots(lms)
            for i in range(size):
                l, m, s = lms[i], lms[BLOCK + i], lms[2 * BLOCK + i]
                out[at + i, 0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
                out[at + i, 1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
                out[at + i, 2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    return out_array


def density(const uint32_t[::1] coarse, const double[::1] weights):
    cdef Py_ssize_t i, n = coarse.shape[0]
    cube_array = np.zeros((2, CUBE), np.float32)
    out_array = np.empty(n)
    cdef float[:, ::1] cube = cube_array
    cdef double[::1] out = out_array
    with nogil:
        for i in range(n):
            cube[0, _inside(coarse[i])] = <float> weights[i]
        blur(&cube[0, 0], &cube[1, 0], CUBE, 1)
        blur(&cube[1, 0], &cube[0, 0], CUBE, 34)
        blur(&cube[0, 0], &cube[1, 0], CUBE, 34 * 34)
        for i in range(n):
            out[i] = cube[1, _inside(coarse[i])]
    return out_array


cdef inline Py_ssize_t _inside(uint32_t coarse) noexcept nogil:
    """The index of a coarse bin in the cube with a rim."""
    return (((coarse >> 10) + 1) * 34 + (coarse >> 5 & 31) + 1) * 34 + (coarse & 31) + 1


def cells(const uint32_t[::1] coarse, const double[:, ::1] points, const double[::1] weights):
    cdef Py_ssize_t i, c, n = coarse.shape[0]
    cdef uint32_t b
    cdef int32_t m = 0, at
    cdef int32_t[4096] rank
    points_array, weights_array = np.zeros((min(n, 4096), 3)), np.zeros(min(n, 4096))
    cdef double[:, ::1] x = points_array
    cdef double[::1] w = weights_array
    with nogil:
        for i in range(4096):
            rank[i] = -1
        for i in range(n):
            b = coarse[i]
            b = (b >> 11) << 8 | (b >> 6 & 15) << 4 | (b >> 1 & 15)
            if rank[b] < 0:
                rank[b] = m
                m += 1
            at = rank[b]
            w[at] += weights[i]
            for c in range(3):
                x[at, c] += weights[i] * points[i, c]
        for i in range(m):
            for c in range(3):
                x[i, c] /= w[i]
    return points_array[:m], weights_array[:m]
