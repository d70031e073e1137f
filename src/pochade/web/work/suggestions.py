"""Palettes by proposal."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pochade.suggestion.check import NUMBERS
from pochade.suggestion.complete import complete
from pochade.web.answer import Answer
from pochade.web.cache import Cache

JSON = "application/json"


def suggested(cache: Cache, digest: str | None, keywords: Mapping[str, Any]) -> Answer:
    """Proposals for the kept colors; with a picture, for its most prominent ones."""
    given = dict(keywords)
    keep = given.pop("keep", "")
    if digest is not None:
        k = NUMBERS["k"].check(given.get("k", NUMBERS["k"].default))
        keep, _ = cache.palette(digest, {"k": max(1, k // 2)}, None)
    return Answer(complete(keep, **given).to_json().encode(), JSON)


def colormind(
    cache: Cache, digest: None, places: Sequence[tuple[int, int, int] | None], keywords: Mapping[str, Any]
) -> Answer:
    """The best proposal, with each color that stays at its place."""
    kept = [codes for codes in places if codes is not None]
    (proposal,) = complete(kept, len(places), 1, **keywords)
    found = iter(proposal.palette.rgb[len(kept) :])
    result = [list(codes or next(found)) for codes in places]
    return Answer(json.dumps({"result": result}, separators=(",", ":")).encode(), JSON)
