"""Find the colors in a document of nested mappings and lists, such as JSON, and name them after their keys."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pochade.color.css_value import css_rgba
from pochade.errors import FormatError, OptionError
from pochade.export.identifiers import words_of
from pochade.export.reading import MAX_COLORS, NamedColor, check_count, palette_of
from pochade.export.swatch import Triple, from_unit, label_of
from pochade.palette import Palette

MAX_DEPTH = 32
"""Limit of nested groups; design systems have three to six levels."""

NAMES = ("name", "label", "title", "id")
VALUES = ("hex", "$value", "value", "color", "colour", "css", "srgb", "rgb")
"""Keys of an object that is one color: its name, and its value, the most exact first."""

GROUPS = frozenset(
    ("color", "colors", "colour", "colours", "palette", "palettes", "swatches", "theme", "values", "default")
)
"""Keys that name a group of colors, not a color."""

_BARE = re.compile(r"(?:0x)?(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_FUNCTION = re.compile(r"(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.IGNORECASE)
_DEPENDS = re.compile(r"[$@{#]|\b(?:var|calc|from|env|theme)\b", re.IGNORECASE)

Path = tuple[str, ...]
Found = tuple[Path, Triple | str]
"""The keys that lead to a color, and its codes, or why it is left out."""


class Computed(str):
    """The text of a value that a program would compute; it is no color of the document."""


def named_colors(document: Any, *, of_unit: bool = False) -> Palette:
    """The palette of all colors in a document, in its order, each with the name of its keys.

    A color is `#rrggbb`, a function of CSS, six hex digits, a list of three codes, or an object with red, green and
    blue (0..1 or 0..255), or with a value under `hex`, `value`, `color` or `rgb`. Translucent colors are omitted.

    of_unit : channels go to 1, even if all are whole numbers.
    """
    omitted: list[str] = []
    return palette_of(_named(document, omitted, of_unit), omitted)


def theme_colors(document: Any) -> Palette:
    """The palette of the different colors in a theme; of the many keys with the same color the first names it."""
    omitted: list[str] = []
    first: dict[Triple, str | None] = {}
    for codes, name in _named(document, omitted):
        first.setdefault(codes, name)
    return palette_of(first.items(), omitted)


def _named(document: Any, omitted: list[str], of_unit: bool = False) -> Iterator[NamedColor]:
    of_unit = of_unit or _is_of_unit(document)
    for number, (path, color) in enumerate(_found(document, (), of_unit)):
        if number > MAX_COLORS:
            check_count(range(number))
        if isinstance(color, str):
            omitted.append(f"{'.'.join(path)[:60] or 'a color'} {color.rstrip('.')}.")
        else:
            yield color, label_of(" ".join(words_of(key) for key in path if key.lower() not in GROUPS))


def _found(value: Any, path: Path, of_unit: bool) -> Iterator[Found]:
    if len(path) > MAX_DEPTH:
        raise FormatError(f"{'.'.join(path[:3])}...: groups are nested more than {MAX_DEPTH} deep.")
    if isinstance(value, Computed):
        yield path, f"is computed: {value[:60]}"
    elif isinstance(value, str):
        color = text_color(value)
        if color is not None:
            yield path, color
    elif isinstance(value, list):
        if (codes := _codes(value, of_unit)) is not None:
            yield path, codes
            return
        bare = _are_bare(value)
        for item in value:
            yield from _found(f"#{item}" if bare else item, path, of_unit)
    elif isinstance(value, Mapping):
        yield from _of_object(value, path, of_unit)


def _of_object(value: Mapping[str, Any], path: Path, of_unit: bool) -> Iterator[Found]:
    keys = {str(key).lower(): item for key, item in value.items()}
    own = next((str(keys[key]) for key in NAMES if isinstance(keys.get(key), str)), None)
    channels = next((c for c in (("red", "green", "blue"), ("r", "g", "b")) if all(k in keys for k in c)), None)
    color: Triple | str | None = None
    for key in VALUES if not _has_others(keys) else ():
        item = keys.get(key)
        color = text_color(item) if isinstance(item, str) else _codes(item, of_unit) if isinstance(item, list) else None
        if color is not None:
            break
    alpha = keys.get("alpha", keys.get("a", keys.get("opacity", 1)))
    if color is None and channels:
        color = _codes([keys[channel] for channel in channels], of_unit)
    if color is None:
        bare = _are_bare(value.values())
        for key, item in value.items():
            if not str(key).startswith("$"):
                yield from _found(f"#{item}" if bare else item, (*path, str(key)), of_unit)
        return
    if isinstance(alpha, int | float) and not isinstance(alpha, bool) and alpha not in (1, 255) and color is not None:
        color = f"is translucent: alpha {str(alpha)[:20]}"
    yield (*path[:-1], own) if own and path and _is_generic(path[-1]) else (*path, own) if own else path, color


def _are_bare(values: Collection[Any]) -> bool:
    """Whether all values are six hex digits, so even `facade` is a color among them."""
    return all(isinstance(value, str) and re.fullmatch("[0-9a-fA-F]{6}", value) for value in values)


def _has_others(keys: Mapping[str, Any]) -> bool:
    """Whether an object has colors under keys of their own, so a key such as `color` is only one of them."""
    return any(isinstance(v, str) and key not in VALUES and text_color(v) is not None for key, v in keys.items())


def _is_generic(key: str) -> bool:
    return key.lower() in GROUPS


def text_color(text: str) -> Triple | str | None:
    """The codes of an opaque color in a text, or why the color is left out, or None for another text.

    Raises
    ------
    FormatError : the text begins like a color but is not a valid one.
    """
    text = text.strip()
    if _BARE.fullmatch(text) and re.search(r"\d", text):
        text = "#" + text.removeprefix("0x")
    function = _FUNCTION.match(text)
    if not text.startswith("#") and not function:
        return None
    if function and _DEPENDS.search(text, function.end()):
        return f"depends on other values: {text[:60]}"
    if text.startswith("#") and not re.fullmatch("#[0-9a-fA-F]*", text):
        return None  # an anchor or a tag
    if text.startswith("#") and len(text) not in (4, 5, 7, 9):
        return f"is no color: {text[:60]}"
    try:
        color = css_rgba(text)
    except OptionError as error:
        raise FormatError(str(error)) from None
    if color is None:
        return f"is no fixed color: {text[:60]}"
    return color[:3] if color[3] == 1 else f"is translucent: {text[:60]}"


def _numbers(value: Any) -> Sequence[float] | None:
    if (
        isinstance(value, list)
        and len(value) in (3, 4)
        and all(type(v) in (int, float) and 0 <= v <= 255 for v in value)
    ):
        return value
    return None


def _codes(value: Any, of_unit: bool) -> Triple | str | None:
    numbers = _numbers(value)
    if numbers is None:
        return None
    full = 1 if of_unit else 255
    if len(numbers) == 4 and numbers[3] not in (full, 1, 255):
        return f"is translucent: alpha {numbers[3]:g}"
    return from_unit([number / full for number in numbers[:3]], "") if max(numbers[:3]) <= full else None


def _is_of_unit(document: Any) -> bool:
    """Whether the channels of the document go to 1: all are 0..1, and one is not whole."""
    stack, values = [document], list[float]()
    while stack and len(values) < 4 * MAX_COLORS:
        value = stack.pop()
        if numbers := _numbers(value):
            values += numbers[:3]
        elif isinstance(value, list):
            stack += value
        elif isinstance(value, Mapping):
            keys = {str(key).lower(): item for key, item in value.items()}
            for channels in (("red", "green", "blue"), ("r", "g", "b")):
                values += _numbers([keys.get(channel) for channel in channels]) or []
            stack += value.values()
    return any(isinstance(v, float) and v % 1 for v in values) and max(values) <= 1
