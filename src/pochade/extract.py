"""The road from a picture to its palette. Library, command line, HTTP and batch all take it."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Method, methods
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.histogram import Histogram, histogram
from pochade.origin import Answer, Origin, again
from pochade.palette import Color, Palette
from pochade.position import positions
from pochade.registry import Entry
from pochade.source import read
from pochade.source.pixels import Pixels

MOST = 256
"""The largest k: as many as an indexed picture can hold."""


def extract(
    source: Any,
    k: int | Literal["auto"] = 8,
    *,
    method: str = "prominent",
    space: str = "oklab",
    seed: int = 0,
    **options: Any,
) -> Palette:
    """The palette of a picture.

    Parameters
    ----------
    source : a path, URL, bytes, file object, "-" (standard input), "clipboard:", PIL image, NumPy array, Pixels, or
        Histogram (a sum of them, say).
    k : how many colors, 1 to 256, or "auto". The answer has fewer where the picture has no more that differ.
    method, space : see `pochade methods`; any registered name.
    seed : for methods that draw by chance. The default method does not.
    options : what `read()` takes (region, mask, frame, truncated, ...) and what the method takes.

    Raises
    ------
    SourceError : where the picture cannot be had. OptionError, UnknownNameError : where an option is not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> picture = np.zeros((10, 10, 3), np.uint8)
    >>> picture[4, 4] = 255, 0, 0
    >>> sorted(extract(picture, 2).hex)
    ['#000000', '#ff0000']
    """
    entry, reading, chosen = check(k, method=method, space=space, seed=seed, **options)
    about: dict[str, Any]
    pixels: Pixels | None
    if isinstance(source, Histogram):
        about, pixels, counted = {}, None, source
    else:
        pixels = source if isinstance(source, Pixels) else read(source, **reading)
        about = {"source": pixels.name, "width": pixels.width, "height": pixels.height}
        counted = histogram(pixels)
    clusters = _cluster(counted, k, entry, space, seed, chosen)
    answer = _answer(counted, clusters)

    def solve(k: int) -> Answer:
        return _answer(counted, _cluster(counted, k, entry, space, seed, chosen))

    return Palette(
        _colors(counted, answer, pixels),
        k,
        **about,
        method=method,
        space=space,
        seed=seed,
        options=tuple(sorted(chosen.items())),
        origin=Origin(counted, answer, again(source, pixels, reading), solve),
    )


READING = frozenset(inspect.signature(read).parameters) - {"source"}
"""The options that belong to reading, not to the method."""


def check(
    k: int | str, *, method: str, space: str, seed: int, **options: Any
) -> tuple[Entry[Method], dict[str, Any], dict[str, Any]]:
    """The method's entry, and the options parted into those of reading and those of the method.

    Raises
    ------
    OptionError, UnknownNameError : where one is not allowed, whatever the picture.
    """
    entry = methods[method]
    _check(k, entry, space, seed)
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    return entry, reading, entry.check(rest)


def _check(k: int | str, entry: Entry[Method], space: str, seed: int) -> None:
    if not (k == "auto" or (isinstance(k, int) and not isinstance(k, bool) and 1 <= k <= MOST)):
        raise OptionError(f"k={k!r} is not allowed: give a whole number from 1 to {MOST}, or 'auto'.")
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise OptionError(f"seed={seed!r} is not allowed: give a whole number from 0.")
    allowed = entry.about.get("spaces")
    if spaces[space] and allowed and space not in allowed:
        raise OptionError(
            f"the method {entry.name!r} works in {' or '.join(allowed)}, not in {space!r}: leave `space` out, "
            "or take a method that works in any, such as 'kmeans'."
        )


def _points(counted: Histogram, space: str) -> NDArray[np.float64]:
    """The mean colors of the bins, in a space."""
    if space == "oklab":
        return counted.oklab
    return np.ascontiguousarray(spaces[space].value.from_linear(decode(counted.means)))


def _weights(counted: Histogram) -> NDArray[np.float64]:
    """The bins' shares of the picture, sum 1."""
    weights: NDArray[np.float64] = counted.counts / float(counted.counts.sum())
    return weights


def _cluster(
    counted: Histogram,
    k: int | str,
    entry: Entry[Method],
    space: str,
    seed: int,
    options: dict[str, Any],
) -> Clusters:
    """What the method answers, with a label for each bin of `counted`."""
    fine = entry.about.get("levels") == kernel.LEVELS
    view = counted if fine else counted.coarse
    points, weights = _points(view, space), _weights(view)
    options = dict(options)
    if "coarse" in entry.asks:
        options["coarse"] = _points(counted.coarse, space), _weights(counted.coarse)
    if "bins" in entry.asks:
        options["bins"] = view.bins
    if "rng" in entry.asks:
        options["rng"] = np.random.default_rng(seed)

    def solve(k: int) -> Clusters:
        return entry.value(points, weights, k, **options)

    clusters = _enough(solve, points, weights) if isinstance(k, str) else solve(k)
    if fine:
        return clusters
    emphasis = None if clusters.emphasis is None else clusters.emphasis[counted.parents]
    return replace(clusters, labels=clusters.labels[counted.parents], emphasis=emphasis)


def _enough(solve: Callable[[int], Clusters], points: NDArray[np.float64], weights: NDArray[np.float64]) -> Clusters:
    """The clusters for the first k from 3 to 12 that leaves less than a tenth of the picture's variance."""
    spread = float(weights @ ((points - weights @ points) ** 2).sum(1))
    for k in range(3, 13):
        clusters = solve(k)
        left = float(weights @ ((points - clusters.centers[clusters.labels]) ** 2).sum(1))
        if left <= spread / 10 or len(clusters.centers) < k:
            break
    return clusters


def _answer(counted: Histogram, clusters: Clusters) -> Answer:
    """The colors that stand for the clusters: means of their pixels, most telling first."""
    totals, means, vivid, heaviest = kernel.gather(
        clusters.labels, len(clusters.centers), clusters.emphasis, counted.counts, counted.sums
    )
    if clusters.lean is not None:
        means += clusters.lean[:, None] * (vivid - means)
    # A bin that holds most of a cluster is a flat area with some fringe: its own mean is the flat color.
    flat = counted.counts[heaviest] > totals / 2
    means[flat] = counted.sums[heaviest[flat]] / counted.counts[heaviest[flat], None].astype(np.float64)
    # Clusters that stand for the same color are one.
    packed, same = np.unique(np.rint(means).astype(np.int64) @ (1 << 16, 1 << 8, 1), return_inverse=True)
    codes = (packed[:, None] >> (16, 8, 0) & 255).astype(np.uint8)
    rank = totals if clusters.prominence is None else clusters.prominence
    importance = np.bincount(same, rank, len(codes))
    shares = np.bincount(same, totals, len(codes)) / float(totals.sum())
    order = np.argsort(-importance, kind="stable")
    place_of = np.empty(len(order), np.int32)
    place_of[order] = np.arange(len(order), dtype=np.int32)
    return Answer(
        codes[order],
        shares[order],
        importance[order] / importance.sum(),
        place_of[same][clusters.labels],
        clusters.asking,
    )


def _colors(counted: Histogram, answer: Answer, pixels: Pixels | None) -> tuple[Color, ...]:
    """The colors, each with its place."""
    places = positions(counted, answer.labels, answer.codes, pixels)
    return tuple(
        Color((red, green, blue), share, place)
        for (red, green, blue), share, place in zip(answer.codes.tolist(), answer.shares.tolist(), places, strict=True)
    )
