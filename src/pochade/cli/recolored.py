"""What `pochade recolor` writes."""

import os
from typing import Any

from pochade.cli.asked import PICTURES, check_suffix
from pochade.cli.complain import complain
from pochade.errors import OptionError
from pochade.export.whole import check_free, whole_file

Outputs = tuple[str | None, str | None, str | None]
"""The picture, the .cube file, and the Hald picture."""


def write(
    picture: str, change: tuple[str, ...], like: str | None, outputs: Outputs, *, force: bool, **rest: Any
) -> None:
    """Recolor a picture and write what is wanted of it; all names are judged before it is read."""
    from pochade.recoloring import recolor

    output, cube, hald = outputs
    for path, allowed in ((output, [*PICTURES]), (cube, [".cube"]), (hald, [".png"])):
        if path is not None:
            check_suffix(path, allowed)
            check_free(path, force=force)
    edits = dict(map(_edit, change)) if change else None
    made = recolor(picture, edits, like=None if like is None else _other(like), **rest)
    if output is not None:
        made.save(output)
    if cube is not None:
        made.save(cube)
    if hald is not None:
        content = made.lut.hald_png()
        with whole_file(hald) as file:
            file.write(content)
    complain(made.reason)


def _edit(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (equals and old.strip() and new.strip()):
        raise OptionError(f"change {text!r} is not allowed: give old=new, as in '#8e1a24=#1a4c8e'.")
    return old.strip(), new.strip()


def _other(like: str) -> Any:
    """A palette where the file is one, else what is a picture."""
    from pochade.export import exporters, load

    suffix = os.path.splitext(like)[1].lower()
    kinds = {entry.about.get("suffix") for entry in exporters if entry.about.get("read")}
    if suffix not in PICTURES and suffix in kinds:
        return load(like)
    return like
