"""The request of complete(): every value checked once."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pochade.color.srgb import to_hex
from pochade.errors import OptionError, PochadeError
from pochade.histograms.histogram import histogram_of
from pochade.option import Option, Within, whole
from pochade.palette import Palette
from pochade.palette.written import read_every_color
from pochade.source.pixels import Pixels
from pochade.suggestion.limits import AVOIDED, Codes, Limits
from pochade.suggestion.methods import methods

MAX_COLORS = 10
"""The most colors of a proposal: few known palettes have more."""

MAX_PROPOSALS = 100

NUMBERS = {
    "k": Option("k", int, 5, bounds=Within(1, MAX_COLORS)),
    "n": Option("n", int, 5, bounds=Within(1, MAX_PROPOSALS)),
    "seed": Option("seed", int, 0, bounds=Within(0)),
    "apart": Option("apart", float, 10.0, bounds=Within(0, 100)),
    "contrast": Option("contrast", float | None, None, bounds=Within(1, 21)),
}
BOUNDS = {"lightness": Within(0, 1), "chroma": Within(0, 0.5), "hue": Within(0, 360)}
"""The bounds of the ranges, of Oklch."""


@dataclass(frozen=True)
class Request:
    """A checked request. kept : uint8 (f, 3). options : of the method."""

    kept: Codes
    k: int
    n: int
    seed: int
    limits: Limits
    options: Mapping[str, Any]


def check(
    keep: Any,
    k: int,
    n: int,
    *,
    method: str,
    seed: int,
    limits: Mapping[str, Any],
    apart: float,
    avoid: Any,
    contrast: float | None,
    on: Any,
    options: Mapping[str, Any],
) -> Request:
    """The request of these values.

    Raises
    ------
    OptionError, UnknownNameError : a value is not allowed. SourceError : the picture cannot be read.
    """
    numbers = {"k": k, "n": n, "seed": seed, "apart": apart, "contrast": contrast}
    values: dict[str, Any] = {name: NUMBERS[name].check(value) for name, value in numbers.items()}
    entry = methods.entry(method)
    checked = entry.check(options)
    if contrast is not None and on is None:
        raise OptionError(f"contrast={contrast:g} needs the color to contrast with: give on, such as on='white'.")
    if on is not None and contrast is None:
        raise OptionError(f"on={on!r} needs a contrast: give the least ratio, such as contrast=4.5.")
    limit = Limits(
        avoid=None if avoid is None else _some(read_every_color("avoid", avoid)),
        on=None if on is None else _one("on", on),
        contrast=values["contrast"],
        apart=values["apart"],
        **{name: _between(name, between) for name, between in limits.items()},
    )
    kept = kept_of(keep, values["k"])
    _check_kept(kept, values["k"], limit)
    return Request(kept, values["k"], values["n"], values["seed"], limit, checked)


def kept_of(keep: Any, k: int) -> Codes:
    """The kept colors, uint8 (f, 3): as given, or the k // 2 most prominent ones of a picture.

    Raises
    ------
    OptionError, UnknownNameError : text is neither colors nor a picture. SourceError : the picture cannot be read.
    """
    if keep is None:
        return np.zeros((0, 3), np.uint8)
    if isinstance(keep, Palette):
        return keep.srgb
    if _is_picture(keep):
        from pochade.extraction.extract import extract

        if k < 2:
            raise OptionError("k=1 leaves no room beside a color of the picture: give k from 2.")
        return extract(keep, k // 2).srgb
    return read_every_color("keep", keep)


def _is_picture(keep: Any) -> bool:
    """Whether it can only be a picture. Text is a picture if it names a file, an address or the clipboard."""
    if isinstance(keep, str):
        named = keep in ("-", "clipboard:") or "://" in keep or os.path.isfile(keep)
        return named or _looks_like_file(keep)
    if isinstance(keep, np.ndarray):
        return keep.ndim > 2 or (keep.ndim == 2 and keep.shape[1] != 3)
    if isinstance(keep, bytes | os.PathLike | Pixels) or histogram_of(keep) is not None:
        return True
    return hasattr(keep, "read") or hasattr(keep, "getbands")  # a file object, a PIL image


def _looks_like_file(text: str) -> bool:
    """Whether a text that names no file was meant to: it is no list of colors, and its end has a suffix."""
    try:
        read_every_color("keep", text)
    except PochadeError:
        return bool(os.path.splitext(text.strip())[1])
    return False


def _check_kept(kept: Codes, k: int, limits: Limits) -> None:
    hexes = [to_hex(color) for color in kept]
    if twice := next((one for i, one in enumerate(hexes) if one in hexes[:i]), None):
        raise OptionError(f"keep has {twice} twice: give each color once.")
    if len(kept) >= MAX_COLORS:
        raise OptionError(f"keep has {len(kept)} colors, and a proposal at most {MAX_COLORS}: keep at most 9.")
    if k <= len(kept):
        colors = "1 color is" if len(kept) == 1 else f"{len(kept)} colors are"
        raise OptionError(f"k={k} is not above the number of kept colors, {colors} kept: give k from {len(kept) + 1}.")
    if len(kept) and limits.avoid is not None:
        clash = ~next(iter(Limits(avoid=limits.avoid).tests(kept).values()))
        if clash.any():
            raise OptionError(
                f"keep has {hexes[int(clash.argmax())]}, which is within {AVOIDED:g} (CIEDE2000) of a color of avoid: "
                "leave one of them out."
            )


def _some(codes: Codes) -> Codes | None:
    return codes if len(codes) else None


def _one(name: str, given: Any) -> Codes:
    codes = read_every_color(name, given)
    if len(codes) != 1:
        raise OptionError(f"{name}={given!r} is not allowed: give one color.")
    one: Codes = codes[0]
    return one


def _between(name: str, given: Any) -> tuple[float, float] | None:
    """A range, its bounds checked; a hue may begin above its end."""
    if given is None:
        return None
    bounds = BOUNDS[name]
    allowed = f"{name}={given!r} is not allowed: give two numbers {bounds.words}, the least and the most."
    try:
        low, high = (whole(value) for value in given)
    except (TypeError, ValueError):
        raise OptionError(allowed) from None
    for value in (low, high):
        number = isinstance(value, int | float | np.floating) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or not bounds.holds(value):
            raise OptionError(allowed)
    if low > high and name != "hue":
        raise OptionError(f"{name}={given!r} leaves no color: the first number, the least, is above the second.")
    return float(low), float(high)
