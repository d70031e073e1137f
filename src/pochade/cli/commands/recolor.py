"""`pochade recolor PICTURE -o FILE`: give a picture other colors."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import OutputFile, command
from pochade.cli.commands import commands
from pochade.cli.options import option, output, reading, stated
from pochade.errors import OptionError

if TYPE_CHECKING:
    from pochade.recoloring import Recolored

CHANGE = "An old color of the picture and its new one, as '#8e1a24=#1a4c8e' or red=navy; repeatable."
LIKE = "Use the colors of this picture, or of this palette file."
HARMONIZE = "Move its hues into a template: i, V, L, I, T, Y or X; the nearest, if none is named."
TONE = "Change lightness with the edited colors only, or by one curve for all."
OUTPUT = ".png or .webp, with all frames, or .jpg; - is standard output, as PNG."
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
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@output(OUTPUT)
@option("--cube", group="Output", type=OutputFile(), metavar="FILE.cube", help=CUBE)
@option("--hald", group="Output", type=OutputFile(), metavar="FILE.png", help=HALD)
@option("-c", "--change", group="Colors", multiple=True, metavar="OLD=NEW", help=CHANGE)
@option("--like", group="Colors", type=click.Path(), metavar="OTHER", help=LIKE)
@option("--harmonize", group="Colors", is_flag=False, flag_value="auto", metavar="[TEMPLATE]", help=HARMONIZE)
@option("--tone", group="Colors", type=click.Choice(["local", "global"]), help=TONE)
@option("-k", "--colors", "k", group="Colors", type=click.IntRange(1, 256), help=COLORS)
@reading("scale", "region", "frame", "exposure", "truncated")
def recolor(
    picture: str,
    change: tuple[str, ...],
    like: str | None,
    output: str | None,
    cube: str | None,
    hald: str | None,
    **options: Any,
) -> int:
    """Edit the palette of PICTURE, and recolor the picture to match.

    Each pixel follows the edited colors near it, shades included; grays stay.
    """
    if output is None and cube is None and hald is None:
        raise click.UsageError("no output: give -o, --cube or --hald.")
    from pochade.cli.errors import complain, complain_of
    from pochade.cli.output import save_picture
    from pochade.files import whole_file
    from pochade.recoloring import recolor

    _check_outputs(output, cube, hald)
    edits = _edits(change) if change else None
    result = recolor(picture, edits, like=None if like is None else _picture_or_palette(like), **stated(options))
    save_picture(result, output)
    if cube is not None:
        result.save(cube)
    if hald is not None:
        content = result.lut.hald_png()
        with whole_file(hald) as file:
            file.write(content)
    complain_of(result.palette.notes, picture)
    complain(" ".join([result.reason, *_unmatched(result), *_left_out(result, output)]))
    return 0


def _check_outputs(output: str | None, cube: str | None, hald: str | None) -> None:
    """Refuse wrong suffixes, and one name for two files, before the picture is read."""
    from pochade.cli.drawing import PICTURES, check_suffix

    for path, allowed in ((None if output == "-" else output, PICTURES), (cube, (".cube",)), (hald, (".png",))):
        if path is not None:
            check_suffix(path, allowed)
    if output is not None and hald is not None and os.path.realpath(output) == os.path.realpath(hald):
        raise OptionError(f"{output}: -o and --hald name the same file: give two names.")


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


def _picture_or_palette(path: str) -> Any:
    from pochade.cli.palettes import is_palette_file, loaded

    return loaded(path) if is_palette_file(path) else path
