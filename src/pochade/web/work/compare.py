"""How alike pictures look: two of them, many, and many beside one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pochade.palette import Palette
from pochade.similarity import compare, distances, distances_to, order
from pochade.web.held import Held
from pochade.web.work.clock import Clock
from pochade.web.worker import Done

JSON, SVG = "application/json", "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two: the digest of a picture and what it is called, or colors as a palette's JSON has them."""

    digest: str | None
    name: str | None = None
    colors: Sequence[Any] | None = None


def two(
    held: Held, digest: str | None, a: Side, b: Side, wishes: Mapping[str, Any], difference: str, format: str
) -> Done:
    """How far two are apart, what became what, and how the second looks beside the first."""
    clock = Clock()
    found = compare(_palette(held, a, wishes), _palette(held, b, wishes), difference=difference)
    clock.lap("make")
    if format == "svg":
        from pochade.draw import flow_svg

        return Done(flow_svg(found).encode(), SVG, clock.laps)
    told = found.to_dict() | {
        "words": found.words(),
        "beside": found.beside(),
        "palettes": [found.a.to_dict(), found.b.to_dict()],
    }
    return _json(told, clock)


def many(
    held: Held, digest: str, pictures: Sequence[str], wishes: Mapping[str, Any], difference: str, format: str
) -> Done:
    """The distance of every two, in an order in which neighbors look alike."""
    clock = Clock()
    palettes = [_palette(held, Side(one), wishes) for one in pictures]
    if format == "svg":
        from pochade.draw import likeness_svg

        drawing = likeness_svg(palettes, difference=difference).encode()
        clock.lap("make")
        return Done(drawing, SVG, clock.laps)
    far = distances(palettes, difference=difference)
    way = order(far).tolist()
    clock.lap("make")
    told = {
        "difference": difference,
        "pictures": list(pictures),
        "order": [pictures[i] for i in way],
        "distances": far[np.ix_(way, way)].tolist(),
    }
    return _json(told, clock)


def ranked(held: Held, digest: str, pictures: Sequence[str], wishes: Mapping[str, Any], difference: str) -> Done:
    """The others by how alike they look to the first."""
    clock = Clock()
    first, *others = (_palette(held, Side(one), wishes) for one in (digest, *pictures))
    far = distances_to(first, others, difference=difference).tolist()
    clock.lap("make")
    rows = [{"picture": pictures[i], "distance": far[i]} for i in np.argsort(far, kind="stable").tolist()]
    return _json({"like": digest, "difference": difference, "pictures": rows}, clock)


def _palette(held: Held, side: Side, wishes: Mapping[str, Any]) -> Palette:
    if side.digest is None:
        return Palette.from_dict({"colors": side.colors})
    return held.palette(side.digest, wishes, side.name)[0]


def _json(told: Any, clock: Clock) -> Done:
    clock.lap("write")
    return Done(json.dumps(told, ensure_ascii=False).encode(), JSON, clock.laps)
