"""Two films side by side as a picture, or as one HTML page without network."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pochade.draw.canvas import Canvas
from pochade.draw.letters import shortened
from pochade.draw.tone import DARK
from pochade.errors import OptionError
from pochade.files import suffix_of
from pochade.films.files import KINDS, check_encoding
from pochade.films.files.html import STILL_BYTES, data_of, lightest_first, page_of
from pochade.films.files.picture import (
    CURVE,
    MARGIN,
    WIDTH,
    barcode,
    curves,
    facts_of,
    image_of,
    render,
)
from pochade.films.views import View

if TYPE_CHECKING:
    from pochade.films.film import Film
    from pochade.films.pair import Pair

HIGH, LINE, BAND = 210, 34, 16
"""Heights of a barcode, of a line of text, and of the palette of the whole."""

GAP = 30
"""Between curves."""

VIEWS = ("stacked", "mean", "slit", "timeline")
SUFFIXES = tuple(suffix for suffix, kind in KINDS.items() if kind.module in ("html", "picture"))


def check(path: str | os.PathLike[str], **options: Any) -> None:
    """Raise OptionError unless two films can be written to a file of that name with these options."""
    if suffix_of(path) not in SUFFIXES:
        raise OptionError(f"{os.fspath(path)}: two films side by side are one of {', '.join(SUFFIXES)}.")
    check_encoding(path, **options)
    view = options.get("view", "stacked")
    if view not in VIEWS:
        raise OptionError(f"view={view!r} is not allowed for two films: give one of {', '.join(VIEWS)}.")


def encode(pair: "Pair", path: str | os.PathLike[str], **options: Any) -> bytes:
    """Two films as the bytes of a file of that name.

    Raises
    ------
    OptionError : another suffix, or an option that is not allowed.
    """
    check(path, **options)
    if suffix_of(path) == ".html":
        films = [data_of(film, STILL_BYTES // 2) | {"name": name} for film, name in _named(pair)]
        return page_of("pair.html", " and ".join(pair.names), {"films": films, "words": pair.words()})

    def draw(begin: Callable[[int, int], Canvas]) -> None:
        _draw(pair, begin, options.get("view", "stacked"), options.get("columns") or WIDTH)

    return render(suffix_of(path), [draw])


def _named(pair: "Pair") -> "list[tuple[Film, str]]":
    return list(zip((pair.a, pair.b), pair.names, strict=True))


def _draw(pair: "Pair", begin: Callable[[int, int], Canvas], view: View, columns: int) -> None:
    """Name, barcode and palette of each, both as wide as the page; then the curves of both, and the distance."""
    each = LINE + HIGH + 6 + BAND + GAP
    curved = 3 * (CURVE + GAP) + 8 if view == "timeline" else 0
    canvas = begin(WIDTH + 2 * MARGIN, 2 * each + curved + 2 * LINE + 4)
    top = 0
    for film, name in _named(pair):
        canvas.text((MARGIN, top + LINE / 2 + 4), shortened(name, 15, WIDTH - 220), 15, DARK.ink)
        canvas.text((MARGIN + WIDTH, top + LINE / 2 + 4), facts_of(film), 15, DARK.soft, "r")
        pixels = barcode(film, "stacked" if view == "timeline" else view, columns, 2 * HIGH)
        canvas.picture(MARGIN, top + LINE, image_of(pixels, WIDTH, HIGH))
        pieces = [(WIDTH * share, hex) for hex, share in lightest_first(film.palette())]
        canvas.band(MARGIN, top + LINE + HIGH + 6, BAND, pieces)
        top += each
    if view == "timeline":
        _curves(pair, canvas, top + 8)
        top += curved
    for i, said in enumerate(pair.words()):
        canvas.text((MARGIN, top + 6 + 26 * i), shortened(said, 15, WIDTH), 15, DARK.soft if i else DARK.ink)


def _curves(pair: "Pair", canvas: Canvas, top: float) -> None:
    """Lightness, chroma and warmth of both over the share of their time; the second is dashed."""
    both = [curves(film) for film in (pair.a, pair.b)]
    for i, (name, _, (low, high)) in enumerate(both[0]):
        high = max(high, both[1][i][2][1])
        canvas.line([(MARGIN, top + CURVE), (MARGIN + WIDTH, top + CURVE)], DARK.rule)
        for film, its, color in zip((pair.a, pair.b), both, (DARK.ink, DARK.ink), strict=True):
            points = [
                (
                    MARGIN + WIDTH * float((time - film.start) / film.duration),
                    top + CURVE * (1 - (min(max(value, low), high) - low) / (high - low)),
                )
                for shot, value in zip(film.shots, its[i][1], strict=True)
                for time in (shot.start, shot.end)
            ]
            if film is pair.a:
                canvas.line(points, color, 1.5)
                continue
            for ends in zip(points[::2], points[1::2], strict=True):
                canvas.line(ends, color, 1.5, dashed=True)
        canvas.text((MARGIN, top - 8), f"{name}{'; dashed: the second film' * (i == 0)}", 12, DARK.soft)
        top += CURVE + GAP
