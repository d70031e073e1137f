"""The picture in a data URL."""

import base64
import binascii
import json
import re
from hashlib import sha256

from pochade.errors import OptionError
from pochade.web.answer import Answer
from pochade.web.cache import Cache

_PIECE = 1 << 16
"""Bytes of a percent-encoded URL that are decoded together, which takes up to 50 times their memory."""


def decode_data_url(cache: Cache, digest: str | None, escaped: bytes) -> Answer:
    """The bytes of the picture, and their digest in the header `Pochade-Picture`.

    escaped : the URL as a text of JSON, without its quotes.
    """
    try:
        text = json.loads(b'"' + escaped + b'"') if b"\\" in escaped else escaped.decode()
        data = bytes_of_data_url(text)
    except ValueError:
        raise _not_one() from None
    return Answer(data, "application/octet-stream", headers={"Pochade-Picture": sha256(data).hexdigest()})


def bytes_of_data_url(text: str) -> bytes:
    """The bytes in a data URL (RFC 2397), or in plain base64; OptionError for another text."""
    head, comma, content = text.partition(",") if text[:5].lower() == "data:" else ("data:;base64", ",", text)
    try:
        if not comma:
            raise ValueError
        if not head.lower().endswith(";base64"):
            return _percent_decoded(content)
        try:
            return binascii.a2b_base64(content, strict_mode=True)
        except binascii.Error:  # it may contain line breaks
            return base64.b64decode("".join(content.split()), validate=True)
    except ValueError:  # binascii.Error and UnicodeError, too
        raise _not_one() from None


def _percent_decoded(text: str) -> bytes:
    coded = text.encode()
    result, start = bytearray(), 0
    while start < len(coded):
        end = start + _PIECE
        end -= 1 if coded[end - 1 : end] == b"%" else 2 if coded[end - 2 : end - 1] == b"%" else 0
        result += re.sub(rb"%([0-9a-fA-F]{2})", lambda code: bytes.fromhex(code[1].decode()), coded[start:end])
        start = end
    return bytes(result)


def _not_one() -> OptionError:
    return OptionError("data is not a data URL: give data:image/png;base64,... with the picture's bytes in base64.")
