"""Parse the JSON in a body, with limits on bytes, keys and depth.

A limit of bytes that holds for everything but long texts bounds the time: 64 KiB of JSON take some milliseconds.
"""

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pochade.web.problems import Problem

MAX_JSON_BYTES = 64 << 10
"""Bytes of JSON, the same as in the first line of a request; a picture in `data` does not count."""

MAX_KEYS = 4096
"""Keys of all objects together, or texts besides a picture: a palette of 256 colors has up to 16 for each."""

MAX_DEPTH = 8
"""Objects and lists within each other: a palette needs 4."""

LONG = 4 << 10
"""Characters of a text that may be a picture."""

_OBJECT = re.compile(rb"(\xef\xbb\xbf)?\s*\{")


@dataclass(frozen=True, slots=True)
class LongText:
    """A text of a JSON body as it stands there, with its escapes but without its quotes."""

    escaped: bytes


def parsed_json(body: bytes | bytearray) -> dict[str, Any]:
    """The JSON object in a body; in a body of more than `MAX_JSON_BYTES`, each long value of a key is a LongText.

    Raises
    ------
    Problem : the body is not a JSON object in UTF-8, or exceeds a limit.
    """
    texts: list[bytes] = []
    mark = f"{secrets.token_hex(16)}:"
    if len(body) > MAX_JSON_BYTES:
        if not _OBJECT.match(body):
            raise _no_object()
        body, texts = _without_long_texts(body, mark)
    keys = 0

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal keys
        keys += len(pairs) or 1
        if keys > MAX_KEYS:
            raise Problem("too-large", f"The JSON has more than {MAX_KEYS:,} keys.")
        result: dict[str, Any] = {}
        for name, value in pairs:
            if name in result:
                raise Problem("bad-request", f"The JSON has {name[:50]!r} twice: give each key once.")
            if texts and isinstance(value, str) and value.startswith(mark):
                placed.append(value)
                value = LongText(texts[int(value.removeprefix(mark))])
            result[name] = value
        return result

    placed: list[str] = []
    try:
        text = body.decode("utf-8-sig")
        parsed = json.loads(text, object_pairs_hook=object_of)
    except UnicodeDecodeError:
        raise Problem("bad-request", "The body is not JSON in UTF-8.") from None
    except (ValueError, RecursionError):
        raise Problem("bad-request", "The body is not JSON.") from None
    if not isinstance(parsed, dict):
        raise _no_object()
    if len(placed) != len(texts):
        raise _too_large()
    _check_depth(parsed)
    if "\\u" in text and _has_lone_surrogate(parsed):
        said = (
            "The JSON has half of a surrogate pair, which is no character: escape both halves, or write the character."
        )
        raise Problem("bad-request", said)
    return parsed


def _without_long_texts(body: bytes | bytearray, mark: str) -> tuple[bytearray, list[bytes]]:
    """The JSON with a mark and a number for each text longer than `LONG`, and these texts.

    Problem if more than `MAX_JSON_BYTES` are left. Only quotes are looked at, so the time depends on the number of
    texts.
    """
    kept, at, count = bytearray(), 0, 0
    texts: list[bytes] = []
    while at < len(body):
        start = body.find(b'"', at)
        start = len(body) if start < 0 else start
        end = _end_of_text(body, start)
        is_long, count = end - start > LONG, count + 1
        if count > MAX_KEYS or len(kept) + (start if is_long else end) - at > MAX_JSON_BYTES:
            raise _too_large()
        kept += body[at : start if is_long else end]
        if is_long:
            kept += f'"{mark}{len(texts)}"'.encode()
            with memoryview(body) as view:
                texts.append(bytes(view[start + 1 : end - 1]))
        at = end
    return kept, texts


def _end_of_text(body: bytes | bytearray, start: int) -> int:
    """The place after the closing quote of the text that begins at a place."""
    end = start
    while end < len(body):
        end = body.find(b'"', end + 1)
        if end < 0:
            raise Problem("bad-request", "The body is not JSON.")
        if body[end - 1] != ord("\\"):
            return end + 1
        if end - start > LONG:  # no data URL has a quote in it
            raise _too_large()
        before = body[start + 1 : end]
        if (len(before) - len(before.rstrip(b"\\"))) % 2 == 0:
            return end + 1
    return end


def _check_depth(parsed: dict[str, Any]) -> None:
    level: list[Any] = [parsed]
    for _ in range(MAX_DEPTH):
        level = [child for one in level for child in _children(one)]
        if not level:
            return
    raise Problem("bad-request", f"The JSON has more than {MAX_DEPTH} objects and lists within each other.")


def _children(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _has_lone_surrogate(parsed: dict[str, Any]) -> bool:
    try:
        json.dumps(parsed, ensure_ascii=False, default=lambda long: "").encode()
    except UnicodeEncodeError:
        return True
    return False


def _no_object() -> Problem:
    return Problem("bad-request", "The body is not a JSON object: give fields by name.")


def _too_large() -> Problem:
    return Problem(
        "too-large", f"The JSON has more than the {MAX_JSON_BYTES >> 10} KiB allowed besides a picture in `data`."
    )
