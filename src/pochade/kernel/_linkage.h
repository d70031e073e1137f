/* The innermost loops of _linkage.pyx and _pairs.pyx. As in _vectors.h, no loop has a branch or a sum to reorder. */

#include "_vectors.h"

enum { LANES = 16 }; /* sums that run side by side, in double */

/* Each of LANES or BLOCK columns has its least value and where it stood first; of those the first least. */
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

/* Of n clusters (whole blocks) the first that merges with one (x, y, z, weight) at the least cost to Ward's criterion. */
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

/* Tell n points (whole blocks) of one more point of the tree, and find the one now nearest to the tree. */
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

/* The first least of a row of n numbers (whole blocks). */
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

/* The weight of those of n points (a multiple of LANES) whose squared distance to one is at most `reach`. */
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
