# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Counting pixels, compiled; count.py documents the functions."""

from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport abs, calloc, free, malloc
from libc.string cimport memcpy

import numpy as np

from pochade.kernel.levels import FIRST, LEVEL


cdef extern from "_vectors.h" nogil:
    void row_contrast(
        const uint8_t* here, const uint8_t* above, const uint8_t* below, long n, uint8_t* across, uint8_t* most
    )


# A word holds the pixels of one bin: their count in 13 bits, then for each channel the sum of the codes minus the
# lowest code of the level, in 15 bits. The top 18 bits, which a single pixel leaves free, hold the number of the bin.
# So the sum of three table entries is both the address of the word and its increment. The bin's number is added once
# for each pixel, modulo 2^64; a reader of the word subtracts it as often as the count says.
cdef enum:
    BINS = 262144  # 64 levels of three channels
    WHOLE_ROWS = 8  # up to this many pixels for each sampled one, whole rows take less time
    ROWS = BINS // 8  # the words of a row are a line of the processor's cache
    COUNT_MASK = 0x1FFF
    FIELD_MASK = 0x7FFF
    RED = 13
    GREEN = 28
    BLUE = 43
    BIN = 46

cdef uint64_t[3][256] ENTRY
cdef uint8_t[64] BASE


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


_prepare()


cdef struct Total:
    uint64_t count
    uint64_t red
    uint64_t green
    uint64_t blue


cdef inline void _settle(Total* total, uint64_t word, uint64_t bin, uint64_t unit) noexcept nogil:
    """Add the pixels of a word, each `unit` times, to the total of a bin."""
    cdef uint64_t n = word & COUNT_MASK
    word -= n * bin << BIN
    total.count += n * unit
    total.red += (n * BASE[bin >> 12] + (word >> RED & FIELD_MASK)) * unit
    total.green += (n * BASE[bin >> 6 & 63] + (word >> GREEN & FIELD_MASK)) * unit
    total.blue += (n * BASE[bin & 63] + (word >> BLUE)) * unit


cdef inline uint64_t _entry(const uint8_t* code) noexcept nogil:
    return ENTRY[0][code[0]] + ENTRY[1][code[1]] + ENTRY[2][code[2]]


cdef class Tally:
    # If `complete`, each occupied bin has a nonzero word, and the totals hold only the overflow of the words, in the
    # bins marked in `spilled`. The totals are 8 MiB, so avoiding them saves time.
    # `touched` marks each row of 8 bins that has a pixel. A small picture has few of these rows, and only they are read.
    cdef uint64_t* words
    cdef Total* totals
    cdef uint8_t* spilled
    cdef uint8_t* touched
    cdef uint32_t* found
    cdef uint64_t unit
    cdef bint complete

    def __cinit__(self):
        self.words = <uint64_t*> calloc(BINS, sizeof(uint64_t))
        self.totals = <Total*> calloc(BINS, sizeof(Total))
        self.spilled = <uint8_t*> calloc(BINS, 1)
        self.touched = <uint8_t*> calloc(ROWS, 1)
        self.found = <uint32_t*> calloc(BINS + 1, sizeof(uint32_t))
        if self.words == NULL or self.totals == NULL or self.spilled == NULL or self.touched == NULL or self.found == NULL:
            raise MemoryError
        self.unit = 255
        self.complete = True

    def __dealloc__(self):
        free(self.words)
        free(self.totals)
        free(self.spilled)
        free(self.touched)
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
                self.complete = False
                for y in range(rows):
                    self._row_alpha(first + y * down, right, columns, &alpha[y, 0], alpha.strides[1])

    cdef inline void _count(self, uint64_t* words, uint8_t* touched, uint64_t entry) noexcept nogil:
        cdef uint64_t bin = entry >> BIN
        cdef uint64_t word = words[bin] + entry
        if word & COUNT_MASK == COUNT_MASK:  # full: move all but this pixel to the totals, so the word stays nonzero
            self._spill(word - entry, bin, self.unit)
            word = entry
        words[bin] = word
        touched[bin >> 3] = 1

    cdef void _spill(self, uint64_t word, uint64_t bin, uint64_t unit) noexcept nogil:
        _settle(&self.totals[bin], word, bin, unit)
        self.spilled[bin] = 1

    cdef void _row(self, const uint8_t* pixel, Py_ssize_t right, Py_ssize_t columns) noexcept nogil:
        cdef Py_ssize_t x
        cdef uint64_t* words = self.words
        cdef uint8_t* touched = self.touched
        if right == 3:  # a stride known at compile time
            for x in range(columns):
                self._count(words, touched, _entry(pixel + 3 * x))
        else:
            for x in range(columns):
                self._count(words, touched, _entry(pixel + right * x))

    cdef void _row_alpha(
        self, const uint8_t* pixel, Py_ssize_t right, Py_ssize_t columns, const uint8_t* alpha, Py_ssize_t next
    ) noexcept nogil:
        cdef Py_ssize_t x
        cdef uint64_t share, bin, unit = self.unit / 255
        cdef Total* total
        for x in range(columns):
            share = alpha[0] * unit
            if alpha[0] == 255:
                self._count(self.words, self.touched, _entry(pixel))
            elif share:
                bin = _entry(pixel) >> BIN
                self.touched[bin >> 3] = 1
                total = &self.totals[bin]
                total.count += share
                total.red += share * pixel[0]
                total.green += share * pixel[1]
                total.blue += share * pixel[2]
            pixel += right
            alpha += next

    cdef void _settle_all(self) noexcept nogil:
        cdef Py_ssize_t j, bin, n = self._find()
        for j in range(n):
            bin = self.found[j]
            if self.words[bin]:
                _settle(&self.totals[bin], self.words[bin], bin, self.unit)
                self.words[bin] = 0
                self.complete = False

    def absorb(self, Tally other):
        cdef Py_ssize_t bin, j, n
        cdef uint64_t word
        with nogil:
            if other.unit != self.unit or not other.complete:
                other._settle_all()
            self.complete = self.complete and other.complete
            n = other._find()
            for j in range(n):
                bin, word = other.found[j], other.words[other.found[j]]
                self.touched[bin >> 3], other.touched[bin >> 3] = 1, 0
                if other.spilled[bin] or not other.complete:
                    self._take(bin, &other.totals[bin])
                    other.spilled[bin] = 0
                if (self.words[bin] & COUNT_MASK) + (word & COUNT_MASK) < COUNT_MASK:
                    self.words[bin] += word
                else:
                    self._spill(word, bin, other.unit)
                other.words[bin] = 0
            other.complete = True

    cdef void _take(self, Py_ssize_t bin, Total* more) noexcept nogil:
        cdef Total* total = &self.totals[bin]
        total.count += more.count
        total.red += more.red
        total.green += more.green
        total.blue += more.blue
        more.count = more.red = more.green = more.blue = 0
        self.spilled[bin] = 1

    cdef Py_ssize_t _find(self) noexcept nogil:
        """Write the occupied bins to `found`, and return their number."""
        cdef const uint8_t* touched = self.touched
        cdef const uint64_t* words = self.words
        cdef const Total* totals = self.totals
        cdef uint32_t* found = self.found
        cdef uint64_t any
        cdef Py_ssize_t at, row, bin, n = 0
        for at in range(0, ROWS, 8):
            memcpy(&any, touched + at, 8)
            if any == 0:
                continue
            for row in range(at, at + 8):
                if not touched[row]:
                    continue
                if self.complete:
                    for bin in range(8 * row, 8 * row + 8):
                        found[n] = bin
                        n += words[bin] != 0
                else:
                    for bin in range(8 * row, 8 * row + 8):
                        found[n] = bin
                        n += (words[bin] | totals[bin].count) != 0
        return n

    def result(self):
        cdef Py_ssize_t i, n, bin
        cdef uint32_t* found = self.found
        cdef uint64_t* words = self.words
        cdef uint8_t* spilled = self.spilled
        cdef uint8_t* touched = self.touched
        cdef uint64_t unit = self.unit
        cdef bint complete = self.complete
        cdef Total total
        with nogil:
            n = self._find()
        bins_array, counts_array, sums_array = np.empty(n, np.uint32), np.empty(n, np.uint64), np.empty((n, 3), np.uint64)
        cdef uint32_t[::1] bins = bins_array
        cdef uint64_t[::1] counts = counts_array
        cdef uint64_t[:, ::1] sums = sums_array
        with nogil:
            for i in range(n):
                bin = bins[i] = found[i]
                total.count = total.red = total.green = total.blue = 0
                if spilled[bin] or not complete:
                    total = self.totals[bin]
                    self.totals[bin].count = self.totals[bin].red = self.totals[bin].green = self.totals[bin].blue = 0
                    spilled[bin] = 0
                _settle(&total, words[bin], bin, unit)
                counts[i] = total.count
                sums[i, 0], sums[i, 1], sums[i, 2] = total.red, total.green, total.blue
                words[bin] = touched[bin >> 3] = 0
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


def contrast(
    const uint8_t[:, :, :] codes, const int64_t[::1] rows, const int64_t[::1] columns, uint8_t[:, :] out
):
    cdef Py_ssize_t i, j, y, x, height = codes.shape[0], width = codes.shape[1]
    cdef int most
    if codes.strides[1] == 3 and codes.strides[2] == 1 and 0 < width <= WHOLE_ROWS * columns.shape[0]:
        _contrast_of_rows(codes, rows, columns, out)
        return
    with nogil:
        for i in range(rows.shape[0]):
            y = rows[i]
            for j in range(columns.shape[0]):
                x = columns[j]
                most = 0
                if x > 0:
                    most = max(most, _difference(&codes[y, x, 0], &codes[y, x - 1, 0]))
                if x + 1 < width:
                    most = max(most, _difference(&codes[y, x, 0], &codes[y, x + 1, 0]))
                if y > 0:
                    most = max(most, _difference(&codes[y, x, 0], &codes[y - 1, x, 0]))
                if y + 1 < height:
                    most = max(most, _difference(&codes[y, x, 0], &codes[y + 1, x, 0]))
                out[i, j] = most


cdef _contrast_of_rows(
    const uint8_t[:, :, :] codes, const int64_t[::1] rows, const int64_t[::1] columns, uint8_t[:, :] out
):
    """The contrast of all pixels of the rows, by vector instructions; then that of the columns."""
    cdef Py_ssize_t i, j, y, height = codes.shape[0], n = 3 * codes.shape[1]
    cdef uint8_t* most = <uint8_t*> malloc(2 * n + 6)
    cdef const uint8_t* at
    if most == NULL:
        raise MemoryError
    with nogil:
        for i in range(rows.shape[0]):
            y = rows[i]
            row_contrast(
                &codes[y, 0, 0], &codes[max(y - 1, 0), 0, 0], &codes[min(y + 1, height - 1), 0, 0], n, most + n, most
            )
            for j in range(columns.shape[0]):
                at = most + 3 * columns[j]
                out[i, j] = max(at[0], max(at[1], at[2]))
    free(most)


cdef inline int _difference(const uint8_t* a, const uint8_t* b) noexcept nogil:
    return max(max(abs(<int> a[0] - b[0]), abs(<int> a[1] - b[1])), abs(<int> a[2] - b[2]))
