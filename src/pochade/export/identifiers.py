"""Variable names for colors: ASCII letters and digits, unique, not reserved."""

import re
import unicodedata
from typing import Literal

from pochade.color.names import nearest
from pochade.errors import OptionError
from pochade.palette import Palette

Case = Literal["kebab", "snake", "camel"]
"""light-coral, light_coral or lightCoral."""

MAX_LENGTH = 60
"""Longer names are truncated, because lines of code have 80 to 120 characters."""


def identifiers(palette: Palette, case: Case, *, prefix: str = "", reserved: str = "") -> list[str]:
    """A variable name for each color, derived from its name: unique and deterministic.

    Accents are removed; a name without Latin letters or digits is replaced by the nearest CSS name. Duplicates are
    numbered from 2.

    Parameters
    ----------
    prefix : first word of every name.
    reserved : words that cannot be names, separated by spaces; a color with such a name gets the suffix "color".

    Examples
    --------
    >>> from pochade import Color
    >>> palette = Palette(tuple(Color((142, 26, 36), label=name) for name in ("Bärenrot!", "class", "class", "赤")))
    >>> identifiers(palette, "camel", reserved="class default")
    ['barenrot', 'classColor', 'classColor2', 'brown']
    """
    names: list[str] = []
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    forbidden = frozenset(reserved.split())
    for words in _all_words(palette):
        if prefix:
            words = [prefix, *words]
        elif words[0][0].isdigit() and case != "kebab":
            words = ["color", *words]
        if _joined(words, case) in forbidden:
            words = [*words, "color"]
        plain = name = _joined(words, case)
        while name in taken or name in forbidden:
            numbers[plain] = numbers.get(plain, 1) + 1
            name = _joined([*words, str(numbers[plain])], case)
        taken.add(name)
        names.append(name)
    return names


def check_name(option: str, value: str, pattern: str, example: str) -> str:
    """Return `value` if the pattern matches it; else raise OptionError.

    Examples
    --------
    >>> check_name("prefix", "brand", "[a-z]+", "brand")
    'brand'
    """
    if not re.fullmatch(pattern, value):
        raise OptionError(f"{option}={value!r} is not allowed: give a plain name, such as {example}.")
    return value


def words_of(identifier: str, prefix: str = "") -> str:
    """The words of an identifier, without the prefix, separated by spaces.

    Examples
    --------
    >>> words_of("color-buoy-red", "color-"), words_of("buoy_red")
    ('buoy red', 'buoy red')
    """
    return " ".join(re.split(r"[-_\s]+", identifier.removeprefix(prefix))).strip()


def _all_words(palette: Palette) -> list[list[str]]:
    """The words of each color's name, of lower-case letters and digits, at least one word."""
    all_words = [_words(name) for name in palette.names]
    strange = [i for i, words in enumerate(all_words) if not words]
    for i, name in zip(strange, nearest([palette[i].srgb for i in strange]), strict=True):
        all_words[i] = [name]
    return all_words


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name[: 4 * MAX_LENGTH]).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain.replace("'", "").lower())
    return " ".join(words)[:MAX_LENGTH].split()


def _joined(words: list[str], case: Case) -> str:
    if case == "camel":
        return words[0] + "".join(word.capitalize() for word in words[1:])
    return ("-" if case == "kebab" else "_").join(words)
