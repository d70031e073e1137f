# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""The compiled kernel. Each function has a twin of the same name in reference.py, which says what it does."""

from libc.math cimport INFINITY, sqrt
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcpy

import numpy as np

from pochade.kernel.levels import FIRST, LEVEL, LINEAR

# A word gathers the pixels of one bin: count in 13 bits, then the sums of what the three codes stand above their
# level's lowest code, in 15 bits each. The bin's own number rides on top, in the 18 bits that a pixel's word leaves
# free: so one sum of three table entries gives both the address and what to add there. The numbers pile up in the
# sum, modulo 2^64, and are taken off when the word is read, as the count says how many they are.
cdef extern from "_vectors.h" nogil:
    enum: BLOCK
    void block_distances(const float* block, const double* point, float* far)
    void block_nearer(const float* block, const double* point, float* near)
    void block_farther(const float* block, const double* point, const float* weights, float* near, float* value)
    void block_labels(const float* block, const double* centers, int k, float* near, int32_t* best)
    void gain_and_mass(const float* far, const float* near, const float* weights, long blocks, double* result)
    void blur(const float* cube, float* to, long n, long step)
    void cube_roots(double* x)
    long occupied(const uint64_t* words, long n, uint32_t* found)


cdef enum:
    BINS = 262144  # 64 levels of three channels
    COUNT_MASK = 0x1FFF
    FIELD_MASK = 0x7FFF
    RED = 13
    GREEN = 28
    BLUE = 43
    BIN = 46
    CUBE = 34 * 34 * 34  # 32 levels a channel, with an empty rim

cdef double RELAXED = 1.8  # reference.py says why
cdef uint64_t[3][256] ENTRY
cdef uint8_t[64] BASE
cdef double[257] LIGHT
cdef uint16_t[3][256] COARSE


cdef void _prepare():
    cdef uint64_t level, above
    cdef int code
    for code in range(256):
        level = LEVEL[code]
        above = code - <int> FIRST[code]
        BASE[level] = FIRST[code]
        ENTRY[0][code] = 1 | above << RED | level << 12 << BIN
        ENTRY[1][code] = above << GREEN | level << 6 << BIN
        ENTRY[2][code] = above << BLUE | level << BIN
        LIGHT[code] = LINEAR[code]
        COARSE[0][code] = level >> 1 << 10
        COARSE[1][code] = level >> 1 << 5
        COARSE[2][code] = level >> 1
    LIGHT[256] = LIGHT[255]


_prepare()


cdef struct Total:
    uint64_t count
    uint64_t red
    uint64_t green
    uint64_t blue


cdef inline void _settle(Total* total, uint64_t word, uint64_t bin, uint64_t unit) noexcept nogil:
    """Add a word's pixels, each `unit` times, to a bin's total."""
    cdef uint64_t n = word & COUNT_MASK
    word -= n * bin << BIN
    total.count += n * unit
    total.red += (n * BASE[bin >> 12] + (word >> RED & FIELD_MASK)) * unit
    total.green += (n * BASE[bin >> 6 & 63] + (word >> GREEN & FIELD_MASK)) * unit
    total.blue += (n * BASE[bin & 63] + (word >> BLUE)) * unit


cdef inline uint64_t _entry(const uint8_t* code) noexcept nogil:
    return ENTRY[0][code[0]] + ENTRY[1][code[1]] + ENTRY[2][code[2]]


cdef class Tally:
    # Wherever `complete` holds, each occupied bin has a word that is not 0, and totals hold only what did not fit.
    cdef uint64_t* words
    cdef Total* totals
    cdef uint32_t* found
    cdef uint64_t unit
    cdef bint complete
    cdef bint settled  # whether anything is in totals

    def __cinit__(self):
        self.words = <uint64_t*> calloc(BINS, sizeof(uint64_t))
        self.totals = <Total*> calloc(BINS, sizeof(Total))
        self.found = <uint32_t*> calloc(BINS + 1, sizeof(uint32_t))
        if self.words == NULL or self.totals == NULL or self.found == NULL:
            raise MemoryError
        self.unit = 255
        self.complete = True
        self.settled = False

    def __dealloc__(self):
        free(self.words)
        free(self.totals)
        free(self.found)

    def add(self, const uint8_t[:, :, :] codes, const uint8_t[:, :] alpha=None, uint64_t weight=1):
        cdef Py_ssize_t rows = codes.shape[0], columns = codes.shape[1]
        cdef Py_ssize_t down = codes.strides[0], right = codes.strides[1]
        cdef Py_ssize_t y
        cdef const uint8_t* first
        if rows == 0 or columns == 0:
            return
        if codes.strides[2] != 1:
            raise ValueError("channels must be adjacent in memory")
        first = &codes[0, 0, 0]
        with nogil:
            if weight * 255 != self.unit:
                self._settle_all()
                self.unit = weight * 255
            if alpha is None:
                for y in range(rows):
                    self._row(first + y * down, right, columns)
            else:
                self.complete, self.settled = False, True
                for y in range(rows):
                    self._row_alpha(first + y * down, right, columns, &alpha[y, 0], alpha.strides[1])

    cdef inline void _count(self, uint64_t entry) noexcept nogil:
        cdef uint64_t bin = entry >> BIN
        cdef uint64_t word = self.words[bin] + entry
        if word & COUNT_MASK == COUNT_MASK:  # full: settle all but this pixel, so that the word is never 0
            _settle(&self.totals[bin], word - entry, bin, self.unit)
            self.settled = True
            word = entry
        self.words[bin] = word

    cdef void _row(self, const uint8_t* pixel, Py_ssize_t right, Py_ssize_t columns) noexcept nogil:
        cdef Py_ssize_t x
        if right == 3:  # a stride that the compiler knows
            for x in range(columns):
                self._count(_entry(pixel + 3 * x))
        else:
            for x in range(columns):
                self._count(_entry(pixel + right * x))

    cdef void _row_alpha(
        self, const uint8_t* pixel, Py_ssize_t right, Py_ssize_t columns, const uint8_t* alpha, Py_ssize_t next
    ) noexcept nogil:
        cdef Py_ssize_t x
        cdef uint64_t share, unit = self.unit / 255
        cdef Total* total
        for x in range(columns):
            share = alpha[0] * unit
            if alpha[0] == 255:
                self._count(_entry(pixel))
            elif share:
                total = &self.totals[_entry(pixel) >> BIN]
                total.count += share
                total.red += share * pixel[0]
                total.green += share * pixel[1]
                total.blue += share * pixel[2]
            pixel += right
            alpha += next

    cdef void _settle_all(self) noexcept nogil:
        cdef Py_ssize_t i
        for i in range(BINS):
            if self.words[i]:
                _settle(&self.totals[i], self.words[i], i, self.unit)
                self.words[i] = 0
                self.complete, self.settled = False, True

    def absorb(self, Tally other):
        cdef Py_ssize_t i, j, n
        cdef Total* total
        cdef Total* more
        with nogil:
            if other.unit != self.unit or not other.complete:
                other._settle_all()
            self.complete, self.settled = self.complete and other.complete, True
            n = other._find()
            for j in range(n):
                i = other.found[j]
                if other.settled:
                    total, more = &self.totals[i], &other.totals[i]
                    total.count += more.count
                    total.red += more.red
                    total.green += more.green
                    total.blue += more.blue
                    more.count = more.red = more.green = more.blue = 0
                if self.words[i]:
                    _settle(&self.totals[i], other.words[i], i, other.unit)
                else:
                    self.words[i] = other.words[i]
                other.words[i] = 0
            other.complete, other.settled = True, False

    cdef Py_ssize_t _find(self) noexcept nogil:
        """Write the occupied bins to `found`; how many they are."""
        cdef Py_ssize_t i, n = 0
        if self.complete:
            return occupied(self.words, BINS, self.found)
        for i in range(BINS):
            self.found[n] = i
            n += (self.words[i] | self.totals[i].count) != 0
        return n

    def result(self):
        cdef Py_ssize_t i, n
        cdef uint64_t word
        cdef Total* total
        cdef Total fresh
        cdef uint32_t* found = self.found
        with nogil:
            n = self._find()
        bins_array, counts_array, sums_array = np.empty(n, np.uint32), np.empty(n, np.uint64), np.empty((n, 3), np.uint64)
        cdef uint32_t[::1] bins = bins_array
        cdef uint64_t[::1] counts = counts_array
        cdef uint64_t[:, ::1] sums = sums_array
        with nogil:
            for i in range(n):
                bins[i] = found[i]
                word = self.words[found[i]]
                if self.settled:
                    total = &self.totals[found[i]]
                else:  # a small picture need not touch the large table
                    total = &fresh
                    total.count = total.red = total.green = total.blue = 0
                _settle(total, word, found[i], self.unit)
                counts[i] = total.count
                sums[i, 0], sums[i, 1], sums[i, 2] = total.red, total.green, total.blue
                self.words[found[i]] = 0
                total.count = total.red = total.green = total.blue = 0
            self.settled = False
            self.complete = True
        return bins_array, counts_array, sums_array


def sample(
    const uint8_t[:, :, :] codes, const int64_t[::1] rows, const int64_t[::1] columns, uint8_t[:, :, :] out
):
    cdef Py_ssize_t i, j
    with nogil:
        for i in range(rows.shape[0]):
            for j in range(columns.shape[0]):
                memcpy(&out[i, j, 0], &codes[rows[i], columns[j], 0], 3)


def locate(
    const uint8_t[:, :, ::1] codes,
    const uint8_t[:, ::1] alpha,
    const int64_t[::1] rows,
    const int64_t[::1] columns,
    const uint32_t[::1] bins,
):
    cdef Py_ssize_t i, y, x, n = bins.shape[0]
    cdef int32_t* rank
    cdef int64_t* p
    places_array = np.zeros((n, 7), np.int64)
    cdef int64_t[:, ::1] places = places_array
    rank = <int32_t*> calloc(BINS, sizeof(int32_t))
    if rank == NULL:
        raise MemoryError
    with nogil:
        for i in range(n):
            rank[bins[i]] = i
            places[i, 3] = places[i, 4] = 1 << 62
            places[i, 5] = places[i, 6] = -1
        for y in range(codes.shape[0]):
            for x in range(codes.shape[1]):
                if alpha is not None and alpha[y, x] < 128:
                    continue
                p = &places[rank[_entry(&codes[y, x, 0]) >> BIN], 0]
                p[0] += 1
                p[1] += columns[x]
                p[2] += rows[y]
                p[3] = min(p[3], columns[x])
                p[4] = min(p[4], rows[y])
                p[5] = max(p[5], columns[x])
                p[6] = max(p[6], rows[y])
    free(rank)
    return places_array


def coarsen(const uint32_t[::1] bins, const uint64_t[::1] counts, const uint64_t[:, ::1] sums):
    cdef Py_ssize_t i, n = bins.shape[0]
    cdef uint32_t b
    cdef int32_t m = 0, at
    cdef int32_t[32768] rank
    coarse_array, labels_array = np.empty(n, np.uint32), np.empty(n, np.int32)
    counts_array, sums_array = np.zeros(n, np.uint64), np.zeros((n, 3), np.uint64)
    cdef uint32_t[::1] coarse = coarse_array
    cdef int32_t[::1] labels = labels_array
    cdef uint64_t[::1] counts_of = counts_array
    cdef uint64_t[:, ::1] sums_of = sums_array
    with nogil:
        for i in range(32768):
            rank[i] = -1
        for i in range(n):
            b = bins[i]
            b = (b >> 13) << 10 | (b >> 7 & 31) << 5 | (b >> 1 & 31)
            if rank[b] < 0:
                coarse[m] = b
                rank[b] = m
                m += 1
            at = rank[b]
            labels[i] = at
            counts_of[at] += counts[i]
            sums_of[at, 0] += sums[i, 0]
            sums_of[at, 1] += sums[i, 1]
            sums_of[at, 2] += sums[i, 2]
    return coarse_array[:m], labels_array, counts_array[:m], sums_array[:m]


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
    plain_array, vivid_array = np.zeros((m, 3)), np.zeros((m, 4))
    cdef uint64_t[::1] totals = totals_array
    cdef int64_t[::1] heaviest = heaviest_array
    cdef double[:, ::1] plain = plain_array, vivid = vivid_array
    with nogil:
        for i in range(labels.shape[0]):
            j = labels[i]
            totals[j] += counts[i]
            for c in range(3):
                plain[j, c] += sums[i, c]
            if emphasis is not None:
                share = emphasis[i]
                vivid[j, 3] += share * counts[i]
                for c in range(3):
                    vivid[j, c] += share * sums[i, c]
            if heaviest[j] < 0 or counts[i] > counts[heaviest[j]]:
                heaviest[j] = i
        for j in range(m):
            for c in range(3):
                plain[j, c] /= totals[j]
                vivid[j, c] = vivid[j, c] / vivid[j, 3] if vivid[j, 3] > 0 else plain[j, c]
    return totals_array, plain_array, vivid_array[:, :3], heaviest_array


def spots(
    const uint8_t[:, :, :, ::1] codes,
    const uint8_t[:, :, ::1] alpha,
    const uint32_t[::1] coarse,
    const int32_t[::1] labels,
    Py_ssize_t m,
):
    cdef Py_ssize_t i, f, y, x, j, columns = codes.shape[2]
    cdef int32_t label, side, corner, above
    cdef const uint8_t* pixel
    cdef int16_t[32768] of
    spots_array = np.zeros((m, 4), np.int64)
    # of each pixel of the row above: its label, and the side of the square that ends there
    row_array = np.empty((2, columns + 1), np.int32)
    cdef int32_t[:, ::1] row = row_array
    cdef int64_t[:, ::1] found = spots_array
    with nogil:
        for i in range(32768):
            of[i] = -1
        for i in range(coarse.shape[0]):
            of[coarse[i]] = labels[i]
        for f in range(codes.shape[0]):
            row[:, :] = -1
            for y in range(codes.shape[1]):
                corner, above = -1, 0  # label and side of the pixel above and to the left
                row[0, 0], row[1, 0] = -1, 0
                for x in range(1, columns + 1):
                    pixel = &codes[f, y, x - 1, 0]
                    label = of[COARSE[0][pixel[0]] + COARSE[1][pixel[1]] + COARSE[2][pixel[2]]]
                    if alpha is not None and alpha[f, y, x - 1] < 128:
                        label = -1
                    side = 1
                    if label >= 0 and label == corner and label == row[0, x] and label == row[0, x - 1]:
                        side = 1 + min(above, min(row[1, x], row[1, x - 1]))
                    corner, above = row[0, x], row[1, x]
                    row[0, x], row[1, x] = label, side
                    if label >= 0 and side > found[label, 0]:
                        found[label, 0], found[label, 1] = side, f
                        found[label, 2], found[label, 3] = y - side // 2, x - 1 - side // 2
    return spots_array


cdef inline double _light(uint64_t total, double count) noexcept nogil:
    """Linear light of a mean code, interpolated between the whole codes beside it."""
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


cdef class _Planes:
    """Points coordinate by coordinate in float32, in whole blocks: as many at once as the machine's vectors hold.

    float32 resolves a thousandth of what an eye does; the twin compares in it too, and so gives the same labels.
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
        """Write each point's nearest center, the first of equals; True where any label changed.

        Where totals are given, float64 (k, 5), what changes sides is moved there: weight x point, weight, number.
        """
        cdef Py_ssize_t block, i, at, size
        cdef bint changed = False
        cdef float[128] least
        cdef int32_t[128] best
        for block in range(self.blocks):
            block_labels(self.data + block * 3 * BLOCK, &centers[0, 0], <int> centers.shape[0], least, best)
            at = block * BLOCK
            size = min(<Py_ssize_t> BLOCK, self.n - at)
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
    cdef Py_ssize_t i, n = points.shape[0]
    cdef int32_t j, best
    cdef float p, q, r, u, v, w, d, one, two
    labels_array, near_array = np.empty(n, np.int32), np.empty((n, 2), np.float32)
    cdef int32_t[::1] labels = labels_array
    cdef float[:, ::1] near = near_array
    with nogil:
        for i in range(n):
            p, q, r = <float> points[i, 0], <float> points[i, 1], <float> points[i, 2]
            one, two, best = INFINITY, INFINITY, 0
            for j in range(<int32_t> centers.shape[0]):
                u = p - <float> centers[j, 0]
                v = q - <float> centers[j, 1]
                w = r - <float> centers[j, 2]
                d = u * u + v * v + w * w
                two = d if d < two else two
                if d < one:
                    one, two, best = d, one, j
            labels[i], near[i, 0], near[i, 1] = best, one, two
    return labels_array, near_array


cdef void _settle_centers(
    _Planes planes, const double[::1] weights, double[:, ::1] at, int32_t[::1] labels, double[:, ::1] totals, int rounds
) noexcept nogil:
    """Lloyd's rounds in place; labels and totals of earlier rounds are gone on from."""
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
            step = RELAXED if round % 5 < 4 and round + 1 < rounds else 1
        settled = step == 1
        for j in range(at.shape[0]):
            if totals[j, 4] > 0:  # an empty cluster stays where it was
                for c in range(3):
                    at[j, c] += step * (totals[j, c] / totals[j, 3] - at[j, c])


def lloyd(const double[:, ::1] points, const double[::1] weights, centers, int iterations=100):
    centers_array = np.array(centers, np.float64, order="C")
    labels_array = np.full(points.shape[0], -1, np.int32)
    _settle_centers(
        _Planes(points), weights, centers_array, labels_array, np.zeros((len(centers_array), 5)), iterations
    )
    return centers_array, labels_array


def grow(
    const double[:, ::1] points,
    const double[::1] weights,
    const int64_t[::1] candidates,
    Py_ssize_t k,
    double prior,
    double apart,
    int rounds,
):
    cdef Py_ssize_t i, j, b, best, m = 1, n = points.shape[0], c = candidates.shape[0]
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
                if gain > most * 1.00001:  # the first of those that are equal to rounding
                    most, best = gain, j
        if best < 0 or nearest[candidates[best]] < apart * apart:
            break
        centers_array[m] = points[candidates[best]]
        m += 1
        labels_array[:] = -1
        _settle_centers(planes, weights, centers_array[:m], labels, np.zeros((m, 5)), rounds)
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
            if gain > most * 1.00001:  # the first of those that are equal to rounding
                most, best = gain, j
    return candidates[best]


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
    """Where a coarse bin lies in the cube with a rim."""
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
    cdef Py_ssize_t i, b, m = 0, best = 0, n = points.shape[0]
    cdef float most
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
            for b in range(planes.blocks):
                block_farther(
                    planes.data + 3 * BLOCK * b, &points[best, 0], &heavy[b * BLOCK], &near[b * BLOCK], &value[b * BLOCK]
                )
            most = 0
            for i in range(n):
                if value[i] > most:
                    most, best = value[i], i
            if most == 0:
                break
    return seeds_array[:m]
