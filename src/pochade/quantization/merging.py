"""Color and alpha together in at most 256 entries, for a picture with soft edges.

A pixel shows on black and on white, so colors of different alpha differ by both: their difference is the mean of the
squared differences of the sRGB codes over black and over white. With premultiplied codes b and alpha a, 0..255, that is
|db - da/2|^2 + 3 (da/2)^2, a Euclidean distance in four dimensions. Opaque colors keep their entries, and the rest is
for the soft pairs of color and alpha. They are clustered in these dimensions; each cluster takes the color of the
palette, and the alpha, that come nearest to its mean.

References
----------
Kornel Lesinski's libimagequant clusters premultiplied colors with their alpha, with the larger of the two differences.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.histograms.histogram import Histogram, histogram
from pochade.quantization.bands import bands, size_of
from pochade.quantization.formats.entries import (
    MAX_ENTRIES,
    OPAQUE,
    Entries,
    NoRoomError,
    counts_of,
    in_order,
    keys_of,
    no_room,
    pairs_of,
    placed,
)
from pochade.quantization.palette import boxes
from pochade.quantization.reduction import Frames, Settings, reduced
from pochade.source.pixels import Pixels

Codes = NDArray[np.uint8]
Floats = NDArray[np.float64]

ROUNDS, COLOR_ROUNDS = 4, 2
"""Rounds of k-means, and rounds in which each mean takes a color of the palette. More take less than 1 % off."""

MIN_SOFT = 64
"""Entries for soft pairs below which unused colors of a palette give way: a fade of fewer steps shows bands."""

ROWS = 512
"""Points whose distances to all centers are computed at a time, so that they stay in the processor's cache."""

SAMPLE = 1 << 16
"""Pixels in which the number of colors is decided."""

CANDIDATES = 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240
"""Numbers of colors that are compared; the fewer colors, the more entries are left for soft pairs."""


def depth(codes: NDArray[np.number], alpha: NDArray[np.number]) -> Floats:
    """Colors, (n, 3), with alpha, (n,), as points: float64 (n, 4)."""
    share = np.asarray(alpha, np.float64)[:, None] / OPAQUE
    half = OPAQUE / 2
    return np.concatenate([(codes - half) * share, np.sqrt(3) * half * share], 1)


def merged_entries(frames: Frames, codes: Codes, order: Codes | None = None) -> Entries:
    """The entries of a picture whose pairs of color and alpha are too many.

    codes : the palette, uint8 (m, 3). order : as in `entries()`. Transparent and opaque pixels stay so, the latter in
    their colors.

    Raises
    ------
    NoRoomError : there is no entry left for soft pairs.
    """
    pairs = pairs_of(frames)
    counts = counts_of(pairs, 1 << 16)
    used = np.flatnonzero(counts)
    every, at, order = merged(used, counts[used], codes, order)
    place = np.zeros(1 << 16, np.uint16)
    place[used] = at
    return placed(place[pairs], np.arange(len(every)), every, order)


def merged(
    pairs: NDArray[np.intp], counts: NDArray[np.int64], codes: Codes, order: Codes | None = None
) -> tuple[Codes, NDArray[np.intp], Codes | None]:
    """At most 256 entries for some pairs, which are different and sorted: uint8 (n, 4); the entry of each pair; and the
    order without colors that have no room."""
    table = np.concatenate([codes[pairs & 255], (pairs >> 8)[:, None].astype(np.uint8)], 1)
    hard = (table[:, 3] == 0) | (table[:, 3] == OPAQUE)
    room = _room(table[hard], order)
    if order is not None and room < min(MIN_SOFT, (~hard).sum()):
        order = order[np.isin(keys_of(order), keys_of(table[hard]))]
        room = _room(table[hard], order)
    if room < 1:
        raise no_room(len(pairs))
    points = depth(table[:, :3], table[:, 3])
    soft = np.zeros((0, 4), np.uint8)
    if not hard.all():
        soft = _soft_entries(points[~hard], counts[~hard].astype(np.float64), codes, np.unique(table[~hard, 3]), room)
    every = np.concatenate([table[hard], soft])
    at = np.empty(len(pairs), np.intp)
    at[hard] = np.arange(hard.sum())
    at[~hard] = _nearest(points[~hard], depth(every[:, :3], every[:, 3]))
    kept = np.unique(at)
    kept = kept[np.argsort(every[kept, 3], kind="stable")]
    place = np.empty(len(every), np.intp)
    place[kept] = np.arange(len(kept))
    return every[kept], place[at], order


def _room(hard: Codes, order: Codes | None) -> int:
    """The entries that are left for soft pairs."""
    return MAX_ENTRIES - len(hard if order is None else in_order(hard, order)[0])


def _soft_entries(points: Floats, weights: Floats, codes: Codes, levels: Codes, room: int) -> Codes:
    """At most `room` entries, uint8 (n, 4), of colors of the palette and of levels of alpha that occur, uint8 (l,)."""
    centers = boxes(points, weights, room)
    for _ in range(ROUNDS):
        centers = _means(points, weights, centers)
    entries = _on_palette(centers, codes, levels)
    for _ in range(COLOR_ROUNDS):
        entries = _on_palette(_means(points, weights, depth(entries[:, :3], entries[:, 3])), codes, levels)
    return entries


def _means(points: Floats, weights: Floats, centers: Floats) -> Floats:
    """The mean of the points that are nearest to each center; a center without points stays."""
    label = _nearest(points, centers)
    mass = np.bincount(label, weights, len(centers))
    sums = np.stack([np.bincount(label, weights * row, len(centers)) for row in points.T], 1)
    means: Floats = np.where(mass[:, None] > 0, sums / np.where(mass > 0, mass, 1)[:, None], centers)
    return means


def _nearest(points: Floats, centers: Floats) -> NDArray[np.intp]:
    """The nearest center of each point, the first of equals."""
    label = np.empty(len(points), np.intp)
    narrow, across = points.astype(np.float32), np.ascontiguousarray(centers.T, np.float32)
    half = (centers**2).sum(1).astype(np.float32) / np.float32(2)
    near = np.empty((ROWS, len(centers)), np.float32)
    part = np.empty_like(near)
    for start in range(0, len(points), ROWS):
        rows = narrow[start : start + ROWS]
        sums, product = near[: len(rows)], part[: len(rows)]
        sums[:] = -half
        for axis in range(len(across)):  # not by a matrix product, whose last bits differ between machines
            np.multiply(rows[:, axis, None], across[axis], out=product)
            sums += product
        label[start : start + ROWS] = sums.argmax(1)
    return label


def _on_palette(means: Floats, codes: Codes, levels: Codes) -> Codes:
    """The color of the palette and the level of alpha that come nearest to each point: uint8 (n, 4), each once.

    The alphas of a color lie on a line through the point of full transparency, so the nearest is a projection.
    """
    lines = depth(codes, np.full(len(codes), OPAQUE))
    along = means @ lines.T
    squares = (lines**2).sum(1)
    color = (along.clip(0) ** 2 / squares).argmax(1)
    share = along[np.arange(len(means)), color] / squares[color]
    alpha = levels[np.searchsorted((levels[1:] / 2 + levels[:-1] / 2), share * OPAQUE)]
    return np.unique(np.concatenate([codes[color], alpha[:, None]], 1), axis=0)


@dataclass(frozen=True, eq=False)
class Fewer:
    """The picture with fewer colors, where that leaves entries for its soft edges.

    reopen : gives the picture's pixels again. palette : the codes of at most k colors of them, uint8 (m, 3).
    """

    reopen: Callable[[], Pixels]
    palette: Callable[[Pixels, Histogram, int], Codes]
    settings: Settings

    @cached_property
    def best(self) -> int:
        """The number of colors, of CANDIDATES, past which an indexed file gets no nearer to the picture.

        Both the mean CIEDE2000 and the squared difference fall with more colors, and rise when too few entries are left
        for soft pairs. So the search goes on in the part around the least, and the lower number keeps both from rising.
        """
        pixels = self.reopen()
        counted, seen = histogram(pixels), _sampled(pixels)
        errors: dict[int, tuple[float, float]] = {}

        def error(i: int) -> tuple[float, float]:
            if i not in errors:
                errors[i] = _errors(seen, self.palette(pixels, counted, CANDIDATES[i]))
            return errors[i]

        def least(kind: int) -> int:
            low, high = 0, len(CANDIDATES) - 1
            while low < high:
                middle = (low + high) // 2
                falls = error(middle)[kind] > error(middle + 1)[kind]
                low, high = (middle + 1, high) if falls else (low, middle)
            return low

        return CANDIDATES[min(least(0), least(1))]

    def picture(self, k: int) -> tuple[Frames, Codes]:
        """The picture with at most k colors, and these."""
        pixels = self.reopen()
        counted = histogram(pixels)
        codes = self.palette(pixels, counted, k)
        return reduced(pixels, counted, codes, self.settings), codes


def _sampled(pixels: Pixels) -> Codes:
    """Some pixels that are not transparent, evenly from all rows: uint8 (n, 4)."""
    width, height = size_of(pixels)
    step = max(1, round((width * height * pixels.frames / SAMPLE) ** 0.5))
    parts = []
    for band in bands(pixels):
        part = np.s_[-band.top % step :: step, ::step]
        codes = band.codes[part]
        alpha = np.full(codes.shape[:2], OPAQUE, np.uint8) if band.alpha is None else band.alpha[part]
        parts.append(np.dstack([codes, alpha])[alpha > 0])
    return np.concatenate(parts)


def _errors(seen: Codes, codes: Codes) -> tuple[float, float]:
    """The sums of CIEDE2000 and of the squared differences of some pixels, uint8 (n, 4), from their entries over a
    palette, over black and over white."""
    index = kernel.Nearest(codes).of(np.ascontiguousarray(seen[None, :, :3]))[0]
    pairs, which, counts = np.unique(seen[:, 3].astype(np.intp) << 8 | index, return_inverse=True, return_counts=True)
    try:
        every, at, _ = merged(np.concatenate([[0], pairs]), np.concatenate([[1], counts]), codes)
    except NoRoomError:
        return np.inf, np.inf
    after = every[at[1:][which]]
    error = squares = 0.0
    for under in (0, OPAQUE):
        pair = [under + (one[:, :3] - float(under)) * (one[:, 3:] / OPAQUE) for one in (seen, after)]
        error += float(differences["ciede2000"].of_linear(*map(decode, pair)).sum())
        squares += float(((pair[0] - pair[1]) ** 2).sum())
    return error, squares
