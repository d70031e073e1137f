"""pochade: the palette of colors that people would name in a picture.

>>> import pochade
>>> palette = pochade.extract("photo.jpg", 6)      # doctest: +SKIP
>>> palette.hex                                    # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

from pochade.errors import (
    EmptyError,
    FetchError,
    FormatError,
    OptionError,
    PochadeError,
    SourceError,
    TooLargeError,
    TruncatedError,
    UnknownNameError,
)
from pochade.extraction.extract import extract
from pochade.histograms.histogram import Histogram, histogram
from pochade.palette import Color, Palette
from pochade.source import read
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from pochade import accessibility as accessibility
    from pochade import draw as draw
    from pochade import similarity as similarity
    from pochade.areas.numbers import numbers
    from pochade.backgrounds.background import background
    from pochade.collection.collect import collect
    from pochade.collection.collection import Collection
    from pochade.export import load
    from pochade.films.film import film
    from pochade.paint.box import Box
    from pochade.paint.paint import Paint
    from pochade.paint.paints import paints
    from pochade.paint.reading import load_box
    from pochade.palette.tints import tints
    from pochade.quantization.quantize import quantize
    from pochade.recoloring.recolor import recolor
    from pochade.similarity.compare import compare
    from pochade.similarity.look import look
    from pochade.suggestion.complete import complete, suggest

__version__ = "0.1.0"

__all__ = [
    "Box",
    "Collection",
    "Color",
    "EmptyError",
    "FetchError",
    "FormatError",
    "Histogram",
    "OptionError",
    "Paint",
    "Palette",
    "Pixels",
    "PochadeError",
    "SourceError",
    "TooLargeError",
    "TruncatedError",
    "UnknownNameError",
    "accessibility",
    "background",
    "collect",
    "compare",
    "complete",
    "draw",
    "extract",
    "film",
    "histogram",
    "load",
    "load_box",
    "look",
    "numbers",
    "paints",
    "quantize",
    "read",
    "recolor",
    "similarity",
    "suggest",
    "tints",
]

_PACKAGES = "accessibility", "draw", "similarity"
"""Packages that users reach as `pochade.draw`."""

_LAZY = {
    "Box": "pochade.paint",
    "Paint": "pochade.paint",
    "Collection": "pochade.collection",
    "background": "pochade.backgrounds",
    "collect": "pochade.collection",
    "compare": "pochade.similarity",
    "complete": "pochade.suggestion",
    "film": "pochade.films",
    "load": "pochade.export",
    "load_box": "pochade.paint",
    "look": "pochade.similarity",
    "numbers": "pochade.areas",
    "paints": "pochade.paint",
    "quantize": "pochade.quantization",
    "recolor": "pochade.recoloring",
    "suggest": "pochade.suggestion",
    "tints": "pochade.palette.tints",
}
"""Names that are imported on first use, with their packages: `extract` needs none of them."""


def __getattr__(name: str) -> Any:
    """Import a lazy name or a package on first use."""
    import importlib

    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    if name in _PACKAGES:
        return importlib.import_module(f"pochade.{name}")
    raise AttributeError(f"module 'pochade' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion; what an import adds to the module is not among them."""
    return list(__all__)
