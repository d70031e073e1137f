"""Simulation of a picture with a color vision deficiency."""

import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.srgb import decode, to_codes
from pochade.color.vision import Deficiency, matrix
from pochade.source import read
from pochade.source.pixels import Pixels, Strip

Codes = NDArray[np.uint8]

OPAQUE = 255

ROWS = 128
"""The rows per block, to limit memory."""

LIGHTS = 1 << 16
"""The levels of linear light in the table to codes: 1/20 of a code in the darkest."""


def whole(source: Any, **reading: Any) -> Codes:
    """The pixels of a whole picture: uint8 sRGB codes, (height, width, 3), or 4 with alpha if some are transparent.

    It returns the first frame of an animation, and only the region if one is selected.

    Parameters
    ----------
    source : as for `pochade.read`, with its options; or its result, `Pixels`.
    """
    pixels = source if isinstance(source, Pixels) else read(source, **reading)
    return _joined(itertools.takewhile(lambda strip: not strip.frame, pixels.strips()), pixels)


def frames_of(pixels: Pixels) -> tuple[list[float], Iterator[Codes]]:
    """The durations of the frames in milliseconds, and each frame as `whole` gives the first; all have alpha if one
    has."""
    durations: dict[int, float] = {}
    soft = False
    for strip in pixels.strips():
        durations[strip.frame] = strip.weight if strip.duration is None else strip.duration
        soft = soft or (strip.alpha is not None and bool(strip.alpha.min() < OPAQUE))

    def frames() -> Iterator[Codes]:
        for _, strips in itertools.groupby(pixels.strips(), lambda strip: strip.frame):
            codes = _joined(strips, pixels)
            if soft and codes.shape[2] == 3:
                codes = np.dstack([codes, np.full(codes.shape[:2], OPAQUE, np.uint8)])
            yield codes

    return [*durations.values()], frames()


def _joined(strips: Iterable[Strip], pixels: Pixels) -> Codes:
    """The strips of one frame as `whole` describes them."""
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    out = np.zeros((bottom - top, right - left, 3), np.uint8)
    for strip in strips:
        if strip.alpha is not None and out.shape[2] == 3:
            out = np.dstack([out, np.full(out.shape[:2], 255, np.uint8)])
        rows, columns = strip.codes.shape[:2]
        at = slice(strip.top - top, strip.top - top + rows), slice(strip.left - left, strip.left - left + columns)
        out[(*at, slice(3))] = strip.codes
        if strip.alpha is not None:
            out[(*at, 3)] = strip.alpha
    if pixels.profile is not None:
        from pochade.source.profile import to_srgb

        for row in out:
            row[:, :3] = to_srgb(row[:, :3], pixels.profile)
    opaque = out.shape[2] == 4 and out[..., 3].min() == 255
    return np.ascontiguousarray(out[..., :3]) if opaque else out


def picture(source: Any, deficiency: Deficiency, severity: float = 1.0, **reading: Any) -> Codes:
    """Simulate a deficiency on a picture: uint8 sRGB codes, (height, width, 3), or 4 with alpha.

    It computes `color.vision.simulate_codes` with lookup tables, 12 megapixels in 0.9 s; rounding may change a channel
    by one code.

    Parameters
    ----------
    source : as for `pochade.read`, with its options. severity : from 0, normal vision, to 1, a missing cone.

    Examples
    --------
    >>> import numpy as np
    >>> picture(np.full((1, 1, 3), (206, 17, 38), np.uint8), "protanopia").tolist()
    [[[87, 78, 36]]]
    """
    turn = matrix(deficiency, severity).astype(np.float32)
    codes = whole(source, **reading)
    for start in range(0, len(codes), ROWS):
        part = codes[start : start + ROWS, :, :3]
        linear = _decoded()[part] @ turn.T
        part[:] = _encoded()[(linear.clip(0, 1) * (LIGHTS - 1) + 0.5).astype(np.uint16)]
    return codes


@functools.cache
def _decoded() -> NDArray[np.float32]:
    return decode(np.arange(256, dtype=np.uint8)).astype(np.float32)


@functools.cache
def _encoded() -> Codes:
    return to_codes(np.arange(LIGHTS) / (LIGHTS - 1))
