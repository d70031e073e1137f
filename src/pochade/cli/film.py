"""The work of `pochade film`."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import check_outputs
from pochade.cli.errors import complain, complain_of, printable
from pochade.cli.extraction import parse_settings
from pochade.cli.folder import is_folder
from pochade.cli.output import deliver
from pochade.cli.terminal import Screen, is_terminal, screen_of
from pochade.errors import PochadeError

if TYPE_CHECKING:
    from pochade.films import Film

Progress = Callable[[Fraction, Fraction | None], None]


def run(
    films: Sequence[str],
    outputs: Sequence[str],
    drawing: dict[str, Any],
    settings: tuple[tuple[str, str], ...],
    color: Any,
    options: dict[str, Any],
) -> int:
    """Count each film once, and write all its files, and those of two side by side; the exit status."""
    from pochade.films import film as count
    from pochade.films.files import encode_all, kind_of

    for output in filter(is_folder, outputs):
        raise click.UsageError(f"{output}: a folder has no suffix: give the files in it, such as -o '{output}*.html'.")
    shared = [output for output in outputs if "*" not in output] if len(films) == 2 else []
    plans = [_named([output for output in outputs if output not in shared], one, len(films) > 1) for one in films]
    for path, uses in Counter(path for plan in plans for path in plan).items():
        if uses > 1 and path != "-":
            raise click.UsageError(f"{path}: it would be the file of {uses} films: give them different names.")
        kind_of(path)
        check_outputs([path])
    _check_shared(shared, drawing)
    given = options | parse_settings(settings, options.get("method"), None)[0]
    status, done = 0, list["Film"]()
    for source, paths in zip(films, plans, strict=True):
        try:
            with progress(source) as shown:
                film = count(source, progress=shown, **given)
            complain_of(film.notes, source)
            for path in paths:
                kind = kind_of(path)
                pages = encode_all(film, path, **_options_for(path, drawing))
                if len(pages) > 1:
                    check_outputs([page for page, _ in pages])
                    complain(f"the sheet has {len(pages)} pages: {pages[0][0]} to {pages[-1][0]}.")
                for page, content in pages:
                    deliver(content, kind.module, page)
            done.append(film)
            if not outputs:
                _print(film, screen_of(sys.stdout, color))
        except PochadeError as error:
            if len(films) == 1:
                raise
            complain(str(error))
            status = 1
        except KeyboardInterrupt:
            kept = "" if given.get("resume") is False or source == "-" else ": the same command goes on from here"
            complain(f"{source}: interrupted{kept}.")
            return 130
    if shared and len(done) == 2:
        _beside(done, shared, drawing)
    return status


def _check_shared(paths: Sequence[str], drawing: dict[str, Any]) -> None:
    """Refuse files that cannot hold two films, before any is counted."""
    from pochade.films.files import kind_of
    from pochade.films.files.pair import check

    for path in paths:
        if kind_of(path).module not in ("html", "picture"):
            raise click.UsageError(f"{path}: it holds one film: put a * in its name, and each film gets a file.")
        check(path, **_options_for(path, drawing))
        check_outputs([path])


def _beside(films: Sequence["Film"], paths: Sequence[str], drawing: dict[str, Any]) -> None:
    """Write two films side by side, and print their distance."""
    from pochade.films import pair
    from pochade.films.files import kind_of
    from pochade.films.files.pair import encode

    both = pair(*films)
    for path in paths:
        deliver(encode(both, path, **_options_for(path, drawing)), kind_of(path).module, path)
    click.echo(printable(both.words()[0]), err="-" in paths)


def _options_for(path: str, drawing: dict[str, Any]) -> dict[str, Any]:
    """The options that the kind of a file has."""
    from pochade.films.files import kind_of

    return {name: drawing[name] for name in drawing if name in kind_of(path).options}


def _named(outputs: Sequence[str], film: str, many: bool) -> list[str]:
    """The output files of a film."""
    if many and any("*" not in output for output in outputs):
        raise click.UsageError(
            "several films need a * in the name of each output file, such as -o '*.html'; two may share one without it."
        )
    stem = os.path.splitext(os.path.basename(film))[0] or "film"
    return [output.replace("*", stem) for output in outputs] if many else [*outputs]


def _print(film: "Film", screen: Screen) -> None:
    """A line for each shot: time code, length, and colors."""
    for shot in film.shots:
        code = shot.timecode
        if screen.depth != "none":
            red_green_blue = (";".join(map(str, color.srgb)) for color in shot.palette)
            blocks = "".join(f"\x1b[48;2;{codes}m  \x1b[0m" for codes in red_green_blue) + "  "
        else:
            blocks = ""
        click.echo(f"{shot.number:5d}  {code}  {float(shot.duration):7.2f} s  {blocks}{' '.join(shot.palette.hex)}")
    whole = film.palette()
    click.echo(f"  all               {float(film.duration):7.2f} s  {' '.join(whole.hex)}")


@contextmanager
def progress(name: str) -> Iterator[Progress | None]:
    """A line on the terminal with the share done and the time left; None without a terminal."""
    if not is_terminal(sys.stderr):
        yield None
        return
    began = time.monotonic()
    last = [0.0]

    def show(done: Fraction, whole: Fraction | None) -> None:
        now = time.monotonic()
        if now - last[0] < 0.25:
            return
        last[0] = now
        spent = now - began
        if whole:
            share = min(1.0, float(done / whole))
            left = spent * (1 - share) / share if share > 0.01 else 0.0
            text = f"{share:4.0%}, {int(left) // 60}:{int(left) % 60:02d} left".replace("%", " %")
        else:
            text = f"{float(done):.0f} s"
        sys.stderr.write(f"\r\x1b[K  {os.path.basename(name)[:40]}  {text}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
