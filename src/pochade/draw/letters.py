"""Fonts, and shortening of texts."""

import io
import math
import unicodedata
from functools import cache
from typing import Any

FAMILY = "Aileron, 'Helvetica Neue', Helvetica, Arial, sans-serif"

MAX_LETTERS = 2000
"""More letters are wider than any drawing, because the narrowest are a fifth of the font size. Names may be endless."""

_AILERON = frozenset(map(chr, range(32, 127))) | frozenset("©«°±·»“”…™")
"""The characters in Pillow's subset of Aileron."""


_SIGNS = {"\N{MULTIPLICATION SIGN}": "x", "\N{EN DASH}": "-", "\N{EM DASH}": "-"}
"""Signs that are replaced even if the fallback font is installed."""

_REPLACEMENTS = _SIGNS | {"ß": "ss"}


@cache
def font(size: int) -> Any:
    """Aileron (Sora Sagano, CC0), the font in Pillow, so drawings are the same on every machine."""
    from PIL import ImageFont

    return ImageFont.load_default(size)


@cache
def _fallback_font(size: int) -> Any:
    """FiraGO (Carrois, OFL), for Latin with accents, Greek, Cyrillic and more; None if the extra is not installed."""
    try:
        from pymupdf_fonts.FiraGO_Regular import fontbuffer  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(fontbuffer), size)


@cache
def _fallback_has(letter: str) -> bool:
    """Whether FiraGO has a letter; False for right-to-left scripts and joining letters."""
    fallback = _fallback_font(16)
    if fallback is None or unicodedata.category(letter)[0] not in "LPS":
        return False
    if unicodedata.bidirectional(letter) in ("R", "AL"):
        return False
    return bytes(fallback.getmask(letter)) != bytes(fallback.getmask("\uffff"))


def face(text: str, size: int) -> tuple[Any, str]:
    """A font for a text, and the text in letters of the font.

    The font is Aileron, or FiraGO (in the extra `draw`) if Aileron lacks letters. Letters that are in neither font lose
    their accents, or become ?.
    """
    text = unicodedata.normalize("NFC", text)
    if not any(_fallback_has(letter) for letter in text if letter not in _AILERON and letter not in _SIGNS):
        return font(size), plain(text)
    return _fallback_font(size), "".join(one if one in _AILERON or _fallback_has(one) else plain(one) for one in text)


def width_of(text: str, size: int) -> float:
    """The width of a line of text, in pixels at this font size; infinite for more than `MAX_LETTERS` letters."""
    if len(text) > MAX_LETTERS:
        return math.inf
    kind, letters = face(text, size)
    width: float = kind.getlength(letters)
    return width


def plain(text: str) -> str:
    """The text in letters of Aileron: accents are removed, and missing letters become ?.

    Examples
    --------
    >>> plain("Café, Straße, 日")
    'Cafe, Strasse, ?'
    """
    letters = []
    for letter in text:
        base = _REPLACEMENTS.get(letter) or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        letters.append(letter if letter in _AILERON else base if base and base.isprintable() else "?")
    return "".join(letters)


def shortened(text: str, size: int, width: float) -> str:
    """The text, shortened to a width with an ellipsis if necessary."""
    if width_of(text, size) <= width:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if width_of(text[:middle] + "…", size) <= width:
            fits = middle
        else:
            too_long = middle
    text = text[:fits]
    return text.rstrip(" ,;") + "…"
