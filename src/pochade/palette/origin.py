"""Origin: the histogram and the answer behind a palette, from which it explains its colors."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.srgb import to_hex
from pochade.errors import OptionError, SourceError
from pochade.histograms.histogram import Histogram
from pochade.histograms.labels import Table, table_of
from pochade.source import read
from pochade.source.pixels import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The colors of a method's clusters, the largest share first.

    codes : uint8 (m, 3), sRGB. shares : float64 (m,), of the picture, sum 1.
    prominence : float64 (m,), their rank, sum 1; the shares if the method has no prominence of its own.
    labels : int32 (n,), the color of each bin of the histogram, -1 for none.
    asking : as in Clusters: float64 by name, for each bin of the histogram, or for each of `coarse`.
    """

    codes: NDArray[np.uint8]
    shares: NDArray[np.float64]
    prominence: NDArray[np.float64]
    labels: NDArray[np.int32]
    asking: Mapping[str, NDArray[np.float64]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """The input of a palette, and its answer.

    counted : the histogram. answer : its colors, with a label for each bin.
    reopen : gives the picture's pixels again; None if the palette comes from a histogram.
    solve : the colors for another k, with the same options.
    """

    counted: Histogram
    answer: Answer
    reopen: Callable[[], Pixels] | None
    solve: Callable[[int], Answer]

    def indices(self, codes: NDArray[np.uint8]) -> list[int]:
        """The index in `answer` of each color of a sorted or shortened palette, uint8 (m, 3).

        Raises
        ------
        OptionError : a color is not in `answer`.
        """
        at = {tuple(color): i for i, color in enumerate(self.answer.codes.tolist())}
        found = [at.get(tuple(color)) for color in codes.tolist()]
        if None in found:
            raise OptionError(
                f"{to_hex(codes[found.index(None)])} was not found by extract(): only its own colors are known."
            )
        return [i for i in found if i is not None]

    def reopened(self, codes: NDArray[np.uint8]) -> tuple[Pixels, Table]:
        """The picture's pixels again, and the table with which `labeled` finds the colors of a palette in them.

        Raises
        ------
        OptionError : there are no pixels, or a color is unknown. SourceError : the picture is gone, or has changed.
        """
        if self.reopen is None:
            raise OptionError("the palette is of a histogram, which has no pixels: call extract() on a picture.")
        index = np.full(len(self.answer.codes) + 1, -1, np.int32)  # the last one is for bins without a color
        index[self.indices(codes)] = np.arange(len(codes))
        pixels = self.reopen()
        return pixels, table_of(self.counted, index[self.answer.labels], pixels)


def again(source: Any, pixels: Pixels | None, reading: Mapping[str, Any]) -> Callable[[], Pixels] | None:
    """A function that gives the pixels of a picture again; None if there were none.

    A path, a URL or the bytes of a file are read again, so that no palette keeps a decoded picture alive. Pixels (an
    array, an image, standard input) are kept, not copied.
    """
    if pixels is None:
        return None
    if not (_lasting(source) and _lasting(reading.get("mask"))):
        return lambda: pixels
    size, name = (pixels.width, pixels.height), pixels.name
    path = None if isinstance(source, bytes) or "://" in str(source) else os.path.abspath(source)
    stamp = _stamp(path)

    def reopened() -> Pixels:
        pixels_again = read(path or source, **reading) if stamp == _stamp(path) else None
        if pixels_again is None or size != (pixels_again.width, pixels_again.height):
            raise SourceError(
                f"{name or 'the picture'}: it has changed since its palette was extracted; extract again."
            )
        return pixels_again

    return reopened


def _lasting(source: Any) -> bool:
    """Whether a second reading gives the same picture."""
    if isinstance(source, str):
        return source not in ("-", "clipboard:")
    return source is None or isinstance(source, os.PathLike | bytes)


def _stamp(path: str | None) -> tuple[int, int] | None:
    """The size and the time of a file, which tell that it has changed; None if there is no file."""
    try:
        status = os.stat(path or "")
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
