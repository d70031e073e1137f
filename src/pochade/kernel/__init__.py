"""The few loops that decide the speed: compiled where a compiler was, NumPy otherwise, with the same names.

`pochade.kernel.name` says which one runs: "compiled" or "reference". Setting the environment variable
`POCHADE_KERNEL=reference` forces the NumPy twin. Both give the same palette.
"""

import importlib
import os
from typing import TYPE_CHECKING, Any

from pochade.errors import OptionError
from pochade.kernel.bins import cells, coarsen, density, gather, locate, oklab, spots
from pochade.kernel.count import Tally, bins_of, sample
from pochade.kernel.levels import FIRST, LEVEL, LEVELS, LINEAR
from pochade.kernel.search import assign, farthest, grow, lloyd, missed, near

if TYPE_CHECKING:
    from pochade.kernel.dither import diffused, patterned
    from pochade.kernel.linkage import linked, spanning, ward
    from pochade.kernel.lut import displace
    from pochade.kernel.nearest import Nearest
    from pochade.kernel.pairs import medoids, spread, within
    from pochade.kernel.simplex import fares, straight, transport

__all__ = [
    "FIRST",
    "LEVEL",
    "LEVELS",
    "LINEAR",
    "Nearest",
    "Tally",
    "assign",
    "bins_of",
    "cells",
    "coarsen",
    "density",
    "diffused",
    "displace",
    "fares",
    "farthest",
    "gather",
    "grow",
    "linked",
    "lloyd",
    "locate",
    "medoids",
    "missed",
    "name",
    "near",
    "oklab",
    "patterned",
    "sample",
    "spanning",
    "spots",
    "spread",
    "straight",
    "transport",
    "ward",
    "within",
]

name = "reference"
"""Which kernel runs."""


def _take_compiled() -> str:
    """Put the compiled functions in the place of their twins, where there are any."""
    try:
        modules = [importlib.import_module(f"pochade.kernel.{part}") for part in ("_count", "_bins", "_search")]
    except ImportError:
        return "reference"
    for module in modules:
        globals().update({name: value for name, value in vars(module).items() if name in __all__ and callable(value)})
    return "compiled"


_wanted = os.environ.get("POCHADE_KERNEL", "compiled")
if _wanted == "compiled":
    name = _take_compiled()
elif _wanted != "reference":
    raise OptionError(f"POCHADE_KERNEL={_wanted!r} is not allowed: give compiled or reference.")

_LATER = {
    "displace": "lut",
    "Nearest": "nearest",
    "diffused": "dither",
    "fares": "simplex",
    "linked": "linkage",
    "medoids": "pairs",
    "patterned": "dither",
    "spanning": "linkage",
    "spread": "pairs",
    "straight": "simplex",
    "transport": "simplex",
    "ward": "linkage",
    "within": "pairs",
}
"""What only some methods need, and the part that it is in: imported for them, as a start feels milliseconds."""


def __getattr__(wanted: str) -> Any:
    """The function of that name, compiled where the kernel is."""
    if wanted not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {wanted!r}")
    part = _LATER[wanted]
    try:
        module = importlib.import_module(f"pochade.kernel.{'_' if name == 'compiled' else ''}{part}")
    except ImportError:  # each part is built, or not, by itself
        module = importlib.import_module(f"pochade.kernel.{part}")
    globals()[wanted] = getattr(module, wanted)
    return globals()[wanted]
