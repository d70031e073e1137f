"""Colors in the forms in which a caller writes them: text, triples, Color objects, or lists of these."""

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError, UnknownNameError
from pochade.palette.color import Color

Colors = str | Iterable[str | Iterable[int] | Color]
"""Text (CSS colors, with commas between several), or a list of texts, triples and Colors."""

_FILE = "{name}: {given!r} is no color: a palette file is loaded first, {name}=pochade.load({given!r})."


def read_every_color(name: str, given: Any) -> NDArray[np.uint8]:
    """The colors of an option, uint8 (n, 3), equal ones too, in their order.

    Raises
    ------
    OptionError, UnknownNameError : a value is no color; the message starts with `name`.
    """
    return np.array([_codes(name, color) for color in _items(name, given)], np.uint8).reshape(-1, 3)


def _items(name: str, given: Any) -> Iterator[Any]:
    """The colors one by one. Text is split at commas, except inside parentheses."""
    if isinstance(given, str):
        yield from re.split(r",(?![^(]*\))", given) if given.strip() else ()
    elif hasattr(given, "srgb") and not isinstance(given, Iterable):
        yield given
    elif isinstance(given, os.PathLike):
        raise OptionError(_FILE.format(name=name, given=os.fspath(given)))
    elif not isinstance(given, Iterable) or isinstance(given, bytes | dict):
        raise OptionError(f"{name}={given!r} is not allowed: give a list of colors, or text with commas between them.")
    else:
        items = list(given)
        yield from [items] if len(items) == 3 and all(isinstance(item, int | np.integer) for item in items) else items


def _codes(name: str, color: Any) -> list[int]:
    """The three codes of one color."""
    if isinstance(color, str):
        return _parsed(name, color)
    codes = np.asarray(getattr(color, "srgb", color), object)
    whole = codes.shape == (3,) and all(isinstance(c, int | np.integer) and not isinstance(c, bool) for c in codes)
    if not whole or not all(0 <= c <= 255 for c in codes):
        raise OptionError(f"{name}: {color!r} is no color: give #rrggbb, a CSS name, or three whole numbers 0..255.")
    return [int(code) for code in codes]


def _parsed(name: str, text: str) -> list[int]:
    from pochade.color.parse import OR_HEX, css_names, parse_color  # its files of names cost a tenth of the start

    try:
        return parse_color(text).tolist()  # type: ignore[no-any-return]
    except UnknownNameError:
        raise UnknownNameError(f"CSS color in {name}:", text.strip(), css_names(), OR_HEX) from None
    except OptionError as error:
        if re.search(r"\.\w+\s*$", text):
            raise OptionError(_FILE.format(name=name, given=text.strip())) from None
        raise OptionError(f"{name}: {error}") from None
