"""Recolored pictures and their lookup tables."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pochade.extraction.check import READING
from pochade.files import PICTURES
from pochade.palette import Palette
from pochade.recoloring import Recolored, recolor
from pochade.recoloring.lut import SIZE
from pochade.recoloring.recolor import COLORS, encode_recolored, frames_left_out
from pochade.source import read
from pochade.web.answer import Answer, fields_of, header_of
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock

Triple = tuple[int, int, int]

MEDIA_TYPES = {
    **{name: PICTURES[f".{name}"].media_type for name in ("png", "jpg", "webp")},
    "cube": "text/plain",
    "hald": "image/png",
    "lut": "application/octet-stream",
    "json": "application/json",
}
"""The media types of the answers, by format."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of the palette: one of the three.

    change : old to new codes. like : the digest of a cached picture, or colors. harmonize : a template.
    """

    change: Mapping[Triple, Triple] | None = None
    like: str | Sequence[Triple] | None = None
    harmonize: str | None = None


def recolor_picture(
    cache: Cache, digest: str, keywords: Mapping[str, Any], colors: Sequence[Triple] | None, edit: Edit, format: str
) -> Answer:
    """The recolored picture, its lookup table, or the palette before and after.

    colors : the current palette; None to extract it.
    """
    clock = Clock()
    result = _recolor(cache, digest, cache.limited(keywords), colors, edit)
    clock.lap("open")
    if format == "json":
        return Answer(json.dumps(_facts(result)).encode(), MEDIA_TYPES[format], clock.laps)
    table = result.lut
    clock.lap("make")
    name, headers, notes = f"picture.{format}", {}, [*result.palette.notes]
    if format == "lut":
        content, headers = table.moves.astype("<i2").tobytes(), {"Pochade-Lut-Size": str(SIZE)}
        name = "table.lut"
    elif format == "cube":
        content, name = table.cube().encode(), "table.cube"
    elif format == "hald":
        content, name = table.hald_png(), "table.png"
    else:
        reading = {name: value for name, value in keywords.items() if name in READING}
        pixels = read(cache.data(digest), **cache.limited(reading))
        content = encode_recolored(pixels, table, f"format={format}", f".{format}")
        notes += filter(None, [frames_left_out(pixels.frames, f".{format}")])
    clock.lap("write")
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Answer(content, MEDIA_TYPES[format], clock.laps, headers | header_of(notes))


def _recolor(
    cache: Cache, digest: str, keywords: Mapping[str, Any], colors: Sequence[Triple] | None, edit: Edit
) -> Recolored:
    """The edit applied; all changes of the same colors open the picture only once."""
    data = cache.data(digest)
    if edit.change is None:
        like, other = edit.like, None
        digests = (digest, like) if isinstance(like, str) else (digest,)
        if isinstance(like, str):
            other = cache.palette(like, {"k": keywords.get("k", COLORS)})[0]
        elif like is not None:
            other = Palette.from_dict({"colors": [{"srgb": one} for one in like]})

        def match() -> Recolored:
            return _light(recolor(data, palette=colors, like=other, harmonize=edit.harmonize, **keywords))  # type: ignore[arg-type]

        key = {**keywords, "colors": colors, "like": like, "harmonize": edit.harmonize}
        return cache.derive(digests, "recolored", key, match, _size)

    stay = {old: old for old in edit.change} if colors is None else {}
    rest = {name: value for name, value in keywords.items() if name != "tone"}

    def open_picture() -> Recolored:
        return _light(recolor(data, stay, palette=colors, **rest))

    base = cache.derive((digest,), "recolored", {**rest, "colors": colors, "stay": [*stay]}, open_picture, _size)
    return base.again(edit.change, tone=keywords.get("tone"))


def _light(result: Recolored) -> Recolored:
    """The result without the picture, which is read again when needed; palette and weights are small.

    The origin of the palette is dropped, because it refers to the picture, too.
    """
    nothing = np.empty((0, 0, 3), np.uint8)
    return replace(result, source=nothing, palette=replace(result.palette, origin=None), _pixels=None)


def _size(result: Recolored) -> int:
    """The bytes of the weights: one number for each node and color."""
    return 8 * SIZE**3 * len(result.palette)


def _facts(result: Recolored) -> dict[str, Any]:
    return {
        "palette": result.palette.hex,
        "after": [color.hex for color in result.after],
        "weights": [color.weight for color in result.palette],
        "tone": result.tone,
        "reason": result.reason,
        **fields_of(result.palette.notes),
    }
