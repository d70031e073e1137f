"""Compare pictures, print the result and draw it: the work of `pochade compare`."""

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click
import numpy as np

from pochade.batch.batch import Result, attempt, called, extract_many
from pochade.cli.errors import about, complain, complain_of
from pochade.cli.palettes import is_palette_file, load_palette
from pochade.cli.progress import progress
from pochade.cli.sources import expand
from pochade.cli.terminal import Screen, When, screen_of
from pochade.errors import PochadeError
from pochade.files import written
from pochade.palette import Palette
from pochade.similarity import compare, distances, distances_to, order
from pochade.similarity.distance import Floats, check_difference

SUFFIXES = (".png", ".svg", ".jpg", ".jpeg", ".webp")


def compare_pictures(
    pictures: Iterable[str],
    options: dict[str, Any],
    *,
    like: str | None,
    difference: str,
    format: str,
    output: str | None,
    recursive: bool,
    jobs: int | None,
    color: When,
) -> int:
    """Print how similar the pictures look, and which failed; return the exit status."""
    check_difference(difference)
    if output is not None:
        _check_output(output, like)
    sources = expand(pictures, recursive=recursive)
    if like is not None:
        sources = [like, *(source for source in sources if isinstance(source, PochadeError) or not _same(source, like))]
    if len(sources) < 2:
        raise click.UsageError("nothing to compare with: give two or more pictures, or a folder.")
    if output is not None:
        from pochade.draw.heat import check_number

        check_number(len(sources))
    if len(sources) > 2:
        gc.enable()
    palettes = _palettes(sources, options, jobs)
    good = [palette for palette in palettes if palette is not None]
    if len(good) > 1 and (like is None or palettes[0] is not None):
        if like is not None:
            text = _ranked(good, difference, format, color)
        elif len(sources) == 2:
            text = _two(good, difference, format)
        else:
            text = _many(good, difference, format, color)
        print_text(text)
        if output is not None:
            _draw(good, difference, output)
    return 1 if len(good) < len(sources) else 0


def _check_output(output: str, like: str | None) -> None:
    """Refuse, before a picture is read, a drawing that cannot be made."""
    from pochade.cli.drawing import check_suffix

    if like is not None:
        raise click.UsageError("--like ranks pictures, and -o draws the distance of every pair: leave one out.")
    check_suffix(output, SUFFIXES)


def _same(one: str, other: str) -> bool:
    """Whether two paths are the same file."""
    try:
        return os.path.samefile(one, other)
    except OSError:  # a URL, or no file
        return one == other


def _palettes(sources: Sequence[str | PochadeError], options: dict[str, Any], jobs: int | None) -> list[Palette | None]:
    """The palette of each source; None, and a message, if it failed."""
    readable = [source for source in sources if isinstance(source, str) and not is_palette_file(source)]
    if len(sources) == 2:  # their pictures are compared too, so each palette must know its picture
        from pochade.cli.views import extract_with_origin

        extract_many((), jobs=1, **options)  # refuses wrong options once, without a picture
        results = extract_with_origin(readable, options)
    else:
        results = extract_many(readable, jobs=jobs, **options)
    palettes: list[Palette | None] = []
    with progress(len(sources)) as bar:
        for source in sources:
            outcome = _outcome(source, results)
            if isinstance(outcome, PochadeError):
                with bar.aside():
                    complain(str(outcome) if source is outcome else about(called(source), str(outcome)))
                palettes.append(None)
            else:
                with bar.aside():
                    complain_of(outcome.notes, called(source))
                palettes.append(outcome)
            bar.step()
    return palettes


def _outcome(source: str | PochadeError, results: Iterator[Result]) -> Palette | PochadeError:
    """The palette of a palette file, or the next extracted palette; or the error."""
    if not isinstance(source, str):
        return source
    if is_palette_file(source):
        return attempt(source, lambda: load_palette(source))
    return next(results).outcome


def _two(palettes: Sequence[Palette], difference: str, format: str) -> str:
    comparison = compare(*palettes, difference=difference)
    if format == "json":
        return json.dumps(comparison.to_dict(), ensure_ascii=False) + "\n"
    from pochade.cli.text.compare import pair

    return pair(comparison)


def _ranked(palettes: Sequence[Palette], difference: str, format: str, color: When) -> str:
    first, *others = palettes
    far = distances_to(first, others, difference=difference)
    ranked = [(float(far[i]), others[i]) for i in np.argsort(far, kind="stable").tolist()]
    if format == "json":
        rows = [{"source": palette.source, "distance": distance} for distance, palette in ranked]
        return json.dumps({"like": first.source, "difference": difference, "pictures": rows}, ensure_ascii=False) + "\n"
    from pochade.cli.text.compare import ranking

    return ranking(first, ranked, difference, _screen(color))


def _many(palettes: Sequence[Palette], difference: str, format: str, color: When) -> str:
    ordered, far = arranged(palettes, difference)
    if format == "json":
        names = [palette.source for palette in ordered]
        sources = [palette.source for palette in palettes]
        table = {"difference": difference, "pictures": sources, "order": names, "distances": far.tolist()}
        return json.dumps(table, ensure_ascii=False) + "\n"
    from pochade.cli.text.compare import matrix

    return matrix(ordered, far, difference, _screen(color))


def arranged(palettes: Sequence[Palette], difference: str) -> tuple[list[Palette], Floats]:
    """The palettes in an order in which neighbors look similar, and their distances in that order."""
    far = distances(palettes, difference=difference)
    way = order(far)
    return [palettes[i] for i in way], far[np.ix_(way, way)]


def _draw(palettes: Sequence[Palette], difference: str, output: str) -> None:
    from pochade.cli.drawing import write_picture

    if len(palettes) == 2:
        from pochade.draw import flow, flow_svg

        two = compare(*palettes, difference=difference)
        write_picture(output, lambda: flow(two), lambda: flow_svg(two))
        return
    from pochade.draw import likeness, likeness_svg

    write_picture(
        output, lambda: likeness(palettes, difference=difference), lambda: likeness_svg(palettes, difference=difference)
    )


def _screen(color: When) -> Screen:
    return screen_of(sys.stdout, color)


def print_text(text: str) -> None:
    """Print text to standard output; characters that it cannot show are escaped."""
    if sys.stdout is None:
        raise PochadeError("standard output: it is closed; name a file with --output.")
    with written("standard output"):
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
