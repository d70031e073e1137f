"""Drawings inside an SVG: those that a data: URL of it contains.

References
----------
RFC 2397 (1998), the data: URL.
"""

import base64
import binascii
import zlib
from urllib.parse import unquote_to_bytes

MAX_BYTES = 16 << 20
"""Bytes of one drawing, decompressed; as many as the whole file may have."""

_GZIP = b"\x1f\x8b"


def embedded_svg(url: str) -> bytes | None:
    """The drawing in a data: URL, decompressed; None if it is another picture, or another kind of URL.

    Examples
    --------
    >>> embedded_svg("data:image/svg+xml,%3Csvg/%3E")
    b'<svg/>'
    """
    scheme, _, rest = url.strip().partition(":")
    about, comma, payload = rest.partition(",")
    if scheme.lower() != "data" or not comma:
        return None
    data = unquote_to_bytes(payload)
    if about.lower().replace(" ", "").endswith(";base64"):
        try:
            data = base64.b64decode(data + b"=" * (-len(data) % 4))
        except binascii.Error:
            return None
    if data.startswith(_GZIP):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, MAX_BYTES)
        except zlib.error:
            return None
    return data if b"<svg" in data or b":svg" in data else None
