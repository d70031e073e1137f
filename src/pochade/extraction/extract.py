"""The road from a picture to its palette. Library, command line, HTTP and batch all take it."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import About, Clusters, Method, Points, Weights, methods, unknown_option
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError, UnknownNameError
from pochade.extraction.preference import MOST, NOTHING, Preference, preferred
from pochade.histograms.histogram import Counted, Histogram, histogram
from pochade.histograms.positions import positions
from pochade.option import Within, options_of, whole
from pochade.palette import Color, Palette
from pochade.palette.origin import Answer, Origin, again
from pochade.registry import Entry
from pochade.source import read
from pochade.source.pixels import Pixels
from pochade.source.scale import check_scale

Colors = str | Iterable[str | Iterable[int] | Color]
"""Colors as a user gives them: text (CSS's, with commas between several), or a list of texts, triples and Colors."""


def extract(
    source: Any,
    k: Annotated[int | Literal["auto"], Within(1, MOST)] = 8,
    *,
    method: str = "prominent",
    space: str = "oklab",
    seed: Annotated[int, Within(0)] = 0,
    keep: Colors | None = None,
    avoid: Colors | None = None,
    ignore: str | Iterable[str] | None = None,
    among: Colors | None = None,
    mood: str | None = None,
    k_min: Annotated[int | None, Within(1, MOST)] = None,
    k_max: Annotated[int | None, Within(1, MOST)] = None,
    **options: Any,
) -> Palette:
    """The palette of a picture.

    Parameters
    ----------
    source : a path, URL, bytes, file object, "-" (standard input), "clipboard:", PIL image, NumPy array, Pixels, or
        Histogram (a sum of them, say), or Counted (to solve many times what was counted once).
    k : how many colors, 1 to 256, or "auto". The answer has fewer where the picture has no more that differ, or the
        method finds no more; `Palette.shortfall` says which.
    method, space : see `pochade methods`; any registered name.
    seed : for methods that draw by chance. The default method does not.
    keep : colors that stand in the palette as they are; the rest is found around them.
    avoid : colors that must not stand in it, nor any within 10 of them (CIEDE2000).
    ignore : kinds of color that do not count: "background" (what fills most of the border), "black", "white", "gray".
    among : a set to choose the palette from.
    mood : "colorful", "muted", "light", "dark", "bright" (light and vivid) or "deep" (dark and vivid).
    k_min, k_max : the bounds of k="auto", 3 and 12.
    options : what `read()` takes (scale, region, mask, frame, truncated, ...) and what the method takes.

    Raises
    ------
    SourceError : where the picture cannot be had, or nothing of it counts.
    OptionError, UnknownNameError : where an option is not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> picture = np.zeros((10, 10, 3), np.uint8)
    >>> picture[4, 4] = 255, 0, 0
    >>> sorted(extract(picture, 2).hex)
    ['#000000', '#ff0000']
    """
    k, seed = whole(k), whole(seed)
    entry, reading, chosen, wanted = check(
        k,
        method=method,
        space=space,
        seed=seed,
        keep=keep,
        avoid=avoid,
        ignore=ignore,
        among=among,
        mood=mood,
        k_min=k_min,
        k_max=k_max,
        **options,
    )
    about: dict[str, Any]
    pixels: Pixels | None
    if isinstance(source, Histogram):
        about, pixels, counted = {}, None, source
    else:
        if isinstance(source, Counted):
            pixels, counted = source.pixels, source.histogram
        else:
            pixels = source if isinstance(source, Pixels) else read(source, **reading)
            counted = histogram(pixels)
        about = {"source": pixels.name, "width": pixels.width, "height": pixels.height}
    if wanted.excludes:  # what only some callers need is imported for them, so that a start is as quick as before
        from pochade.extraction.preference.excluded import left

        counted = left(counted, wanted)

    def solve(k: int | str) -> Answer:
        return _answer(counted, _cluster(counted, k, entry, space, seed, chosen, wanted), wanted)

    answer = solve(k)
    return Palette(
        _colors(counted, answer, pixels, wanted),
        k,
        **about,
        method=method,
        space=space,
        seed=seed,
        options=tuple(sorted([*chosen.items(), *wanted.options])),
        origin=Origin(counted, answer, again(source, pixels, reading), solve),
    )


READING = frozenset(inspect.signature(read).parameters) - {"source"}
"""The options that belong to reading, not to the method."""

PREFERENCE = frozenset(inspect.signature(preferred).parameters) - {"k"}
"""The options that belong to the road itself."""


def check(
    k: int | str, *, method: str, space: str, seed: int, **options: Any
) -> tuple[Entry[Method, About], dict[str, Any], dict[str, Any], Preference]:
    """The method's entry, and the options parted into those of reading, of the method, and what is preferred.

    Raises
    ------
    OptionError, UnknownNameError : where one is not allowed, whatever the picture.
    """
    entry = methods.entry(method)
    _check(k, entry, space, seed, options)
    reading = {name: value for name, value in options.items() if name in READING}
    check_scale(reading.get("scale", 1.0))
    preference = {name: value for name, value in options.items() if name in PREFERENCE}
    rest = {name: value for name, value in options.items() if name not in READING and name not in PREFERENCE}
    wanted = preferred(k, **preference)
    chooses = wanted.among is not None and "among" not in entry.asks  # then the road chooses, around any color
    if wanted.keep is not None and "fixed" not in entry.asks and not chooses:
        raise OptionError(
            f"the method {entry.name!r} cannot solve around colors that stay: leave `keep` out, or take a method "
            "that can, such as 'prominent'."
        )
    check_names(extract, rest, entry)
    chosen = entry.check(rest)
    if "consult" in entry.asks:
        _check(k, methods.entry(chosen.get("by", entry.options["by"].default)), space, seed, {})
    return entry, reading, chosen, wanted


def check_names(
    function: Callable[..., Any],
    given: Iterable[str],
    entry: Entry[Method, About] | None,
    *handed: Callable[..., Any],
    more: str = "",
) -> None:
    """Refuse, as UnknownNameError, options that neither a function has nor what it hands them on to.

    entry : of the method that finds colors, if one does. handed : functions besides read() and the method.
    """
    if not (names := [*given]):
        return
    import difflib  # which who makes no mistake need not wait for

    known = READING.union(*(options_of(each) for each in (function, *handed)), () if entry is None else entry.options)
    for name in names:
        if name in known:
            continue
        near = difflib.get_close_matches(name, sorted(known), n=1)
        own = entry is not None and any(one in entry.options for one in near)
        if entry is not None and (own or any(name in other.options for other in methods.entries)):
            raise unknown_option(entry, name)
        raise UnknownNameError(f"option of {function.__name__}:", name, known, more)


def check_wishes(wishes: Mapping[str, Any]) -> None:
    """Refuse what extract() would refuse for any picture.

    wishes : its keywords.
    """
    bound = inspect.signature(extract).bind(None, **wishes)
    bound.apply_defaults()
    given = dict(bound.arguments)
    del given["source"]
    check(**given.pop("options"), **given)


def _check(k: int | str, entry: Entry[Method, About], space: str, seed: int, options: dict[str, Any]) -> None:
    k, seed = whole(k), whole(seed)
    if not (k == "auto" or (isinstance(k, int) and not isinstance(k, bool) and 1 <= k <= MOST)):
        raise OptionError(f"k={k!r} is not allowed: give a whole number from 1 to {MOST}, or 'auto'.")
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise OptionError(f"seed={seed!r} is not allowed: give a whole number from 0.")
    allowed = entry.about.spaces
    if spaces[space] and allowed and space not in allowed:
        raise OptionError(
            f"the method {entry.name!r} works in {' or '.join(allowed)}, not in {space!r}: leave `space` out, "
            "or take a method that works in any, such as 'kmeans'."
        )
    measured = "difference" in entry.options and options.get("difference") is not None
    if measured:
        from pochade.color.difference import differences

        differences[options["difference"]]  # refused here, before a picture is read
    hue = spaces[space].hue
    if hue is None:
        return
    if not measured:
        raise OptionError(
            f"space={space!r} has an angle among its coordinates, {spaces[space].channels[hue]!r}: straight "
            "distances and means do not know that 359 and 1 degrees are neighbors. Take a space without one, such as "
            "'oklab', or give a `difference` to a method that measures by one, such as 'agglomerative'."
        )
    if options.get("among") is not None and "among" not in entry.asks:
        raise OptionError(
            f"`among` is chosen from by straight distances, which say nothing in space={space!r}: take a space without "
            "an angle, such as 'oklab'."
        )


def _points(counted: Histogram, space: str) -> Points:
    """The mean colors of the bins, in a space."""
    if space == "oklab":
        return counted.oklab
    return np.ascontiguousarray(spaces[space].from_linear(decode(counted.means)))


def _weights(counted: Histogram) -> Weights:
    """The bins' shares of the picture, sum 1."""
    weights: Weights = counted.counts / float(counted.counts.sum())
    return weights


def _cluster(
    counted: Histogram,
    k: int | str,
    entry: Entry[Method, About],
    space: str,
    seed: int,
    options: dict[str, Any],
    wanted: Preference,
) -> Clusters:
    """What the method answers, with a label for each bin of `counted`."""
    fine = entry.about.levels == kernel.LEVELS
    view = counted if fine else counted.coarse
    points, weights = _points(view, space), _weights(view)
    options = dict(options)
    if "coarse" in entry.asks:
        options["coarse"] = _points(counted.coarse, space), _weights(counted.coarse)
    if "bins" in entry.asks:
        options["bins"] = view.bins
    if "colors" in entry.asks:
        options["colors"] = decode(view.means)
    if "space" in entry.asks:
        options["space"] = spaces[space]
    if "sketch" in entry.asks:
        options["sketch"] = counted.sketch
    if "consult" in entry.asks:

        def consult(name: str, k: int, other: Histogram | None = None) -> Clusters:
            its, wishes = (counted, wanted) if other is None else (other, NOTHING)
            found = _cluster(its, k, methods.entry(name), space, seed, {}, wishes)
            return replace(found, codes=np.rint(_means(its, found)[1]).astype(np.uint8))

        options["consult"] = consult
    if "rng" in entry.asks:
        options["rng"] = np.random.default_rng(seed)
    method = entry.value
    if wanted.tells:
        from pochade.extraction.preference.given import preferring

        method = preferring(entry, wanted, view, counted.coarse, lambda colors: _points(colors, space))

    def solve(k: int) -> Clusters:
        return method(points, weights, k, **options)

    clusters = _enough(solve, view, wanted) if isinstance(k, str) else solve(k)
    if fine:
        return clusters
    emphasis = None if clusters.emphasis is None else clusters.emphasis[counted.parents]
    return replace(clusters, labels=clusters.labels[counted.parents], emphasis=emphasis)


def _enough(solve: Callable[[int], Clusters], view: Histogram, wanted: Preference) -> Clusters:
    """The clusters for as many colors as can be named."""
    from pochade.extraction.preference.enough import enough
    from pochade.extraction.preference.given import present

    def show(clusters: Clusters) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
        clusters, absent = present(clusters)
        totals, means = _means(view, clusters)
        rank = totals if clusters.prominence is None else clusters.prominence
        return np.vstack([absent, np.rint(means).astype(np.uint8)]), np.concatenate([np.zeros(len(absent)), rank])

    return enough(solve, show, wanted)


def _means(counted: Histogram, clusters: Clusters) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """What each cluster counts, and the color that stands for it: means of its pixels, float64 (m, 3), or its code."""
    totals, means, vivid, heaviest = kernel.gather(
        clusters.labels, len(clusters.centers), clusters.emphasis, counted.counts, counted.sums
    )
    if clusters.lean is not None:
        means += clusters.lean[:, None] * (vivid - means)
    # A bin that holds most of a cluster is a flat area with some fringe: its own mean is the flat color.
    flat = counted.counts[heaviest] > totals / 2
    means[flat] = counted.sums[heaviest[flat]] / counted.counts[heaviest[flat], None].astype(np.float64)
    if clusters.codes is not None:
        means[: len(clusters.codes)] = clusters.codes
    return totals, means


def _answer(counted: Histogram, clusters: Clusters, wanted: Preference) -> Answer:
    """The colors that stand for the clusters, most telling first."""
    absent = None
    if clusters.codes is not None:
        from pochade.extraction.preference.given import present, with_absent

        clusters, absent = present(clusters)
    totals, means = _means(counted, clusters)
    if wanted.excludes:
        from pochade.extraction.preference.excluded import clear

        means = clear(means, clusters, counted, wanted)
    # Clusters that stand for the same color are one.
    packed, same = np.unique(np.rint(means).astype(np.int64) @ (1 << 16, 1 << 8, 1), return_inverse=True)
    codes = (packed[:, None] >> (16, 8, 0) & 255).astype(np.uint8)
    rank = totals if clusters.prominence is None else clusters.prominence
    importance = np.bincount(same, rank, len(codes))
    shares = np.bincount(same, totals, len(codes)) / float(totals.sum())
    order = np.argsort(-importance, kind="stable")
    place_of = np.empty(len(order), np.int32)
    place_of[order] = np.arange(len(order), dtype=np.int32)
    answer = Answer(
        codes[order],
        shares[order],
        importance[order] / importance.sum(),
        place_of[same][clusters.labels],
        clusters.asking,
    )
    return answer if absent is None else with_absent(answer, absent)


def _colors(counted: Histogram, answer: Answer, pixels: Pixels | None, wanted: Preference) -> tuple[Color, ...]:
    """The colors, each with its place."""
    codes = answer.codes
    if wanted.keep is not None or wanted.among is not None:
        from pochade.extraction.preference.given import places_shown

        places = places_shown(answer, counted, pixels, wanted)
    else:
        places = positions(counted, answer.labels, codes, pixels)
    return tuple(
        Color((red, green, blue), share, place)
        for (red, green, blue), share, place in zip(codes.tolist(), answer.shares.tolist(), places, strict=True)
    )
