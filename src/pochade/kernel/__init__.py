"""The loops that decide the speed: compiled if the build had a compiler, else in NumPy, under the same names.

`pochade.kernel.name` is the kernel in use: "compiled" or "reference". The environment variable
`POCHADE_KERNEL=reference` forces the NumPy twin. Both give the same palette.
"""

import importlib
import os
from typing import TYPE_CHECKING, Any

from pochade.errors import OptionError
from pochade.kernel.bins import cells, coarsen, density, flat, gather, heavy, locate, oklab, spots
from pochade.kernel.count import Tally, bins_of, contrast, sample
from pochade.kernel.levels import FIRST, LEVEL, LEVELS, LINEAR
from pochade.kernel.search import assign, farthest, grow, lloyd, missed, near

if TYPE_CHECKING:
    from pochade.kernel.appearance import ciede2000, din99o, hues, means, purity, unlike
    from pochade.kernel.dither import diffused, patterned
    from pochade.kernel.linkage import linked, spanning, ward
    from pochade.kernel.lookup import closest, gather_near, sliced
    from pochade.kernel.lut import displace
    from pochade.kernel.nearest import Nearest
    from pochade.kernel.pairs import medoids, spread, within
    from pochade.kernel.planes import (
        PlaneTally,
        colors_apart,
        content,
        glance,
        miniature,
        pixels_apart,
        smoothed,
        still,
    )
    from pochade.kernel.simplex import fares, straight, transport

__all__ = [
    "FIRST",
    "LEVEL",
    "LEVELS",
    "LINEAR",
    "Nearest",
    "PlaneTally",
    "Tally",
    "assign",
    "bins_of",
    "cells",
    "ciede2000",
    "closest",
    "coarsen",
    "colors_apart",
    "content",
    "contrast",
    "density",
    "diffused",
    "din99o",
    "displace",
    "fares",
    "farthest",
    "flat",
    "gather",
    "gather_near",
    "glance",
    "grow",
    "heavy",
    "hues",
    "linked",
    "lloyd",
    "locate",
    "means",
    "medoids",
    "miniature",
    "missed",
    "name",
    "near",
    "oklab",
    "patterned",
    "pixels_apart",
    "purity",
    "sample",
    "sliced",
    "smoothed",
    "spanning",
    "spots",
    "spread",
    "still",
    "straight",
    "transport",
    "unlike",
    "ward",
    "within",
]

name = "reference"
"""The kernel in use: "compiled" or "reference"."""


def _take_compiled() -> str:
    """Replace the NumPy functions by the compiled ones if these exist; return the kernel in use."""
    try:
        modules = [importlib.import_module(f"pochade.kernel.{part}") for part in ("_count", "_bins", "_search")]
    except ImportError:
        return "reference"
    for module in modules:
        globals().update({name: value for name, value in vars(module).items() if name in __all__ and callable(value)})
    return "compiled"


_requested = os.environ.get("POCHADE_KERNEL", "compiled")
if _requested == "compiled":
    name = _take_compiled()
elif _requested != "reference":
    raise OptionError(f"POCHADE_KERNEL={_requested!r} is not allowed: give compiled or reference.")

_LAZY = {
    "displace": "lut",
    "Nearest": "nearest",
    "PlaneTally": "planes",
    "ciede2000": "appearance",
    "closest": "lookup",
    "colors_apart": "planes",
    "content": "planes",
    "diffused": "dither",
    "din99o": "appearance",
    "fares": "simplex",
    "gather_near": "lookup",
    "glance": "planes",
    "hues": "appearance",
    "linked": "linkage",
    "means": "appearance",
    "medoids": "pairs",
    "miniature": "planes",
    "patterned": "dither",
    "pixels_apart": "planes",
    "purity": "appearance",
    "sliced": "lookup",
    "smoothed": "planes",
    "spanning": "linkage",
    "spread": "pairs",
    "still": "planes",
    "straight": "simplex",
    "transport": "simplex",
    "unlike": "appearance",
    "ward": "linkage",
    "within": "pairs",
}
"""Functions that only some methods need, with their modules. They are imported on first use, to start faster."""


def __getattr__(attribute: str) -> Any:
    """Import a function of `_LAZY`, compiled if the kernel is."""
    if attribute not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {attribute!r}")
    part = _LAZY[attribute]
    try:
        module = importlib.import_module(f"pochade.kernel.{'_' if name == 'compiled' else ''}{part}")
    except ImportError:  # the build of a single part can fail
        module = importlib.import_module(f"pochade.kernel.{part}")
    globals()[attribute] = getattr(module, attribute)
    return globals()[attribute]
