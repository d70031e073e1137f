"""What `pochade compare` does, once its options are parsed."""

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click
import numpy as np

from pochade.batch.batch import Result, attempt, called, extract_many
from pochade.cli.complain import about, complain
from pochade.cli.expand import expand
from pochade.cli.given import holds_palette, loaded
from pochade.cli.progress import progress
from pochade.cli.terminal import Screen, When, screen_of
from pochade.errors import PochadeError
from pochade.files import check_free, written
from pochade.palette import Palette
from pochade.similarity import compare, distances, distances_to, order
from pochade.similarity.distance import Floats, checked

SUFFIXES = (".png", ".svg", ".jpg", ".jpeg", ".webp")


def compared(
    pictures: Iterable[str],
    wishes: dict[str, Any],
    *,
    like: str | None,
    difference: str,
    format: str,
    output: str | None,
    force: bool,
    recursive: bool,
    jobs: int | None,
    color: When,
) -> int:
    """Say how alike the pictures look, and what failed; the exit status."""
    checked(difference)
    if output is not None:
        _check_output(output, like, force)
    sources = expand(pictures, recursive=recursive)
    if like is not None:
        sources = [like, *(source for source in sources if isinstance(source, PochadeError) or not _same(source, like))]
    if len(sources) < 2:
        raise click.UsageError("one picture is like itself: give two or more, or a folder.")
    if output is not None:
        from pochade.draw.heat import check_number

        check_number(len(sources))
    if len(sources) > 2:
        gc.enable()
    palettes = _palettes(sources, wishes, jobs)
    found = [palette for palette in palettes if palette is not None]
    if len(found) > 1 and (like is None or palettes[0] is not None):
        if like is not None:
            shown = _ranked(found, difference, format, color)
        elif len(sources) == 2:
            shown = _two(found, difference, format)
        else:
            shown = _many(found, difference, format, color)
        _print(shown)
        if output is not None:
            _draw(found, difference, output)
    return 1 if len(found) < len(sources) else 0


def _check_output(output: str, like: str | None, force: bool) -> None:
    """Refuse, before anything is read, what cannot be drawn, or not there."""
    from pochade.cli.asked import check_suffix

    if like is not None:
        raise click.UsageError("--like ranks pictures, and -o draws the distance of every two: leave one out.")
    check_suffix(output, SUFFIXES)
    check_free(output, force=force)


def _same(one: str, other: str) -> bool:
    """Whether two paths lead to one file."""
    try:
        return os.path.samefile(one, other)
    except OSError:  # a URL, or nothing
        return one == other


def _palettes(sources: Sequence[str | PochadeError], wishes: dict[str, Any], jobs: int | None) -> list[Palette | None]:
    """The palette of each; None where it failed, which is said."""
    readable = [source for source in sources if isinstance(source, str) and not holds_palette(source)]
    if len(sources) == 2:  # they are looked at too, for which a palette must know its picture
        from pochade.cli.asked import remembering

        extract_many((), jobs=1, **wishes)  # which refuses what is wrong whatever the picture
        results = remembering(readable, wishes)
    else:
        results = extract_many(readable, jobs=jobs, **wishes)
    found: list[Palette | None] = []
    with progress(len(sources)) as bar:
        for source in sources:
            outcome = _outcome(source, results)
            if isinstance(outcome, PochadeError):
                with bar.aside():
                    complain(str(outcome) if source is outcome else about(called(source), str(outcome)))
                found.append(None)
            else:
                found.append(outcome)
            bar.step()
    return found


def _outcome(source: str | PochadeError, results: Iterator[Result]) -> Palette | PochadeError:
    """The palette that a file holds, or the next one of those that are extracted; or the error that says why not."""
    if not isinstance(source, str):
        return source
    if holds_palette(source):
        return attempt(source, lambda: loaded(source))
    return next(results).outcome


def _two(found: Sequence[Palette], difference: str, format: str) -> str:
    comparison = compare(*found, difference=difference)
    if format == "json":
        return json.dumps(comparison.to_dict(), ensure_ascii=False) + "\n"
    from pochade.cli.likeness import two

    return two(comparison)


def _ranked(found: Sequence[Palette], difference: str, format: str, color: When) -> str:
    first, *others = found
    far = distances_to(first, others, difference=difference)
    ranked = [(float(far[i]), others[i]) for i in np.argsort(far, kind="stable").tolist()]
    if format == "json":
        rows = [{"source": palette.source, "distance": distance} for distance, palette in ranked]
        return json.dumps({"like": first.source, "difference": difference, "pictures": rows}, ensure_ascii=False) + "\n"
    from pochade.cli.likeness import ranking

    return ranking(first, ranked, difference, _screen(color))


def _many(found: Sequence[Palette], difference: str, format: str, color: When) -> str:
    ordered, far = arranged(found, difference)
    if format == "json":
        names = [palette.source for palette in ordered]
        given = [palette.source for palette in found]
        table = {"difference": difference, "pictures": given, "order": names, "distances": far.tolist()}
        return json.dumps(table, ensure_ascii=False) + "\n"
    from pochade.cli.likeness import matrix

    return matrix(ordered, far, difference, _screen(color))


def arranged(found: Sequence[Palette], difference: str) -> tuple[list[Palette], Floats]:
    """The palettes so that neighbors look alike, and the distance of every two in that order."""
    far = distances(found, difference=difference)
    way = order(far)
    return [found[i] for i in way], far[np.ix_(way, way)]


def _draw(found: Sequence[Palette], difference: str, output: str) -> None:
    from pochade.cli.asked import write_picture

    if len(found) == 2:
        from pochade.draw import flow, flow_svg

        two = compare(*found, difference=difference)
        write_picture(output, lambda: flow(two), lambda: flow_svg(two))
        return
    from pochade.draw import likeness, likeness_svg

    write_picture(
        output, lambda: likeness(found, difference=difference), lambda: likeness_svg(found, difference=difference)
    )


def _screen(color: When) -> Screen:
    return screen_of(sys.stdout, color)


def _print(text: str) -> None:
    if sys.stdout is None:
        raise PochadeError("standard output: it is closed; name a file with --output.")
    with written("standard output"):
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
