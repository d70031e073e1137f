"""What `pochade recolor` writes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pochade.cli.asked import PICTURES
from pochade.cli.complain import complain
from pochade.cli.given import holds_palette
from pochade.cli.made import check_file, differ, save
from pochade.color.parse import parse_color
from pochade.color.srgb import to_hex
from pochade.errors import OptionError
from pochade.files import whole_file

if TYPE_CHECKING:
    from pochade.recoloring import Recolored

Outputs = tuple[str | None, str | None, str | None]
"""The picture, the .cube file, and the Hald picture."""


def write(
    picture: str, change: tuple[str, ...], like: str | None, outputs: Outputs, *, force: bool, **rest: Any
) -> None:
    """Recolor a picture and write what is wanted of it; all names are judged before it is read."""
    from pochade.recoloring import recolor

    output, cube, hald = outputs
    for path, allowed in ((None if output == "-" else output, PICTURES), (cube, (".cube",)), (hald, (".png",))):
        check_file(path, allowed, force=force)
    if output is not None and hald is not None:
        differ(output, hald)
    edits = _edits(change) if change else None
    made = recolor(picture, edits, like=None if like is None else _other(like), **rest)
    save(made, output)
    if cube is not None:
        made.save(cube)
    if hald is not None:
        content = made.lut.hald_png()
        with whole_file(hald) as file:
            file.write(content)
    complain(" ".join([made.reason, *_missed(made)]))


def _missed(made: "Recolored") -> list[str]:
    """What to say of colors that were changed and that no pixel of the picture is near to."""
    gone = [one.hex for one in made.palette if one.hex in made.changes and not one.weight]
    if not gone:
        return []
    return [f"The picture has nothing like {' or '.join(gone)}: give colors that `pochade PICTURE` finds in it."]


def _edits(change: Sequence[str]) -> dict[str, str]:
    """Old colors to new ones; OptionError where an old one is there twice."""
    edits: dict[str, str] = {}
    seen: set[str] = set()
    for old, new in map(_edit, change):
        code = to_hex(parse_color(old))
        if code in seen:
            raise OptionError(f"change has {old} twice: give each old color once.")
        seen.add(code)
        edits[old] = new
    return edits


def _edit(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (equals and old.strip() and new.strip()):
        raise OptionError(f"change {text!r} is not allowed: give old=new, as in '#8e1a24=#1a4c8e'.")
    return old.strip(), new.strip()


def _other(like: str) -> Any:
    """A palette where the file is one, else what is a picture."""
    from pochade.export import load

    return load(like) if holds_palette(like) else like
