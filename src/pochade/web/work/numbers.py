"""Sheets to paint by."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pochade.areas import Numbers, numbers
from pochade.files import DRAWINGS
from pochade.web.answer import Answer, fields_of, header_of
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock
from pochade.web.work.paints import box_of_text

MEDIA_TYPES = {
    **{name: DRAWINGS[f".{name}"].media_type for name in ("svg", "pdf", "png")},
    "json": "application/json",
}
"""The media types of the answers, by format."""


def draw_numbers(
    cache: Cache,
    digest: str,
    keywords: Mapping[str, Any],
    own_box: str | None,
    page: Any,
    format: str,
    name: str | None,
) -> Answer:
    """The sheet in a format. keywords : of numbers(). own_box : the text of a box of paint. name : of the picture."""
    clock = Clock()

    def make() -> Numbers:
        mixed = keywords if own_box is None else {**keywords, "box": box_of_text(own_box)}
        return numbers(cache.data(digest), **cache.limited(mixed))

    result = cache.derive((digest,), "numbers", {**keywords, "own_box": own_box}, make, _size)
    result = replace(result, source=name, palette=replace(result.palette, source=name))
    clock.lap("make")
    if format == "json":
        content = (json.dumps(result.to_dict() | fields_of(result.notes)) + "\n").encode()
    else:
        content = result.encode(f".{format}", page)
    clock.lap("write")
    named = {} if format == "json" else {"Content-Disposition": f'attachment; filename="numbers.{format}"'}
    return Answer(content, MEDIA_TYPES[format], clock.laps, named | header_of(result.notes))


def _size(result: Numbers) -> int:
    """The bytes of the labels and of the points of lines, which areas have twice."""
    return result.labels.nbytes + 3 * sum(line.nbytes for line in result.lines)
