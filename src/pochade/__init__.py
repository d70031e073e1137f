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
    from pochade.backdrop import background
    from pochade.export import load
    from pochade.likeness import compare, look
    from pochade.recoloring import recolor

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
    "background",
    "compare",
    "extract",
    "histogram",
    "load",
    "look",
    "quantize",
    "read",
    "recolor",
]


_LATER = {
    "background": "backdrop",
    "compare": "likeness",
    "load": "export",
    "look": "likeness",
    "quantize": "quantized",
    "recolor": "recoloring",
}
"""Names, and the parts that they are in: imported when they are asked for, as a palette needs none of them."""


def __getattr__(name: str) -> Any:
    """`pochade.load`, `pochade.compare`, `pochade.draw` and the like, imported when they are asked for."""
    import importlib

    if name in _LATER:
        return getattr(importlib.import_module(f"pochade.{_LATER[name]}"), name)
    if name in ("draw", "likeness", "sight"):
        return importlib.import_module(f"pochade.{name}")
    raise AttributeError(f"module 'pochade' has no attribute {name!r}")
