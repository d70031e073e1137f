"""Fonts of drawings."""

import io
import unicodedata
from functools import cache
from typing import Any

FAMILY = "Aileron, 'Helvetica Neue', Helvetica, Arial, sans-serif"

_OWN = frozenset(map(chr, range(32, 127))) | frozenset("©«°±·»“”…™")
"""The letters in Pillow's subset of Aileron."""


_SIGNS = {"\N{MULTIPLICATION SIGN}": "x", "\N{EN DASH}": "-", "\N{EM DASH}": "-"}
"""Signs that do not justify another font."""

_REPLACED = _SIGNS | {"ß": "ss"}


@cache
def font(size: int) -> Any:
    """Aileron (Sora Sagano, CC0), the font that comes with Pillow: the same on every machine."""
    from PIL import ImageFont

    return ImageFont.load_default(size)


@cache
def _wider(size: int) -> Any:
    """FiraGO (Carrois, OFL), for Latin with accents, Greek, Cyrillic and more; None if the extra is not installed."""
    try:
        from pymupdf_fonts.FiraGO_Regular import fontbuffer  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(fontbuffer), size)


@cache
def _has(letter: str) -> bool:
    """Whether FiraGO can draw a letter by itself; not for right-to-left scripts and joining letters."""
    wider = _wider(16)
    if wider is None or unicodedata.category(letter)[0] not in "LPS":
        return False
    if unicodedata.bidirectional(letter) in ("R", "AL"):
        return False
    return bytes(wider.getmask(letter)) != bytes(wider.getmask("\uffff"))


def face(text: str, size: int) -> tuple[Any, str]:
    """The font for a text, and the text in letters that the font has.

    The font is Aileron, or FiraGO (in the extra `draw`) if Aileron lacks letters. Letters that neither has become plain
    letters, or ?.
    """
    text = unicodedata.normalize("NFC", text)
    if not any(_has(letter) for letter in text if letter not in _OWN and letter not in _SIGNS):
        return font(size), plain(text)
    return _wider(size), "".join(one if one in _OWN or _has(one) else plain(one) for one in text)


def width_of(text: str, size: int) -> float:
    """The width of a line of text."""
    kind, letters = face(text, size)
    width: float = kind.getlength(letters)
    return width


def plain(text: str) -> str:
    """The text in Aileron's letters: without accents, and with ? for missing letters.

    Examples
    --------
    >>> plain("Café, Straße, 日")
    'Cafe, Strasse, ?'
    """
    kept = []
    for letter in text:
        base = _REPLACED.get(letter) or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        kept.append(letter if letter in _OWN else base if base and base.isprintable() else "?")
    return "".join(kept)


def fitted(text: str, size: int, width: float) -> str:
    """The text, shortened to a width."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,;") + "…"
