"""`pochade PICTURE...`: the palettes of pictures. The default command."""

from collections.abc import Iterable
from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Count, Named, Region, Setting, Wish


@commands.register("extract")
@click.command("extract", epilog="Exit status: 0; 1 where a picture failed; 2 for wrong usage.")
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE...", type=click.Path(allow_dash=True))
@click.option("-k", "--colors", "k", cls=Wish, type=Count(), help="How many colors, 1 to 256, or auto.")
@click.option("-m", "--method", cls=Wish, type=Named("method"), help="How to choose them; see `pochade methods`.")
@click.option("--space", cls=Wish, type=Named("space"), help="The color space to work in; see `pochade spaces`.")
@click.option("--seed", cls=Wish, type=click.IntRange(min=0), help="For methods that draw by chance.")
@click.option("--set", "settings", multiple=True, type=Setting(), help="An option of the method; may be repeated.")
@click.option("--region", cls=Wish, type=Region(), help="Count this box only: whole numbers are pixels, numbers "
              "with a decimal point fractions.")  # fmt: skip
@click.option("--mask", cls=Wish, type=click.Path(), help="Count what is white in this picture.")
@click.option("--frame", cls=Wish, type=click.IntRange(min=0), help="One frame of an animation or page of a document, "
              "from 0.")  # fmt: skip
@click.option("--truncated", cls=Wish, is_flag=True, default=None, help="Accept what there is of a file that ends early.")
@click.option("--max-pixels", cls=Wish, type=click.IntRange(min=1), help="Refuse pictures of more pixels.")
@click.option("--max-bytes", cls=Wish, type=click.IntRange(min=1), help="Refuse more bytes from a URL or a pipe.")
@click.option("--timeout", cls=Wish, type=click.FloatRange(min=0, min_open=True), help="Seconds for a URL.")
@click.option("-f", "--format", type=Named("format"), help="text, json (JSON Lines for several pictures), hex, csv, ... "
              "By default what the suffix of -o says, else text.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(), help="Write to this file, whole or not at all.")
@click.option("-r", "--recursive", is_flag=True, help="Look in the folders of folders too.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes for several pictures; one a processor by default.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
              help="Whether to draw in colors.")  # fmt: skip
def extract(
    pictures: tuple[str, ...],
    settings: tuple[tuple[str, str], ...],
    format: str | None,
    output: str | None,
    recursive: bool,
    jobs: int | None,
    color: Any,
    **wishes: Any,
) -> int:
    """Print the palette of each PICTURE: a file, a pattern, a folder, a URL, - for standard input, or clipboard:."""
    from pochade.cli.expand import expand
    from pochade.cli.sink import opened

    given = {name: value for name, value in wishes.items() if value is not None}
    given |= _settings(given, settings)
    sources = expand(pictures, recursive=recursive)
    with opened(output, format, color, many=len(sources) > 1) as sink:
        return _each(sources, given, jobs, sink.put)


def _each(sources: list[Any], wishes: dict[str, Any], jobs: int | None, put: Any) -> int:
    """Hand on the palettes in order, and say what failed; the exit status."""
    from pochade.batch import called, extract_many
    from pochade.cli.complain import about, complain
    from pochade.cli.progress import progress
    from pochade.errors import PochadeError

    readable = [source for source in sources if not isinstance(source, PochadeError)]
    results = iter(extract_many(readable, jobs=jobs, **wishes))
    failed = 0
    with progress(len(readable)) as bar:
        for source in sources:
            outcome = source if isinstance(source, PochadeError) else next(results).outcome
            with bar.paused():
                if isinstance(outcome, PochadeError):
                    failed += 1
                    complain(about(called(source), str(outcome)) if isinstance(source, str) else str(outcome))
                else:
                    put(outcome)
                    if outcome.shortfall:
                        complain(f"{called(source)}: {outcome.shortfall}")
            bar.step()
    return 1 if failed else 0


def _settings(given: dict[str, Any], settings: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The options of the method, parsed as its signature says."""
    if not settings:
        return {}
    import inspect

    from pochade.cluster import methods
    from pochade.errors import UnknownNameError
    from pochade.extract import extract

    name = given.get("method", inspect.signature(extract).parameters["method"].default)
    options = methods[name].options
    for option, _ in settings:
        if option not in options:
            raise UnknownNameError(f"option of {name}:", option, options)
    return {option: options[option].parse(text) for option, text in settings}
