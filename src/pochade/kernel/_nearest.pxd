"""The members of Nearest that _dither.pyx uses."""

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t


@cython.final
cdef class Nearest:
    cdef readonly object palette
    cdef int m
    cdef int coarse
    cdef float[256][3] points
    cdef float[768] planes  # the points by coordinate, in blocks, padded with distant ones
    cdef float[256] far
    cdef uint8_t* plain  # the index for each bin, or 255 if unknown; 255 can be an index too
    cdef int32_t* cells  # 0: unknown; negative: -index - 1; else offset of the candidates << 6 | their number
    cdef uint32_t* seen  # color << 8 | index
    cdef uint8_t* listed
    cdef Py_ssize_t used, room
    cdef void _row(
        self, const uint8_t* codes, Py_ssize_t right, Py_ssize_t next, uint8_t* out, Py_ssize_t width, int32_t* left
    ) noexcept nogil
    cdef int32_t _cell(self, int bin, int r, int g, int b) noexcept nogil
    cdef int32_t _joined(self, int bin, int r, int g, int b) noexcept nogil
    cdef int _measured(self, const float* point) noexcept nogil
    cdef int32_t _known(self, int bin, int32_t cell, int answer) noexcept nogil
    cdef bint _fits(self, int count) noexcept nogil
    cdef int _compared(self, int32_t cell, int r, int g, int b) noexcept nogil
    cdef int _looked_up(self, int r, int g, int b) noexcept nogil
    cdef int _seen(self, int r, int g, int b) noexcept nogil
    cdef int find(self, int r, int g, int b) noexcept nogil
