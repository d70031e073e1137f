"""What a picture is, and how a browser can show it."""

import io
import json
from collections.abc import Mapping
from typing import Any

from pochade.web.answer import Answer
from pochade.web.cache import Cache
from pochade.web.work.kind import kind_of
from pochade.web.work.thumbnail import thumbnail


def no_op(cache: Cache, digest: str | None) -> Answer:
    """A task that has a worker drop what is to be forgotten."""
    return Answer(b"", "")


def picture_facts(cache: Cache, digest: str, reading: Mapping[str, Any]) -> Answer:
    """The picture's size, bytes and kind, once it is known to be readable."""
    pixels = cache.count(digest, reading).pixels
    data = cache.data(digest)
    facts = {
        "picture": digest,
        "width": pixels.width,
        "height": pixels.height,
        "bytes": len(data),
        "kind": kind_of(data),
    }
    return Answer(json.dumps(facts).encode(), "application/json")


def view(cache: Cache, digest: str, reading: Mapping[str, Any], width: int) -> Answer:
    """The picture, at most so wide, as a JPEG; as a PNG where part of it is transparent."""
    image = thumbnail(cache.count(digest, reading).pixels, width)
    file = io.BytesIO()
    if image.mode == "RGBA":
        image.save(file, "PNG", compress_level=3)
        return Answer(file.getvalue(), "image/png")
    image.save(file, "JPEG", quality=88)
    return Answer(file.getvalue(), "image/jpeg")
