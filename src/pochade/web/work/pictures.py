"""Facts about a picture, and a version that browsers can show."""

import io
import json
from collections.abc import Mapping
from typing import Any

from pochade.web.answer import Answer
from pochade.web.cache import Cache
from pochade.web.work.kind import kind_of
from pochade.web.work.thumbnail import thumbnail


def no_op(cache: Cache, digest: str | None) -> Answer:
    """An empty task; with it, a worker drops deleted pictures."""
    return Answer(b"", "")


def picture_facts(cache: Cache, digest: str, reading: Mapping[str, Any]) -> Answer:
    """The size, bytes, kind and frames of a picture, after decoding it successfully."""
    pixels = cache.count(digest, reading).pixels
    data = cache.data(digest)
    facts = {
        "picture": digest,
        "width": pixels.width,
        "height": pixels.height,
        "bytes": len(data),
        "kind": kind_of(data),
        "frames": pixels.frames,
    }
    return Answer(json.dumps(facts).encode(), "application/json")


def view(cache: Cache, digest: str, reading: Mapping[str, Any], width: int) -> Answer:
    """The picture as a JPEG, or as a PNG if it is partly transparent, at most `width` pixels wide."""
    image = thumbnail(cache.count(digest, reading).pixels, width)
    file = io.BytesIO()
    if image.mode == "RGBA":
        image.save(file, "PNG", compress_level=3)
        return Answer(file.getvalue(), "image/png")
    image.save(file, "JPEG", quality=88)
    return Answer(file.getvalue(), "image/jpeg")
