"""The few loops that decide the speed: compiled where a compiler was, NumPy otherwise, with the same names.

`pochade.kernel.name` says which one runs: "compiled" or "reference". Setting the environment variable
`POCHADE_KERNEL=reference` forces the NumPy twin. Both give the same palette.
"""

import os

from pochade.errors import OptionError
from pochade.kernel.levels import FIRST, LEVEL, LEVELS, LINEAR

wanted = os.environ.get("POCHADE_KERNEL", "compiled")
if wanted not in ("compiled", "reference"):
    raise OptionError(f"POCHADE_KERNEL={wanted!r} is not allowed: give compiled or reference.")

try:
    if wanted == "reference":
        raise ImportError
    from pochade.kernel._kernel import (
        Tally,
        assign,
        coarsen,
        farthest,
        gather,
        lloyd,
        locate,
        near,
        oklab,
        sample,
        spots,
    )

    name = "compiled"
except ImportError:
    from pochade.kernel.reference import (
        Tally,
        assign,
        coarsen,
        farthest,
        gather,
        lloyd,
        locate,
        near,
        oklab,
        sample,
        spots,
    )

    name = "reference"

__all__ = [
    "FIRST",
    "LEVEL",
    "LEVELS",
    "LINEAR",
    "Tally",
    "assign",
    "coarsen",
    "farthest",
    "gather",
    "lloyd",
    "locate",
    "name",
    "near",
    "oklab",
    "sample",
    "spots",
]
