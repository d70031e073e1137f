# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""The nearest color of a palette, compiled; nearest.py documents it."""

cimport cython
from libc.math cimport INFINITY, fabsf, sqrtf
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy, memset

import numpy as np

from pochade.kernel.levels import FIRST, LEVEL
from pochade.kernel.nearest import FROM_ROOTS, LAST, LIGHT, MANY, MIDDLE


cdef extern from "_vectors.h" nogil:
    enum: BLOCK
    void block_distances(const float* block, const double* point, float* far)


cdef enum:
    BINS = 262144
    SLOTS = 262144
    MOST = 24  # the most candidates in the list of a bin; with more, all colors are compared
    ALL = 63
    UNKNOWN = 255
    FEW = 32  # up to this many colors, each is compared by itself; more are compared in blocks

cdef float[3][3][256] LIGHT_OF
cdef float[3][3] ROOTS
cdef float[3][3][256] MIDDLE_OF  # the light in the middle of a code's level
cdef float[2][3][3][256] JOINED_OF  # the same, and that of pairs of levels
cdef float[3][3][256] SPAN_OF  # half of the light between the ends of a level, by cone, channel and code
cdef int32_t[3][256] PART_OF  # the contribution of a code to the number of a bin, by channel


def _fill():
    cdef int i, j, c
    for i in range(3):
        for j in range(3):
            ROOTS[i][j] = FROM_ROOTS[i, j]
            for c in range(256):
                LIGHT_OF[i][j][c] = LIGHT[i, j, c]
                SPAN_OF[i][j][c] = (LIGHT[i, j, LAST[c]] - LIGHT[i, j, FIRST[c]]) / 2
                MIDDLE_OF[i][j][c] = (LIGHT[i, j, LAST[c]] + LIGHT[i, j, FIRST[c]]) / 2
                JOINED_OF[0][i][j][c] = MIDDLE[1][i, j, c]
                JOINED_OF[1][i][j][c] = MIDDLE[2][i, j, c]
    for c in range(256):
        for i in range(3):
            PART_OF[i][c] = <int32_t> LEVEL[c] << 6 * (2 - i)


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


cdef inline void _from_roots(const float* root, float* out) noexcept nogil:
    cdef int i
    for i in range(3):
        out[i] = ROOTS[i][0] * root[0] + ROOTS[i][1] * root[1] + ROOTS[i][2] * root[2]


cdef inline void _point(int r, int g, int b, float* out) noexcept nogil:
    cdef float[3] root
    cdef int i
    for i in range(3):
        root[i] = _root(LIGHT_OF[i][0][r] + LIGHT_OF[i][1][g] + LIGHT_OF[i][2][b])
    _from_roots(root, out)


cdef inline float _squared(const float* a, const float* b) noexcept nogil:
    cdef float u = a[0] - b[0], v = a[1] - b[1], w = a[2] - b[2]
    return u * u + v * v + w * w


cdef struct Extent:
    # A bound on the distance of a bin's colors from its middle, in cube roots of the cones: the part of each channel by
    # the slope of the root, and the curvature of the root beyond it. Also the middle itself, in Oklab.
    float[3] middle
    float[3][3] step  # by channel and cone
    float[3] bend


cdef inline void _extent(int r, int g, int b, Extent* out) noexcept nogil:
    cdef float[3] root
    cdef float cone, half, slope, part
    cdef int i
    for i in range(3):
        cone = MIDDLE_OF[i][0][r] + MIDDLE_OF[i][1][g] + MIDDLE_OF[i][2][b]
        half = SPAN_OF[i][0][r] + SPAN_OF[i][1][g] + SPAN_OF[i][2][b]
        root[i] = _root(cone)
        slope = 1 / (3 * root[i] * root[i] + <float> 1e-9)
        out.step[0][i] = SPAN_OF[i][0][r] * slope
        out.step[1][i] = SPAN_OF[i][1][g] * slope
        out.step[2][i] = SPAN_OF[i][2][b] * slope
        part = half / (cone + <float> 1e-12)
        # from the second derivative at the lower end, its largest value, which is unbounded if that end is 0
        out.bend[i] = half * slope * part * <float> 1.06 if part <= 0.5 else root[i]
    _from_roots(root, out.middle)


cdef inline float _reach(const Extent* of) noexcept nogil:
    """An upper bound of the distance, in Oklab, between a bin's colors and its middle."""
    cdef float[3] moved
    cdef float reach = <float> 1e-5
    cdef int i, c
    for c in range(3):
        _from_roots(of.step[c], moved)
        reach += sqrtf(moved[0] * moved[0] + moved[1] * moved[1] + moved[2] * moved[2])
    for i in range(3):
        moved[0], moved[1], moved[2] = ROOTS[0][i], ROOTS[1][i], ROOTS[2][i]
        reach += of.bend[i] * sqrtf(moved[0] * moved[0] + moved[1] * moved[1] + moved[2] * moved[2])
    return reach


cdef inline float _along(const Extent* of, const float* a, const float* b) noexcept nogil:
    """The same bound in the direction between two points, times the distance of the two."""
    cdef float u = a[0] - b[0], v = a[1] - b[1], w = a[2] - b[2], far = 0
    cdef float[3] turned
    cdef int i, c
    for i in range(3):
        turned[i] = ROOTS[0][i] * u + ROOTS[1][i] * v + ROOTS[2][i] * w
        far += fabsf(turned[i]) * of.bend[i]
    for c in range(3):
        far += fabsf(turned[0] * of.step[c][0] + turned[1] * of.step[c][1] + turned[2] * of.step[c][2])
    return far


@cython.final
cdef class Nearest:
    """A cache holds recent colors by their codes. The candidates of a bin, the palette colors that can be the nearest to a
    color in it, are determined once, at its first color: usually only one."""

    def __cinit__(self, palette, table=None, int coarse=0):
        cdef int j, c
        cdef Py_ssize_t i
        cdef const uint8_t[:, :] codes
        cdef const uint8_t[::1] answers
        self.palette = np.array(palette, np.uint8)
        if not 0 < len(self.palette) <= 256:
            raise ValueError(MANY)
        codes, self.m, self.coarse = self.palette, len(self.palette), coarse
        self.cells = <int32_t*> calloc(BINS, sizeof(int32_t))
        self.seen = <uint32_t*> calloc(SLOTS, sizeof(uint32_t))
        self.plain = <uint8_t*> malloc(BINS)
        if self.cells == NULL or self.seen == NULL or self.plain == NULL:
            raise MemoryError
        memset(self.plain, UNKNOWN, BINS)
        for j in range(self.m):
            _point(codes[j, 0], codes[j, 1], codes[j, 2], self.points[j])
            if coarse:
                i = PART_OF[0][codes[j, 0]] | PART_OF[1][codes[j, 1]] | PART_OF[2][codes[j, 2]]
                if self.cells[i] == 0:
                    self._known(i, 0, j)
                else:
                    self.plain[i] = UNKNOWN
                    self._known(i, ALL, 0)
        for j in range(256):
            for c in range(3):
                self.planes[(j // BLOCK * 3 + c) * BLOCK + j % BLOCK] = self.points[j][c] if j < self.m else 1e6
        if table is not None:
            answers = table
            for i in range(BINS):
                self._known(i, 0, answers[i])
        self.seen[0] = 1 << 8  # so that an empty slot is not an entry for black

    def __dealloc__(self):
        free(self.plain)
        free(self.cells)
        free(self.seen)
        free(self.listed)

    def of(self, const uint8_t[:, :, :] codes):
        cdef Py_ssize_t y, down = codes.strides[0], right = codes.strides[1], next = codes.strides[2]
        cdef const uint8_t* first
        out_array = np.empty((codes.shape[0], codes.shape[1]), np.uint8)
        cdef uint8_t[:, ::1] out = out_array
        cdef int32_t[::1] left = np.empty(codes.shape[1] + 1, np.int32)
        if out_array.size:
            first = &codes[0, 0, 0]
            with nogil:
                for y in range(codes.shape[0]):
                    if right == 3 and next == 1:  # strides known at compile time
                        self._row(first + y * down, 3, 1, &out[y, 0], codes.shape[1], &left[0])
                    else:
                        self._row(first + y * down, right, next, &out[y, 0], codes.shape[1], &left[0])
        return out_array

    cdef inline void _row(
        self, const uint8_t* codes, Py_ssize_t right, Py_ssize_t next, uint8_t* out, Py_ssize_t width, int32_t* left
    ) noexcept nogil:
        cdef Py_ssize_t x, i, count = 0
        cdef const uint8_t* plain = self.plain
        cdef const uint8_t* code
        cdef int found
        for x in range(width):  # no branch: a misprediction costs as much as ten pixels
            code = codes + x * right
            found = plain[PART_OF[0][code[0]] | PART_OF[1][code[next]] | PART_OF[2][code[2 * next]]]
            out[x] = found
            left[count] = x
            count += found == UNKNOWN
        for i in range(count):
            code = codes + left[i] * right
            out[left[i]] = self._seen(code[0], code[next], code[2 * next])

    cdef int find(self, int r, int g, int b) noexcept nogil:
        cdef int found = self.plain[PART_OF[0][r] | PART_OF[1][g] | PART_OF[2][b]]
        return found if found != UNKNOWN else self._seen(r, g, b)

    cdef inline int _seen(self, int r, int g, int b) noexcept nogil:
        """The index for a color in a new bin, or in a bin with several candidates."""
        cdef uint32_t code = <uint32_t> r << 16 | <uint32_t> g << 8 | <uint32_t> b
        cdef uint32_t* slot = self.seen + ((r & 63) << 12 | (g & 63) << 6 | (b & 63))  # similar colors are neighbors
        if slot[0] >> 8 != code:
            slot[0] = code << 8 | <uint32_t> self._looked_up(r, g, b)
        return slot[0] & 255

    cdef int _looked_up(self, int r, int g, int b) noexcept nogil:
        cdef int bin = PART_OF[0][r] | PART_OF[1][g] | PART_OF[2][b]
        cdef int32_t cell = self.cells[bin]
        if cell == 0:
            cell = self._cell(bin, r, g, b)
        if cell < 0:
            return -cell - 1
        return self._compared(cell, r, g, b)

    cdef int32_t _cell(self, int bin, int r, int g, int b) noexcept nogil:
        """Determine the entry of `cells` for the bin of a color."""
        cdef Extent extent
        cdef float near, most
        cdef int j, best, count = 0
        cdef uint8_t[256] able
        if self.coarse:
            return self._joined(bin, r, g, b)
        _extent(r, g, b, &extent)
        best = self._measured(extent.middle)
        near = self.far[best]
        most = sqrtf(near) + 2 * _reach(&extent)
        most *= most
        for j in range(self.m):
            if self.far[j] > most:
                continue
            if self.far[j] - near <= <float> 2.001 * _along(&extent, self.points[j], self.points[best]) + <float> 1e-6:
                able[count] = j
                count += 1
        if count == 1:
            return self._known(bin, 0, best)
        if count > MOST or not self._fits(count):
            return self._known(bin, ALL, 0)
        memcpy(self.listed + self.used, able, count)
        self.used += count
        return self._known(bin, <int32_t> ((self.used - count) << 6 | count), 0)

    cdef int32_t _joined(self, int bin, int r, int g, int b) noexcept nogil:
        """Determine one index for the bins that are taken together, except those that have an entry already."""
        cdef float[3] root, middle
        cdef int i, j, found
        for i in range(3):
            root[i] = _root(
                JOINED_OF[self.coarse - 1][i][0][r]
                + JOINED_OF[self.coarse - 1][i][1][g]
                + JOINED_OF[self.coarse - 1][i][2][b]
            )
        _from_roots(root, middle)
        found = self._measured(middle)
        if self.coarse == 1:
            return self._known(bin, 0, found)
        for i in range(8):
            j = bin & ~0o10101 | (i & 4) << 10 | (i & 2) << 5 | i & 1
            if self.cells[j] == 0:
                self._known(j, 0, found)
        return self.cells[bin]

    cdef int _measured(self, const float* point) noexcept nogil:
        """Fill in the squared distance of each color from a point; return the nearest, the first of equals."""
        cdef double[3] at
        cdef float u, v, w, x = point[0], y = point[1], z = point[2], least = INFINITY
        cdef float* far = self.far
        cdef const float* planes = self.planes
        cdef int i, j, best = 0, m = self.m
        if m <= FEW:
            for j in range(m):  # over the planes, so that the compiler can vectorize
                u, v, w = planes[j] - x, planes[BLOCK + j] - y, planes[2 * BLOCK + j] - z
                far[j] = u * u + v * v + w * w
        else:
            at[0], at[1], at[2] = x, y, z
            for i in range(1 + (m > BLOCK)):
                block_distances(planes + 3 * BLOCK * i, at, far + BLOCK * i)
        for j in range(m):
            best = j if far[j] < least else best
            least = far[j] if far[j] < least else least
        return best

    cdef int32_t _known(self, int bin, int32_t cell, int answer) noexcept nogil:
        """Store the entry of a bin: its candidates or, if `cell` is 0, its only index."""
        if cell == 0:
            self.plain[bin] = answer
            cell = -answer - 1
        self.cells[bin] = cell
        return cell

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
