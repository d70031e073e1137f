# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Counting the planes of video frames, compiled; planes.py documents the functions."""

from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free

import numpy as np


cdef extern from "_vectors.h" nogil:
    long occupied(const uint64_t* words, long n, uint32_t* found)


ctypedef fused sample:
    uint8_t
    uint16_t

# A word holds the pixels of one bin: their count in 8 bits, then for each plane the sum of the last 4 of the 10 bits of
# its samples, in 12 bits: 255 x 15 fits. The top 18 bits hold the number of the bin, as in _count.pyx.
cdef enum:
    BINS = 262144
    COUNT_MASK = 0xFF
    FIELD_MASK = 0xFFF
    SECOND = 20
    THIRD = 32
    FIRST = 8
    BIN = 46

cdef uint64_t[3][256] ENTRY


cdef inline uint64_t _ten(uint64_t code, int plane) noexcept nogil:
    """The entry of a sample of 10 bits."""
    if plane == 0:
        return 1 | (code & 15) << FIRST | code >> 4 << 12 << BIN
    if plane == 1:
        return (code & 15) << SECOND | code >> 4 << 6 << BIN
    return (code & 15) << THIRD | code >> 4 << BIN


cdef void _prepare():
    cdef int code, plane
    for plane in range(3):
        for code in range(256):
            ENTRY[plane][code] = _ten(code << 2, plane)


_prepare()


cdef inline uint64_t _entry(sample code, int plane, int up, int down) noexcept nogil:
    if sample is uint8_t:
        return ENTRY[plane][code]
    else:
        return _ten(((<uint64_t> code << up) >> down) & 1023, plane)


cdef struct Total:
    uint64_t count
    uint64_t first
    uint64_t second
    uint64_t third


cdef void _settle(Total* total, uint64_t word, uint64_t bin) noexcept nogil:
    cdef uint64_t n = word & COUNT_MASK
    word -= n * bin << BIN
    total.count += n
    total.first += n * (bin >> 12) * 16 + (word >> FIRST & FIELD_MASK)
    total.second += n * (bin >> 6 & 63) * 16 + (word >> SECOND & FIELD_MASK)
    total.third += n * (bin & 63) * 16 + (word >> THIRD & FIELD_MASK)


cdef class PlaneTally:
    cdef uint64_t* words
    cdef Total* totals
    cdef uint32_t* found

    def __cinit__(self):
        self.words = <uint64_t*> calloc(BINS, sizeof(uint64_t))
        self.totals = <Total*> calloc(BINS, sizeof(Total))
        self.found = <uint32_t*> calloc(BINS + 1, sizeof(uint32_t))
        if self.words == NULL or self.totals == NULL or self.found == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.words)
        free(self.totals)
        free(self.found)

    cdef inline void _count(self, uint64_t entry) noexcept nogil:
        cdef uint64_t bin = entry >> BIN
        cdef uint64_t word = self.words[bin] + entry
        if word & COUNT_MASK == COUNT_MASK:  # full: move all but this pixel to the totals, so the word stays nonzero
            _settle(&self.totals[bin], word - entry, bin)
            word = entry
        self.words[bin] = word

    def add(
        self,
        const sample[:, :] first,
        const sample[:, :] second,
        const sample[:, :] third,
        int across=0,
        int down=0,
        int corner=-1,
        int bits=8,
        int low=0,
        const sample[:, :] alpha=None,
    ):
        cdef Py_ssize_t rows = first.shape[0], columns = first.shape[1], y, step = 1, start = 0, x0 = 0
        cdef Py_ssize_t one = first.strides[1] / sizeof(sample)
        cdef Py_ssize_t two = second.strides[1] / sizeof(sample), three = third.strides[1] / sizeof(sample)
        cdef const sample* a
        cdef const sample* b
        cdef const sample* p
        cdef const sample* q
        cdef const sample* mask = NULL
        cdef Py_ssize_t mask_step = 0
        cdef int least = 1 << (bits - 1)
        cdef int up = max(0, 10 - bits), shift = low + max(0, bits - 10)
        if rows == 0 or columns == 0:
            return
        if ((rows - 1) >> down) >= second.shape[0] or ((columns - 1) >> across) >= second.shape[1]:
            raise ValueError("the second and third plane are too small")
        if corner >= 0:
            step, start, x0 = 2, corner >> 1, corner & 1
            start, x0 = min(start, rows - 1), min(x0, columns - 1)
        y = start
        with nogil:
            while y < rows:
                a, p, q = &first[y, 0], &second[y >> down, 0], &third[y >> down, 0]
                if alpha is not None:
                    mask, mask_step = &alpha[y, 0], alpha.strides[1] / <Py_ssize_t> sizeof(sample)
                if mask == NULL and across == 1 and step == 2:
                    self._quarter(a + x0 * one, p, q, one, two, three, (columns - x0 + 1) // 2, up, shift)
                elif mask == NULL and across == 1 and down == 1 and y + 1 < rows:
                    b = &first[y + 1, 0]
                    self._pair(a, b, p, q, one, two, three, columns, up, shift)
                    y += 1
                else:
                    self._row(a, p, q, one, two, three, x0, columns, step, across, up, shift, mask, mask_step, least)
                y += step

    cdef void _quarter(self, const sample* a, const sample* p, const sample* q, Py_ssize_t one, Py_ssize_t two,
                       Py_ssize_t three, Py_ssize_t n, int up, int shift) noexcept nogil:
        cdef Py_ssize_t x
        if one == 1 and two == 1 and three == 1:  # strides known at compile time
            for x in range(n):
                self._count(_entry(a[2 * x], 0, up, shift) + _entry(p[x], 1, up, shift) + _entry(q[x], 2, up, shift))
        else:
            for x in range(n):
                self._count(_entry(a[2 * x * one], 0, up, shift) + _entry(p[x * two], 1, up, shift)
                            + _entry(q[x * three], 2, up, shift))

    cdef void _pair(self, const sample* a, const sample* b, const sample* p, const sample* q, Py_ssize_t one,
                    Py_ssize_t two, Py_ssize_t three, Py_ssize_t columns, int up, int shift) noexcept nogil:
        """Two rows that share a row of the other planes."""
        cdef Py_ssize_t x, n = columns // 2
        cdef uint64_t both
        for x in range(n):
            both = _entry(p[x * two], 1, up, shift) + _entry(q[x * three], 2, up, shift)
            self._count(both + _entry(a[2 * x * one], 0, up, shift))
            self._count(both + _entry(a[(2 * x + 1) * one], 0, up, shift))
            self._count(both + _entry(b[2 * x * one], 0, up, shift))
            self._count(both + _entry(b[(2 * x + 1) * one], 0, up, shift))
        if columns & 1:
            both = _entry(p[n * two], 1, up, shift) + _entry(q[n * three], 2, up, shift)
            self._count(both + _entry(a[2 * n * one], 0, up, shift))
            self._count(both + _entry(b[2 * n * one], 0, up, shift))

    cdef void _row(self, const sample* a, const sample* p, const sample* q, Py_ssize_t one, Py_ssize_t two,
                   Py_ssize_t three, Py_ssize_t x, Py_ssize_t columns, Py_ssize_t step, int across, int up, int shift,
                   const sample* mask, Py_ssize_t mask_step, int least) noexcept nogil:
        while x < columns:
            if mask == NULL or mask[x * mask_step] >= least:
                self._count(_entry(a[x * one], 0, up, shift) + _entry(p[(x >> across) * two], 1, up, shift)
                            + _entry(q[(x >> across) * three], 2, up, shift))
            x += step

    def result(self):
        cdef Py_ssize_t i, n, bin
        cdef Total* total
        cdef uint32_t* found = self.found
        with nogil:
            n = occupied(self.words, BINS, found)
        bins_array, counts_array, sums_array = np.empty(n, np.uint32), np.empty(n, np.uint64), np.empty((n, 3), np.uint64)
        cdef uint32_t[::1] bins = bins_array
        cdef uint64_t[::1] counts = counts_array
        cdef uint64_t[:, ::1] sums = sums_array
        with nogil:
            for i in range(n):
                bin = bins[i] = found[i]
                total = &self.totals[bin]
                _settle(total, self.words[bin], bin)
                counts[i] = total.count
                sums[i, 0], sums[i, 1], sums[i, 2] = total.first, total.second, total.third
                self.words[bin] = 0
                total.count = total.first = total.second = total.third = 0
        return bins_array, counts_array, sums_array


def miniature(
    const sample[:, :] first,
    const sample[:, :] second,
    const sample[:, :] third,
    const int64_t[::1] rows,
    const int64_t[::1] columns,
    int by,
    int across=0,
    int down=0,
    int bits=8,
    int low=0,
):
    cdef Py_ssize_t i, j, k, height = rows.shape[0] // by, width = columns.shape[0] // by, y, x
    cdef Py_ssize_t one = first.strides[1] / sizeof(sample)
    cdef Py_ssize_t two = second.strides[1] / sizeof(sample), three = third.strides[1] / sizeof(sample)
    cdef const sample* a
    cdef const sample* p
    cdef const sample* q
    cdef uint64_t* sum
    cdef uint64_t s, t, u
    cdef uint64_t[:, :, ::1] sums
    sums_array = np.zeros((height, width, 3), np.uint64)
    sums = sums_array
    with nogil:
        for i in range(height * by):
            y = rows[i]
            a, p, q, sum = &first[y, 0], &second[y >> down, 0], &third[y >> down, 0], &sums[i // by, 0, 0]
            for j in range(width):
                s = t = u = 0
                for k in range(j * by, j * by + by):
                    x = columns[k]
                    s += a[x * one] >> low
                    t += p[(x >> across) * two] >> low
                    u += q[(x >> across) * three] >> low
                sum[0] += s
                sum[1] += t
                sum[2] += u
                sum += 3
    return (sums_array / float(by * by * (1 << (bits - 8)))).astype(np.float32)


def interpolate(const float[:, :, :, ::1] table, const float[:, ::1] points):
    cdef Py_ssize_t n = points.shape[0], m = table.shape[3], last = table.shape[0] - 1, i, c
    cdef Py_ssize_t[3] at
    cdef float[3] part
    cdef float[8] share
    cdef float value
    cdef int corner, axis
    cdef const float* near
    cdef Py_ssize_t across = m, down = m * table.shape[2], deep = m * table.shape[2] * table.shape[1]
    out_array = np.empty((n, m), np.float32)
    cdef float[:, ::1] out = out_array
    with nogil:
        for i in range(n):
            for axis in range(3):
                value = points[i, axis] * last / <float> 255
                value = max(<float> 0, min(value, <float> last))
                at[axis] = min(<Py_ssize_t> value, last - 1)
                part[axis] = value - at[axis]
            for corner in range(8):
                share[corner] = (
                    (part[0] if corner & 4 else 1 - part[0])
                    * (part[1] if corner & 2 else 1 - part[1])
                    * (part[2] if corner & 1 else 1 - part[2])
                )
            near = &table[at[0], at[1], at[2], 0]
            for c in range(m):
                out[i, c] = (
                    share[0] * near[c] + share[1] * near[c + across]
                    + share[2] * near[c + down] + share[3] * near[c + down + across]
                    + share[4] * near[c + deep] + share[5] * near[c + deep + across]
                    + share[6] * near[c + deep + down] + share[7] * near[c + deep + down + across]
                )
    return out_array


def content(const sample[:, :] first, int dark, int low=0):
    cdef Py_ssize_t height = first.shape[0], width = first.shape[1], top = 0, bottom = height, left = 0, right = width
    cdef Py_ssize_t few_across = width // 200, few_down = height // 200
    with nogil:
        while top < height and not _bright_row(first, top, dark, low, few_across):
            top += 1
        while bottom > top and not _bright_row(first, bottom - 1, dark, low, few_across):
            bottom -= 1
        if top < bottom:
            while left < width and not _bright_column(first, left, top, bottom, dark, low, few_down):
                left += 1
            while right > left and not _bright_column(first, right - 1, top, bottom, dark, low, few_down):
                right -= 1
        else:
            left = right = 0
    return left, top, right, bottom


cdef bint _bright_row(const sample[:, :] first, Py_ssize_t y, int dark, int low, Py_ssize_t few) noexcept nogil:
    cdef Py_ssize_t x, n = 0
    for x in range(first.shape[1]):
        n += (first[y, x] >> low) > dark
        if n > few:
            return True
    return False


cdef bint _bright_column(const sample[:, :] first, Py_ssize_t x, Py_ssize_t top, Py_ssize_t bottom, int dark, int low,
                         Py_ssize_t few) noexcept nogil:
    cdef Py_ssize_t y, n = 0
    for y in range(top, bottom):
        n += (first[y, x] >> low) > dark
        if n > few:
            return True
    return False
