"""The picture in the size in which its areas are computed."""

import numpy as np
from numpy.typing import NDArray

from pochade.areas.paper import Layout

PER_MM = 4.0
"""Pixels in a millimeter of the sheet, so a line is exact to 0.1 mm."""

PER_CIRCLE = 24.0
"""The most pixels across the least circle: larger areas need no finer borders, and more pixels only take time."""

MAX_PIXELS = 1 << 21
"""The most pixels; a picture on the largest paper has 3.2 a millimeter."""

PIXEL_ART = 64
"""Pictures up to this many pixels across are enlarged without smoothing, and keep their corners."""

OPAQUE = 255

Codes = NDArray[np.uint8]


def density(layout: Layout, least_mm: float) -> float:
    """Pixels in a millimeter for a sheet and its least circle."""
    width, height = layout.box[2:]
    return float(min(PER_MM, PER_CIRCLE / least_mm, (MAX_PIXELS / (width * height)) ** 0.5))


def is_tiny(codes: Codes) -> bool:
    """Whether a picture is so small that its pixels are meant to be seen."""
    return bool(max(codes.shape[:2]) <= PIXEL_ART)


def resized(codes: Codes, layout: Layout, per_mm: float) -> tuple[Codes, Codes | None]:
    """A picture, uint8 sRGB (h, w, 3) or 4 with alpha, in the size of the sheet: codes, and alpha if there is any."""
    from PIL import Image

    size = max(1, round(layout.box[2] * per_mm)), max(1, round(layout.box[3] * per_mm))
    how = Image.Resampling.NEAREST if is_tiny(codes) else Image.Resampling.BICUBIC
    result = np.asarray(Image.fromarray(codes).resize(size, how))
    if result.shape[2] == 3 or result[..., 3].min() == OPAQUE:
        return np.ascontiguousarray(result[..., :3]), None
    return np.ascontiguousarray(result[..., :3]), result[..., 3]
