"""From pixels to indexes: the nearest color of a palette for each pixel, with or without a dither."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.difference import Difference, differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, encode_unit
from pochade.histograms.histogram import Histogram
from pochade.quantization.bands import Band, Work, bands, on_threads, size_of
from pochade.quantization.dither import Dither, dithers
from pochade.source.pixels import Pixels

Light = Literal["perceptual", "linear"]

FULL = 65535
"""Full scale of a channel in the kernel's error diffusion."""

UNIT = 4096
"""Weight of a tap that passes on the whole error, in the kernel."""

MAX_COARSE_COLORS = 32
"""A dither searches up to this many colors on 32 levels a channel, and more on 64. It evens out the rounding: seen from
a distance the error grows by nothing at 16 colors and by 3 % at 256, against exact search."""

SMALL_BAND = 1 << 17
"""Pixels of a band without diffusion, whose bands may have any size: copies stay in the processor's cache."""

LEAD = 8
"""Rows above a band that are diffused before its own, so that it continues the band above: with 0 the first rows of
each band have another grain, with 8 the seam is invisible."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The pixels as indexes.

    indexes : uint8 (frames, height, width), into the palette; 0 for transparent pixels.
    alpha : uint8 (frames, height, width), or None if all are opaque.
    durations : of each frame, in milliseconds, as the file states them.
    """

    indexes: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    durations: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How pixels are mapped to a palette. difference, dither : registered names. strength : 0..1."""

    difference: str
    dither: str
    strength: float
    light: Light


def reduced(pixels: Pixels, histogram: Histogram, palette: NDArray[np.uint8], settings: Settings) -> Frames:
    """The picture in the colors of a palette, uint8 (m, 3)."""
    width, height = size_of(pixels)
    dither = dithers[settings.dither]
    table = table_of(differences[settings.difference], palette, histogram, dither)
    indexes = np.zeros((pixels.frames, height, width), np.uint8)
    durations: list[float] = [1] * pixels.frames
    alpha: NDArray[np.uint8] | None = None
    reached = [0] * pixels.frames
    todo = bands(pixels, LEAD) if dither.taps else bands(pixels, 0, max(1, SMALL_BAND // width))
    make = partial(painter, palette, table, dither, settings)
    for band, part in on_threads(make, todo, width * height, 2 if dither.taps else 1):
        rows = slice(band.top, band.top + len(part))
        if band.alpha is not None:
            if alpha is None:
                alpha = np.full(indexes.shape, 255, np.uint8)
            alpha[band.frame, rows] = band.alpha[band.lead :]
            part[band.alpha[band.lead :] == 0] = 0
        indexes[band.frame, rows] = part
        durations[band.frame] = band.weight if band.duration is None else band.duration
        reached[band.frame] = rows.stop
    if min(reached) < height:  # the file ends early: the missing rows are transparent
        alpha = np.full(indexes.shape, 255, np.uint8) if alpha is None else alpha
        for frame, row in enumerate(reached):
            alpha[frame, row:] = 0
    if alpha is not None and alpha.min() == 255:
        alpha = None
    return Frames(indexes, alpha, tuple(durations))


def painter(
    palette: NDArray[np.uint8], table: NDArray[np.uint8] | None, dither: Dither, settings: Settings
) -> Work[NDArray[np.uint8]]:
    """A function from bands to the indexes of their rows, to be used by one thread at a time."""
    if settings.strength == 0 or not (dither.taps or dither.mask):
        exact = kernel.Nearest(palette, table)
        return lambda group: [exact.of(band.codes[band.lead :]) for band in group]
    nearest = kernel.Nearest(palette, table, 2 if len(palette) <= MAX_COARSE_COLORS else 1)
    value, code_of = _scale(settings.light)
    if dither.mask is not None:
        mask = np.ascontiguousarray(dither.mask())
        order = _by_lightness(palette)
        strength = round(256 * settings.strength)
        return lambda group: [
            kernel.patterned(nearest, band.codes, value, code_of, mask, order, strength, 0, band.top) for band in group
        ]
    taps = np.array([(x, y, round(share * settings.strength * UNIT)) for x, y, share in dither.taps], np.int32)

    def diffused(group: list[Band]) -> list[NDArray[np.uint8]]:
        results = kernel.diffused(nearest, [(band.codes, band.alpha) for band in group], value, code_of, taps)
        return [rows[band.lead :] for band, rows in zip(group, results, strict=True)]

    return diffused


def table_of(
    difference: Difference, palette: NDArray[np.uint8], histogram: Histogram, dither: Dither
) -> NDArray[np.uint8] | None:
    """The nearest color by a difference for each of the kernel's bins; None for Oklab, which the kernel computes.

    Without a dither, for the mean color of each occupied bin. A dither produces colors beyond the histogram, so its
    table covers 32 levels a channel, which is quick for any difference and 256 colors.
    """
    if difference.name == "oklab":
        return None
    table = np.zeros(kernel.LEVELS**3, np.uint8)
    if not (dither.taps or dither.mask):
        table[histogram.bins] = _nearest(difference, decode(histogram.means), palette)
        return table
    middles = np.array([(np.flatnonzero(i == kernel.LEVEL >> 1)).mean() for i in range(kernel.LEVELS // 2)])
    colors = np.stack(np.meshgrid(middles, middles, middles, indexing="ij"), -1).reshape(-1, 3)
    coarse = _nearest(difference, decode(colors), palette).reshape((kernel.LEVELS // 2,) * 3)
    table = np.ascontiguousarray(coarse.repeat(2, 0).repeat(2, 1).repeat(2, 2)).reshape(-1)
    table[kernel.bins_of(palette)[::-1]] = np.arange(len(palette))[::-1]  # a flat area of a palette color stays flat
    return table


def _nearest(difference: Difference, linear: NDArray[np.float64], palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    convert = spaces[difference.space].from_linear
    points, colors = convert(linear), convert(decode(palette))
    nearest = np.empty(len(points), np.uint8)
    for start in range(0, len(points), 4096):
        nearest[start : start + 4096] = difference(points[start : start + 4096, None], colors).argmin(1)
    return nearest


def _by_lightness(palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each color's rank by Oklab lightness, then by its codes: uint8 (m,)."""
    light = spaces["oklab"].from_linear(decode(palette))[:, 0]
    order = np.empty(len(palette), np.uint8)
    order[np.lexsort((*palette.T, light))] = np.arange(len(palette))
    return order


@cache
def _scale(light: Light) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """The value of each code in the error diffusion, int32 (256,), and the codes of 4096 steps of that scale."""
    steps = (np.arange(FULL // 16 + 1) * 16 + 8) / FULL
    if light == "linear":
        return np.rint(decode(np.arange(256, dtype=np.uint8)) * FULL).astype(np.int32), np.rint(
            encode_unit(steps).clip(0, 1) * 255
        ).astype(np.uint8)
    return (np.arange(256) * 257).astype(np.int32), np.rint(steps.clip(0, 1) * 255).astype(np.uint8)
