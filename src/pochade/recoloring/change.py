"""An edit of a palette by hand: old colors to new ones."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.parse import parse_color
from pochade.color.srgb import to_hex
from pochade.errors import OptionError
from pochade.palette import Color

Triple = tuple[int, int, int]


def changes(change: Mapping[Any, Any]) -> dict[str, Triple]:
    """Old hex to new codes; OptionError if it is no mapping, or has an invalid color, or an old color twice."""
    if not isinstance(change, Mapping):
        raise OptionError(f"change={change!r:.60} is not allowed: give a mapping of old colors to new ones.")
    edits: dict[str, Triple] = {}
    for old, new in change.items():
        name = to_hex(_code(old))
        if name in edits:
            raise OptionError(f"change has {name} twice: give each old color once.")
        edits[name] = triple(_code(new))
    return edits


def _code(color: Any) -> NDArray[np.uint8]:
    """The sRGB codes of a user's color."""
    if isinstance(color, str):
        return parse_color(color)
    codes = color.srgb if isinstance(color, Color) else color
    try:
        if len(codes) == 3 and all(0 <= code <= 255 and int(code) == code for code in codes):
            return np.array([int(code) for code in codes], np.uint8)
    except (TypeError, ValueError):
        pass
    raise OptionError(f"{color!r:.60} is no color: give CSS text, as in #8e1a24, or three codes 0..255.")


def triple(codes: Any) -> Triple:
    """Three codes as Python ints."""
    red, green, blue = (int(code) for code in codes)
    return red, green, blue


def sentence(edits: Mapping[str, Triple]) -> str:
    """The edit in a sentence."""
    parts = [f"{old} became {to_hex(new)}" for old, new in edits.items()]
    return f"{'; '.join(parts)}." if parts else "Nothing was changed."
