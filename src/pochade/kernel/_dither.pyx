# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Dither pixels to a palette, compiled; dither.py documents the functions."""

from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.stdlib cimport calloc, free
from libc.string cimport memset

from pochade.kernel._nearest cimport Nearest

import numpy as np

from pochade.kernel.levels import LEVEL


cdef extern from "_vectors.h" nogil:
    void add_weighed(const int32_t* row, int32_t weight, int32_t* to, long n)


cdef enum:
    UNKNOWN = 255
    PLAN = 16
    SLOTS = 32768
    FULL = 65535
    OUT = 32768  # half of FULL, out of gamut on either side
    MARGIN = 6  # two pixels at each end of a row of errors
    TAPS = 16

cdef uint8_t[256] LEVEL_OF


def _fill():
    cdef int c
    for c in range(256):
        LEVEL_OF[c] = LEVEL[c]


_fill()


cdef struct Tap:
    int onward, down
    int32_t weight


cdef struct Rule:
    # The data that all pictures share. The index of level_of is target / 16, from OUT below 0 to OUT above FULL.
    const uint8_t* plain
    uint8_t[8192] level_of
    uint8_t[4096] code_of
    int32_t[256][4] worth
    int32_t[256] value  # times 4096, plus half of that for rounding
    int32_t next, after  # the weights of the next pixel and the one after it
    Tap[TAPS] taps  # the taps to the rows below
    int number


cdef struct Way:
    # A picture, and its number of finished rows. `base` is the targets of a row: its pixels plus the errors from the
    # rows above. `errors` are those of this row and the two above.
    const uint8_t* codes
    const uint8_t* alpha
    Py_ssize_t down, right, channel, alpha_down, alpha_right
    Py_ssize_t rows, width, row
    uint8_t* out
    int32_t* base
    int32_t* errors


cdef struct Carried:
    # The errors of the last two pixels.
    int32_t red, green, blue
    int32_t red_before, green_before, blue_before


def diffused(
    Nearest nearest,
    pictures,
    const int32_t[::1] value,
    const uint8_t[::1] code_of,
    const int32_t[:, :] taps,
):
    cdef Rule rule
    cdef Way one, other
    cdef Py_ssize_t width
    _set_rule(&rule, nearest, value, code_of, taps)
    if not pictures:
        return []
    width = pictures[0][0].shape[1]
    outs = [np.empty(codes.shape[:2], np.uint8) for codes, alpha in pictures]
    if any(codes.shape[1] != width for codes, alpha in pictures):
        raise ValueError("pictures of several widths")
    memory = np.empty((2, 4, 3 * width + 2 * MARGIN), np.int32)
    if not width:
        return outs
    for i in range(0, len(pictures), 2):  # two at once: the processor works on one while it waits for the other
        memory[:, 1:] = 0
        codes, alpha = pictures[i]
        _set_way(&one, codes, alpha, outs[i], memory[0])
        other.rows = other.row = 0
        if i + 1 < len(pictures):
            codes, alpha = pictures[i + 1]
            _set_way(&other, codes, alpha, outs[i + 1], memory[1])
        with nogil:
            _run(&rule, nearest, &one, &other)
    return outs


cdef _set_rule(Rule* rule, Nearest nearest, value, code_of, const int32_t[:, :] taps):
    cdef const uint8_t[:, :] palette = nearest.palette
    cdef int i, c, at, onward, down
    rule.plain = nearest.plain
    for i in range(4096):
        rule.code_of[i] = code_of[i]
    for i in range(8192):
        at = i - OUT // 16
        rule.level_of[i] = LEVEL_OF[rule.code_of[0 if at < 0 else 4095 if at > 4095 else at]]
    for i in range(256):
        rule.value[i] = (value[i] << 12) + 2048
    for i in range(nearest.m):
        for c in range(3):
            rule.worth[i][c] = value[palette[i, c]]
    rule.next = rule.after = 0
    rule.number = 0
    for i in range(taps.shape[0]):
        onward, down = taps[i, 0], taps[i, 1]
        if not (1 <= onward <= 2 if down == 0 else -2 <= onward <= 2 and 1 <= down <= 2) or rule.number == TAPS:
            raise ValueError("a tap that is not 1 or 2 pixels onward, or 1 or 2 rows down, or too many of them")
        if down:
            rule.taps[rule.number] = Tap(onward, down, taps[i, 2])
            rule.number += 1
        elif onward == 1:
            rule.next += taps[i, 2]
        else:
            rule.after += taps[i, 2]


cdef _set_way(Way* way, const uint8_t[:, :, :] codes, alpha, uint8_t[:, ::1] out, int32_t[:, ::1] memory):
    cdef const uint8_t[:, :] shown
    way.rows, way.width, way.row = codes.shape[0], codes.shape[1], 0
    if not way.rows:
        return
    way.codes, way.down, way.right, way.channel = &codes[0, 0, 0], codes.strides[0], codes.strides[1], codes.strides[2]
    way.alpha = NULL
    if alpha is not None:
        shown = alpha
        way.alpha, way.alpha_down, way.alpha_right = &shown[0, 0], shown.strides[0], shown.strides[1]
    way.out = &out[0, 0]
    way.base, way.errors = &memory[0, 0], &memory[1, 0]


cdef void _run(const Rule* rule, Nearest nearest, Way* one, Way* other) noexcept nogil:
    while one.row < one.rows and other.row < other.rows:
        _prepare(rule, one)
        _prepare(rule, other)
        if rule.after:
            _rows(rule, nearest, one, other, True, True)
        else:
            _rows(rule, nearest, one, other, True, False)
    while one.row < one.rows:
        _prepare(rule, one)
        _rows(rule, nearest, one, other, False, True)
    while other.row < other.rows:
        _prepare(rule, other)
        _rows(rule, nearest, other, one, False, True)


cdef inline int32_t* _errors(const Way* way, Py_ssize_t row) noexcept nogil:
    return way.errors + row % 3 * (3 * way.width + 2 * MARGIN)


cdef void _prepare(const Rule* rule, Way* way) noexcept nogil:
    """Compute the targets of a row."""
    cdef Py_ssize_t x, i
    cdef const uint8_t* code = way.codes + way.row * way.down
    cdef int32_t* base = way.base
    cdef int onward, down
    if way.right == 3 and way.channel == 1:
        for i in range(3 * way.width):
            base[i] = rule.value[code[i]]
    else:
        for x in range(way.width):
            for i in range(3):
                base[3 * x + i] = rule.value[code[x * way.right + i * way.channel]]
    for i in range(rule.number):
        onward, down = rule.taps[i].onward, rule.taps[i].down
        if down > way.row:
            continue
        if (way.row - down) & 1:  # that row went from right to left
            onward = -onward
        add_weighed(
            _errors(way, way.row - down) + MARGIN - 3 * onward, rule.taps[i].weight, base, 3 * way.width
        )


cdef inline void _rows(const Rule* rule, Nearest nearest, Way* one, Way* other, bint both, bint far) noexcept nogil:
    """Dither a row of one picture or two; every other row runs from right to left.

    far : whether errors go to the pixel after the next. Each call inlines this with constant `both` and `far`.
    """
    cdef Py_ssize_t i, width = one.width, x = 0, onward = 1
    cdef int32_t* kept = _errors(one, one.row) + MARGIN
    cdef int32_t* kept_other = _errors(other, other.row) + MARGIN if both else NULL
    cdef const int32_t* base = one.base
    cdef const int32_t* base_other = other.base
    cdef uint8_t* out = one.out + one.row * width
    cdef uint8_t* out_other = other.out + other.row * width
    cdef const uint8_t* alpha = one.alpha + one.row * one.alpha_down if one.alpha != NULL else NULL
    cdef const uint8_t* alpha_other = NULL
    cdef Carried carried, carried_other
    memset(&carried, 0, sizeof(Carried))
    memset(&carried_other, 0, sizeof(Carried))
    if both and other.alpha != NULL:
        alpha_other = other.alpha + other.row * other.alpha_down
    if one.row & 1:
        x, onward = width - 1, -1
    for i in range(width):
        if alpha != NULL and alpha[x * one.alpha_right] == 0:
            out[x] = _clear(&carried, kept + 3 * x)
        else:
            out[x] = _pixel(rule, nearest, base + 3 * x, kept + 3 * x, &carried, far)
        if both:
            if alpha_other != NULL and alpha_other[x * other.alpha_right] == 0:
                out_other[x] = _clear(&carried_other, kept_other + 3 * x)
            else:
                out_other[x] = _pixel(rule, nearest, base_other + 3 * x, kept_other + 3 * x, &carried_other, far)
        x += onward
    one.row += 1
    if both:
        other.row += 1


cdef inline int _pixel(
    const Rule* rule, Nearest nearest, const int32_t* base, int32_t* kept, Carried* carried, bint far
) noexcept nogil:
    cdef int32_t p = base[0] + rule.next * carried.red, q = base[1] + rule.next * carried.green
    cdef int32_t s = base[2] + rule.next * carried.blue
    cdef int i, j, k, found
    if far:
        p += rule.after * carried.red_before
        q += rule.after * carried.green_before
        s += rule.after * carried.blue_before
        carried.red_before, carried.green_before, carried.blue_before = carried.red, carried.green, carried.blue
    p, q, s = _within(p >> 12), _within(q >> 12), _within(s >> 12)
    i, j, k = (p + OUT) >> 4, (q + OUT) >> 4, (s + OUT) >> 4
    found = rule.plain[<int> rule.level_of[i] << 12 | <int> rule.level_of[j] << 6 | rule.level_of[k]]
    if found == UNKNOWN:
        found = nearest.find(_code(rule, p), _code(rule, q), _code(rule, s))
    kept[0] = carried.red = p - rule.worth[found][0]
    kept[1] = carried.green = q - rule.worth[found][1]
    kept[2] = carried.blue = s - rule.worth[found][2]
    return found


cdef inline int _clear(Carried* carried, int32_t* kept) noexcept nogil:
    """Skip a transparent pixel, which passes no error on."""
    carried.red_before, carried.green_before, carried.blue_before = carried.red, carried.green, carried.blue
    kept[0] = kept[1] = kept[2] = carried.red = carried.green = carried.blue = 0
    return 0


cdef inline int _code(const Rule* rule, int32_t v) noexcept nogil:
    return rule.code_of[(0 if v < 0 else FULL if v > FULL else v) >> 4]


cdef inline int32_t _within(int32_t v) noexcept nogil:
    return -OUT if v < -OUT else FULL + OUT if v > FULL + OUT else v


cdef struct Plan:
    uint32_t color  # plus 1 << 24 in a used slot
    uint8_t[PLAN] ranks


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
    cdef int i, c, r, g, b
    cdef uint32_t color
    cdef int32_t[768] worth
    cdef uint8_t[256] of_rank
    cdef const uint8_t[:, :] palette = nearest.palette
    cdef Plan* plan
    out_array = np.empty((codes.shape[0], codes.shape[1]), np.uint8)
    cdef uint8_t[:, ::1] out = out_array
    cdef Plan* plans = <Plan*> calloc(SLOTS, sizeof(Plan))
    if plans == NULL:
        raise MemoryError
    with nogil:
        for i in range(nearest.m):
            of_rank[order[i]] = i
            for c in range(3):
                worth[3 * i + c] = value[palette[i, c]]
        for y in range(codes.shape[0]):
            for x in range(codes.shape[1]):
                r, g, b = codes[y, x, 0], codes[y, x, 1], codes[y, x, 2]
                color = <uint32_t> (1 << 24 | r << 16 | g << 8 | b)
                plan = plans + (color * <uint32_t> 2654435761 >> 17)  # Knuth's multiplicative hash, to 15 bits
                if plan.color != color:
                    plan.color = color
                    _plan(nearest, value, code_of, order, worth, strength, plan)
                out[y, x] = of_rank[plan.ranks[mask[(y + top) % side, (x + left) % side]]]
        free(plans)
    return out_array


cdef void _plan(
    Nearest nearest,
    const int32_t[::1] value,
    const uint8_t[::1] code_of,
    const uint8_t[::1] order,
    const int32_t* worth,
    int strength,
    Plan* plan,
) noexcept nogil:
    """Write the ranks of the colors in the plan of a color, from dark to light."""
    cdef int i, c, found
    cdef int32_t v
    cdef int32_t[3] wanted, error
    cdef uint8_t[3] tried
    for c in range(3):
        wanted[c], error[c] = value[plan.color >> 8 * (2 - c) & 255], 0
    for i in range(PLAN):
        for c in range(3):
            v = wanted[c] + (error[c] * strength >> 8)
            tried[c] = code_of[(0 if v < 0 else FULL if v > FULL else v) >> 4]
        found = nearest.find(tried[0], tried[1], tried[2])
        for c in range(3):
            error[c] += wanted[c] - worth[3 * found + c]
        _insert(plan.ranks, i, order[found])


cdef inline void _insert(uint8_t* plan, int count, uint8_t rank) noexcept nogil:
    cdef int at = count
    while at > 0 and plan[at - 1] > rank:
        plan[at] = plan[at - 1]
        at -= 1
    plan[at] = rank
