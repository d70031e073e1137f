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

/* The same, and store the weights times the squared distances in value[]; return the largest of these, or 0. */
FOR_EACH_MACHINE
static float block_farther(const float *block, const double *point, const float *weights, float *restrict near,
                           float *restrict value) {
    const float p = (float)point[0], q = (float)point[1], r = (float)point[2];
    float most[16] = {0};
    for (int i = 0; i < BLOCK; i++) {
        const float u = block[i] - p, v = block[BLOCK + i] - q, w = block[2 * BLOCK + i] - r;
        const float d = u * u + v * v + w * w, least = d < near[i] ? d : near[i];
        near[i] = least;
        value[i] = weights[i] * least;
    }
    for (int at = 0; at < BLOCK; at += 16)
        for (int i = 0; i < 16; i++)
            most[i] = value[at + i] > most[i] ? value[at + i] : most[i];
    for (int i = 1; i < 16; i++)
        most[0] = most[i] > most[0] ? most[i] : most[0];
    return most[0];
}

/* The nearest of k centers for each point of a block, the first of equals. */
FOR_EACH_MACHINE
static void block_labels(const float *block, const double *centers, int k, float *restrict near, int32_t *restrict best) {
    for (int i = 0; i < BLOCK; i++) {
        near[i] = INFINITY;
        best[i] = 0;
    }
    int j = 0;
    for (; j + 3 < k; j += 4) { /* four at a time, because loading and storing near[] and best[] takes half of the time */
        float c[12];
        for (int i = 0; i < 12; i++)
            c[i] = (float)centers[3 * j + i];
        for (int i = 0; i < BLOCK; i++) {
            const float x = block[i], y = block[BLOCK + i], z = block[2 * BLOCK + i];
            const float d0 = (x - c[0]) * (x - c[0]) + (y - c[1]) * (y - c[1]) + (z - c[2]) * (z - c[2]);
            const float d1 = (x - c[3]) * (x - c[3]) + (y - c[4]) * (y - c[4]) + (z - c[5]) * (z - c[5]);
            const float d2 = (x - c[6]) * (x - c[6]) + (y - c[7]) * (y - c[7]) + (z - c[8]) * (z - c[8]);
            const float d3 = (x - c[9]) * (x - c[9]) + (y - c[10]) * (y - c[10]) + (z - c[11]) * (z - c[11]);
            const int32_t b0 = -(int32_t)(d1 < d0), b1 = -(int32_t)(d3 < d2);
            const float e0 = d1 < d0 ? d1 : d0, e1 = d3 < d2 ? d3 : d2;
            const int32_t f = -(int32_t)(e1 < e0);
            const float e = e1 < e0 ? e1 : e0;
            const int32_t at = j + (((0 - b0) & ~f) | ((2 - b1) & f)), nearer = -(int32_t)(e < near[i]);
            best[i] = (best[i] & ~nearer) | (at & nearer);
            near[i] = e < near[i] ? e : near[i];
        }
    }
    for (; j < k; j++) {
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

/* The nearest of k centers for each point of a block, the first of equals, and the squared distances to it and the
   second. */
FOR_EACH_MACHINE
static void block_nearest(const float *block, const double *centers, int k, float *restrict near,
                          float *restrict second, int32_t *restrict best) {
    for (int i = 0; i < BLOCK; i++) {
        near[i] = second[i] = INFINITY;
        best[i] = 0;
    }
    for (int j = 0; j < k; j++) {
        const float p = (float)centers[3 * j], q = (float)centers[3 * j + 1], r = (float)centers[3 * j + 2];
        for (int i = 0; i < BLOCK; i++) {
            const float u = block[i] - p, v = block[BLOCK + i] - q, w = block[2 * BLOCK + i] - r;
            const float d = u * u + v * v + w * w, old = near[i];
            const int32_t nearer = -(int32_t)(d < old);
            const float other = d < old ? old : d;
            best[i] = (best[i] & ~nearer) | (j & nearer);
            near[i] = d < old ? d : old;
            second[i] = other < second[i] ? other : second[i];
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
    double gains[8] = {0}, masses[8] = {0};
    for (int at = 0; at < BLOCK; at += 8)
        for (int i = 0; i < 8; i++) {
            gains[i] += gain[at + i];
            masses[i] += mass[at + i];
        }
    result[0] = result[1] = 0;
    for (int i = 0; i < 8; i++) {
        result[0] += gains[i];
        result[1] += masses[i];
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

/* Without a branch, to be inlined into a function that is built for each machine. */
#if defined(__GNUC__)
#define PLAIN static inline __attribute__((always_inline))
#else
#define PLAIN static inline
#endif

/* Replace 3 * BLOCK numbers, each 0 or 1e-30 to 1e30, by their cube roots, with a relative error of 1e-14: the
   exponent divided by 3 is within 4 %, and each of Halley's steps cubes the error. */
PLAIN void plain_cube_roots(double *restrict x) {
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

FOR_EACH_MACHINE
static void cube_roots(double *restrict x) { plain_cube_roots(x); }

/* Replace 3 * BLOCK sRGB values, 0 to 1, by their linear light, with a relative error of 1e-12. The power of 2.4 is the
   square times the fifth root of the square; each of Halley's steps doubles the cube of the root's error. */
PLAIN void linear_light(double *restrict x) {
    float rough[3 * BLOCK];
    uint32_t bits[3 * BLOCK];
    double square[3 * BLOCK];
    for (int i = 0; i < 3 * BLOCK; i++) {
        const double y = (x[i] + 0.055) * (1 / 1.055);
        square[i] = y * y;
        rough[i] = (float)square[i];
    }
    memcpy(bits, rough, sizeof bits);
    for (int i = 0; i < 3 * BLOCK; i++)
        bits[i] = bits[i] / 5 + 0x32C82000u;
    memcpy(rough, bits, sizeof bits);
    for (int i = 0; i < 3 * BLOCK; i++) {
        const double a = square[i];
        double y = rough[i];
        double y2 = y * y, y5 = y2 * y2 * y;
        y = y * (2 * y5 + 3 * a) / (3 * y5 + 2 * a);
        y2 = y * y;
        y5 = y2 * y2 * y;
        y = y * (2 * y5 + 3 * a) / (3 * y5 + 2 * a);
        x[i] = x[i] <= 0.04045 ? x[i] * (1 / 12.92) : a * y;
    }
}

/* Replace 2 * BLOCK numbers, 0.8 to 1e9, by their natural logarithms, with an error of 1e-15: a power of 2 times a
   number from 0.7 to 1.4, whose logarithm is 2 artanh((x - 1) / (x + 1)). */
PLAIN void logarithms(double *restrict x) {
    uint64_t bits[2 * BLOCK], powers[2 * BLOCK];
    double scaled[2 * BLOCK], power[2 * BLOCK];
    memcpy(bits, x, sizeof bits);
    for (int i = 0; i < 2 * BLOCK; i++) {
        const uint64_t above = (bits[i] - 0x3FE6A09E667F3BCDu) >> 52;
        bits[i] -= above << 52;
        powers[i] = above | 0x4330000000000000u; /* 2^52 + above, as a double */
    }
    memcpy(scaled, bits, sizeof bits);
    memcpy(power, powers, sizeof powers);
    for (int i = 0; i < 2 * BLOCK; i++) {
        const double f = (scaled[i] - 1) / (scaled[i] + 1), s = f * f;
        double sum = 1.0 / 21;
        sum = sum * s + 1.0 / 19;
        sum = sum * s + 1.0 / 17;
        sum = sum * s + 1.0 / 15;
        sum = sum * s + 1.0 / 13;
        sum = sum * s + 1.0 / 11;
        sum = sum * s + 1.0 / 9;
        sum = sum * s + 1.0 / 7;
        sum = sum * s + 1.0 / 5;
        sum = sum * s + 1.0 / 3;
        sum = sum * s + 1.0;
        x[i] = (power[i] - 4503599627370496.0) * 0.693147180559945309417 + 2 * f * sum;
    }
}

/* Replace BLOCK red, green and blue sRGB values, 0 to 1, by DIN99o; appearance.py documents the formula.
   matrix: from linear light to X, Y and Z relative to white. */
FOR_EACH_MACHINE
static void block_din99o(double *restrict x, const double *matrix, double cosine, double sine, double light) {
    double root[3 * BLOCK], ratio[3 * BLOCK], along[BLOCK], across[BLOCK], chroma[BLOCK], bent[2 * BLOCK];
    linear_light(x);
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < BLOCK; i++)
            root[c * BLOCK + i] = ratio[c * BLOCK + i] =
                matrix[3 * c] * x[i] + matrix[3 * c + 1] * x[BLOCK + i] + matrix[3 * c + 2] * x[2 * BLOCK + i];
    plain_cube_roots(root);
    for (int i = 0; i < 3 * BLOCK; i++)
        root[i] = ratio[i] > 216. / 24389 ? root[i] : (24389. / 27 * ratio[i] + 16) / 116;
    for (int i = 0; i < BLOCK; i++) {
        const double a = 500 * (root[i] - root[BLOCK + i]), b = 200 * (root[BLOCK + i] - root[2 * BLOCK + i]);
        along[i] = cosine * a + sine * b;
        across[i] = 0.83 * (cosine * b - sine * a);
        chroma[i] = sqrt(along[i] * along[i] + across[i] * across[i]);
        bent[i] = 1 + 0.0039 * (116 * root[BLOCK + i] - 16);
        bent[BLOCK + i] = 1 + 0.075 * chroma[i];
    }
    logarithms(bent);
    for (int i = 0; i < BLOCK; i++) {
        const double part = bent[BLOCK + i] / (0.0435 * (chroma[i] > 1e-12 ? chroma[i] : 1));
        x[i] = light * bent[i];
        x[BLOCK + i] = (cosine * along[i] - sine * across[i]) * part;
        x[2 * BLOCK + i] = (sine * along[i] + cosine * across[i]) * part;
    }
}

/* The contrast of each byte of a row of pixels, 3 bytes each: the greatest difference from the left, right, upper and
   lower pixel. `across` has room for n + 6 bytes. */
FOR_EACH_MACHINE
static void row_contrast(const uint8_t *here, const uint8_t *above, const uint8_t *below, long n,
                         uint8_t *restrict across, uint8_t *restrict most) {
    memset(across, 0, 3); /* the first pixel has no left one, and the last one no right one */
    memset(across + n, 0, 3);
    for (long i = 0; i < n - 3; i++) {
        const uint8_t a = here[i], b = here[i + 3];
        across[i + 3] = a > b ? a - b : b - a;
    }
    for (long i = 0; i < n; i++) {
        const uint8_t a = here[i], b = above[i], c = below[i], left = across[i], right = across[i + 3];
        const uint8_t up = a > b ? a - b : b - a, down = a > c ? a - c : c - a;
        const uint8_t beside = left > right ? left : right, over = up > down ? up : down;
        most[i] = beside > over ? beside : over;
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
