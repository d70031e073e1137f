"""`pochade suggest`: propose palettes that contain given colors, or go with a picture."""

from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import check_outputs, command
from pochade.cli.commands import commands
from pochade.cli.options import AT_LEAST_0, coloring, option, output, stated
from pochade.cli.parameters import Listed, Named, Parsed, Setting

if TYPE_CHECKING:
    from pochade.cli.terminal import Screen
    from pochade.palette import Palette

DEFAULT = "example"

RANGE = Parsed("least,most", tuple[float, float])

COUNT = "How many colors, 1 to 10.  [default: 5]"
PROPOSALS = "How many palettes, 1 to 100.  [default: 5]"
KEEP = "Colors that every palette contains, the first ones: CSS names, '#8e1a24', a palette file."
WITH = "Keep the most prominent colors of this picture, half of the palette."
METHOD = "example: palettes by people, moved; masked: a network; wheel: rules of hue; frequent.  [default: example]"
SEED = "Another number gives other palettes.  [default: 0]"
APART = "The least CIEDE2000 between two colors.  [default: 10]"
AVOID = "Colors that must not be in a palette, nor similar ones."
LIGHTNESS = "Of Oklch, 0 to 1, as in 0.4,0.8; kept colors may be outside."
CHROMA = "Of Oklch, 0 to 0.33."
HUE = "Of Oklch, degrees; 330,30 is around red."
CONTRAST = "The least contrast (WCAG 2.2) with the color of --on; AA asks 4.5 for text."
OUTPUT = "Write to FILE in the format of its suffix, or a file per palette to FOLDER/."
JSON = "Print what the HTTP API answers: the palettes, and for each what it follows."


SET = "An option of the method, such as collection=MetBrewer; repeatable."
LIST = "List the methods with their options, and the collections of palettes."
SETTING = Setting(methods=False, lists="`pochade suggest --list`")


def _list(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the methods and the collections, and end."""
    if not value or ctx.resilient_parsing:
        return
    from pochade.cli.text.listing import show
    from pochade.suggestion.known import collections
    from pochade.suggestion.methods import methods

    rows = [
        (entry.name, entry.summary, [(f"--set {one.name}=", one.allowed) for one in entry.options.values()])
        for entry in methods.entries
    ]
    show(rows)
    click.echo()
    show(
        [
            (one.name, f"{len(one.codes)} palettes by {one.author} ({one.license}), {one.title}: {one.source}", [])
            for one in collections().values()
        ]
    )
    ctx.exit()


@commands.register("suggest")
@command(
    "suggest",
    group="palette",
    example="pochade suggest --keep '#8e1a24' --seed 3",
    short_help="Propose palettes for colors, or from nothing.",
    epilog="Exit status: 0; 1 if the picture failed; 2 for wrong usage.",
)
@option("-k", "--colors", "k", group="Palettes", type=int, metavar="NUMBER", help=COUNT)
@option("-n", "--palettes", "n", group="Palettes", type=int, metavar="NUMBER", help=PROPOSALS)
@option("--keep", group="Palettes", multiple=True, type=Listed("color,..."), help=KEEP)
@option("--with", "picture", group="Palettes", type=click.Path(allow_dash=True), metavar="PICTURE", help=WITH)
@option("-m", "--method", group="Palettes", type=Named("method of suggestion"), metavar="METHOD", help=METHOD)
@option("--seed", group="Palettes", type=AT_LEAST_0, help=SEED)
@option("--set", "settings", group="Palettes", multiple=True, type=SETTING, help=SET)
@option("--list", group="Palettes", is_flag=True, is_eager=True, expose_value=False, callback=_list, help=LIST)
@option("--apart", group="Limits", type=float, help=APART)
@option("--avoid", group="Limits", multiple=True, type=Listed("color,..."), help=AVOID)
@option("--lightness", group="Limits", type=RANGE, help=LIGHTNESS)
@option("--chroma", group="Limits", type=RANGE, help=CHROMA)
@option("--hue", group="Limits", type=RANGE, help=HUE)
@option("--on", group="Limits", metavar="COLOR", help="The color of --contrast, such as white.")
@option("--contrast", group="Limits", type=float, help=CONTRAST)
@output(OUTPUT, folders=True)
@option(
    "-f", "--format", group="Output", type=Named("format"), help="text, json, css, ...; the suffix of -o by default."
)
@option("--json", "as_json", group="Output", is_flag=True, help=JSON)
@coloring()
def suggest(
    keep: tuple[str, ...],
    picture: str | None,
    avoid: tuple[str, ...],
    method: str | None,
    settings: tuple[tuple[str, str], ...],
    output: str | None,
    format: str | None,
    as_json: bool,
    color: Any,
    **options: Any,
) -> None:
    """Propose palettes that contain the colors to keep, unchanged; without any, palettes from nothing.

    By default a proposal follows a palette by a person, and names it.
    """
    from pochade.cli.errors import complain
    from pochade.cli.folder import folder_files, is_folder
    from pochade.cli.output import deliver, opened, suffix_of_format
    from pochade.cli.text.proposals import draw
    from pochade.suggestion import complete
    from pochade.suggestion.methods import methods

    if keep and picture:
        raise click.UsageError("--keep and --with both say which colors to keep: give one of them.")
    if as_json and format is not None:
        raise click.UsageError("--json and --format both name the form of the output: give one of them.")
    if as_json and output and is_folder(output):
        raise click.UsageError(f"{output}: --json writes one file: name it, without a slash at the end.")
    entry = methods.entry(method or DEFAULT)
    given = stated(options) | entry.parse(settings)
    if avoid:
        given["avoid"] = ",".join(avoid)
    proposals = complete(_kept(keep, picture), method=entry.name, **given)
    if proposals.shortfall:
        complain(proposals.shortfall)
    if as_json:
        deliver(f"{proposals.to_json()}\n".encode(), "json", output or "-")
        return
    if output and is_folder(output):
        sources = [str(one.palette.source) for one in proposals]
        check_outputs(folder_files(output, sources, suffix_of_format(format, output)))
    of = {id(one.palette): one for one in proposals}

    def text(palette: "Palette", screen: "Screen", *, titled: bool) -> str:
        return draw(of[id(palette)], screen)

    with opened(output, format, color, many=len(proposals) > 1, text=text) as writer:
        for one in proposals:
            writer.put(one.palette)


def _kept(keep: tuple[str, ...], picture: str | None) -> Any:
    """The colors to keep, from texts and palette files; or the picture."""
    if picture is not None:
        from pochade.source import read

        return read(picture)
    from pochade.cli.palettes import is_palette_file, loaded
    from pochade.palette.written import read_every_color

    colors: list[Any] = []
    for text in keep:
        colors += loaded(text) if is_palette_file(text) else read_every_color("keep", text).tolist()
    return colors
