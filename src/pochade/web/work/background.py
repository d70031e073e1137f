"""Backgrounds for pictures."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from pochade.backgrounds import Background, background
from pochade.files import PICTURES, encode_picture
from pochade.web.answer import Answer, fields_of, header_of
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock

MEDIA_TYPES = {
    **{name: PICTURES[f".{name}"].media_type for name in ("png", "jpg", "webp")},
    "css": "text/css",
    "json": "application/json",
}
"""The media types of the answers, by format."""


def draw_background(cache: Cache, digest: str, keywords: Mapping[str, Any], format: str, width: int | None) -> Answer:
    """The picture on its background, the background as CSS, or the choice and its reason.

    width : the maximum width of a preview; None for the full size.
    """
    clock = Clock()

    def make() -> Background:
        return background(cache.data(digest), **cache.limited(keywords))

    result = cache.derive((digest,), "background", keywords, make, _size)
    clock.lap("make")
    if format == "json":
        content = json.dumps(_facts(result)).encode()
    elif format == "css":
        content = result.css.encode()
    else:
        content = encode_picture(_narrow(result.image, width), f"format={format}", f".{format}", result.metadata)
    clock.lap("write")
    named = {} if format == "json" else {"Content-Disposition": f'attachment; filename="background.{format}"'}
    return Answer(content, MEDIA_TYPES[format], clock.laps, named | header_of(result.notes))


def _narrow(codes: Any, width: int | None) -> Any:
    """A picture scaled down to a maximum width."""
    if width is None or codes.shape[1] <= width:
        return codes
    from PIL import Image

    size = width, max(1, round(codes.shape[0] * width / codes.shape[1]))
    return np.asarray(Image.fromarray(codes).resize(size, Image.Resampling.LANCZOS, reducing_gap=2))


def _size(result: Background) -> int:
    """The bytes of the picture, and of the background with and without it."""
    width, height = result.size
    return result.source.nbytes + 6 * width * height


def _facts(result: Background) -> dict[str, Any]:
    return {
        "kind": result.kind,
        "mode": result.mode,
        "hex": list(result.hex),
        "text": result.text,
        "contrast": result.contrast,
        "reason": result.reason,
        "css": result.css,
        "size": list(result.size),
        **fields_of(result.notes),
    }
