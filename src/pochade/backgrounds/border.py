"""Statistics of a picture's border."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.color.srgb import decode

ANALYZED_SIDE = 160
"""The longer side of the picture for analysis: no background can continue finer detail."""

BORDER_SHARE = 0.04
"""The part of height and width that counts as border."""


@dataclass(frozen=True, eq=False)
class Border:
    """top, bottom, sides : mean colors, Oklab (3,). mean : of all. spread : root mean square distance from the mean;
    0.02 is just visible. lightness : mean of the whole picture."""

    top: Array
    bottom: Array
    sides: Array
    mean: Array
    spread: float
    lightness: float


def shrunk(codes: NDArray[np.uint8], longest: int = ANALYZED_SIDE) -> NDArray[np.uint8]:
    """The picture scaled down to at most `longest` pixels: uint8 (h, w, 3) or (h, w, 4)."""
    from PIL import Image

    height, width = codes.shape[:2]
    if max(height, width) <= longest:
        return codes
    by = longest / max(height, width)
    size = max(1, round(width * by)), max(1, round(height * by))
    return np.asarray(Image.fromarray(codes).resize(size, Image.Resampling.BOX))


def border_of(codes: NDArray[np.uint8]) -> Border:
    """The border of a picture, uint8 (h, w, 3) or (h, w, 4); the whole picture if the border is transparent."""
    small = shrunk(codes)
    points = spaces["oklab"].from_linear(decode(small[..., :3]))
    opacity = small[..., 3] / 255 if small.shape[2] == 4 else np.ones(small.shape[:2])
    rows, columns = (max(1, round(BORDER_SHARE * side)) for side in small.shape[:2])
    edge = np.zeros(small.shape[:2], bool)
    edge[:rows] = edge[-rows:] = edge[:, :columns] = edge[:, -columns:] = True
    weights = np.where(edge, opacity, 0) if (edge & (opacity > 0)).any() else opacity
    mean = _mean(points, weights)
    spread = float(np.sqrt((weights * ((points - mean) ** 2).sum(2)).sum() / weights.sum()))

    def part(at: tuple[slice, ...]) -> Array:
        return _mean(points[at], weights[at]) if weights[at].any() else mean

    across = slice(None)
    left, right = part((across, slice(columns))), part((across, slice(-columns, None)))
    lightness = float(_mean(points, opacity)[0])
    return Border(part((slice(rows),)), part((slice(-rows, None),)), (left + right) / 2, mean, spread, lightness)


def _mean(points: Array, weights: Array) -> Array:
    mean: Array = (points * weights[..., None]).sum((0, 1)) / weights.sum()
    return mean
