"""Quantized pictures, their size and error, and a table of these for several numbers of colors."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pochade.quantization import Quantized, fitted, quantize, table
from pochade.quantization.formats import formats
from pochade.web.answer import Answer, fields_of, header_of
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock

JSON = "application/json"


def picture(cache: Cache, digest: str, keywords: Mapping[str, Any], target: Mapping[str, Any], format: str) -> Answer:
    """The file of the quantized picture."""
    clock = Clock()
    result = _quantize(cache, digest, keywords, target, format)
    clock.lap("make")
    content = result.encode(format)
    clock.lap("write")
    about = formats.entry(format).about
    named = {"Content-Disposition": f'attachment; filename="picture{about.suffix}"'}
    return Answer(content, about.media_type, clock.laps, named | header_of(result.palette.notes))


def report(cache: Cache, digest: str, keywords: Mapping[str, Any], target: Mapping[str, Any], format: str) -> Answer:
    """Size and error of the file, and its colors."""
    clock = Clock()
    result = _quantize(cache, digest, keywords, target, format)
    clock.lap("make")
    facts = result.report(format).to_dict() | {"palette": result.palette.hex} | fields_of(result.palette.notes)
    clock.lap("measure")
    return Answer(json.dumps(facts).encode(), JSON, clock.laps)


def table_rows(cache: Cache, digest: str, keywords: Mapping[str, Any], format: str) -> Answer:
    """The report for 2, 4, 8 ... 256 colors."""
    clock = Clock()
    reports = table(cache.data(digest), format=format, **cache.limited(keywords))
    clock.lap("make")
    return Answer(json.dumps({"rows": [report.to_dict() for report in reports]}).encode(), JSON, clock.laps)


def _quantize(
    cache: Cache, digest: str, keywords: Mapping[str, Any], target: Mapping[str, Any], format: str
) -> Quantized:
    """The quantized picture, cached because clients request a picture and then its report."""
    aim = {**target, "format": format} if target else {}

    def make() -> Quantized:
        source, limited = cache.data(digest), cache.limited(keywords)
        return _light(fitted(source, **aim, **limited) if target else quantize(source, **limited))

    return cache.derive((digest,), "quantized", {**keywords, "aim": aim}, make, _size)


def _light(result: Quantized) -> Quantized:
    """The result without the origin of its palette, whose histogram may be larger than the picture."""
    return result if result.palette.origin is None else replace(result, palette=replace(result.palette, origin=None))


def _size(result: Quantized) -> int:
    """The bytes of indexes and alpha, and as many again for its files."""
    frames = result.frames
    return 2 * (frames.indexes.nbytes + (0 if frames.alpha is None else frames.alpha.nbytes))
