"""Results from colors without a picture: files, contrast, color vision, roles, tints."""

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
    """An edited palette in a registered format."""
    return Answer(export(Palette.from_dict(palette), format, **options), exporters.entry(format).about.media_type)


def contrast(cache: Cache, digest: None, colors: Sequence[str]) -> Answer:
    """The contrast of every pair of colors."""
    return _json(_palette(colors).contrast().to_dict())


def sight(cache: Cache, digest: None, colors: Sequence[str]) -> Answer:
    """The colors as each color vision deficiency shows them, and the pairs it confuses."""
    return _json(_palette(colors).sight().to_dict())


def roles(cache: Cache, digest: None, colors: Sequence[str]) -> Answer:
    """The roles of the colors: background, text, accent, ..."""
    return _json(_palette(colors).roles().to_dict())


def tints(cache: Cache, digest: None, colors: Sequence[str]) -> Answer:
    """The tints and shades of each color."""
    return _json(_palette(colors).tints().to_dict())


def _palette(colors: Sequence[str]) -> Palette:
    return Palette.from_dict({"colors": list(colors)})


def _json(value: Any) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), "application/json")
