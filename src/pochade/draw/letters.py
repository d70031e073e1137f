"""The letters that drawings are set in."""

import io
import unicodedata
from functools import cache
from typing import Any

FAMILY = "Aileron, 'Helvetica Neue', Helvetica, Arial, sans-serif"

_OWN = frozenset(map(chr, range(32, 127))) | frozenset("©«°±·»“”…™")
"""What Pillow's cut of Aileron has."""


_SIGNS = {"\N{MULTIPLICATION SIGN}": "x", "\N{EN DASH}": "-", "\N{EM DASH}": "-"}
"""Signs that are not worth another font."""

_ALIKE = _SIGNS | {"ß": "ss"}


@cache
def font(size: int) -> Any:
    """Aileron (Sora Sagano, CC0), the font that comes with Pillow: alike on every machine."""
    from PIL import ImageFont

    return ImageFont.load_default(size)


@cache
def _wider(size: int) -> Any:
    """FiraGO (Carrois, OFL), for Latin with accents, Greek, Cyrillic and more; None where the extra is missing."""
    try:
        from pymupdf_fonts.FiraGO_Regular import fontbuffer  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(fontbuffer), size)


@cache
def _has(letter: str) -> bool:
    """Whether FiraGO can be asked for a letter by itself; not for what is written from the right, or joins."""
    wider = _wider(16)
    if wider is None or unicodedata.category(letter)[0] not in "LPS":
        return False
    if unicodedata.bidirectional(letter) in ("R", "AL"):
        return False
    return bytes(wider.getmask(letter)) != bytes(wider.getmask("\uffff"))


def face(text: str, size: int) -> tuple[Any, str]:
    """The font in which a text is drawn, and the text in its letters.

    That is Aileron, and FiraGO for a text with letters that Aileron lacks, where the extra `draw` is installed. What
    neither has is written in plain letters, or as ?.
    """
    text = unicodedata.normalize("NFC", text)
    if not any(_has(letter) for letter in text if letter not in _OWN and letter not in _SIGNS):
        return font(size), plain(text)
    return _wider(size), "".join(one if one in _OWN or _has(one) else plain(one) for one in text)


def width_of(text: str, size: int) -> float:
    """How wide a line of text is."""
    kind, letters = face(text, size)
    width: float = kind.getlength(letters)
    return width


def plain(text: str) -> str:
    """The text in the letters that Aileron has: without accents, and ? for what it lacks.

    Examples
    --------
    >>> plain("Café, Straße, 日")
    'Cafe, Strasse, ?'
    """
    kept = []
    for letter in text:
        base = _ALIKE.get(letter) or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        kept.append(letter if letter in _OWN else base if base and base.isprintable() else "?")
    return "".join(kept)


def fitted(text: str, size: int, width: float) -> str:
    """The text, cut at its end where it is wider than that."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,;") + "…"
