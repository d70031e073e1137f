"""The picture in a data URL."""

import base64
import binascii
import json
from hashlib import sha256
from string import hexdigits

import numpy as np

from pochade.errors import OptionError
from pochade.web.answer import Answer
from pochade.web.cache import Cache


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
    """The bytes of a percent-encoded text; a % without two digits stands for itself, as in `urllib.parse.unquote`."""
    codes = np.frombuffer(text.encode(), np.uint8)
    digits = _DIGITS[codes]
    at = np.flatnonzero(codes[:-2] == ord("%"))
    at = at[(digits[at + 1] < 16) & (digits[at + 2] < 16)]
    decoded, keep = codes.copy(), np.ones(len(codes), bool)
    decoded[at] = digits[at + 1] * 16 + digits[at + 2]
    keep[at + 1] = keep[at + 2] = False
    return decoded[keep].tobytes()


_DIGITS = np.array([int(chr(code), 16) if chr(code) in hexdigits else 255 for code in range(256)], np.uint8)
"""The value of each code as a hexadecimal digit, 255 for none."""


def _not_one() -> OptionError:
    return OptionError("data is not a data URL: give data:image/png;base64,... with the picture's bytes in base64.")
