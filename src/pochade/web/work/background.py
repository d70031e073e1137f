"""Grounds for pictures, and the pictures on them."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from pochade.backgrounds import Background, background
from pochade.files import PICTURES, encode_picture
from pochade.web.held import Held
from pochade.web.work.clock import Clock
from pochade.web.worker import Done

MEDIA_TYPES = {
    **{name: PICTURES[f".{name}"].media_type for name in ("png", "jpg", "webp")},
    "css": "text/css",
    "json": "application/json",
}
"""What is answered, by format."""


def drawn(held: Held, digest: str, wishes: Mapping[str, Any], format: str, width: int | None) -> Done:
    """The picture on its ground, the ground as CSS, or what was chosen and why.

    width : the most pixels across of a smaller preview; None for the size that is asked for.
    """
    clock = Clock()

    def make() -> Background:
        return background(held.data(digest), **held.wishes(wishes))

    made = held.made((digest,), "background", wishes, make, _size)
    clock.lap("make")
    if format == "json":
        content = json.dumps(_told(made)).encode()
    elif format == "css":
        content = made.css.encode()
    else:
        content = encode_picture(_narrow(made.image, width), f"format={format}", f".{format}")
    clock.lap("write")
    named = {} if format == "json" else {"Content-Disposition": f'attachment; filename="background.{format}"'}
    return Done(content, MEDIA_TYPES[format], clock.laps, named)


def _narrow(codes: Any, width: int | None) -> Any:
    """A picture made smaller where it is wider."""
    if width is None or codes.shape[1] <= width:
        return codes
    from PIL import Image

    size = width, max(1, round(codes.shape[0] * width / codes.shape[1]))
    return np.asarray(Image.fromarray(codes).resize(size, Image.Resampling.LANCZOS, reducing_gap=2))


def _size(made: Background) -> int:
    """The bytes of the picture, and of the ground with and without it."""
    width, height = made.size
    return made.source.nbytes + 6 * width * height


def _told(made: Background) -> dict[str, Any]:
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
