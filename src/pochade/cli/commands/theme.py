"""`pochade theme PICTURE...`: make themes of terminals, editors and interfaces in the colors of pictures."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import finding, option, output, pictures, recursive, stated
from pochade.cli.parameters import Named
from pochade.errors import OptionError, PochadeError, UnknownNameError
from pochade.files import suffix_of

if TYPE_CHECKING:
    from pochade.palette import Palette

FOR = "The program, such as kitty or vscode; an unknown name lists all."
TEMPLATE = "Fill this Jinja template instead; `{{ background }}`, `{{ color4 }}`, ..."
OUTPUT = "Write to this file; to FOLDER/, a file for each picture."
APPLY = "Replace the lines of this file between `pochade: begin` and `pochade: end`."


@commands.register("theme")
@command(
    "theme",
    group="palette",
    example="pochade theme harbor.jpg --for kitty -o harbor.conf",
    short_help="Make a theme of a terminal, an editor or an interface.",
    epilog="Exit status: 0; 1 if the picture failed; 2 for wrong usage.",
)
@pictures()
@option("--for", "program", group="Theme", type=Named("theme"), help=FOR)
@option("--template", group="Theme", type=click.Path(exists=True, dir_okay=False), help=TEMPLATE)
@option("--dark/--light", group="Theme", default=True, show_default=True, help="Use a dark or a light background.")
@finding("k", "method", "mood", k={"default": "16", "show_default": True})
@recursive()
@output(OUTPUT, folders=True)
@option("--apply-to", group="Output", type=click.Path(exists=True, dir_okay=False), help=APPLY)
def theme(
    pictures: tuple[str, ...],
    recursive: bool,
    program: str | None,
    template: str | None,
    dark: bool,
    output: str | None,
    apply_to: str | None,
    **options: Any,
) -> int:
    """Print a theme in the colors of each PICTURE. All text in it has a contrast of at least 4.5."""
    if (program is None) == (template is None):
        raise click.UsageError("give --for PROGRAM or --template FILE, one of them.")
    if output and apply_to:
        raise click.UsageError("-o and --apply-to both name the file to write: give one of them.")
    from pochade.cli.each import Report, write_each
    from pochade.cli.sources import expand
    from pochade.cli.views import extracted
    from pochade.extraction.extract import check_keywords

    suffix, themed = _from_template(template, dark=dark) if template else _for_program(str(program), dark=dark)
    given = stated(options)
    check_keywords(given)

    def work(source: str, file: str | None, target: str | None) -> Report:
        palette = extracted(source, given)
        _write(themed(palette), file, target, program or str(template))
        return Report(palette.notes)

    sources = expand(pictures, recursive=recursive)
    if apply_to and len(sources) > 1:
        raise click.UsageError("--apply-to writes one theme into a file, and several pictures are given: give one.")
    outputs = {"-o": ("-" if output is None and not apply_to else output, suffix), "--apply-to": (apply_to, "")}
    return write_each(sources, work, outputs)


Themed = Callable[["Palette"], bytes]
"""A function from a palette to a theme."""


def _from_template(template: str, *, dark: bool) -> tuple[str, Themed]:
    """The suffix of a template, and the function that fills it."""
    from pochade.theme.template import rendered

    text = _text(template)

    def filled(palette: "Palette") -> bytes:
        try:
            return rendered(palette, text, dark=dark).encode()
        except OptionError as error:
            raise OptionError(f"{template}: {error}") from None

    return suffix_of(template), filled


def _for_program(program: str, *, dark: bool) -> tuple[str, Themed]:
    """The suffix of the themes of a program, and the function that makes them."""
    from pochade.export import exporters

    known = [entry.name for entry in exporters.entries if entry.about.theme]
    if program not in known:
        raise UnknownNameError("program", program, known)
    entry = exporters.entry(program)
    variant = {"dark": dark} if "dark" in entry.options else {}
    return entry.about.suffix, lambda palette: entry.value(palette, **variant)


def _write(content: bytes, output: str | None, apply_to: str | None, kind: str) -> None:
    """Write a theme to a file, into a file, or to standard output."""
    from pochade.cli.output import deliver

    if apply_to is not None:
        from pochade.theme.template import insert

        try:
            content = insert(_text(apply_to), content.decode()).encode()
        except OptionError as error:
            raise OptionError(f"{apply_to}: {error}") from None
    deliver(content, kind, output or str(apply_to))


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise OptionError(f"{path}: byte {error.start} is not UTF-8: a text file is needed.") from None
    except OSError as error:
        raise PochadeError(f"{path}: cannot be read: {error.strerror or error}.") from None
