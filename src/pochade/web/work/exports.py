"""What is made of colors alone, without a picture: files, contrast, sight, roles."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pochade.export import export, exporters
from pochade.palette import Palette
from pochade.web.answer import Answer
from pochade.web.cache import Cache


def export_palette(
    cache: Cache, digest: None, palette: Mapping[str, Any], format: str, options: Mapping[str, Any]
) -> Answer:
    """A palette that was edited, in a registered format."""
    return Answer(export(Palette.from_dict(palette), format, **options), exporters.entry(format).about.media_type)


def contrast(cache: Cache, digest: None, colors: Sequence[str]) -> Answer:
    """How well each color reads on each other."""
    return _json(_palette(colors).contrast().to_dict())


def sight(cache: Cache, digest: None, colors: Sequence[str]) -> Answer:
    """How each deficiency of color vision sees the colors, and which it confuses."""
    return _json(_palette(colors).sight().to_dict())


def roles(cache: Cache, digest: None, colors: Sequence[str]) -> Answer:
    """Which of the colors would be background, text, accent, ..."""
    return _json(_palette(colors).roles().to_dict())


def _palette(colors: Sequence[str]) -> Palette:
    return Palette.from_dict({"colors": list(colors)})


def _json(value: Any) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), "application/json")
