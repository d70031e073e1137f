"""`pochade recolor PICTURE... -o FILE`: give pictures other colors."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import OutputFile, command
from pochade.cli.commands import commands
from pochade.cli.drawing import PICTURES
from pochade.cli.options import option, output, pictures, reading, recursive, stated
from pochade.errors import OptionError
from pochade.files import write_whole

if TYPE_CHECKING:
    from pochade.palette import Palette
    from pochade.recoloring import Recolored

CHANGE = "An old color of the picture and its new one, as '#8e1a24=#1a4c8e' or red=navy; repeatable."
LIKE = "Use the colors of this picture, or of this palette file."
HARMONIZE = "Move its hues into a template: i, V, L, I, T, Y or X; the nearest, if none is named."
TONE = "Change lightness with the edited colors only, or by one curve for all."
OUTPUT = ".png or .webp, with all frames, or .jpg; FOLDER/, a file for each picture; - is standard output."
FORMAT = "png, webp or jpg, in a folder and on standard output; png by default."
COLORS = "How many colors the palette has; 5 by default."
CUBE = "Write the lookup table of colors, for video and photo editors."
HALD = "Write it as a Hald picture, a .png for ImageMagick, ffmpeg, RawTherapee and darktable."


@commands.register("recolor")
@command(
    "recolor",
    group="picture",
    example="pochade recolor harbor.jpg --change '#8e1a24=#1a4c8e' -o blue.png",
    short_help="Give a picture other colors.",
    epilog="Exit status: 0; 1 if a picture failed; 2 for wrong usage.",
)
@pictures()
@output(OUTPUT, folders=True)
@option("-f", "--format", group="Output", type=click.Choice([suffix[1:] for suffix in PICTURES]), help=FORMAT)
@option("--cube", group="Output", type=OutputFile(folders=True), metavar="FILE.cube", help=CUBE)
@option("--hald", group="Output", type=OutputFile(folders=True), metavar="FILE.png", help=HALD)
@option("-c", "--change", group="Colors", multiple=True, metavar="OLD=NEW", help=CHANGE)
@option("--like", group="Colors", type=click.Path(), metavar="OTHER", help=LIKE)
@option("--harmonize", group="Colors", is_flag=False, flag_value="auto", metavar="[TEMPLATE]", help=HARMONIZE)
@option("--tone", group="Colors", type=click.Choice(["local", "global"]), help=TONE)
@option("-k", "--colors", "k", group="Colors", type=click.IntRange(1, 256), help=COLORS)
@reading("scale", "region", "frame", "exposure", "truncated")
@recursive()
def recolor(
    pictures: tuple[str, ...],
    recursive: bool,
    format: str | None,
    change: tuple[str, ...],
    like: str | None,
    output: str | None,
    cube: str | None,
    hald: str | None,
    **options: Any,
) -> int:
    """Edit the palette of each PICTURE, and recolor the picture to match.

    Each pixel follows the edited colors near it, shades included; grays stay.
    """
    if output is None and cube is None and hald is None:
        raise click.UsageError("no output: give -o, --cube or --hald.")
    from pochade.cli.each import Report, write_each
    from pochade.cli.output import deliver
    from pochade.cli.sources import expand
    from pochade.recoloring import recolor

    outputs = _outputs(output, format, cube, hald)
    suffix = outputs["-o"][1]
    options = stated(options) | {"like": None if like is None else _other(like, options["k"])}
    edits = _edits(change) if change else None

    def work(source: str, *files: str | None) -> Report:
        result = recolor(source, edits, **options)
        picture_file, cube_file, hald_file = files
        if picture_file is not None:
            deliver(result.encode(suffix, name=picture_file), suffix[1:], picture_file)
        if cube_file is not None:
            result.save(cube_file)
        if hald_file is not None:
            write_whole(hald_file, result.lut.hald_png())
        said = [result.reason, *_unmatched(result), *_left_out(result, picture_file)]
        return Report(result.palette.notes, " ".join(said))

    return write_each(expand(pictures, recursive=recursive), work, outputs)


def _outputs(
    output: str | None, format: str | None, cube: str | None, hald: str | None
) -> dict[str, tuple[str | None, str]]:
    """Each output with its suffix; wrong suffixes are refused, and one name for two files."""
    from pochade.cli.drawing import check_suffix, suffix_for
    from pochade.cli.folder import is_folder

    for path, suffix in ((cube, ".cube"), (hald, ".png")):
        if path is not None and not is_folder(path):
            check_suffix(path, (suffix,))
    return {
        "-o": (output, suffix_for(output, format, PICTURES)),
        "--cube": (cube, ".cube"),
        "--hald": (hald, ".hald.png"),
    }


def _unmatched(result: "Recolored") -> list[str]:
    """A sentence that names the changed colors that are near no pixel."""
    absent = [color.hex for color in result.palette if color.hex in result.changes and not color.weight]
    if not absent:
        return []
    return [f"The picture has nothing like {' or '.join(absent)}: give colors that `pochade PICTURE` finds in it."]


def _left_out(result: "Recolored", output: str | None) -> list[str]:
    """A sentence about frames that the file cannot hold."""
    from pochade.files import suffix_of
    from pochade.recoloring.recolor import frames_left_out

    said = "" if output in (None, "-") else frames_left_out(result.frames, suffix_of(str(output)))
    return [said] if said else []


def _edits(change: Sequence[str]) -> dict[str, str]:
    """Old colors and their new ones; OptionError if an old color is repeated."""
    from pochade.color.parse import parse_color
    from pochade.color.srgb import to_hex

    edits: dict[str, str] = {}
    codes: set[str] = set()
    for old, new in map(_edit, change):
        code = to_hex(parse_color(old))
        if code in codes:
            raise OptionError(f"change has {old} twice: give each old color once.")
        codes.add(code)
        edits[old] = new
    return edits


def _edit(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (equals and old.strip() and new.strip()):
        raise OptionError(f"change {text!r} is not allowed: give old=new, as in '#8e1a24=#1a4c8e'.")
    return old.strip(), new.strip()


def _other(text: str, k: int | None) -> "Palette":
    """The palette of a palette file, of another picture, or of a list of colors; it is the same for every picture."""
    from pochade.cli.palettes import is_palette_file, loaded
    from pochade.recoloring.recolor import COLORS, other_palette

    return loaded(text) if is_palette_file(text) else other_palette(text, COLORS if k is None else k)
