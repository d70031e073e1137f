# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Counting the planes of video frames, compiled; planes.py documents the functions."""

cimport cython
from libc.math cimport fabsf, sqrtf
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc

import numpy as np


cdef extern from "_vectors.h" nogil:
    long brighter_bytes(const uint8_t* samples, long n, int dark)
    long brighter_words(const uint16_t* samples, long n, int dark, int low)


ctypedef fused sample:
    uint8_t
    uint16_t

# A word holds pixels of one bin: their count in 8 bits, then for each plane the sum of the last 4 of the 10 bits of its
# samples, in 12 bits: 255 x 15 fits. The top 18 bits hold the number of the bin, as in _count.pyx. Neighboring pixels
# often have the same bin, and then each addition waits for the one before. So a bin has LANES words side by side, and
# neighboring pixels take different ones: all pixels of a film cost 40 % less. Luma varies most, so its bins are
# neighbors: fewer lines of the cache are in use.
cdef enum:
    BINS = 262144
    LANES = 4
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
        return 1 | (code & 15) << FIRST | code >> 4 << BIN
    if plane == 1:
        return (code & 15) << SECOND | code >> 4 << 12 << BIN
    return (code & 15) << THIRD | code >> 4 << 6 << BIN


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


cdef inline uint64_t _quarter_entry(const sample* a, const sample* p, const sample* q, Py_ssize_t x, Py_ssize_t one,
                                    Py_ssize_t two, Py_ssize_t three, int up, int shift) noexcept nogil:
    """The entry of a sample of the second and third plane, with the luma in its place."""
    return (_entry(a[2 * x * one], 0, up, shift) + _entry(p[x * two], 1, up, shift)
            + _entry(q[x * three], 2, up, shift))


cdef struct Total:
    uint64_t count
    uint64_t first
    uint64_t second
    uint64_t third


cdef void _settle(Total* total, uint64_t word, uint64_t bin) noexcept nogil:
    cdef uint64_t n = word & COUNT_MASK
    word -= n * bin << BIN
    total.count += n
    total.first += n * (bin & 63) * 16 + (word >> FIRST & FIELD_MASK)
    total.second += n * (bin >> 12) * 16 + (word >> SECOND & FIELD_MASK)
    total.third += n * (bin >> 6 & 63) * 16 + (word >> THIRD & FIELD_MASK)


@cython.final  # so that its methods are called directly
cdef class PlaneTally:
    cdef uint64_t* words  # NULL until pixels are added
    cdef Total* totals
    cdef uint64_t* marks  # a bit for each bin that is not empty

    def __cinit__(self):
        self.totals = <Total*> calloc(BINS, sizeof(Total))
        self.marks = <uint64_t*> calloc(BINS // 64, sizeof(uint64_t))
        if self.totals == NULL or self.marks == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.words)
        free(self.totals)
        free(self.marks)

    cdef inline void _count(self, uint64_t* words, uint64_t entry) noexcept nogil:
        """Count a pixel. words : those of its lane; a pointer in a register, which no store can change."""
        cdef uint64_t bin = entry >> BIN
        cdef uint64_t* at = words + LANES * bin
        cdef uint64_t word = at[0] + entry
        if <uint8_t> (word - 2) >= 253:  # the count is 1 or 255
            word = self._rare(bin, word, entry)
        at[0] = word

    cdef uint64_t _rare(self, uint64_t bin, uint64_t word, uint64_t entry) noexcept nogil:
        """The word to keep: of one pixel if it is the first, or if the word is full and goes to the totals."""
        if word & COUNT_MASK == COUNT_MASK:
            _settle(&self.totals[bin], word - entry, bin)
            return entry
        self.marks[bin >> 6] |= <uint64_t> 1 << (bin & 63)
        return word

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
        cdef bint close = one == 1 and two == 1 and three == 1
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
        if self.words == NULL:
            self.words = <uint64_t*> calloc(LANES * BINS, sizeof(uint64_t))
            if self.words == NULL:
                raise MemoryError
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
                    a, b = a + x0 * one, NULL
                    if close:  # strides known at compile time
                        self._quarter(a, p, q, 1, 1, 1, (columns - x0 + 1) // 2, up, shift)
                    else:
                        self._quarter(a, p, q, one, two, three, (columns - x0 + 1) // 2, up, shift)
                elif mask == NULL and across == 1 and down == 1 and y + 1 < rows:
                    b = &first[y + 1, 0]
                    if close:
                        self._pair(a, b, p, q, 1, 1, 1, columns, up, shift)
                    else:
                        self._pair(a, b, p, q, one, two, three, columns, up, shift)
                    y += 1
                else:
                    self._row(a, p, q, one, two, three, x0, columns, step, across, up, shift, mask, mask_step, least)
                y += step

    cdef inline void _quarter(self, const sample* a, const sample* p, const sample* q, Py_ssize_t one, Py_ssize_t two,
                              Py_ssize_t three, Py_ssize_t n, int up, int shift) noexcept nogil:
        cdef Py_ssize_t x
        cdef uint64_t* words = self.words
        for x in range(0, n - 3, 4):  # LANES
            self._count(words, _quarter_entry(a, p, q, x, one, two, three, up, shift))
            self._count(words + 1, _quarter_entry(a, p, q, x + 1, one, two, three, up, shift))
            self._count(words + 2, _quarter_entry(a, p, q, x + 2, one, two, three, up, shift))
            self._count(words + 3, _quarter_entry(a, p, q, x + 3, one, two, three, up, shift))
        for x in range(n // LANES * LANES, n):
            self._count(words, _quarter_entry(a, p, q, x, one, two, three, up, shift))

    cdef inline void _pair(self, const sample* a, const sample* b, const sample* p, const sample* q, Py_ssize_t one,
                           Py_ssize_t two, Py_ssize_t three, Py_ssize_t columns, int up, int shift) noexcept nogil:
        """Two rows that share a row of the other planes."""
        cdef Py_ssize_t x, n = columns // 2
        cdef uint64_t both
        cdef uint64_t* words = self.words
        for x in range(n):
            both = _entry(p[x * two], 1, up, shift) + _entry(q[x * three], 2, up, shift)
            self._count(words, both + _entry(a[2 * x * one], 0, up, shift))
            self._count(words + 1, both + _entry(a[(2 * x + 1) * one], 0, up, shift))
            self._count(words + 2, both + _entry(b[2 * x * one], 0, up, shift))
            self._count(words + 3, both + _entry(b[(2 * x + 1) * one], 0, up, shift))
        if columns & 1:
            both = _entry(p[n * two], 1, up, shift) + _entry(q[n * three], 2, up, shift)
            self._count(words, both + _entry(a[2 * n * one], 0, up, shift))
            self._count(words + 1, both + _entry(b[2 * n * one], 0, up, shift))

    cdef void _row(self, const sample* a, const sample* p, const sample* q, Py_ssize_t one, Py_ssize_t two,
                   Py_ssize_t three, Py_ssize_t x, Py_ssize_t columns, Py_ssize_t step, int across, int up, int shift,
                   const sample* mask, Py_ssize_t mask_step, int least) noexcept nogil:
        cdef uint64_t* words = self.words
        cdef Py_ssize_t lane = 0
        while x < columns:
            if mask == NULL or mask[x * mask_step] >= least:
                self._count(words + lane, _entry(a[x * one], 0, up, shift) + _entry(p[(x >> across) * two], 1, up, shift)
                            + _entry(q[(x >> across) * three], 2, up, shift))
                lane = (lane + 1) % LANES
            x += step

    def absorb(self, const uint32_t[::1] bins, const uint64_t[::1] counts, const uint64_t[:, ::1] sums, int weight=1):
        cdef Py_ssize_t i, n = bins.shape[0]
        cdef Total* total
        cdef uint32_t bin
        if counts.shape[0] != n or sums.shape[0] != n or sums.shape[1] != 3:
            raise ValueError("bins, counts and sums differ in length")
        with nogil:
            for i in range(n):
                bin = bins[i] & (BINS - 1)
                total = &self.totals[bin]
                total.count += counts[i] * weight
                total.first += sums[i, 0] * weight
                total.second += sums[i, 1] * weight
                total.third += sums[i, 2] * weight
                self.marks[bin >> 6] |= <uint64_t> 1 << (bin & 63)

    def result(self):
        cdef Py_ssize_t i, j, n = 0, bin, lane
        cdef uint64_t mark
        cdef uint64_t* word
        cdef Total* total
        for i in range(BINS // 64):
            mark = self.marks[i]
            while mark:
                mark &= mark - 1
                n += 1
        bins_array, counts_array, sums_array = np.empty(n, np.uint32), np.empty(n, np.uint64), np.empty((n, 3), np.uint64)
        cdef uint32_t[::1] bins = bins_array
        cdef uint64_t[::1] counts = counts_array
        cdef uint64_t[:, ::1] sums = sums_array
        n = 0
        with nogil:
            for i in range(BINS // 64):
                mark = self.marks[i]
                if mark == 0:
                    continue
                self.marks[i] = 0
                for j in range(64):
                    if not mark >> j & 1:
                        continue
                    bin = i * 64 + j
                    total = &self.totals[bin]
                    if self.words != NULL:
                        word = self.words + LANES * bin
                        for lane in range(LANES):
                            _settle(total, word[lane], bin)
                            word[lane] = 0
                    bins[n], counts[n] = bin, total.count
                    sums[n, 0], sums[n, 1], sums[n, 2] = total.first, total.second, total.third
                    total.count = total.first = total.second = total.third = 0
                    n += 1
        return bins_array, counts_array, sums_array


cdef inline void _cells(const sample* a, const sample* p, const sample* q, const Py_ssize_t* luma,
                        const Py_ssize_t* chroma_one, const Py_ssize_t* chroma_two, Py_ssize_t width, int by,
                        uint32_t* sums) noexcept nogil:
    """Add the samples of a row to the sums of its cells."""
    cdef Py_ssize_t j
    cdef int k
    cdef uint32_t s, t, u
    for j in range(width):
        s = t = u = 0
        for k in range(by):
            s += a[luma[by * j + k]]
            t += p[chroma_one[by * j + k]]
            u += q[chroma_two[by * j + k]]
        sums[3 * j] += s
        sums[3 * j + 1] += t
        sums[3 * j + 2] += u


cdef int _sums(const sample[:, :] first, const sample[:, :] second, const sample[:, :] third, Py_ssize_t rows,
               Py_ssize_t columns, int by, int across, int down, uint32_t* sums) except -1 nogil:
    """The sums of by x by samples: (rows, columns, 3)."""
    cdef Py_ssize_t height = first.shape[0], width = first.shape[1], i, y, x
    cdef Py_ssize_t one = first.strides[1] / sizeof(sample)
    cdef Py_ssize_t two = second.strides[1] / sizeof(sample), three = third.strides[1] / sizeof(sample)
    cdef Py_ssize_t* luma = <Py_ssize_t*> malloc(3 * columns * by * sizeof(Py_ssize_t))
    if luma == NULL:
        with gil:
            raise MemoryError
    cdef Py_ssize_t* chroma_one = luma + columns * by
    cdef Py_ssize_t* chroma_two = chroma_one + columns * by
    cdef const sample* a
    cdef const sample* p
    cdef const sample* q
    for i in range(columns * by):
        x = (2 * i + 1) * width // (2 * columns * by)
        luma[i], chroma_one[i], chroma_two[i] = x * one, (x >> across) * two, (x >> across) * three
    for i in range(rows * by):
        y = (2 * i + 1) * height // (2 * rows * by)
        a, p, q = &first[y, 0], &second[y >> down, 0], &third[y >> down, 0]
        if by == 4:
            _cells(a, p, q, luma, chroma_one, chroma_two, columns, 4, sums + i // by * columns * 3)
        elif by == 2:
            _cells(a, p, q, luma, chroma_one, chroma_two, columns, 2, sums + i // by * columns * 3)
        else:
            _cells(a, p, q, luma, chroma_one, chroma_two, columns, by, sums + i // by * columns * 3)
    free(luma)
    return 0


def miniature(
    const sample[:, :] first,
    const sample[:, :] second,
    const sample[:, :] third,
    Py_ssize_t rows,
    Py_ssize_t columns,
    int by,
    int across=0,
    int down=0,
    int bits=8,
    int low=0,
):
    cdef Py_ssize_t i
    cdef double scale = 1.0 / (by * by * (1 << (bits - 8 + low)))
    sums_array, copy_array = np.zeros((rows, columns, 3), np.uint32), np.empty((rows, columns, 3), np.float32)
    cdef uint32_t[:, :, ::1] sums = sums_array
    cdef float[:, :, ::1] copy = copy_array
    with nogil:
        _sums(first, second, third, rows, columns, by, across, down, &sums[0, 0, 0])
        for i in range(rows * columns * 3):
            (&copy[0, 0, 0])[i] = <float> ((&sums[0, 0, 0])[i] * scale)
    return copy_array


def still(
    const sample[:, :] first,
    const sample[:, :] second,
    const sample[:, :] third,
    Py_ssize_t rows,
    Py_ssize_t columns,
    int by,
    int across=0,
    int down=0,
    int bits=8,
    int low=0,
):
    cdef Py_ssize_t i
    cdef uint32_t whole = by * by * (1 << (bits - 8 + low)), sum, code, rest
    sums_array, copy_array = np.zeros((rows, columns, 3), np.uint32), np.empty((rows, columns, 3), np.uint8)
    cdef uint32_t[:, :, ::1] sums = sums_array
    cdef uint8_t[:, :, ::1] copy = copy_array
    with nogil:
        _sums(first, second, third, rows, columns, by, across, down, &sums[0, 0, 0])
        for i in range(rows * columns * 3):
            sum = (&sums[0, 0, 0])[i]
            code = sum // whole
            rest = 2 * (sum - code * whole)
            code += rest + (code & 1) > whole  # half to even
            (&copy[0, 0, 0])[i] = <uint8_t> min(code, <uint32_t> 255)
    return copy_array


def glance(const float[:, :, :, ::1] table, const float[:, :, ::1] small):
    cdef Py_ssize_t height = small.shape[0], width = small.shape[1], last = table.shape[0] - 1, i, c, y, x
    cdef Py_ssize_t across = 9, down = 9 * table.shape[2], deep = 9 * table.shape[2] * table.shape[1]
    cdef Py_ssize_t[3] at
    cdef float[3] part
    cdef float[8] share
    cdef float[9] value
    cdef double[3] light
    cdef double[3] sum
    cdef float place
    cdef int corner, axis
    cdef const float* near
    cdef const float* point
    if table.shape[3] != 9:
        raise ValueError("the table has 9 values at a node")
    oklab_array, levels_array = np.empty((height, width, 3), np.float32), np.empty((height, width), np.uint16)
    coarse_array, light_array = np.empty((height // 4, width // 4, 3), np.float32), np.empty(3)
    cdef float[:, :, ::1] oklab = oklab_array, coarse = coarse_array
    cdef uint16_t[:, ::1] levels = levels_array
    cdef double[::1] mean = light_array
    with nogil:
        light[0] = light[1] = light[2] = 0
        for i in range(height * width):
            point = &small[0, 0, 0] + 3 * i
            for axis in range(3):
                place = point[axis] * last / <float> 255
                place = max(<float> 0, min(place, <float> last))
                at[axis] = min(<Py_ssize_t> place, last - 1)
                part[axis] = place - at[axis]
            for corner in range(8):
                share[corner] = (
                    (part[0] if corner & 4 else 1 - part[0])
                    * (part[1] if corner & 2 else 1 - part[1])
                    * (part[2] if corner & 1 else 1 - part[2])
                )
            near = &table[at[0], at[1], at[2], 0]
            for c in range(9):
                value[c] = (
                    share[0] * near[c] + share[1] * near[c + across]
                    + share[2] * near[c + down] + share[3] * near[c + down + across]
                    + share[4] * near[c + deep] + share[5] * near[c + deep + across]
                    + share[6] * near[c + deep + down] + share[7] * near[c + deep + down + across]
                )
            for c in range(3):
                (&oklab[0, 0, 0])[3 * i + c] = value[c]
                light[c] += value[6 + c]
            (&levels[0, 0])[i] = (<int> value[3]) << 8 | (<int> value[4]) << 4 | <int> value[5]
        for c in range(3):
            mean[c] = light[c] / (height * width)
        for i in range(height // 4):
            for x in range(width // 4):
                sum[0] = sum[1] = sum[2] = 0
                for y in range(16):
                    for c in range(3):
                        sum[c] += oklab[4 * i + y // 4, 4 * x + y % 4, c]
                for c in range(3):
                    coarse[i, x, c] = <float> (sum[c] / 16)
    return oklab_array, levels_array, coarse_array, light_array


def smoothed(const uint16_t[:, ::1] levels, Py_ssize_t top, Py_ssize_t bottom, Py_ssize_t left, Py_ssize_t right):
    cdef int32_t[4096] cube
    cdef int32_t[4096] other
    cdef int32_t* one = cube
    cdef int32_t* two = other
    cdef Py_ssize_t y, x, i, at, step
    cdef double whole = 64.0 * (bottom - top) * (right - left)
    histogram_array = np.empty(4096, np.float32)
    cdef float[::1] histogram = histogram_array
    with nogil:
        for i in range(4096):
            one[i] = 0
        for y in range(top, bottom):
            for x in range(left, right):
                one[levels[y, x] & 4095] += 1
        step = 256
        while step:
            for i in range(4096):
                at = i // step & 15
                two[i] = 2 * one[i] + one[i - step if at else i] + one[i + step if at < 15 else i]
            one, two = two, one
            step //= 16
        for i in range(4096):
            histogram[i] = <float> (one[i] / whole)
    return histogram_array


def pixels_apart(const float[:, :, ::1] one, const float[:, :, ::1] other, Py_ssize_t top, Py_ssize_t bottom,
                 Py_ssize_t left, Py_ssize_t right):
    cdef Py_ssize_t y, x
    cdef float u, v, w
    cdef double sum = 0
    with nogil:
        for y in range(top, bottom):
            for x in range(left, right):
                u = one[y, x, 0] - other[y, x, 0]
                v = one[y, x, 1] - other[y, x, 1]
                w = one[y, x, 2] - other[y, x, 2]
                sum += sqrtf(u * u + v * v + w * w)
    return sum / ((bottom - top) * (right - left))


def colors_apart(const float[::1] one, const float[::1] other):
    cdef Py_ssize_t i, j, n = one.shape[0]
    cdef double[8] sum
    if other.shape[0] != n or n % 8:
        raise ValueError("two histograms of 8 n bins are compared")
    with nogil:
        for j in range(8):
            sum[j] = 0
        for i in range(0, n, 8):
            for j in range(8):
                sum[j] += fabsf(one[i + j] - other[i + j])
    return (sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7]) / 2


def content(const sample[:, :] first, int dark, int low=0):
    cdef Py_ssize_t height = first.shape[0], width = first.shape[1], top = 0, bottom = height, left = 0, right = width
    cdef Py_ssize_t few_across = width // 200, few_down = height // 200
    with nogil:
        while top < height and _brighter(first, top, 0, width, dark, low) <= few_across:
            top += 1
        while bottom > top and _brighter(first, bottom - 1, 0, width, dark, low) <= few_across:
            bottom -= 1
        if top < bottom:
            left = _dark_columns(first, top, bottom, dark, low, few_down, 1)
            right = width - _dark_columns(first, top, bottom, dark, low, few_down, -1) if left < width else width
        else:
            left = right = 0
    return left, top, right, bottom


cdef inline Py_ssize_t _brighter(const sample[:, :] first, Py_ssize_t y, Py_ssize_t left, Py_ssize_t right, int dark,
                                 int low) noexcept nogil:
    """The number of samples of a row that are brighter."""
    cdef Py_ssize_t x, n = 0
    if first.strides[1] == sizeof(sample):
        if sample is uint8_t:
            return brighter_bytes(&first[y, left], right - left, dark)
        else:
            return brighter_words(&first[y, left], right - left, dark, low)
    for x in range(left, right):
        n += (first[y, x] >> low) > dark
    return n


cdef Py_ssize_t _dark_columns(const sample[:, :] first, Py_ssize_t top, Py_ssize_t bottom, int dark, int low,
                              Py_ssize_t few, int way) noexcept nogil:
    """The number of dark columns at the left (way 1) or right (-1), searched in stripes: rows lie together in memory."""
    cdef Py_ssize_t width = first.shape[1], at = 0, x, y, n = 0, start = 0 if way > 0 else width - 1
    cdef int32_t[16] bright
    for y in range(top, bottom):  # of most films the first column is not dark, which few rows show
        n += (first[y, start] >> low) > dark
        if n > few:
            return 0
    while at < width:
        n = min(<Py_ssize_t> 16, width - at)
        for x in range(n):
            bright[x] = 0
        for y in range(top, bottom):
            for x in range(n):
                bright[x] += (first[y, start + way * (at + x)] >> low) > dark
        for x in range(n):
            if bright[x] > few:
                return at + x
        at += n
    return width
