"""`pochade theme PICTURE`: a theme of a terminal, an editor or an interface, in the picture's colors."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Count, Named, Wish

FOR = "The program, such as kitty or vscode; an unknown one is answered with those there are."
TEMPLATE = "Fill this Jinja template instead; `{{ background }}`, `{{ color4 }}`, ..."
APPLY = "Put it into this file, between a line with `pochade: begin` and one with `pochade: end`."
COLORS = "How many colors to make it of; 16 by default."


@commands.register("theme")
@click.command("theme", epilog="Exit status: 0; 1 where the picture failed; 2 for wrong usage.")
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@click.option("--for", "program", type=Named("theme"), help=FOR)
@click.option("--template", type=click.Path(exists=True, dir_okay=False), help=TEMPLATE)
@click.option("--dark/--light", default=True, show_default=True, help="On a dark or a light background.")
@click.option("-k", "--colors", "k", type=Count(), default="16", help=COLORS)
@click.option("-m", "--method", cls=Wish, type=Named("method"), help="How to choose them; `pochade methods`.")
@click.option("--mood", cls=Wish, type=Named("mood"), help="colorful, muted, light, dark, bright or deep.")
@click.option("-o", "--output", type=click.Path(), help="Write to this file, whole or not at all.")
@click.option("--apply-to", type=click.Path(exists=True, dir_okay=False), help=APPLY)
def theme(
    picture: str,
    program: str | None,
    template: str | None,
    dark: bool,
    k: Any,
    output: str | None,
    apply_to: str | None,
    **wishes: Any,
) -> int:
    """Print a theme in the colors of PICTURE; all text in it reaches a contrast of 4.5."""
    if (program is None) == (template is None):
        raise click.UsageError("give --for PROGRAM or --template FILE, one of them.")
    if output and apply_to:
        raise click.UsageError("-o and --apply-to both say where it goes: give one of them.")
    from pochade.cli.themed import put, themed

    given = {name: value for name, value in wishes.items() if value is not None}
    put(themed(picture, program, template, dark=dark, k=k, **given), output, apply_to)
    return 0
