"""Pictures with few colors, what they cost and save, and the table to choose by."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pochade.quantization import Quantized, fitted, quantize, table
from pochade.quantization.formats import formats
from pochade.web.held import Held
from pochade.web.work.clock import Clock
from pochade.web.worker import Done

JSON = "application/json"


def picture(held: Held, digest: str, wishes: Mapping[str, Any], target: Mapping[str, Any], format: str) -> Done:
    """The picture's file."""
    clock = Clock()
    made = _made(held, digest, wishes, target, format)
    clock.lap("make")
    content = made.encode(format)
    clock.lap("write")
    about = formats.entry(format).about
    named = {"Content-Disposition": f'attachment; filename="picture{about.suffix}"'}
    return Done(content, about.media_type, clock.laps, named)


def report(held: Held, digest: str, wishes: Mapping[str, Any], target: Mapping[str, Any], format: str) -> Done:
    """What the picture's file costs and saves, and its colors."""
    clock = Clock()
    made = _made(held, digest, wishes, target, format)
    clock.lap("make")
    told = made.report(format).to_dict() | {"palette": made.palette.hex}
    clock.lap("measure")
    return Done(json.dumps(told).encode(), JSON, clock.laps)


def rows(held: Held, digest: str, wishes: Mapping[str, Any], format: str) -> Done:
    """The same for 2, 4, 8 ... 256 colors."""
    clock = Clock()
    reports = table(held.data(digest), format=format, **held.wishes(wishes))
    clock.lap("make")
    return Done(json.dumps({"rows": [report.to_dict() for report in reports]}).encode(), JSON, clock.laps)


def _made(held: Held, digest: str, wishes: Mapping[str, Any], target: Mapping[str, Any], format: str) -> Quantized:
    """The picture as it was made last, for a picture and its report are asked for one after the other."""
    aim = {**target, "format": format} if target else {}

    def make() -> Quantized:
        source, given = held.data(digest), held.wishes(wishes)
        return _light(fitted(source, **aim, **given) if target else quantize(source, **given))

    return held.made((digest,), "quantized", {**wishes, "aim": aim}, make, _size)


def _light(made: Quantized) -> Quantized:
    """The same without the histogram that a method's palette remembers: it may weigh more than the picture."""
    return made if made.palette.origin is None else replace(made, palette=replace(made.palette, origin=None))


def _size(made: Quantized) -> int:
    """The bytes of its indexes and alpha, and as many for the files that are written of it."""
    frames = made.frames
    return 2 * (frames.indexes.nbytes + (0 if frames.alpha is None else frames.alpha.nbytes))
