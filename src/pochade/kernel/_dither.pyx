# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Pixels onto a palette, compiled; dither.py says what each function does."""

from libc.math cimport INFINITY, sqrtf
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy, memset

import numpy as np

from pochade.kernel.dither import FROM_ROOTS, LAST, LIGHT
from pochade.kernel.levels import FIRST, LEVEL


cdef extern from "_vectors.h" nogil:
    enum: BLOCK
    void block_distances(const float* block, const double* point, float* far)


cdef enum:
    BINS = 262144
    SLOTS = 262144
    MOST = 24  # candidates of a cell that are listed; one of more is compared with all colors
    ALL = 63
    UNKNOWN = 255
    PLAN = 16
    FULL = 65535

cdef float[3][3][256] LIGHT_OF
cdef float[3][3] ROOTS
cdef float[3][3][256] MIDDLE_OF  # the light in the middle of the level that a code is in
cdef float[3][3][256] SPAN_OF  # the light that half of a level holds, by cone, channel and code
cdef uint8_t[256] LEVEL_OF, FIRST_OF, LAST_OF


def _fill():
    cdef int i, j, c
    for i in range(3):
        for j in range(3):
            ROOTS[i][j] = FROM_ROOTS[i, j]
            for c in range(256):
                LIGHT_OF[i][j][c] = LIGHT[i, j, c]
                SPAN_OF[i][j][c] = (LIGHT[i, j, LAST[c]] - LIGHT[i, j, FIRST[c]]) / 2
                MIDDLE_OF[i][j][c] = (LIGHT[i, j, LAST[c]] + LIGHT[i, j, FIRST[c]]) / 2
    for c in range(256):
        LEVEL_OF[c], FIRST_OF[c], LAST_OF[c] = LEVEL[c], FIRST[c], LAST[c]


_fill()


cdef inline float _root(float x) noexcept nogil:
    cdef uint32_t bits
    cdef float y, cube
    memcpy(&bits, &x, 4)
    bits = bits // 3 + <uint32_t> 0x2A50A2F5
    memcpy(&y, &bits, 4)
    cube = y * y * y
    y = y * ((cube + (x + x)) / ((cube + cube) + x))
    cube = y * y * y
    return y * ((cube + (x + x)) / ((cube + cube) + x))


cdef inline void _point(int r, int g, int b, float* out) noexcept nogil:
    cdef int i
    cdef float l = _root(LIGHT_OF[0][0][r] + LIGHT_OF[0][1][g] + LIGHT_OF[0][2][b])
    cdef float m = _root(LIGHT_OF[1][0][r] + LIGHT_OF[1][1][g] + LIGHT_OF[1][2][b])
    cdef float s = _root(LIGHT_OF[2][0][r] + LIGHT_OF[2][1][g] + LIGHT_OF[2][2][b])
    for i in range(3):
        out[i] = ROOTS[i][0] * l + ROOTS[i][1] * m + ROOTS[i][2] * s


cdef inline float _reach(int r, int g, int b, float* middle) noexcept nogil:
    """The middle of a color's bin in Oklab, and at most how far from it a color of the bin can be.

    That is what the three channels add by themselves, by the cube root's slope; a tenth more, for the root bends.
    """
    cdef float[3] cone, slope
    cdef float[3][3] span
    cdef float u, v, w, x, y, z, reach = 0
    cdef int i, c
    for i in range(3):
        cone[i] = MIDDLE_OF[i][0][r] + MIDDLE_OF[i][1][g] + MIDDLE_OF[i][2][b]
        span[0][i], span[1][i], span[2][i] = SPAN_OF[i][0][r], SPAN_OF[i][1][g], SPAN_OF[i][2][b]
    for i in range(3):
        cone[i] = _root(cone[i])
        slope[i] = 1 / (3 * cone[i] * cone[i] + <float> 1e-9)
    for i in range(3):
        middle[i] = ROOTS[i][0] * cone[0] + ROOTS[i][1] * cone[1] + ROOTS[i][2] * cone[2]
    for c in range(3):
        u, v, w = span[c][0] * slope[0], span[c][1] * slope[1], span[c][2] * slope[2]
        x = ROOTS[0][0] * u + ROOTS[0][1] * v + ROOTS[0][2] * w
        y = ROOTS[1][0] * u + ROOTS[1][1] * v + ROOTS[1][2] * w
        z = ROOTS[2][0] * u + ROOTS[2][1] * v + ROOTS[2][2] * w
        reach += sqrtf(x * x + y * y + z * z)
    return <float> 1.1 * reach + <float> 1e-5


cdef inline float _squared(const float* a, const float* b) noexcept nogil:
    cdef float u = a[0] - b[0], v = a[1] - b[1], w = a[2] - b[2]
    return u * u + v * v + w * w


cdef class Nearest:
    """Colors seen lately are remembered by their codes. Of each bin it is found out once, when a color of it comes, which
    colors of the palette may be the nearest to any color in it: mostly one."""

    cdef readonly object palette
    cdef int m
    cdef float[256][3] points
    cdef float[768] planes  # the points coordinate by coordinate, in blocks, filled up with some that are far
    cdef float* far
    cdef uint8_t* plain  # the answer for each bin, or 255, which may also be an answer
    cdef int32_t* cells  # 0: not looked at; below: minus the answer, minus 1; else place of the candidates << 6 | number
    cdef uint32_t* seen  # color << 8 | answer
    cdef uint8_t* listed
    cdef Py_ssize_t used, room

    def __cinit__(self, palette, table=None):
        cdef int j, c
        cdef Py_ssize_t i
        cdef const uint8_t[:, :] codes
        cdef const uint8_t[::1] answers
        self.palette = np.array(palette, np.uint8)
        codes, self.m = self.palette, len(self.palette)
        self.far = <float*> malloc(256 * sizeof(float))
        self.cells = <int32_t*> calloc(BINS, sizeof(int32_t))
        self.seen = <uint32_t*> calloc(SLOTS, sizeof(uint32_t))
        self.plain = <uint8_t*> malloc(BINS)
        if self.far == NULL or self.cells == NULL or self.seen == NULL or self.plain == NULL:
            raise MemoryError
        memset(self.plain, UNKNOWN, BINS)
        for j in range(self.m):
            _point(codes[j, 0], codes[j, 1], codes[j, 2], self.points[j])
        for j in range(256):
            for c in range(3):
                self.planes[(j // BLOCK * 3 + c) * BLOCK + j % BLOCK] = self.points[j][c] if j < self.m else 1e6
        if table is not None:
            answers = table
            for i in range(BINS):
                self.cells[i] = -<int32_t> answers[i] - 1
                self.plain[i] = answers[i]
        self.seen[0] = 1 << 8  # an empty slot is none of black's

    def __dealloc__(self):
        free(self.far)
        free(self.plain)
        free(self.cells)
        free(self.seen)
        free(self.listed)

    cdef int32_t _cell(self, int bin, int r, int g, int b) noexcept nogil:
        """What stands in `cells` for the bin of a color, found out now."""
        cdef float near, reach
        cdef float[3] middle
        cdef double[3] at
        cdef float[4] least
        cdef int i, j, count = 0, last = 0
        reach = _reach(r, g, b, middle)
        at[0], at[1], at[2] = middle[0], middle[1], middle[2]
        for i in range(1 + (self.m > BLOCK)):
            block_distances(self.planes + 3 * BLOCK * i, at, self.far + BLOCK * i)
        least[0] = least[1] = least[2] = least[3] = INFINITY
        for j in range(0, self.m, 4):
            for i in range(4):
                least[i] = self.far[j + i] if self.far[j + i] < least[i] else least[i]
        near = min(min(least[0], least[1]), min(least[2], least[3]))
        near = sqrtf(near) + 2 * reach
        near *= near
        for j in range(self.m):
            if self.far[j] <= near:
                count += 1
                last = j
        if count == 1:
            self.cells[bin] = -last - 1
            self.plain[bin] = last
        elif count > MOST or not self._fits(count):
            self.cells[bin] = ALL
        else:
            self.cells[bin] = <int32_t> (self.used << 6 | count)
            for j in range(self.m):
                if self.far[j] <= near:
                    self.listed[self.used] = j
                    self.used += 1
        return self.cells[bin]

    cdef bint _fits(self, int count) noexcept nogil:
        cdef uint8_t* larger
        if self.used + count > self.room:
            larger = <uint8_t*> realloc(self.listed, 2 * self.room + 65536)
            if larger == NULL:
                return False
            self.listed, self.room = larger, 2 * self.room + 65536
        return True

    cdef int _compared(self, int32_t cell, int r, int g, int b) noexcept nogil:
        cdef float[3] point
        cdef float far, near = INFINITY
        cdef int i, j, best = 0
        cdef const uint8_t* of
        _point(r, g, b, point)
        if cell == ALL:
            for j in range(self.m):
                far = _squared(point, self.points[j])
                if far < near:
                    near, best = far, j
            return best
        of = self.listed + (cell >> 6)
        for i in range(cell & 63):
            far = _squared(point, self.points[of[i]])
            if far < near:
                near, best = far, of[i]
        return best

    cdef inline int find(self, int r, int g, int b) noexcept nogil:
        cdef int bin = <int> LEVEL_OF[r] << 12 | <int> LEVEL_OF[g] << 6 | LEVEL_OF[b]
        cdef int found = self.plain[bin]
        cdef uint32_t code
        cdef uint32_t* slot
        if found != UNKNOWN:
            return found
        code = <uint32_t> r << 16 | <uint32_t> g << 8 | <uint32_t> b
        slot = self.seen + ((r & 63) << 12 | (g & 63) << 6 | (b & 63))  # colors that are alike, side by side
        if slot[0] >> 8 != code:
            slot[0] = code << 8 | <uint32_t> self._looked_up(bin, r, g, b)
        return slot[0] & 255

    cdef int _looked_up(self, int bin, int r, int g, int b) noexcept nogil:
        """The answer for a color of a bin that is new, or in which colors have different answers."""
        cdef int32_t cell = self.cells[bin]
        if cell == 0:
            cell = self._cell(bin, r, g, b)
        if cell < 0:
            return -cell - 1
        return self._compared(cell, r, g, b)

    def of(self, const uint8_t[:, :, :] codes):
        cdef Py_ssize_t x, y
        out_array = np.empty((codes.shape[0], codes.shape[1]), np.uint8)
        cdef uint8_t[:, ::1] out = out_array
        with nogil:
            for y in range(codes.shape[0]):
                for x in range(codes.shape[1]):
                    out[y, x] = self.find(codes[y, x, 0], codes[y, x, 1], codes[y, x, 2])
        return out_array


cdef class Diffusion:
    cdef Nearest nearest
    cdef int32_t[256] value
    cdef uint8_t[4096] code_of, level_of
    cdef int32_t[256][3] worth
    cdef int32_t[16][3] taps
    cdef int number
    cdef Py_ssize_t width, row
    cdef int32_t* errors

    def __cinit__(
        self, Nearest nearest, const int32_t[::1] value, const uint8_t[::1] code_of, const int32_t[:, :] taps,
        Py_ssize_t width,
    ):
        cdef int i, c
        cdef const uint8_t[:, :] palette = nearest.palette
        self.nearest, self.width, self.number = nearest, width, taps.shape[0]
        if self.number > 16:
            raise ValueError("at most 16 taps")
        for i in range(256):
            self.value[i] = value[i]
        for i in range(4096):
            self.code_of[i] = code_of[i]
            self.level_of[i] = LEVEL_OF[code_of[i]]
        for c in range(3):
            for i in range(nearest.m):
                self.worth[i][c] = value[palette[i, c]]
            for i in range(self.number):
                self.taps[i][c] = taps[i, c]
        self.errors = <int32_t*> calloc(3 * 3 * (width + 4), sizeof(int32_t))
        if self.errors == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.errors)

    def add(self, const uint8_t[:, :, :] codes, alpha=None):
        cdef Py_ssize_t x, y, i, size = 3 * (self.width + 4)
        cdef int way
        cdef const uint8_t[:, :] shown
        cdef bint clear = alpha is not None
        out_array = np.empty((codes.shape[0], codes.shape[1]), np.uint8)
        cdef uint8_t[:, ::1] out = out_array
        if codes.shape[1] != self.width:
            raise ValueError("rows of another width")
        if clear:
            shown = alpha
        with nogil:
            for y in range(codes.shape[0]):
                way = -1 if self.row & 1 else 1
                for i in range(self.width):
                    x = i if way > 0 else self.width - 1 - i
                    if clear and shown[y, x] == 0:
                        out[y, x] = 0
                    else:
                        out[y, x] = self._pixel(codes[y, x, 0], codes[y, x, 1], codes[y, x, 2], x, way)
                memset(self.errors + size * (self.row % 3), 0, size * sizeof(int32_t))
                self.row += 1
        return out_array

    cdef inline int _pixel(self, int r, int g, int b, Py_ssize_t x, int way) noexcept nogil:
        cdef Py_ssize_t size = 3 * (self.width + 4)
        cdef int32_t* error = self.errors + size * (self.row % 3) + 3 * (x + 2)
        cdef int32_t p = _carried(self.value[r] + ((error[0] + 2048) >> 12))
        cdef int32_t q = _carried(self.value[g] + ((error[1] + 2048) >> 12))
        cdef int32_t s = _carried(self.value[b] + ((error[2] + 2048) >> 12))
        cdef int i = _within(p) >> 4, j = _within(q) >> 4, k = _within(s) >> 4
        cdef int found = self.nearest.plain[
            <int> self.level_of[i] << 12 | <int> self.level_of[j] << 6 | self.level_of[k]
        ]
        cdef int32_t weight
        cdef int32_t* target
        if found == UNKNOWN:
            found = self.nearest.find(self.code_of[i], self.code_of[j], self.code_of[k])
        p -= self.worth[found][0]
        q -= self.worth[found][1]
        s -= self.worth[found][2]
        for i in range(self.number):
            weight = self.taps[i][2]
            target = self.errors + size * ((self.row + self.taps[i][1]) % 3) + 3 * (x + 2 + way * self.taps[i][0])
            target[0] += p * weight
            target[1] += q * weight
            target[2] += s * weight
        return found


cdef inline int32_t _carried(int32_t v) noexcept nogil:
    return -32767 if v < -32767 else 98302 if v > 98302 else v  # half of FULL out on either side


cdef inline int32_t _within(int32_t v) noexcept nogil:
    return 0 if v < 0 else FULL if v > FULL else v


def patterned(
    Nearest nearest,
    const uint8_t[:, :, :] codes,
    const int32_t[::1] value,
    const uint8_t[::1] code_of,
    const uint8_t[:, ::1] mask,
    const uint8_t[::1] order,
    int strength,
    Py_ssize_t left=0,
    Py_ssize_t top=0,
):
    cdef Py_ssize_t x, y, side = mask.shape[0]
    cdef int i, c, found, rank
    cdef int32_t[256][3] worth
    cdef int32_t[3] wanted, error
    cdef uint8_t[3] tried
    cdef uint8_t[256] of_rank
    cdef uint8_t[PLAN] plan
    cdef const uint8_t[:, :] palette = nearest.palette
    out_array = np.empty((codes.shape[0], codes.shape[1]), np.uint8)
    cdef uint8_t[:, ::1] out = out_array
    with nogil:
        for i in range(nearest.m):
            of_rank[order[i]] = i
            for c in range(3):
                worth[i][c] = value[palette[i, c]]
        for y in range(codes.shape[0]):
            for x in range(codes.shape[1]):
                for c in range(3):
                    wanted[c], error[c] = value[codes[y, x, c]], 0
                for i in range(PLAN):
                    for c in range(3):
                        tried[c] = code_of[_within(wanted[c] + (error[c] * strength >> 8)) >> 4]
                    found = nearest.find(tried[0], tried[1], tried[2])
                    for c in range(3):
                        error[c] += wanted[c] - worth[found][c]
                    _insert(plan, i, order[found])
                rank = plan[mask[(y + top) % side, (x + left) % side]]
                out[y, x] = of_rank[rank]
    return out_array


cdef inline void _insert(uint8_t* plan, int count, uint8_t rank) noexcept nogil:
    cdef int at = count
    while at > 0 and plan[at - 1] > rank:
        plan[at] = plan[at - 1]
        at -= 1
    plan[at] = rank
