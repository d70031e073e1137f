"""Pictures in other colors, and the tables that make them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pochade.accessibility.picture import whole
from pochade.extraction.check import READING
from pochade.files import PICTURES, encode_picture
from pochade.palette import Palette
from pochade.recoloring import Recolored, recolor
from pochade.recoloring.lut import SIZE
from pochade.recoloring.recolor import COLORS
from pochade.source import read
from pochade.web.held import Held
from pochade.web.work.clock import Clock
from pochade.web.worker import Done

Triple = tuple[int, int, int]

MEDIA_TYPES = {
    **{name: PICTURES[f".{name}"].media_type for name in ("png", "jpg", "webp")},
    "cube": "text/plain",
    "hald": "image/png",
    "lut": "application/octet-stream",
    "json": "application/json",
}
"""What is answered, by format."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done to the palette: one of the three.

    change : old codes to new ones. like : the digest of a held picture, or colors. harmonize : a template.
    """

    change: Mapping[Triple, Triple] | None = None
    like: str | Sequence[Triple] | None = None
    harmonize: str | None = None


def recolored(
    held: Held, digest: str, wishes: Mapping[str, Any], colors: Sequence[Triple] | None, edit: Edit, format: str
) -> Done:
    """The picture, a table for programs, or what became of the palette.

    colors : the palette as it stands, or None.
    """
    clock = Clock()
    made = _made(held, digest, held.wishes(wishes), colors, edit)
    clock.lap("open")
    if format == "json":
        return Done(json.dumps(_told(made)).encode(), MEDIA_TYPES[format], clock.laps)
    table = made.lut
    clock.lap("make")
    name, headers = f"picture.{format}", {}
    if format == "lut":
        content, headers = table.moves.astype("<i2").tobytes(), {"Pochade-Lut-Size": str(SIZE)}
        name = "table.lut"
    elif format == "cube":
        content, name = table.cube().encode(), "table.cube"
    elif format == "hald":
        content, name = table.hald_png(), "table.png"
    else:
        reading = {name: value for name, value in wishes.items() if name in READING}
        source = whole(read(held.data(digest), **held.wishes(reading)))
        content = encode_picture(table.apply(source), f"format={format}", f".{format}")
    clock.lap("write")
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Done(content, MEDIA_TYPES[format], clock.laps, headers)


def _made(held: Held, digest: str, wishes: Mapping[str, Any], colors: Sequence[Triple] | None, edit: Edit) -> Recolored:
    """The palette edited; the picture is opened once for all changes of the same colors."""
    data = held.data(digest)
    if edit.change is None:
        like, other = edit.like, None
        digests = (digest, like) if isinstance(like, str) else (digest,)
        if isinstance(like, str):
            other = held.palette(like, {"k": wishes.get("k", COLORS)})[0]
        elif like is not None:
            other = Palette.from_dict({"colors": [{"srgb": one} for one in like]})

        def match() -> Recolored:
            return _light(recolor(data, palette=colors, like=other, harmonize=edit.harmonize, **wishes))  # type: ignore[arg-type]

        asked = {**wishes, "colors": colors, "like": like, "harmonize": edit.harmonize}
        return held.made(digests, "recolored", asked, match, _size)

    stay = {old: old for old in edit.change} if colors is None else {}
    rest = {name: value for name, value in wishes.items() if name != "tone"}

    def opened() -> Recolored:
        return _light(recolor(data, stay, palette=colors, **rest))

    base = held.made((digest,), "recolored", {**rest, "colors": colors, "stay": [*stay]}, opened, _size)
    return base.again(edit.change, tone=wishes.get("tone"))


def _light(made: Recolored) -> Recolored:
    """The same without the picture, which is read again where it is wanted: palette and weights are small.

    The palette has to forget where it is from, for that would keep the picture, too.
    """
    return replace(made, source=np.empty((0, 0, 3), np.uint8), palette=replace(made.palette, origin=None))


def _size(made: Recolored) -> int:
    """The bytes of its weights: one number for each node and color."""
    return 8 * SIZE**3 * len(made.palette)


def _told(made: Recolored) -> dict[str, Any]:
    return {
        "palette": made.palette.hex,
        "after": [color.hex for color in made.after],
        "weights": [color.weight for color in made.palette],
        "tone": made.tone,
        "reason": made.reason,
    }
