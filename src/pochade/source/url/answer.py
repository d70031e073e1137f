"""Check the answer of a server: its status, size, encoding and type. Return its body."""

import http.client
import io
import re
import zlib

from pochade.errors import FetchError, TooLargeError
from pochade.source.url.limits import Limits

_BLOCK = 1 << 16
_HEAD = 1024  # distinguishes a picture from a web page, even after comments and white space

# Offset and signature of picture formats, from their specifications.
_SIGNATURES = (
    (0, b"\xff\xd8\xff"), (0, b"\x89PNG\r\n"), (0, b"GIF8"), (8, b"WEBP"), (0, b"BM"),
    (0, b"II*\0"), (0, b"MM\0*"), (0, b"II+\0"), (0, b"MM\0+"), (0, b"IIU\0"), (0, b"FUJIFILM"),
    (4, b"ftypavi"), (4, b"ftyphe"), (4, b"ftypmif1"), (4, b"ftypmsf1"), (4, b"ftypcrx"),
    (0, b"\xff\x0a"), (4, b"JXL \r\n"), (4, b"jP  \r\n"), (0, b"\xff\x4f\xff\x51"),
    (0, b"8BPS"), (0, b"%PDF"), (0, b"qoif"), (0, b"\0\0\1\0"),
)  # fmt: skip
_NETPBM = re.compile(rb"P[1-7]\s")
_NOT_PICTURE = re.compile(r"(text|audio|video|font|multipart)/|application/(.*\+)?(json|xml|javascript)$")


def read_body(response: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The complete body; FetchError if its first bytes or its type show that it is no picture."""
    _check_status(response.status)
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise FetchError("the server compresses the answer, but not with gzip. Give the path of a download.")
    kind, announced = response.headers.get("Content-Type"), response.length
    if announced is not None and announced > limits.max_bytes:
        raise _too_large(limits)
    inflate = None if encoding == "identity" else zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    body, arrived, checked = io.BytesIO(), 0, False
    # read1, never read: for a chunk of size -1, read would read everything, past any limit.
    while block := response.read1(_BLOCK):
        limits.left()
        arrived += len(block)
        body.write(inflate.decompress(block, limits.max_bytes + 1 - body.tell()) if inflate else block)
        if max(arrived, body.tell()) > limits.max_bytes:
            raise _too_large(limits)
        if not checked and (checked := body.tell() >= _HEAD):
            _check_kind(kind, body.getvalue()[:_HEAD])
    if announced is not None and arrived < announced:
        raise FetchError(f"the connection ended after {arrived} of {announced} bytes. Try again.")
    if inflate is not None and arrived and (not inflate.eof or inflate.unused_data):
        raise FetchError("the compressed answer is broken or ends early. Try again.")
    if body.tell() == 0:
        raise FetchError("the answer is empty. Check the URL in a browser.")
    if not checked:
        _check_kind(kind, body.getvalue())
    return body.getvalue()


def _too_large(limits: Limits) -> TooLargeError:
    return TooLargeError(f"more than the limit of {limits.max_bytes:,} bytes. Raise it, or give a file.")


def _check_status(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in (401, 403, 407):
        advice = "It requires a login, or refuses programs; give the path of a download."
    elif status == 429 or status >= 500:
        advice = "Try again later."
    else:
        advice = "Check the URL in a browser."
    phrase = http.client.responses.get(status, "unknown status")
    raise FetchError(f"the server answered {status} ({phrase}). {advice}")


def _check_kind(content_type: str | None, head: bytes) -> None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    page = text.startswith((b"<!doctype html", b"<html"))
    if page or (_NOT_PICTURE.match(kind) and not _is_picture(head, text)):
        content = "a web page" if page or kind == "text/html" else f"{kind[:60]!r}"
        raise FetchError(f"the server sent {content}, not a picture. Give the URL of the picture itself.")


def _is_picture(head: bytes, text: bytes) -> bool:
    if any(head.startswith(signature, offset) for offset, signature in _SIGNATURES) or _NETPBM.match(head):
        return True
    svg = text.startswith((b"<svg", b"<!doctype svg"))
    return svg or (text.startswith((b"<?xml", b"<!--")) and b"<svg" in text and b"<html" not in text)
