"""What a picture is, and how a browser can show it."""

import io
import json
from collections.abc import Mapping
from typing import Any

from pochade.web.held import Held
from pochade.web.work.kind import kind_of
from pochade.web.work.shown import shown
from pochade.web.worker import Done


def nothing(held: Held, digest: str | None) -> Done:
    """A task that has a worker drop what is to be forgotten."""
    return Done(b"", "")


def about(held: Held, digest: str, reading: Mapping[str, Any]) -> Done:
    """The picture's size, bytes and kind, once it is known to be readable."""
    pixels = held.counted(digest, reading).pixels
    data = held.data(digest)
    told = {
        "picture": digest,
        "width": pixels.width,
        "height": pixels.height,
        "bytes": len(data),
        "kind": kind_of(data),
    }
    return Done(json.dumps(told).encode(), "application/json")


def view(held: Held, digest: str, reading: Mapping[str, Any], width: int) -> Done:
    """The picture, at most so wide, as a JPEG; as a PNG where part of it is transparent."""
    image = shown(held.counted(digest, reading).pixels, width)
    file = io.BytesIO()
    if image.mode == "RGBA":
        image.save(file, "PNG", compress_level=3)
        return Done(file.getvalue(), "image/png")
    image.save(file, "JPEG", quality=88)
    return Done(file.getvalue(), "image/jpeg")
