# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Apply a color lookup table to a picture, compiled; lut.py documents it."""

from libc.stdint cimport int16_t, int32_t, uint8_t

import numpy as np

from pochade.kernel.lut import places


cdef enum:
    STEPS = 256
    HALF = 8192
    SHIFT = 14  # lut.py: 2**SHIFT is UNIT * STEPS


def displace(const uint8_t[:, ::1] codes, const int16_t[:, :, :, ::1] moves):
    cdef Py_ssize_t n = codes.shape[0], channels = codes.shape[1], size = moves.shape[0], i
    node_array, part_array = places(size)
    cdef const int32_t[::1] node = node_array, part = part_array
    cdef int32_t red = <int32_t> (3 * size * size), green = <int32_t> (3 * size), blue = 3
    cdef int32_t r, g, b, x, y, z, first, second, most, middle, least, value, c
    cdef const int16_t* base
    cdef const int16_t* last
    cdef const int16_t* one
    cdef const int16_t* two
    out_array = np.empty((n, channels), np.uint8)
    if not n:
        return out_array
    cdef uint8_t[:, ::1] out = out_array
    with nogil:
        for i in range(n):
            r, g, b = codes[i, 0], codes[i, 1], codes[i, 2]
            x, y, z = part[r], part[g], part[b]
            base = &moves[0, 0, 0, 0] + node[r] * red + node[g] * green + node[b] * blue
            if x >= y:
                if y >= z:
                    first, second, most, middle, least = red, green, x, y, z
                elif x >= z:
                    first, second, most, middle, least = red, blue, x, z, y
                else:
                    first, second, most, middle, least = blue, red, z, x, y
            elif x >= z:
                first, second, most, middle, least = green, red, y, x, z
            elif y >= z:
                first, second, most, middle, least = green, blue, y, z, x
            else:
                first, second, most, middle, least = blue, green, z, y, x
            one = base + first
            two = one + second
            last = base + red + green + blue
            for c in range(3):
                value = (
                    base[c] * (STEPS - most)
                    + one[c] * (most - middle)
                    + two[c] * (middle - least)
                    + last[c] * least
                    + HALF
                ) >> SHIFT
                value += codes[i, c]
                out[i, c] = <uint8_t> (0 if value < 0 else 255 if value > 255 else value)
            if channels == 4:
                out[i, 3] = codes[i, 3]
    return out_array
