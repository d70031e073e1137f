/* The innermost loops, in a form that compilers turn into vector instructions.

   Compilers must not reorder sums, so no loop has a branch or one long sum: the sums of a block run in parallel.
   If the linker can choose at run time (glibc), each function is built for AVX2 too. Both give the same bits, because
   nothing is contracted to fused multiply-adds. */

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_EACH_MACHINE __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_MACHINE
#endif

enum { BLOCK = 128 }; /* points in a block: 128 x, then 128 y, then 128 z */

/* The squared distances of a block of points to one point. */
FOR_EACH_MACHINE
static void block_distances(const float *block, const double *point, float *restrict far) {
    const float p = (float)point[0], q = (float)point[1], r = (float)point[2];
    for (int i = 0; i < BLOCK; i++) {
        const float u = block[i] - p, v = block[BLOCK + i] - q, w = block[2 * BLOCK + i] - r;
        far[i] = u * u + v * v + w * w;
    }
}

/* Lower the squared distances in near[] to those of one more point. */
FOR_EACH_MACHINE
static void block_nearer(const float *block, const double *point, float *restrict near) {
    const float p = (float)point[0], q = (float)point[1], r = (float)point[2];
    for (int i = 0; i < BLOCK; i++) {
        const float u = block[i] - p, v = block[BLOCK + i] - q, w = block[2 * BLOCK + i] - r;
        const float d = u * u + v * v + w * w;
        near[i] = d < near[i] ? d : near[i];
    }
}

/* The same, and store the weights times the squared distances in value[]. */
FOR_EACH_MACHINE
static void block_farther(const float *block, const double *point, const float *weights, float *restrict near,
                          float *restrict value) {
    const float p = (float)point[0], q = (float)point[1], r = (float)point[2];
    for (int i = 0; i < BLOCK; i++) {
        const float u = block[i] - p, v = block[BLOCK + i] - q, w = block[2 * BLOCK + i] - r;
        const float d = u * u + v * v + w * w, least = d < near[i] ? d : near[i];
        near[i] = least;
        value[i] = weights[i] * least;
    }
}

/* The nearest of k centers for each point of a block, the first of equals. */
FOR_EACH_MACHINE
static void block_labels(const float *block, const double *centers, int k, float *restrict near, int32_t *restrict best) {
    for (int i = 0; i < BLOCK; i++) {
        near[i] = INFINITY;
        best[i] = 0;
    }
    for (int j = 0; j < k; j++) {
        const float p = (float)centers[3 * j], q = (float)centers[3 * j + 1], r = (float)centers[3 * j + 2];
        for (int i = 0; i < BLOCK; i++) {
            const float u = block[i] - p, v = block[BLOCK + i] - q, w = block[2 * BLOCK + i] - r;
            const float d = u * u + v * v + w * w;
            const int32_t nearer = -(int32_t)(d < near[i]);
            best[i] = (best[i] & ~nearer) | (j & nearer);
            near[i] = d < near[i] ? d : near[i];
        }
    }
}

/* The gain of some blocks from one more center, and the weight of the points that gain: gain[0] and gain[1]. */
FOR_EACH_MACHINE
static void gain_and_mass(const float *far, const float *near, const float *weights, long blocks, double *result) {
    float gain[BLOCK] = {0}, mass[BLOCK] = {0};
    for (long at = 0; at < blocks * BLOCK; at += BLOCK)
        for (int i = 0; i < BLOCK; i++) {
            const float d = near[at + i] - far[at + i], heavy = weights[at + i], w = d > 0 ? heavy : 0;
            gain[i] += w * d;
            mass[i] += w;
        }
    result[0] = result[1] = 0;
    for (int i = 0; i < BLOCK; i++) {
        result[0] += gain[i];
        result[1] += mass[i];
    }
}

/* Add a row times a weight to another row. */
FOR_EACH_MACHINE
static void add_weighed(const int32_t *row, int32_t weight, int32_t *restrict to, long n) {
    for (long i = 0; i < n; i++)
        to[i] += row[i] * weight;
}

/* Blur a cube of n numbers by [1 2 1] / 4 along the axis whose neighbors are `step` apart. */
FOR_EACH_MACHINE
static void blur(const float *cube, float *restrict to, long n, long step) {
    for (long i = step; i < n - step; i++)
        to[i] = (cube[i - step] + 2 * cube[i] + cube[i + step]) / 4;
}

/* Replace 3 * BLOCK numbers, each 0 or 1e-30 to 1e30, by their cube roots, with a relative error of 1e-14: the
   exponent divided by 3 is within 4 %, and each of Halley's steps cubes the error. */
FOR_EACH_MACHINE
static void cube_roots(double *restrict x) {
    float rough[3 * BLOCK];
    uint32_t bits[3 * BLOCK];
    for (int i = 0; i < 3 * BLOCK; i++)
        rough[i] = (float)x[i];
    memcpy(bits, rough, sizeof bits);
    for (int i = 0; i < 3 * BLOCK; i++)
        bits[i] = bits[i] / 3 + 0x2A514067u;
    memcpy(rough, bits, sizeof bits);
    for (int i = 0; i < 3 * BLOCK; i++) {
        double y = rough[i];
        double y3 = y * y * y;
        y = y * (y3 + 2 * x[i]) / (2 * y3 + x[i]);
        y3 = y * y * y;
        y = y * (y3 + 2 * x[i]) / (2 * y3 + x[i]);
        x[i] = x[i] > 0 ? y : 0;
    }
}

/* Write the indices of the nonzero words among n, a multiple of 64, to found[]; return their number. Most are 0. */
FOR_EACH_MACHINE
static long occupied(const uint64_t *words, long n, uint32_t *restrict found) {
    long m = 0;
    for (long at = 0; at < n; at += 64) {
        uint64_t any = 0;
        for (int i = 0; i < 64; i++)
            any |= words[at + i];
        if (any)
            for (long eight = at; eight < at + 64; eight += 8) {
                const uint64_t *w = words + eight;
                if (w[0] | w[1] | w[2] | w[3] | w[4] | w[5] | w[6] | w[7])
                    for (int i = 0; i < 8; i++) {
                        found[m] = (uint32_t)(eight + i);
                        m += w[i] != 0;
                    }
            }
    }
    return m;
}

/* The number of samples above `dark`: of 8 bits, and of up to 16 without their lowest bits. */
FOR_EACH_MACHINE
static long brighter_bytes(const uint8_t *samples, long n, int dark) {
    long total = 0;
    for (long at = 0; at < n; at += 255) {
        const long end = at + 255 < n ? at + 255 : n;
        uint8_t some = 0;
        for (long i = at; i < end; i++)
            some = (uint8_t)(some + (samples[i] > dark));
        total += some;
    }
    return total;
}

FOR_EACH_MACHINE
static long brighter_words(const uint16_t *samples, long n, int dark, int low) {
    const int least = (dark + 1) << low;
    long total = 0;
    for (long i = 0; i < n; i++)
        total += samples[i] >= least;
    return total;
}
