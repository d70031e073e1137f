# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, embedsignature=True
"""Optimal transport by the network simplex, compiled; simplex.py documents the functions."""

from libc.math cimport INFINITY, frexp, ldexp, rint, sqrt
from libc.stdint cimport INT64_MAX, int32_t, int64_t, uint8_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset

import numpy as np

from pochade.kernel.simplex import REFUSED

cdef enum:
    SHARES = 48
    SPARE = 14
    PRICE = 40
    LARGEST = 8191


cdef struct Tree:
    int32_t m
    int32_t n
    int64_t* prices
    int64_t* potential
    int64_t* flow
    int32_t* parent
    int32_t* depth
    int32_t* child
    int32_t* next
    int32_t* previous
    int32_t* stack


def transport(const double[::1] a, const double[::1] b, const double[:, ::1] costs):
    cdef Py_ssize_t m = a.shape[0], n = b.shape[0]
    if costs.shape[0] != m or costs.shape[1] != n or not 0 < m <= LARGEST or not 0 < n <= LARGEST:
        raise ValueError(f"costs must be (len(a), len(b)), of 1 to {LARGEST} each.")
    flow = np.zeros((m, n))
    cdef double[:, ::1] moved = flow
    cdef char* memory = <char*> malloc(_needed(m, n))
    if memory == NULL:
        raise MemoryError()
    cdef bint fine
    with nogil:
        fine = _solved(&a[0], &b[0], &costs[0, 0], <int32_t> m, <int32_t> n, memory, &moved[0, 0])
        free(memory)
    if not fine:
        raise ValueError(REFUSED)
    return flow


def fares(
    const double[::1] a, const double[::1] b, const int64_t[::1] ends, const double[:, ::1] costs,
    const uint8_t[::1] turned,
):
    cdef Py_ssize_t m = a.shape[0], total = b.shape[0], sets = ends.shape[0], most = 0, start = 0, t, i, j, n
    for t in range(sets):
        n = ends[t] - start
        if not 0 < n <= LARGEST:
            raise ValueError(f"a set must have 1 to {LARGEST} weights.")
        most, start = n if n > most else most, ends[t]
    if costs.shape[0] != m or costs.shape[1] != total or start != total or not 0 < m <= LARGEST:
        raise ValueError(f"costs must be (len(a), len(b)), of 1 to {LARGEST} each.")
    if turned.shape[0] != sets:
        raise ValueError("turned must be as long as ends.")
    out = np.empty(sets)
    if not sets:
        return out
    cdef double[::1] fare = out
    cdef char* memory = <char*> malloc(_needed(m, most) + 2 * m * most * sizeof(double))
    if memory == NULL:
        raise MemoryError()
    cdef double* prices = <double*> memory
    cdef double* moved = prices + m * most
    cdef char* rest = <char*> (moved + m * most)
    cdef double paid
    cdef bint fine = True
    with nogil:
        start = 0
        for t in range(sets):
            n = ends[t] - start
            for i in range(m):
                for j in range(n):
                    prices[j * m + i if turned[t] else i * n + j] = costs[i, start + j]
            memset(moved, 0, m * n * sizeof(double))
            if turned[t]:
                fine = _solved(&b[start], &a[0], prices, <int32_t> n, <int32_t> m, rest, moved)
            else:
                fine = _solved(&a[0], &b[start], prices, <int32_t> m, <int32_t> n, rest, moved)
            if not fine:
                break
            paid = 0
            for i in range(m * n):
                paid += moved[i] * prices[i]
            fare[t], start = paid, ends[t]
        free(memory)
    if not fine:
        raise ValueError(REFUSED)
    return out


def straight(const double[:, ::1] points, const double[:, ::1] others):
    cdef Py_ssize_t m = points.shape[0], n = others.shape[0], i, j
    cdef double x, y, z
    if points.shape[1] != 3 or others.shape[1] != 3:
        raise ValueError("points must be (n, 3).")
    out = np.empty((m, n))
    cdef double[:, ::1] far = out
    with nogil:
        for i in range(m):
            for j in range(n):
                x, y, z = points[i, 0] - others[j, 0], points[i, 1] - others[j, 1], points[i, 2] - others[j, 2]
                far[i, j] = sqrt(x * x + y * y + z * z)
    return out


cdef Py_ssize_t _needed(Py_ssize_t m, Py_ssize_t n) noexcept nogil:
    """The bytes of all arrays. 8 bytes each: prices, potentials, flows, supply, demand, flows of cells. 4 bytes each: six
    arrays of the tree, the names of the columns, and five arrays of the cells.
    """
    return (m * n + 4 * (m + n)) * 8 + 12 * (m + n) * 4


cdef bint _solved(
    const double* a, const double* b, const double* costs, int32_t m, int32_t n, char* memory, double* moved
) noexcept nogil:
    cdef Tree tree
    cdef Py_ssize_t nodes = m + n, t
    cdef int32_t i, j, node, kept = 0
    cdef int exponent
    cdef double highest = 0
    tree.prices = <int64_t*> memory
    tree.potential = tree.prices + m * n
    tree.flow = tree.potential + nodes
    cdef int64_t* supply = tree.flow + nodes
    cdef int64_t* demand = supply + m
    cdef int64_t* cell_flows = demand + n
    tree.parent = <int32_t*> (cell_flows + nodes)
    tree.depth = tree.parent + nodes
    tree.child = tree.depth + nodes
    tree.next = tree.child + nodes
    tree.previous = tree.next + nodes
    tree.stack = tree.previous + nodes
    cdef int32_t* used = tree.stack + nodes
    if not _whole(a, m, supply) or not _whole(b, n, demand):
        return False
    for i in range(m):
        supply[i] = (supply[i] << SPARE) + 1
    for j in range(n):
        if demand[j]:
            demand[kept], used[kept] = demand[j] << SPARE, j
            kept += 1
    demand[kept - 1] += m
    for t in range(<Py_ssize_t> m * n):
        if not 0 <= costs[t] < INFINITY:
            return False
        highest = costs[t] if costs[t] > highest else highest
    frexp(highest, &exponent)
    cdef double to_1 = ldexp(1.0, -exponent if exponent > -1022 else 1022), units = ldexp(1.0, PRICE)
    for i in range(m):
        for j in range(kept):
            tree.prices[<Py_ssize_t> i * kept + j] = <int64_t> rint(costs[<Py_ssize_t> i * n + used[j]] * to_1 * units)
    tree.m, tree.n = m, kept
    _plant(&tree, supply, demand, cell_flows, used + nodes)
    _improve(&tree)
    for node in range(1, m + kept):
        i = node if node < m else tree.parent[node]
        j = used[(tree.parent[node] if node < m else node) - m]
        moved[<Py_ssize_t> i * n + j] = ldexp(
            <double> ((tree.flow[node] + (<int64_t> 1 << (SPARE - 1))) >> SPARE), -SHARES
        )
    return True


cdef bint _whole(const double* weights, int32_t n, int64_t* shares) noexcept nogil:
    cdef double total = 0
    cdef int64_t left = <int64_t> 1 << SHARES
    cdef int32_t i, largest = 0
    for i in range(n):
        if not weights[i] >= 0:
            return False
        total += weights[i]
        if weights[i] > weights[largest]:
            largest = i
    if not 0 < total < INFINITY:
        return False
    for i in range(n):
        shares[i] = <int64_t> rint(weights[i] / total * <double> (<int64_t> 1 << SHARES))
        left -= shares[i]
    shares[largest] += left
    return True


cdef void _plant(
    Tree* tree, const int64_t* supply, int64_t* left, int64_t* flows, int32_t* cells
) noexcept nogil:
    """Build the first basis. Each cell is in a list of its row and in one of its column, the latest first."""
    cdef int32_t m = tree.m, n = tree.n, nodes = tree.m + tree.n, i, j, best, node, other, c, top, count = 0
    cdef int32_t* rows = cells
    cdef int32_t* columns = rows + nodes
    cdef int32_t* after_in_row = columns + nodes
    cdef int32_t* after_in_column = after_in_row + nodes
    cdef int32_t* first = after_in_column + nodes
    cdef int64_t rest, moved, cheapest
    cdef const int64_t* prices
    for node in range(nodes):
        first[node], tree.child[node], tree.parent[node] = -1, -1, -1
    for i in range(m):
        rest, prices = supply[i], tree.prices + <Py_ssize_t> i * n
        while rest:
            best, cheapest = 0, INT64_MAX
            for j in range(n):
                if left[j] > 0 and prices[j] < cheapest:
                    cheapest, best = prices[j], j
            moved = rest if rest < left[best] else left[best]
            rest -= moved
            left[best] -= moved
            rows[count], columns[count], flows[count] = i, m + best, moved
            after_in_row[count], first[i] = first[i], count
            after_in_column[count], first[m + best] = first[m + best], count
            count += 1
    tree.potential[0], tree.depth[0], tree.stack[0], top = 0, 0, 0, 1
    while top:
        top -= 1
        node = tree.stack[top]
        c = first[node]
        while c >= 0:
            other = columns[c] if node < m else rows[c]
            if other != tree.parent[node]:
                _adopt(tree, other, node)
                tree.flow[other] = flows[c]
                tree.depth[other] = tree.depth[node] + 1
                tree.potential[other] = (
                    tree.prices[<Py_ssize_t> rows[c] * n + columns[c] - m] - tree.potential[node]
                )
                tree.stack[top] = other
                top += 1
            c = after_in_row[c] if node < m else after_in_column[c]


cdef inline void _adopt(Tree* tree, int32_t node, int32_t parent) noexcept nogil:
    tree.parent[node] = parent
    tree.previous[node], tree.next[node] = -1, tree.child[parent]
    if tree.next[node] >= 0:
        tree.previous[tree.next[node]] = node
    tree.child[parent] = node


cdef inline void _leave(Tree* tree, int32_t node) noexcept nogil:
    cdef int32_t before = tree.previous[node], after = tree.next[node]
    if before >= 0:
        tree.next[before] = after
    else:
        tree.child[tree.parent[node]] = after
    if after >= 0:
        tree.previous[after] = before


cdef void _improve(Tree* tree) noexcept nogil:
    cdef int32_t m = tree.m, n = tree.n, i = 0, without = 0, j, best
    cdef int64_t least, saved
    cdef const int64_t* prices
    cdef const int64_t* potential = tree.potential + m
    while without < m:
        prices = tree.prices + <Py_ssize_t> i * n
        best, least = 0, INT64_MAX
        for j in range(n):
            saved = prices[j] - potential[j]
            if saved < least:
                least, best = saved, j
        if least < tree.potential[i]:
            _take_in(tree, i, m + best, least - tree.potential[i])
            without = 0
        else:
            without += 1
        i = i + 1 if i + 1 < m else 0


cdef void _take_in(Tree* tree, int32_t row, int32_t column, int64_t change) noexcept nogil:
    cdef int32_t m = tree.m, x = row, y = column, node, emptied = -1
    cdef bint on_row, left_of_row = True
    cdef int64_t moved
    while x != y:
        on_row = tree.depth[x] >= tree.depth[y]
        node = x if on_row else y
        if (node < m) == on_row and (emptied < 0 or tree.flow[node] < tree.flow[emptied]):
            emptied, left_of_row = node, on_row
        if on_row:
            x = tree.parent[x]
        else:
            y = tree.parent[y]
    moved = tree.flow[emptied]
    node = row
    while node != x:
        tree.flow[node] += -moved if node < m else moved
        node = tree.parent[node]
    node = column
    while node != x:
        tree.flow[node] += moved if node < m else -moved
        node = tree.parent[node]
    if left_of_row:
        _rehang(tree, row, column, emptied, moved, change)
    else:
        _rehang(tree, column, row, emptied, moved, change)


cdef void _rehang(Tree* tree, int32_t node, int32_t parent, int32_t last, int64_t flow, int64_t change) noexcept nogil:
    cdef int32_t m = tree.m, top = node, above, child, height
    cdef int64_t through
    cdef bint of_row = node < m
    while True:
        above, through = tree.parent[node], tree.flow[node]
        _leave(tree, node)
        _adopt(tree, node, parent)
        tree.flow[node] = flow
        if node == last:
            break
        node, parent, flow = above, node, through
    tree.stack[0], height = top, 1
    while height:
        height -= 1
        node = tree.stack[height]
        tree.depth[node] = tree.depth[tree.parent[node]] + 1
        tree.potential[node] += change if (node < m) == of_row else -change
        child = tree.child[node]
        while child >= 0:
            tree.stack[height] = child
            height += 1
            child = tree.next[child]
