"""Palettes, the reasons for their colors, and their error."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from pochade.explain.fidelity import error
from pochade.export import export, exporters
from pochade.extraction.check import READING
from pochade.extraction.extract import extract
from pochade.palette import Palette
from pochade.web.answer import Answer
from pochade.web.cache import Cache, Timings
from pochade.web.work.clock import Clock

JSON = "application/json"

PALETTE_BYTES = 8 << 20
"""The bytes of a palette of several pictures, whose origin has the sum of their histograms; the most of a photo."""


def palette_of(
    cache: Cache, digest: str, keywords: Mapping[str, Any], arrange: Mapping[str, Any], name: str | None = None
) -> tuple[Palette, Timings]:
    """The palette of a picture, named and sorted as on the command line."""
    palette, timings = cache.palette(digest, keywords, name)
    if arrange:
        palette = arrange_palette(palette, arrange)
    return palette, timings


def arrange_palette(palette: Palette, arrange: Mapping[str, Any]) -> Palette:
    """Name the colors, then sort them, as on the command line: the order may be by name."""
    if "names" in arrange or arrange.get("unique_names"):
        palette = palette.named(arrange.get("names", "css"), unique=arrange.get("unique_names", False))
    order, reverse = arrange.get("sort"), arrange.get("reverse", False)
    if order is not None:
        return palette.sort(order, reverse=reverse)
    return replace(palette, colors=palette.colors[::-1]) if reverse else palette


def palette(
    cache: Cache,
    digest: str,
    keywords: Mapping[str, Any],
    arrange: Mapping[str, Any],
    format: str,
    options: Mapping[str, Any],
    name: str | None,
) -> Answer:
    """The palette in a registered format."""
    palette, timings = palette_of(cache, digest, keywords, arrange, name)
    return Answer(export(palette, format, **options), exporters.entry(format).about.media_type, _milliseconds(timings))


def palette_together(
    cache: Cache,
    digest: str,
    pictures: Sequence[str],
    keywords: Mapping[str, Any],
    arrange: Mapping[str, Any],
    format: str,
    options: Mapping[str, Any],
) -> Answer:
    """One palette of several pictures, from the sum of their histograms, in a registered format."""
    clock = Clock()
    reading = {option: value for option, value in keywords.items() if option in READING}
    rest = {option: value for option, value in keywords.items() if option not in READING}

    def make() -> Palette:
        first, *others = (cache.count(one, reading).histogram for one in pictures)
        clock.lap("open")
        return extract(sum(others, first), **rest)

    palette = cache.derive(tuple(pictures), "together", keywords, make, lambda palette: PALETTE_BYTES)
    clock.lap("make")
    answer = export(arrange_palette(palette, arrange), format, **options)
    clock.lap("write")
    return Answer(answer, exporters.entry(format).about.media_type, clock.laps)


def clusters(cache: Cache, digest: str, keywords: Mapping[str, Any], arrange: Mapping[str, Any]) -> Answer:
    """Only the colors: {"clusters": [[r, g, b], ...]}."""
    palette, timings = palette_of(cache, digest, keywords, arrange)
    return _json({"clusters": palette.srgb.tolist()}, timings)


def palette_url(cache: Cache, digest: str, keywords: Mapping[str, Any], arrange: Mapping[str, Any]) -> Answer:
    """The URL of the palette at coolors.co: {"palette_url": "https://coolors.co/..."}."""
    palette, timings = palette_of(cache, digest, keywords, arrange)
    return _json({"palette_url": palette.coolors}, timings)


def reasons(cache: Cache, digest: str, keywords: Mapping[str, Any], arrange: Mapping[str, Any]) -> Answer:
    """The reasons for each color."""
    palette, timings = palette_of(cache, digest, keywords, arrange)
    rows = []
    for index, reason in enumerate(palette.explain()):
        facts = asdict(reason)
        facts["parts"] = dict(reason.parts)
        facts["place"] = asdict(reason.place) | {"words": reason.place.words}
        rows.append({"index": index, "text": str(reason), "short": reason.short, **facts})
    return _json({"reasons": rows}, timings)


def fidelity(cache: Cache, digest: str, keywords: Mapping[str, Any], arrange: Mapping[str, Any]) -> Answer:
    """The CIEDE2000 error from the pixels to the nearest color of the palette: mean and worst."""
    palette, timings = palette_of(cache, digest, keywords, arrange)
    assert palette.origin is not None
    mean, worst = error(palette.origin, palette.srgb)
    return _json({"mean": round(mean, 3), "worst": round(worst, 3)}, timings)


def _json(value: Any, timings: Timings) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), JSON, _milliseconds(timings))


def _milliseconds(timings: Timings) -> dict[str, float]:
    return {name: round(1000 * seconds, 2) for name, seconds in timings.items()}
