"""`pochade theme PICTURE`: make a theme of a terminal, an editor or an interface in the colors of a picture."""

import sys
from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import finding, option, output, stated
from pochade.cli.parameters import Named
from pochade.errors import OptionError, PochadeError, UnknownNameError
from pochade.files import whole_file

if TYPE_CHECKING:
    from pochade.palette import Palette

FOR = "The program, such as kitty or vscode; an unknown name lists all."
TEMPLATE = "Fill this Jinja template instead; `{{ background }}`, `{{ color4 }}`, ..."
APPLY = "Replace the lines of this file between `pochade: begin` and `pochade: end`."


@commands.register("theme")
@command(
    "theme",
    group="palette",
    example="pochade theme harbor.jpg --for kitty -o harbor.conf",
    short_help="Make a theme of a terminal, an editor or an interface.",
    epilog="Exit status: 0; 1 if the picture failed; 2 for wrong usage.",
)
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@option("--for", "program", group="Theme", type=Named("theme"), help=FOR)
@option("--template", group="Theme", type=click.Path(exists=True, dir_okay=False), help=TEMPLATE)
@option("--dark/--light", group="Theme", default=True, show_default=True, help="Use a dark or a light background.")
@finding("k", "method", "mood", k={"default": "16", "show_default": True})
@output("Write to this file.", folders=True)
@option("--apply-to", group="Output", type=click.Path(exists=True, dir_okay=False), help=APPLY)
def theme(
    picture: str,
    program: str | None,
    template: str | None,
    dark: bool,
    output: str | None,
    apply_to: str | None,
    **options: Any,
) -> int:
    """Print a theme in the colors of PICTURE. All text in it has a contrast of at least 4.5."""
    if (program is None) == (template is None):
        raise click.UsageError("give --for PROGRAM or --template FILE, one of them.")
    if output and apply_to:
        raise click.UsageError("-o and --apply-to both name the file to write: give one of them.")
    _write(_theme(picture, program, template, dark=dark, options=stated(options)), output, apply_to)
    return 0


def _theme(picture: str, program: str | None, template: str | None, *, dark: bool, options: dict[str, Any]) -> bytes:
    """The theme for a program or from a template. Both are checked before the picture is read."""
    from pochade.cli.errors import complain_of
    from pochade.export import exporters
    from pochade.extraction.extract import extract

    def palette_of_picture() -> "Palette":
        palette = extract(picture, **options)
        complain_of(palette.notes, picture)
        return palette

    if template is not None:
        from pochade.theme.template import rendered

        text = _text(template)
        try:
            return rendered(palette_of_picture(), text, dark=dark).encode()
        except OptionError as error:
            raise OptionError(f"{template}: {error}") from None
    known = [entry.name for entry in exporters.entries if entry.about.theme]
    if program not in known:
        raise UnknownNameError("program", program, known)
    entry = exporters.entry(str(program))
    variant = {"dark": dark} if "dark" in entry.options else {}
    content: bytes = entry.value(palette_of_picture(), **variant)
    return content


def _write(content: bytes, output: str | None, apply_to: str | None) -> None:
    """Write a theme to a file, into a file, or to standard output."""
    if apply_to is not None:
        from pochade.theme.template import insert

        try:
            content = insert(_text(apply_to), content.decode()).encode()
        except OptionError as error:
            raise OptionError(f"{apply_to}: {error}") from None
        output = apply_to
    if output in (None, "-"):
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    with whole_file(str(output)) as file:
        file.write(content)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise OptionError(f"{path}: byte {error.start} is not UTF-8: a text file is needed.") from None
    except OSError as error:
        raise PochadeError(f"{path}: cannot be read: {error.strerror or error}.") from None
