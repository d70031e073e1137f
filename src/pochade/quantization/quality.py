"""The difference of a quantized picture from its original.

References
----------
Wang, Bovik, Sheikh and Simoncelli 2004, "Image quality assessment: from error visibility to structural similarity",
IEEE Transactions on Image Processing 13(4): a Gaussian window of 11 pixels and sigma 1.5, K1 = 0.01, K2 = 0.03.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.kernel.threads import threads
from pochade.quantization.bands import Band, bands, on_threads, size_of
from pochade.quantization.reduction import Frames
from pochade.source.pixels import Pixels

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8]
PairCounts = NDArray[np.uint64]
Times = NDArray[np.int64]

NONE: tuple[PairCounts, Times] = np.zeros(0, np.uint64), np.zeros(0, np.int64)

OPAQUE = 255

WINDOW, SIGMA = 11, 1.5

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""Luma of ITU-R BT.601, as in the paper of SSIM."""

STABILIZERS = (0.01 * 255) ** 2, (0.03 * 255) ** 2
"""C1 and C2 of the paper."""

MIDDLE = np.float32(128)
"""Subtracted from luma before squaring, so that rounding loses less."""

TILE = 1024
"""Columns blurred at a time, so that they stay in the processor's cache."""

PAIRS_PER_CHUNK = 1 << 15
"""Pairs of an original color and an index that are measured at a time."""

PIXELS_PER_SORT = 1 << 17
"""Pixels whose pairs are sorted at a time: in the processor's cache, and with small copies."""

MAX_PENDING = 1 << 18
"""Pairs that may accumulate before equal ones of several bands are merged."""


@dataclass(frozen=True, slots=True)
class Quality:
    """difference : mean CIEDE2000 of the pixels. psnr : in decibels of the sRGB codes, infinite if nothing changed.
    ssim : mean structural similarity of luma, 1 if nothing changed.

    A pixel with alpha counts by the mean of its differences over black and over white. Pixels that are transparent in
    both pictures do not count. All frames of an animation count the same.
    """

    difference: float
    psnr: float
    ssim: float


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one band.

    counts : uint64 (n,), how often each color became each index: color and index in the upper 32 bits, the count in
        the lower 32, which hold four times the default limit of pixels. Opaque pixels only.
    soft, times : of the others, uint64 (n,), red, green, blue, alpha, index and new alpha in 48 bits; int64 (n,),
        how often.
    ssim : the sum of SSIM over its windows. windows : their number.
    """

    counts: PairCounts
    soft: PairCounts
    times: NDArray[np.int64]
    ssim: float
    windows: int


def quality_of(pixels: Pixels, frames: Frames, palette: NDArray[np.uint8]) -> Quality:
    """The quality of frames over a palette, uint8 (m, 3), against the picture."""
    width, height = size_of(pixels)
    side = min(WINDOW, width, height)
    side -= 1 - side % 2
    weights = np.exp(-((np.arange(side) - side // 2) ** 2) / (2 * SIGMA**2)).astype(np.float32)
    weights /= weights.sum()
    luma = palette.astype(np.float32) @ LUMA - MIDDLE

    def work(group: list[Band]) -> list[Part]:
        return [_part(band, frames, luma, weights) for band in group]

    counts, waiting, pending = np.zeros(0, np.uint64), [], 0
    soft = SoftCounts()
    ssim, windows = 0.0, 0
    for _, part in on_threads(lambda: work, bands(pixels, side - 1), width * height, 1):
        ssim, windows = ssim + part.ssim, windows + part.windows
        waiting.append(part.counts)
        soft.add(part.soft, part.times)
        pending += len(part.counts)
        if pending > len(counts) + MAX_PENDING:
            counts, waiting, pending = _merged([counts, *waiting]), [], 0
    opaque = _sums(_merged([counts, *waiting]), palette)
    error, squares, total = (one + other for one, other in zip(opaque, soft.sums(palette), strict=True))
    psnr = math.inf if squares == 0 else 10 * math.log10(255**2 * 3 * total / squares)
    return Quality(error / max(total, 1), psnr, ssim / windows if windows else 1.0)


def _part(band: Band, frames: Frames, luma: Floats, weights: Floats) -> Part:
    rows = slice(band.top - band.lead, band.top - band.lead + len(band.codes))
    indexes, codes, alpha = frames.indexes[band.frame, rows], band.codes, band.alpha
    alpha_after = None if frames.alpha is None else frames.alpha[band.frame, rows]
    if alpha is not None or alpha_after is not None:
        alpha = np.full(indexes.shape, OPAQUE, np.uint8) if alpha is None else alpha
        alpha_after = np.full(indexes.shape, OPAQUE, np.uint8) if alpha_after is None else alpha_after
    opaque: list[PairCounts] = [NONE[0]]
    soft: list[tuple[PairCounts, Times]] = [NONE]
    step = max(1, PIXELS_PER_SORT // codes.shape[1])
    for row in range(band.lead, len(codes), step):
        few = slice(row, row + step)
        packed = indexes[few].astype(np.uint32)
        for channel in range(3):
            packed |= codes[few, :, channel].astype(np.uint32) << np.uint32(24 - 8 * channel)
        if alpha is not None and alpha_after is not None:
            packed, keys, times = _split(packed, alpha[few], alpha_after[few])
            soft.append((keys, times))
        opaque.append(_counted(packed.ravel()))
    counts = _merged(opaque)
    ssim, windows = 0.0, 0
    for left in range(0, max(1, codes.shape[1] - len(weights) + 1), TILE):
        here = np.s_[:, left : left + TILE + len(weights) - 1]
        before = codes[here].astype(np.float32) @ LUMA
        before -= MIDDLE
        after = luma[indexes[here]]
        if alpha is None or alpha_after is None:
            similar, count = _similar(before, after, None, weights)
        else:
            shares = [one[here].astype(np.float32) / np.float32(OPAQUE) for one in (alpha, alpha_after)]
            visible = (alpha[here] > 0) | (alpha_after[here] > 0)
            similar, count = 0.0, 0
            for under in (-MIDDLE, MIDDLE - 1):  # black and white
                over = [(one - under) * share + under for one, share in zip((before, after), shares, strict=True)]
                sums = _similar(over[0], over[1], visible, weights)
                similar, count = similar + sums[0] / 2, sums[1]
        ssim, windows = ssim + similar, windows + count
    return Part(counts, np.concatenate([keys for keys, _ in soft]), np.concatenate([n for _, n in soft]), ssim, windows)


def _counted(packed: NDArray[np.uint32]) -> PairCounts:
    """The different pairs of a color and an index with their counts, as in Part. packed : is sorted in place."""
    packed.sort()
    first = _firsts(packed)
    counts: PairCounts = packed[first].astype(np.uint64)
    counts <<= np.uint64(32)
    counts |= np.diff(first, append=len(packed)).astype(np.uint64)
    return counts


def _split(packed: NDArray[np.uint32], before: Codes, after: Codes) -> tuple[NDArray[np.uint32], PairCounts, Times]:
    """The pairs of pixels that are opaque before and after, and the others that show, each once with its count.

    before, after : alpha, uint8 (h, w), as `packed`.
    """
    opaque = (before == OPAQUE) & (after == OPAQUE)
    shown = ((before > 0) | (after > 0)) & ~opaque
    keys = packed[shown].astype(np.uint64)
    keys = keys >> np.uint64(8) << np.uint64(24) | (keys & np.uint64(255)) << np.uint64(8)
    keys |= before[shown].astype(np.uint64) << np.uint64(16) | after[shown].astype(np.uint64)
    soft, times = np.unique(keys, return_counts=True)
    return packed[opaque], soft, times


class SoftCounts:
    """How often pixels with alpha became an index with alpha; equal ones of several bands are merged."""

    def __init__(self) -> None:
        self._keys, self._times = NONE
        self._waiting: list[tuple[PairCounts, Times]] = []
        self._pending = 0

    def add(self, keys: PairCounts, times: Times) -> None:
        """Add the counts of a band."""
        self._waiting.append((keys, times))
        self._pending += len(keys)
        if self._pending > len(self._keys) + MAX_PENDING:
            self._merge()

    def sums(self, palette: Codes) -> tuple[float, float, int]:
        """The sums of CIEDE2000 and of squared differences, means over black and white; and the number of pixels."""
        self._merge()
        error, squares = 0.0, 0.0
        for start in range(0, len(self._keys), PAIRS_PER_CHUNK):
            keys, times = self._keys[start : start + PAIRS_PER_CHUNK], self._times[start : start + PAIRS_PER_CHUNK]
            red, green, blue, alpha, index, after = (
                (keys >> np.uint64(shift) & np.uint64(255)).astype(np.intp) for shift in (40, 32, 24, 16, 8, 0)
            )
            codes = np.stack([red, green, blue], 1)
            for under in (0, OPAQUE):
                pair = [
                    under + (colors - under) * (share[:, None] / OPAQUE)
                    for colors, share in ((codes, alpha), (palette[index].astype(np.intp), after))
                ]
                lab = [spaces["cielab"].from_linear(decode(one)) for one in pair]
                error += float(differences["ciede2000"](*lab) @ times) / 2
                squares += float(np.square(pair[0] - pair[1]).sum(1) @ times) / 2
        return error, squares, int(self._times.sum())

    def _merge(self) -> None:
        keys = np.concatenate([self._keys, *(one[0] for one in self._waiting)])
        times = np.concatenate([self._times, *(one[1] for one in self._waiting)])
        self._keys, which = np.unique(keys, return_inverse=True)
        self._times = np.zeros(len(self._keys), np.int64)
        np.add.at(self._times, which, times)
        self._waiting, self._pending = [], 0


def _firsts(values: NDArray[Any]) -> NDArray[np.intp]:
    """The index of the first of each run of equal values. values : sorted."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return np.flatnonzero(new)


def _merged(parts: list[PairCounts]) -> PairCounts:
    """The counts of several parts added up, sorted."""
    every = np.concatenate(parts)
    every.sort()
    new = np.ones(len(every), bool)
    for start in range(1, len(every), PIXELS_PER_SORT):
        part = every[start - 1 : start + PIXELS_PER_SORT] >> np.uint64(32)
        np.not_equal(part[1:], part[:-1], out=new[start : start + PIXELS_PER_SORT])
    if new.all():
        return every
    first = np.flatnonzero(new)
    pairs = every[first]
    pairs >>= np.uint64(32)
    pairs <<= np.uint64(32)
    every &= np.uint64(0xFFFFFFFF)
    pairs |= np.add.reduceat(every, first)
    return pairs


def _sums(counts: PairCounts, palette: Codes) -> tuple[float, int, int]:
    """The sums of CIEDE2000 and of squared differences, and the number of pixels."""
    lab, of = spaces["cielab"].from_linear, differences["ciede2000"]
    colors = lab(decode(palette))

    def work(start: int) -> tuple[float, int, int]:
        part = counts[start : start + PAIRS_PER_CHUNK]
        times, chosen = (part & np.uint64(0xFFFFFFFF)).astype(np.int64), (part >> np.uint64(32) & np.uint64(255))
        codes = np.stack([part >> np.uint64(shift) for shift in (56, 48, 40)], 1).astype(np.uint8)
        index = chosen.astype(np.intp)
        squares = np.square(codes.astype(np.int64) - palette[index]).sum(1)
        return float(of(lab(decode(codes)), colors[index]) @ times), int(squares @ times), int(times.sum())

    starts = range(0, len(counts), PAIRS_PER_CHUNK)
    with ThreadPoolExecutor(threads()) as pool:
        sums = list(pool.map(work, starts) if len(starts) > 1 else map(work, starts))
    return sum(one[0] for one in sums), sum(one[1] for one in sums), sum(one[2] for one in sums)


def _similar(before: Floats, after: Floats, visible: NDArray[np.bool_] | None, weights: Floats) -> tuple[float, int]:
    """The sum of SSIM over the whole windows whose middle shows, and their number."""
    reach = len(weights) // 2
    if min(before.shape) < len(weights):
        return 0.0, 0
    x, y = _blurred(before, weights), _blurred(after, weights)
    product = _blurred(before * after, weights)
    before *= before
    after *= after
    before += after
    squares = _blurred(before, weights)  # of both: only their sum is needed
    one, two = STABILIZERS
    product -= x * y
    squares -= x * x
    squares -= y * y
    x += MIDDLE
    y += MIDDLE
    means = x * y
    x *= x
    y *= y
    x += y
    for each, times, stabilizer in ((means, 2, one), (x, 1, one), (product, 2, two), (squares, 1, two)):
        each *= times
        each += stabilizer
    means *= product
    x *= squares
    means /= x
    if visible is None:
        return float(means.sum(dtype=np.float64)), means.size
    middle = visible[reach : len(visible) - reach, reach : visible.shape[1] - reach]
    return float(means[middle].sum(dtype=np.float64)), int(middle.sum())


def _blurred(levels: Floats, weights: Floats) -> Floats:
    """Weighted means over the whole windows: (h, w) to (h - side + 1, w - side + 1)."""
    rows = _along(levels, weights)
    return _along(rows.T, weights).T


def _along(levels: Floats, weights: Floats) -> Floats:
    """Weighted means down the columns. The window is symmetric, so its rows are added in pairs first."""
    side, length = len(weights), len(levels) - len(weights) + 1
    out: Floats = weights[side // 2] * levels[side // 2 : side // 2 + length]
    pair = np.empty_like(out)
    for i in range(side // 2):
        np.add(levels[i : i + length], levels[side - 1 - i : side - 1 - i + length], out=pair)
        pair *= weights[i]
        out += pair
    return out
