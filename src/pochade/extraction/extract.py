"""The road from a picture to its palette. Library, command line, HTTP and batch all take it."""

import inspect
import os
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pochade.errors import OptionError
from pochade.extraction.answer import answer
from pochade.extraction.check import check
from pochade.extraction.preference import MAX_COLORS, Colors
from pochade.extraction.preference.exclusion import narrow
from pochade.extraction.preference.settle import place
from pochade.extraction.solve import Problem, solve
from pochade.histograms.histogram import CountedPicture, Histogram, histogram_of
from pochade.histograms.histogram import histogram as count
from pochade.histograms.positions import Position
from pochade.option import Within, whole
from pochade.palette import Color, Palette
from pochade.palette.accent import is_accent
from pochade.palette.origin import Answer, Origin, again
from pochade.source import read
from pochade.source.pixels import Pixels


def extract(
    source: Any,
    k: Annotated[int | Literal["auto"], Within(1, MAX_COLORS)] = 8,
    *,
    method: str = "prominent",
    space: str = "oklab",
    seed: Annotated[int, Within(0)] = 0,
    keep: Colors | None = None,
    avoid: Colors | None = None,
    ignore: str | Iterable[str] | None = None,
    among: Colors | None = None,
    mood: str | None = None,
    k_min: Annotated[int | None, Within(1, MAX_COLORS)] = None,
    k_max: Annotated[int | None, Within(1, MAX_COLORS)] = None,
    **options: Any,
) -> Palette:
    """The palette of a picture.

    Parameters
    ----------
    source : a path, URL, bytes, file object, "-" (standard input), "clipboard:", PIL image, NumPy array, Pixels,
        Histogram (a sum of several, for example), CountedPicture (which several calls share), a Film or Shot, or the
        folder of a collection.
    k : the number of colors, 1 to 256, or "auto". The palette has fewer if the picture has no more different ones, or
        if the method finds no more; `Palette.shortfall` gives the reason.
    method, space : any registered name; see `pochade methods` and `pochade spaces`.
    seed : for methods that draw at random. The default method does not.
    keep : colors that stand in the palette unchanged; the others are found around them.
    avoid : colors that must not stand in the palette, nor any color within 10 of them (CIEDE2000).
    ignore : kinds of color that do not count: "background" (the colors of most of the border), "black", "white", "gray"
    among : a set of colors to choose the palette from.
    mood : "colorful", "muted", "light", "dark", "bright" (light and vivid) or "deep" (dark and vivid).
    k_min, k_max : the bounds of k="auto"; 3 and 12 by default.
    options : of `read()` (scale, region, mask, frame, truncated, ...) and of the method.

    Raises
    ------
    SourceError : the picture cannot be read, or no pixel of it counts.
    OptionError, UnknownNameError : an option is not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> picture = np.zeros((10, 10, 3), np.uint8)
    >>> picture[4, 4] = 255, 0, 0
    >>> sorted(extract(picture, 2).hex)
    ['#000000', '#ff0000']
    """
    k, seed = whole(k), whole(seed)
    request = check(
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
    preference = request.preference
    pixels, counted = _counted(source, request.reading)
    histogram = narrow(counted, preference)
    problem = Problem(histogram, request.entry, space, seed, request.options, preference)

    def solved(k: int | str) -> Answer:
        return answer(histogram, solve(problem, k), preference)

    found = solved(k)
    return Palette(
        _colors(found, place(found, histogram, pixels, preference)),
        k,
        source=_name(source, pixels),
        width=None if pixels is None else pixels.width,
        height=None if pixels is None else pixels.height,
        method=request.entry.name,
        space=space,
        seed=seed,
        options=tuple(sorted([*request.options.items(), *preference.options])),
        notes=() if pixels is None else pixels.notes,
        origin=Origin(histogram, found, again(source, pixels, request.reading), solved),
    )


def _counted(source: Any, reading: Mapping[str, Any]) -> tuple[Pixels | None, Histogram]:
    """The pixels of a source, if it has any, and its histogram."""
    counted = histogram_of(source)
    if counted is not None:
        if reading and isinstance(source, str | os.PathLike):
            raise OptionError(
                f"{os.fspath(source)}: its pictures are counted already, so {', '.join(sorted(reading))} cannot be "
                "applied: give such options to pochade collect."
            )
        return source.pixels if isinstance(source, CountedPicture) else None, counted
    pixels = source if isinstance(source, Pixels) else read(source, **reading)
    return pixels, count(pixels)


def _name(source: Any, pixels: Pixels | None) -> str | None:
    """The name of the picture, or of the collection."""
    if pixels is not None:
        return pixels.name
    return os.fspath(source) if isinstance(source, str | os.PathLike) else None


def _colors(answer: Answer, places: list[Position | None]) -> tuple[Color, ...]:
    accents, prominence = is_accent(answer.codes, answer.shares).tolist(), answer.prominence.tolist()
    return tuple(
        Color((red, green, blue), share, place, accent=accent, prominence=rank)
        for (red, green, blue), share, place, accent, rank in zip(
            answer.codes.tolist(), answer.shares.tolist(), places, accents, prominence, strict=True
        )
    )


def check_keywords(keywords: Mapping[str, Any]) -> None:
    """Refuse the keywords that extract() would refuse for any picture."""
    bound = inspect.signature(extract).bind(None, **keywords)
    bound.apply_defaults()
    given = dict(bound.arguments)
    del given["source"]
    check(**given.pop("options"), **given)
