"""The format of an answer: as the option `format` names it, or as the Accept header asks for."""

import re
from collections.abc import Mapping

from starlette.requests import Request

from pochade.errors import UnknownNameError


def response_format(request: Request, options: dict[str, str], kinds: Mapping[str, str], usual: str) -> str:
    """The format of an answer; its option is taken out of the others.

    kinds : media types by the formats' names.

    Raises
    ------
    UnknownNameError : there is no such format.
    """
    format = options.pop("format", None) or preferred_format(request.headers.get("accept", ""), kinds, usual)
    if format not in kinds:
        raise UnknownNameError("format", format, kinds)
    return format


def preferred_format(header: str, kinds: Mapping[str, str], usual: str) -> str:
    """The format that an Accept header asks for: of those that it likes best the usual one, or else the first.

    An answer that is not liked is more use than none: where nothing fits, it is the usual one.

    kinds : media types by the formats' names.
    """
    liked: dict[str, float] = {}
    for part in header.split(","):
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
