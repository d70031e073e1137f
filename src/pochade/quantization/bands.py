"""A picture in bands of rows, which several threads work on."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.threads import threads
from pochade.source.pixels import Pixels, Strip
from pochade.source.profile import Profile

ROWS = 128
"""Rows of a band, about: the number of bands is a multiple of 8, so that 4 threads, or 2 with two bands each, finish
together. A copy of a band is small."""

BAND_MULTIPLE = 8

MIN_PIXELS_PER_THREAD = 1 << 19
"""Pixels below which starting a thread costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Band:
    """Some rows of a frame, over its whole width, in sRGB.

    codes : uint8 (lead + rows, width, 3). alpha : uint8 (lead + rows, width), or None.
    frame, top : which frame of the picture, and the row in it of codes[lead].
    weight, duration : as in Strip.
    lead : number of rows at the start that belong to the band above.
    """

    codes: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    frame: int
    top: int
    weight: int
    lead: int
    duration: float | None = None


def size_of(pixels: Pixels) -> tuple[int, int]:
    """Width and height of the picture, or of its region."""
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    return right - left, bottom - top


def rows_of(height: int) -> int:
    """The number of rows of each band except the last."""
    if height < BAND_MULTIPLE * ROWS // 2:
        return ROWS
    return -(-height // (BAND_MULTIPLE * max(1, round(height / (BAND_MULTIPLE * ROWS)))))


def bands(pixels: Pixels, lead: int = 0, rows: int | None = None) -> Iterator[Band]:
    """The picture from top to bottom, frame by frame, each band with up to `lead` rows of the one above.

    rows : of a band, if that is not left to `rows_of`.
    """
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    rows = rows_of(bottom - top) if rows is None else rows
    for frame, strips in groupby(pixels.strips(), lambda strip: strip.frame):
        row, over = 0, 0
        buffer: NDArray[np.uint8] | None = None
        alphas: NDArray[np.uint8] | None = None
        strip = None
        for strip in _in_order(strips, left, top, right - left, bottom - top):
            buffer = _joined(buffer, strip.codes)
            if strip.alpha is not None:
                alphas = _joined(alphas, strip.alpha)
            while len(buffer) >= over + rows:
                end = over + rows
                alpha = None if alphas is None else alphas[:end]
                codes = _in_srgb(buffer[:end], pixels.profile)
                yield Band(codes, alpha, frame, row, strip.weight, over, strip.duration)
                row, over = row + rows, min(lead, end)
                buffer, alphas = buffer[end - over :], None if alphas is None else alphas[end - over :]
        if strip is not None and buffer is not None and len(buffer) > over:
            codes = _in_srgb(buffer, pixels.profile)
            yield Band(codes, alphas, frame, row, strip.weight, over, strip.duration)


def _joined(above: NDArray[np.uint8] | None, below: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Rows and those below them; without a copy if there are none above."""
    return below if above is None or not len(above) else np.concatenate([above, below])


def _in_srgb(codes: NDArray[np.uint8], profile: Profile | None) -> NDArray[np.uint8]:
    if profile is None:
        return codes
    from pochade.source.profile import to_srgb

    return to_srgb(codes.reshape(-1, 3), profile).reshape(codes.shape)


def _in_order(strips: Iterator[Strip], left: int, top: int, width: int, height: int) -> Iterator[Strip]:
    """Strips of whole rows from top to bottom; if a rotation delivers them otherwise, the rest as one strip."""
    row = top
    for strip in strips:
        if strip.left == left and strip.codes.shape[1] == width and strip.top == row:
            yield strip
            row += strip.codes.shape[0]
            continue
        yield _whole(chain([strip], strips), left, top, width, height)
        return


def _whole(strips: Iterator[Strip], left: int, top: int, width: int, height: int) -> Strip:
    codes: NDArray[np.uint8] = np.zeros((height, width, 3), np.uint8)
    alpha: NDArray[np.uint8] = np.zeros((height, width), np.uint8)
    for strip in strips:
        rows, columns = strip.codes.shape[:2]
        here = np.s_[strip.top - top : strip.top - top + rows, strip.left - left : strip.left - left + columns]
        codes[here] = strip.codes
        alpha[here] = 255 if strip.alpha is None else strip.alpha
    return replace(strip, codes=codes, alpha=None if (alpha == 255).all() else alpha, left=left, top=top)


def flattened(pixels: Pixels, color: NDArray[np.uint8]) -> Pixels:
    """The picture on a background color, uint8 (3,): blended by alpha, as viewers do, and opaque."""
    left, top, _, _ = pixels.box or (0, 0, pixels.width, pixels.height)

    def strips() -> Iterator[Strip]:
        for band in bands(pixels):
            codes = band.codes
            if band.alpha is not None:
                share = band.alpha[..., None].astype(np.uint16)
                codes = ((codes * share + color * (255 - share) + 127) // 255).astype(np.uint8)
            yield Strip(codes, None, left, top + band.top, band.weight, band.frame, band.duration)

    return replace(pixels, strips=strips, profile=None, metadata=replace(pixels.metadata, table=None))


T = TypeVar("T")

Work = Callable[[list[Band]], list[T]]
"""A function from bands to a result for each."""


def on_threads(
    make_work: Callable[[], Work[T]], todo: Iterator[Band], pixels: int, together: int
) -> Iterator[tuple[Band, T]]:
    """Each band with its result, in order, on as many threads as pay off.

    make_work : returns a function that computes results; one thread at a time uses it.
    pixels : of the whole picture. together : number of bands in one call of that function.
    """
    workers = min(pixels // MIN_PIXELS_PER_THREAD, threads())
    spare: list[Work[T]] = []
    groups = iter(lambda: list(islice(todo, together)), [])

    def work(group: list[Band]) -> Iterator[tuple[Band, T]]:
        try:
            compute = spare.pop()
        except IndexError:  # checking the length first would race with other threads
            compute = make_work()
        results = compute(group)
        spare.append(compute)
        return zip(group, results, strict=True)

    if workers < 2:
        for group in groups:
            yield from work(group)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Iterator[tuple[Band, T]]]] = deque()
        for group in groups:
            waiting.append(pool.submit(work, group))
            if len(waiting) > workers:  # limits the memory
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()
