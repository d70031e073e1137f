"""The similarity of pictures: two, all pairs of several, and several ranked by one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pochade.palette import Palette
from pochade.similarity import compare, distances, distances_to, order
from pochade.web.answer import Answer
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock

JSON, SVG = "application/json", "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the digest and name of a picture, or colors as in the JSON of a palette."""

    digest: str | None
    name: str | None = None
    colors: Sequence[Any] | None = None


def compare_two(
    cache: Cache, digest: str | None, a: Side, b: Side, keywords: Mapping[str, Any], difference: str, format: str
) -> Answer:
    """The distance of two palettes, the flow between them, and a comparison in words."""
    clock = Clock()
    comparison = compare(_palette(cache, a, keywords), _palette(cache, b, keywords), difference=difference)
    clock.lap("make")
    if format == "svg":
        from pochade.draw import flow_svg

        return Answer(flow_svg(comparison).encode(), SVG, clock.laps)
    facts = comparison.to_dict() | {
        "words": comparison.words(),
        "beside": comparison.beside(),
        "palettes": [comparison.a.to_dict(), comparison.b.to_dict()],
    }
    return _json(facts, clock)


def distance_table(
    cache: Cache, digest: str, pictures: Sequence[str], keywords: Mapping[str, Any], difference: str, format: str
) -> Answer:
    """The distances of all pairs, ordered so that neighbors look similar."""
    clock = Clock()
    palettes = [_palette(cache, Side(one), keywords) for one in pictures]
    if format == "svg":
        from pochade.draw import likeness_svg

        drawing = likeness_svg(palettes, difference=difference).encode()
        clock.lap("make")
        return Answer(drawing, SVG, clock.laps)
    far = distances(palettes, difference=difference)
    way = order(far).tolist()
    clock.lap("make")
    facts = {
        "difference": difference,
        "pictures": list(pictures),
        "order": [pictures[i] for i in way],
        "distances": far[np.ix_(way, way)].tolist(),
    }
    return _json(facts, clock)


def rank(cache: Cache, digest: str, pictures: Sequence[str], keywords: Mapping[str, Any], difference: str) -> Answer:
    """The pictures ordered by their distance to the first."""
    clock = Clock()
    first, *others = (_palette(cache, Side(one), keywords) for one in (digest, *pictures))
    far = distances_to(first, others, difference=difference).tolist()
    clock.lap("make")
    rows = [{"picture": pictures[i], "distance": far[i]} for i in np.argsort(far, kind="stable").tolist()]
    return _json({"like": digest, "difference": difference, "pictures": rows}, clock)


def _palette(cache: Cache, side: Side, keywords: Mapping[str, Any]) -> Palette:
    if side.digest is None:
        return Palette.from_dict({"colors": side.colors})
    return cache.palette(side.digest, keywords, side.name)[0]


def _json(facts: Any, clock: Clock) -> Answer:
    clock.lap("write")
    return Answer(json.dumps(facts, ensure_ascii=False).encode(), JSON, clock.laps)
