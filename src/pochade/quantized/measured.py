"""How far a picture of few colors is from the one that it was made of.

References
----------
Wang, Bovik, Sheikh and Simoncelli 2004, "Image quality assessment: from error visibility to structural similarity",
IEEE Transactions on Image Processing 13(4): a Gaussian window of 11 pixels and sigma 1.5, K1 = 0.01, K2 = 0.03.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.quantized.bands import bands, size_of
from pochade.quantized.reduction import Frames
from pochade.source.pixels import Pixels

Floats = NDArray[np.float32]

WINDOW, SIGMA = 11, 1.5

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""ITU-R BT.601, by which the authors of SSIM made pictures gray."""

STEADY = (0.01 * 255) ** 2, (0.03 * 255) ** 2
"""C1 and C2 of the paper."""


@dataclass(frozen=True, slots=True)
class Quality:
    """difference : mean CIEDE2000 of the pixels. psnr : in decibels of the sRGB codes, infinite where nothing changed.
    ssim : mean structural similarity of luma, 1 where nothing changed.

    Fully transparent pixels do not count. In an animation each frame counts alike.
    """

    difference: float
    psnr: float
    ssim: float


def measured(pixels: Pixels, frames: Frames, palette: NDArray[np.uint8]) -> Quality:
    """The quality of a picture's reduction to a palette, uint8 (m, 3), pixel by pixel."""
    width, height = size_of(pixels)
    side = min(WINDOW, width, height)
    side -= 1 - side % 2
    weights = np.exp(-((np.arange(side) - side // 2) ** 2) / (2 * SIGMA**2)).astype(np.float32)
    weights /= weights.sum()
    pairs, numbers = [], []
    squares = 0.0
    alike, windows = 0.0, 0
    for band in bands(pixels, side - 1):
        rows = slice(band.top - band.lead, band.top - band.lead + len(band.codes))
        indexes = frames.indexes[band.frame, rows]
        shown = np.ones(indexes.shape, bool) if frames.alpha is None else frames.alpha[band.frame, rows] > 0
        shown = shown if band.alpha is None else shown & (band.alpha > 0)
        own = np.s_[band.lead :]
        codes, chosen = band.codes[own][shown[own]], indexes[own][shown[own]]
        packed = codes.astype(np.uint32) @ np.array([1 << 24, 1 << 16, 1 << 8], np.uint32) | chosen
        different, times = np.unique(packed, return_counts=True)
        pairs.append(different)
        numbers.append(times)
        squares += float(np.square(codes.astype(np.int32) - palette[chosen]).sum())
        before = band.codes.astype(np.float32) @ LUMA
        after = np.where(shown, palette.astype(np.float32)[indexes] @ LUMA, before)
        similar, count = _similar(before, after, shown, weights)
        alike, windows = alike + similar, windows + count
    return _summed(np.concatenate(pairs), np.concatenate(numbers), palette, squares, alike, windows)


def _summed(
    pairs: NDArray[np.uint32],
    numbers: NDArray[np.int64],
    palette: NDArray[np.uint8],
    squares: float,
    alike: float,
    windows: int,
) -> Quality:
    total = int(numbers.sum())
    error = 0.0
    lab, of = spaces["cielab"].value.from_linear, differences["ciede2000"].value
    colors = lab(decode(palette))
    for start in range(0, len(pairs), 1 << 16):
        part = pairs[start : start + (1 << 16)]
        codes = np.stack([part >> 24, part >> 16 & 255, part >> 8 & 255], 1).astype(np.uint8)
        error += float(of(lab(decode(codes)), colors[part & 255]) @ numbers[start : start + (1 << 16)])
    psnr = math.inf if squares == 0 else 10 * math.log10(255**2 * 3 * total / squares)
    return Quality(error / max(total, 1), psnr, alike / windows if windows else 1.0)


def _similar(before: Floats, after: Floats, shown: NDArray[np.bool_], weights: Floats) -> tuple[float, int]:
    """The sum of SSIM over the windows that are whole and have a middle that is shown, and their number."""
    reach = len(weights) // 2
    if min(before.shape) < len(weights):
        return 0.0, 0
    middle = shown[reach : len(shown) - reach, reach : shown.shape[1] - reach]
    x, y = _blurred(before, weights), _blurred(after, weights)
    xx = _blurred(before * before, weights) - x * x
    yy = _blurred(after * after, weights) - y * y
    xy = _blurred(before * after, weights) - x * y
    one, two = STEADY
    ssim = (2 * x * y + one) * (2 * xy + two) / ((x * x + y * y + one) * (xx + yy + two))
    return float(ssim[middle].sum(dtype=np.float64)), int(middle.sum())


def _blurred(levels: Floats, weights: Floats) -> Floats:
    """Weighted means over the windows that are whole: (h, w) to (h - side + 1, w - side + 1)."""
    side, (height, width) = len(weights), levels.shape
    rows = weights[0] * levels[: height - side + 1]
    for i in range(1, side):
        rows += weights[i] * levels[i : height - side + 1 + i]
    out: Floats = weights[0] * rows[:, : width - side + 1]
    for i in range(1, side):
        out += weights[i] * rows[:, i : width - side + 1 + i]
    return out
