/* The innermost loops of _linkage.pyx and _pairs.pyx. As in _vectors.h, no loop has a branch or one long sum. */

#include "_vectors.h"

enum { LANES = 16 }; /* parallel sums, in double */

/* The first least value of a row, from the least values of BLOCK columns and their first positions. */
static long first_least(const float *near, const int32_t *best, float *least) {
    long at = best[0];
    *least = near[0];
    for (int i = 1; i < BLOCK; i++)
        if (near[i] < *least || (near[i] == *least && best[i] < at)) {
            *least = near[i];
            at = best[i];
        }
    return at;
}

/* The first of n clusters (whole blocks) whose merger with one (x, y, z, weight) costs least by Ward's criterion. */
FOR_EACH_MACHINE
static long ward_nearest(const float *x, const float *y, const float *z, const float *w, long n, const float *one,
                         float *least) {
    const float p = one[0], q = one[1], r = one[2], mass = one[3];
    float near[BLOCK];
    int32_t best[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
        near[i] = INFINITY;
        best[i] = 0;
    }
    for (long at = 0; at < n; at += BLOCK)
        for (int i = 0; i < BLOCK; i++) {
            const float a = x[at + i] - p, b = y[at + i] - q, c = z[at + i] - r, m = w[at + i];
            const float d = (a * a + b * b + c * c) * (m * mass / (m + mass));
            const int32_t nearer = -(int32_t)(d < near[i]);
            best[i] = (best[i] & ~nearer) | ((int32_t)(at + i) & nearer);
            near[i] = d < near[i] ? d : near[i];
        }
    return first_least(near, best, least);
}

/* Update the distances of n points (whole blocks) for a new point of the tree; return the point nearest to the tree. */
FOR_EACH_MACHINE
static long tree_nearest(const float *x, const float *y, const float *z, float *restrict far, int32_t *restrict from,
                         long n, const float *one, int32_t name, float *least) {
    const float p = one[0], q = one[1], r = one[2];
    float near[BLOCK];
    int32_t best[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
        near[i] = INFINITY;
        best[i] = 0;
    }
    for (long at = 0; at < n; at += BLOCK)
        for (int i = 0; i < BLOCK; i++) {
            const float a = x[at + i] - p, b = y[at + i] - q, c = z[at + i] - r;
            const float d = a * a + b * b + c * c, old = far[at + i];
            const int32_t closer = -(int32_t)(d < old);
            const float now = d < old ? d : old;
            from[at + i] = (from[at + i] & ~closer) | (name & closer);
            far[at + i] = now;
            const int32_t nearer = -(int32_t)(now < near[i]);
            best[i] = (best[i] & ~nearer) | ((int32_t)(at + i) & nearer);
            near[i] = now < near[i] ? now : near[i];
        }
    return first_least(near, best, least);
}

/* The first least value of a row of n numbers (whole blocks). */
FOR_EACH_MACHINE
static long row_nearest(const float *row, long n, float *least) {
    float near[BLOCK];
    int32_t best[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
        near[i] = INFINITY;
        best[i] = 0;
    }
    for (long at = 0; at < n; at += BLOCK)
        for (int i = 0; i < BLOCK; i++) {
            const float d = row[at + i];
            const int32_t nearer = -(int32_t)(d < near[i]);
            best[i] = (best[i] & ~nearer) | ((int32_t)(at + i) & nearer);
            near[i] = d < near[i] ? d : near[i];
        }
    return first_least(near, best, least);
}

/* The total weight of the points with a squared distance to one of at most `reach`; n is a multiple of LANES. */
FOR_EACH_MACHINE
static double weight_within(const double *x, const double *y, const double *z, const double *w, long n,
                            const double *one, double reach) {
    const double p = one[0], q = one[1], r = one[2];
    double sums[LANES] = {0}, sum = 0;
    for (long at = 0; at < n; at += LANES)
        for (int i = 0; i < LANES; i++) {
            const double a = x[at + i] - p, b = y[at + i] - q, c = z[at + i] - r;
            sums[i] += a * a + b * b + c * c <= reach ? w[at + i] : 0;
        }
    for (int i = 0; i < LANES; i++)
        sum += sums[i];
    return sum;
}
