"""Backgrounds for pictures."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from pochade.backgrounds import Background, background
from pochade.files import PICTURES, encode_picture
from pochade.web.answer import Answer
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock

MEDIA_TYPES = {
    **{name: PICTURES[f".{name}"].media_type for name in ("png", "jpg", "webp")},
    "css": "text/css",
    "json": "application/json",
}
"""The media types of the answers, by format."""


def draw_background(cache: Cache, digest: str, wishes: Mapping[str, Any], format: str, width: int | None) -> Answer:
    """The picture on its background, the background as CSS, or the choice and its reason.

    width : the maximum width of a preview; None for the full size.
    """
    clock = Clock()

    def make() -> Background:
        return background(cache.data(digest), **cache.limited(wishes))

    made = cache.derive((digest,), "background", wishes, make, _size)
    clock.lap("make")
    if format == "json":
        content = json.dumps(_facts(made)).encode()
    elif format == "css":
        content = made.css.encode()
    else:
        content = encode_picture(_narrow(made.image, width), f"format={format}", f".{format}")
    clock.lap("write")
    named = {} if format == "json" else {"Content-Disposition": f'attachment; filename="background.{format}"'}
    return Answer(content, MEDIA_TYPES[format], clock.laps, named)


def _narrow(codes: Any, width: int | None) -> Any:
    """A picture scaled down to a maximum width."""
    if width is None or codes.shape[1] <= width:
        return codes
    from PIL import Image

    size = width, max(1, round(codes.shape[0] * width / codes.shape[1]))
    return np.asarray(Image.fromarray(codes).resize(size, Image.Resampling.LANCZOS, reducing_gap=2))


def _size(made: Background) -> int:
    """The bytes of the picture, and of the background with and without it."""
    width, height = made.size
    return made.source.nbytes + 6 * width * height


def _facts(made: Background) -> dict[str, Any]:
    return {
        "kind": made.kind,
        "mode": made.mode,
        "hex": list(made.hex),
        "text": made.text,
        "contrast": made.contrast,
        "reason": made.reason,
        "css": made.css,
        "size": list(made.size),
    }
