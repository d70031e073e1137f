"""Pictures that store light, not codes: OpenEXR, Radiance HDR, floating-point TIFF.

Their numbers are proportional to the light of the scene, and no number is white. So the picture is exposed: the
brightest channel of a pixel is white at the 99th percentile of all pixels that are not transparent, and black stays
black. Brighter pixels keep their hue: all three channels are divided by the greatest.

References
----------
ISO 22028-1:2016, for light of a scene as opposed to that of a display. A percentile is what viewers take for automatic
exposure: one of a hundred pixels may be a lamp or its reflection.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.srgb import encode_unit
from pochade.errors import FormatError
from pochade.source.picture import Box, Picture, ReadOptions, rows_of
from pochade.source.pixels import Strip

WHITE_SHARE = 0.99
"""The share of pixels that are not brighter than white."""

MAX_SAMPLES = 1 << 20
"""Pixels from which the percentile is taken: an even lattice. More would change white by less than a code."""

Light = NDArray[np.floating[Any]]


def open_light(light: Light, alpha: Light | None, options: ReadOptions, name: str, *, turn: int = 1) -> Picture:
    """The exposed picture.

    Parameters
    ----------
    light : float (h, w, 3), linear light with the primaries of sRGB. Numbers below 0, and NaN, count as 0; infinite
        ones as the greatest.
    alpha : float (h, w), 0..1, not multiplied into the light; or None.

    Raises
    ------
    FormatError : no number is finite.
    """
    factor = _factor(light, alpha) if options.exposure is None else 2.0**options.exposure
    if not np.isfinite(factor):
        raise FormatError(f"{name}: its light is not finite: all values are NaN or infinite.")

    def blocks(box: Box) -> Iterator[Strip]:
        left, _, right, _ = box
        for row, end in rows_of(box):
            codes = exposed(light[row:end, left:right], factor)
            yield Strip(codes, None if alpha is None else _codes(alpha[row:end, left:right]), left, row)

    height, width = light.shape[:2]
    return Picture(width, height, blocks, turn)


def exposed(light: Light, factor: float) -> NDArray[np.uint8]:
    """The sRGB codes of light, (..., 3), that is multiplied by a factor; 1 is then white.

    Examples
    --------
    >>> exposed(np.array([[0.5, 0.25, 0.0], [4.0, 2.0, 0.0]]), 1.0)
    array([[188, 137,   0],
           [255, 188,   0]], dtype=uint8)
    """
    shown = np.nan_to_num(_floats(light) * factor, nan=0.0, posinf=float(np.finfo(np.float32).max))
    shown = np.maximum(shown, 0)
    return _codes(encode_unit(shown / np.maximum(shown.max(axis=-1, keepdims=True), 1)))


def _factor(light: Light, alpha: Light | None) -> float:
    """The factor that makes the 99th percentile white; 1 for a black picture, NaN for one without a finite number."""
    step = max(1, int(np.ceil(np.sqrt(light.shape[0] * light.shape[1] / MAX_SAMPLES))))
    sample = light[::step, ::step].reshape(-1, 3)
    if alpha is not None:
        counting = alpha[::step, ::step].reshape(-1) > 0
        sample = sample[counting] if counting.any() else sample
    most = _floats(sample).max(axis=-1)
    most = most[np.isfinite(most)]
    if not len(most):
        return float("nan")
    white = float(np.quantile(most, WHITE_SHARE)) or float(most.max())
    return 1 / white if white > 0 else 1.0


def _floats(light: Light) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):  # a signaling NaN
        return light.astype(np.float64)


def _codes(values: Light) -> NDArray[np.uint8]:
    """Codes of values, 0..1."""
    return np.asarray(np.rint(np.clip(np.nan_to_num(values), 0, 1) * 255), np.uint8)
