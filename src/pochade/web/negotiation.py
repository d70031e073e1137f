"""The format of an answer, from the option `format` or the Accept header."""

import re
from collections.abc import Mapping

from starlette.requests import Request

from pochade.errors import UnknownNameError

MAX_KINDS = 64
"""Kinds in an Accept header that count. Browsers send 8."""


def response_format(request: Request, options: dict[str, str], kinds: Mapping[str, str], usual: str) -> str:
    """The format of an answer; removes `format` from the options.

    kinds : media types by format name. usual : the default format.

    Raises
    ------
    UnknownNameError : the format does not exist.
    """
    format = options.pop("format", None) or preferred_format(request.headers.get("accept", ""), kinds, usual)
    if format not in kinds:
        raise UnknownNameError("format", format, kinds)
    return format


def preferred_format(header: str, kinds: Mapping[str, str], usual: str) -> str:
    """The format that an Accept header prefers; `usual` if it is among the best or if none is acceptable.

    RFC 9110 allows an unacceptable answer instead of 406, and it is more useful.

    kinds : media types by format name.
    """
    liked: dict[str, float] = {}
    for part in header.split(",", MAX_KINDS)[:MAX_KINDS]:
        kind, _, rest = part.partition(";")
        quality = re.search(r"\bq=([^;]*)", rest)
        try:
            liked[kind.strip().lower()] = float(quality[1]) if quality else 1.0
        except ValueError:
            continue

    def liking(media_type: str) -> float:
        kind = media_type.partition(";")[0]
        return liked.get(kind, liked.get(kind.partition("/")[0] + "/*", liked.get("*/*", 0.0)))

    scores = {name: liking(media_type) for name, media_type in kinds.items()}
    best = max(scores.values())
    if best == 0 or scores[usual] == best:
        return usual
    return next(name for name, score in scores.items() if score == best)
