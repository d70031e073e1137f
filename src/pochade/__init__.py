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
from pochade.extract import extract
from pochade.histogram import Histogram, histogram
from pochade.palette import Color, Palette
from pochade.source import read
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from pochade.export import load
    from pochade.quantized import quantize

__version__ = "0.1.0"

__all__ = [
    "Color",
    "EmptyError",
    "FetchError",
    "FormatError",
    "Histogram",
    "OptionError",
    "Palette",
    "Pixels",
    "PochadeError",
    "SourceError",
    "TooLargeError",
    "TruncatedError",
    "UnknownNameError",
    "extract",
    "histogram",
    "load",
    "quantize",
    "read",
]


def __getattr__(name: str) -> Any:
    """`pochade.load`, `pochade.quantize`, `pochade.draw` and `pochade.sight`, imported when asked for."""
    import importlib

    if name == "load":
        return importlib.import_module("pochade.export").load
    if name == "quantize":
        return importlib.import_module("pochade.quantized").quantize
    if name in ("draw", "sight"):
        return importlib.import_module(f"pochade.{name}")
    raise AttributeError(f"module 'pochade' has no attribute {name!r}")
