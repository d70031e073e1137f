"""Origin: what a palette remembers of its making, so that it can say why its colors are there."""

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
    """The colors that a method's clusters came to, most telling first.

    codes : uint8 (m, 3), sRGB. shares : float64 (m,), of the picture, sum 1.
    prominence : float64 (m,), what they are ordered by, sum 1; the shares where the method names nothing else.
    labels : int32 (n,), the color of each bin of the histogram, -1 where it has none.
    asking : as in Clusters: float64 by name, of each bin of the histogram, or of each of `coarse`.
    """

    codes: NDArray[np.uint8]
    shares: NDArray[np.float64]
    prominence: NDArray[np.float64]
    labels: NDArray[np.int32]
    asking: Mapping[str, NDArray[np.float64]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What a palette was made of.

    counted : the histogram. answer : its colors, with the bins that each stands for.
    reopen : gives the picture's pixels again; None where the palette is of a histogram.
    solve : the colors for another k, with all else as it was.
    """

    counted: Histogram
    answer: Answer
    reopen: Callable[[], Pixels] | None
    solve: Callable[[int], Answer]

    def indices(self, codes: NDArray[np.uint8]) -> list[int]:
        """For each color of a palette, uint8 (m, 3), which of `answer` it is: a palette may be sorted, or cut.

        Raises
        ------
        OptionError : a color is none of them.
        """
        at = {tuple(color): i for i, color in enumerate(self.answer.codes.tolist())}
        found = [at.get(tuple(color)) for color in codes.tolist()]
        if None in found:
            raise OptionError(
                f"{to_hex(codes[found.index(None)])} was not found by extract(): only its own colors are known."
            )
        return [i for i in found if i is not None]

    def reopened(self, codes: NDArray[np.uint8]) -> tuple[Pixels, Table]:
        """The picture's pixels once more, and the table with which `labeled` finds the colors of a palette in them.

        Raises
        ------
        OptionError : there are no pixels, or a color is not known. SourceError : the picture is gone, or has changed.
        """
        if self.reopen is None:
            raise OptionError("the palette is of a histogram, which has no pixels: call extract() on a picture.")
        index = np.full(len(self.answer.codes) + 1, -1, np.int32)  # the last for bins without a color
        index[self.indices(codes)] = np.arange(len(codes))
        pixels = self.reopen()
        return pixels, table_of(self.counted, index[self.answer.labels], pixels)


def again(source: Any, pixels: Pixels | None, reading: Mapping[str, Any]) -> Callable[[], Pixels] | None:
    """How the pixels of a picture can be had once more; None where there were none.

    What was given by its name or as a file's bytes is read again, so that no palette keeps a decoded picture alive;
    what came as pixels (an array, an image, standard input) is kept as it is, and not copied.
    """
    if pixels is None:
        return None
    if not (_lasting(source) and _lasting(reading.get("mask"))):
        return lambda: pixels
    size, name = (pixels.width, pixels.height), pixels.name
    path = None if isinstance(source, bytes) or "://" in str(source) else os.path.abspath(source)
    stamp = _stamp(path)

    def reopened() -> Pixels:
        anew = read(path or source, **reading) if stamp == _stamp(path) else None
        if anew is None or size != (anew.width, anew.height):
            raise SourceError(
                f"{name or 'the picture'}: it has changed since its palette was extracted; extract again."
            )
        return anew

    return reopened


def _lasting(source: Any) -> bool:
    """Whether reading it a second time gives the same."""
    if isinstance(source, str):
        return source not in ("-", "clipboard:")
    return source is None or isinstance(source, os.PathLike | bytes)


def _stamp(path: str | None) -> tuple[int, int] | None:
    """What tells that a file has changed: its size and when it was written; None where there is no such file."""
    try:
        status = os.stat(path or "")
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
