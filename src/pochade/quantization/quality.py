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
PairCounts = NDArray[np.uint64]

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

MAX_PENDING = 1 << 20
"""Pairs that may accumulate before equal ones of several bands are merged."""


@dataclass(frozen=True, slots=True)
class Quality:
    """difference : mean CIEDE2000 of the pixels. psnr : in decibels of the sRGB codes, infinite if nothing changed.
    ssim : mean structural similarity of luma, 1 if nothing changed.

    Fully transparent pixels do not count. All frames of an animation count the same.
    """

    difference: float
    psnr: float
    ssim: float


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one band.

    counts : uint64 (n,), how often each color became each index: color and index in the upper 32 bits, the count in
        the lower 32, which hold four times the default limit of pixels.
    ssim : the sum of SSIM over its windows. windows : their number.
    """

    counts: PairCounts
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
    ssim, windows = 0.0, 0
    for _, part in on_threads(lambda: work, bands(pixels, side - 1), width * height, 1):
        ssim, windows = ssim + part.ssim, windows + part.windows
        waiting.append(part.counts)
        pending += len(part.counts)
        if pending > len(counts) + MAX_PENDING:
            counts, waiting, pending = _merged([counts, *waiting]), [], 0
    difference, psnr = _differences(_merged([counts, *waiting]), palette)
    return Quality(difference, psnr, ssim / windows if windows else 1.0)


def _part(band: Band, frames: Frames, luma: Floats, weights: Floats) -> Part:
    rows = slice(band.top - band.lead, band.top - band.lead + len(band.codes))
    indexes, codes = frames.indexes[band.frame, rows], band.codes
    visible = None if frames.alpha is None else frames.alpha[band.frame, rows] > 0
    if band.alpha is not None:
        visible = band.alpha > 0 if visible is None else visible & (band.alpha > 0)
    packed = indexes[band.lead :].astype(np.uint32)
    for channel in range(3):
        packed |= codes[band.lead :, :, channel].astype(np.uint32) << np.uint32(24 - 8 * channel)
    packed = packed.ravel() if visible is None else packed[visible[band.lead :]]
    packed.sort()
    first = _firsts(packed)
    times = np.diff(first, append=len(packed)).astype(np.uint64)
    counts = packed[first].astype(np.uint64) << np.uint64(32) | times
    ssim, windows = 0.0, 0
    for left in range(0, max(1, codes.shape[1] - len(weights) + 1), TILE):
        here = np.s_[:, left : left + TILE + len(weights) - 1]
        part = None if visible is None else visible[here]
        before = codes[here].astype(np.float32) @ LUMA
        before -= MIDDLE
        after = luma[indexes[here]]
        if part is not None:
            np.copyto(after, before, where=~part)
        similar, count = _similar(before, after, part, weights)
        ssim, windows = ssim + similar, windows + count
    return Part(counts, ssim, windows)


def _firsts(values: NDArray[Any]) -> NDArray[np.intp]:
    """The index of the first of each run of equal values. values : sorted."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return np.flatnonzero(new)


def _merged(parts: list[PairCounts]) -> PairCounts:
    """The counts of several parts added up, sorted."""
    every = np.concatenate(parts)
    every.sort()
    first = _firsts(every >> np.uint64(32))
    if len(first) == len(every):
        return every
    pairs = every[first] >> np.uint64(32) << np.uint64(32)
    every &= np.uint64(0xFFFFFFFF)
    pairs |= np.add.reduceat(every, first)
    return pairs


def _differences(counts: PairCounts, palette: NDArray[np.uint8]) -> tuple[float, float]:
    """Mean CIEDE2000 and PSNR."""
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
    error, squares, total = sum(one[0] for one in sums), sum(one[1] for one in sums), sum(one[2] for one in sums)
    psnr = math.inf if squares == 0 else 10 * math.log10(255**2 * 3 * total / squares)
    return error / max(total, 1), psnr


def _similar(before: Floats, after: Floats, visible: NDArray[np.bool_] | None, weights: Floats) -> tuple[float, int]:
    """The sum of SSIM over the whole windows with an opaque middle, and their number."""
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
