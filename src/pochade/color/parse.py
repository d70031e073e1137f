"""Read colors from text: hex, `rgb()` and the names of CSS."""

import functools
import importlib.resources
import json
import re

import numpy as np
from numpy.typing import NDArray

from pochade.color.srgb import parse_hex
from pochade.errors import OptionError, UnknownNameError

_RGB = re.compile(r"rgb\(\s*([^\s,()]+)(\s*,\s*|\s+)([^\s,()]+)(\s*,\s*|\s+)([^\s,()]+)\s*\)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")

OR_HEX = " Give one of them, or #rrggbb."
"""Appended to the error message for an unknown name."""


@functools.cache
def css_names() -> dict[str, str]:
    """The named colors of CSS: a dict from name to hex.

    References
    ----------
    W3C: "CSS Color Module Level 4", section "Named Colors"; without `transparent` and `currentcolor`, which are not
    opaque colors of their own.

    Examples
    --------
    >>> css_names()["teal"]
    '#008080'
    """
    text = importlib.resources.files("pochade.color").joinpath("css_names.json").read_text(encoding="utf-8")
    names: dict[str, str] = json.loads(text)["names"]
    return names


def parse_color(text: str) -> NDArray[np.uint8]:
    """The sRGB codes, uint8 (3,), of a color in CSS notation.

    Parameters
    ----------
    text : `#rgb`, `#rrggbb`, `rgb(142, 26, 36)`, `rgb(55.7% 10.2% 14.1%)` or a name; case does not matter. Fractional
        codes are rounded. Transparency is refused.

    Raises
    ------
    OptionError : the text has another form, or a number is out of range.
    UnknownNameError : CSS has no such name.

    Examples
    --------
    >>> parse_color("rgb(142 26 36)")
    array([142,  26,  36], dtype=uint8)
    >>> parse_color("rebeccapurple")
    array([102,  51, 153], dtype=uint8)
    """
    text = text.strip()
    if text.startswith("#"):
        return parse_hex(text)
    if text.isalpha():
        return _parse_name(text)
    match = _RGB.fullmatch(text)
    if not match or ("," in match[2]) != ("," in match[4]):
        raise OptionError(
            f"{text!r} is no color: give #rgb, #rrggbb, rgb(142, 26, 36), rgb(56%, 10%, 14%) or a CSS name."
        )
    return _parse_channels(text, [match[1], match[3], match[5]])


def _parse_name(name: str) -> NDArray[np.uint8]:
    names = css_names()
    if name.lower() not in names:
        raise UnknownNameError("CSS color", name, names, OR_HEX)
    return parse_hex(names[name.lower()])


def _parse_channels(text: str, channels: list[str]) -> NDArray[np.uint8]:
    percent = {channel.endswith("%") for channel in channels}
    numbers = [channel.removesuffix("%") for channel in channels]
    limit = 100 if True in percent else 255
    if len(percent) > 1 or not all(_NUMBER.fullmatch(n) and float(n) <= limit for n in numbers):
        raise OptionError(f"{text!r} is no color: give three numbers 0..255, or three percentages 0%..100%.")
    codes = [int(float(number) * 255 / limit + 0.5) for number in numbers]
    return np.array(codes, dtype=np.uint8)
