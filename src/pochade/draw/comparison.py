"""The content of a sheet: palettes of one picture by methods, spaces, k, scales and seeds."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from pochade.cluster import methods as known_methods
from pochade.color.spaces import spaces as known_spaces
from pochade.errors import OptionError, PochadeError
from pochade.explain.fidelity import difference
from pochade.extraction.check import READING, check
from pochade.extraction.extract import extract
from pochade.histograms.histogram import Histogram, histogram
from pochade.palette import Palette
from pochade.source import read
from pochade.source.pixels import Pixels
from pochade.source.scale import check_scale

MAX_COLUMNS, MAX_ROWS = 16, 64
"""Limits of a sheet's cells."""

SINGLE_READ = ("-", "clipboard:")
"""Sources that can be read only once, as file objects."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A palette with its error, or an error message.

    difference : mean CIEDE2000 of the full picture's pixels to the nearest color. milliseconds : time of the method,
        without decoding and counting the picture; None without `times`. message : of the error, if palette is None.
    """

    palette: Palette | None = None
    difference: float = 0.0
    milliseconds: float | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """common : the options that all cells share, as text. cells : row by row."""

    pixels: Pixels
    common: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


def compare_options(
    source: Any, choices: Mapping[str, Iterable[Any]], *, times: bool = False, **options: Any
) -> Comparison:
    """The palettes of a picture for all combinations of options.

    choices : lists by name: `methods`, `spaces`, `k`, `scales` and `seeds`; a missing list has the default of
        extract(). The last list with several values forms the columns, the others form the rows.

    Raises
    ------
    UnknownNameError, OptionError : a name does not exist, a list is empty, or there are too many cells.
    SourceError : the picture cannot be read.

    An error of a single combination goes into its cell.
    """
    axes = _axes(choices)
    several = [axis for axis in axes if len(axis.values) > 1]
    across = several[-1:] if len(several) > 1 else []
    down = [axis for axis in several if axis not in across]
    rows, columns = list(product(*(axis.values for axis in down))), list(product(*(axis.values for axis in across)))
    if len(columns) > MAX_COLUMNS or len(rows) > MAX_ROWS:
        raise OptionError(
            f"a sheet of {len(rows)} rows and {len(columns)} columns is not allowed: give {MAX_ROWS} and "
            f"{MAX_COLUMNS} at most."
        )
    if "scale" in options:
        raise OptionError("a sheet takes `scales`, a list, in place of `scale`.")
    once = source in SINGLE_READ if isinstance(source, str) else callable(getattr(source, "read", None))
    if once and len({axis.name: axis.values for axis in axes}["scale"]) > 1:
        raise OptionError("scales are read one after another, and this source can be read only once: give its path.")
    histograms = _Histograms(source, {name: value for name, value in options.items() if name in READING})
    rest = {name: value for name, value in options.items() if name not in READING}
    one = {axis.name: axis.values[0] for axis in axes}
    named = [[axis.name for axis in group] for group in (down, across)]
    cells = tuple(
        tuple(
            _cell(
                histograms,
                one | dict(zip(named[0], row, strict=True)) | dict(zip(named[1], column, strict=True)),
                times,
                rest,
            )
            for column in columns
        )
        for row in rows
    )
    common = ", ".join(axis.label(axis.values[0]) for axis in axes if axis not in several and axis.shown)
    return Comparison(
        histograms.pixels,
        common,
        tuple(_labels(down, row) for row in rows),
        tuple(_labels(across, column) for column in columns),
        cells,
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """A parameter of extract() and its values. shown : whether the title shows it if it has a single value."""

    name: str
    values: tuple[Any, ...]
    word: str
    shown: bool

    def label(self, value: Any) -> str:
        """The value as text, a number with the name of its parameter."""
        return f"{self.word}{value:g}" if isinstance(value, float) else f"{self.word}{value}"


def _axes(choices: Mapping[str, Iterable[Any]]) -> list[_Axis]:
    lists = {name: tuple(dict.fromkeys(values)) for name, values in choices.items()}
    for name, values in lists.items():
        if not values:
            raise OptionError(f"{name} is empty: give at least one.")
    if "methods" in lists:
        lists["methods"] = tuple(dict.fromkeys(known_methods.entry(method).name for method in lists["methods"]))
    for space in lists.get("spaces", ()):
        known_spaces[space]
    for scale in lists.get("scales", ()):
        check_scale(scale)
    for k in lists.get("k", ()):
        check(k, method="prominent", space="oklab", seed=0)
    for seed in lists.get("seeds", ()):
        check(8, method="prominent", space="oklab", seed=seed)
    return [
        _Axis("method", lists.get("methods", ("prominent",)), "", True),
        _Axis("space", lists.get("spaces", ("oklab",)), "", True),
        _Axis("k", lists.get("k", (8,)), "k = ", True),
        _Axis("scale", lists.get("scales", (1.0,)), "scale ", lists.get("scales", (1.0,)) != (1.0,)),
        _Axis("seed", lists.get("seeds", (0,)), "seed ", lists.get("seeds", (0,)) != (0,)),
    ]


def _labels(axes: Sequence[_Axis], values: Sequence[Any]) -> str:
    return ", ".join(axis.label(value) for axis, value in zip(axes, values, strict=True))


class _Histograms:
    """The picture's histogram at each scale, computed on first use."""

    def __init__(self, source: Any, reading: dict[str, Any]) -> None:
        self._source, self._reading = source, reading
        self.pixels = read(source, **reading)
        self._at: dict[float, Histogram] = {1.0: histogram(self.pixels)}

    def at(self, scale: float) -> Histogram:
        """The histogram at a scale."""
        if scale not in self._at:
            self._at[scale] = histogram(read(self._source, **self._reading, scale=scale))
        return self._at[scale]


def _cell(histograms: _Histograms, parameters: dict[str, Any], times: bool, options: dict[str, Any]) -> Cell:
    parameters = dict(parameters)
    bins = histograms.at(parameters.pop("scale"))
    try:
        took, palette = _timed(bins, parameters | options)
        if times:  # the first run may have imported a library
            took = min(took, _timed(bins, parameters | options)[0])
    except PochadeError as error:
        return Cell(message=str(error))
    return Cell(palette, difference(histograms.at(1.0), palette.srgb), 1000 * took if times else None)


def _timed(bins: Histogram, parameters: dict[str, Any]) -> tuple[float, Palette]:
    start = time.perf_counter()
    palette = extract(bins, **parameters)
    return time.perf_counter() - start, palette
