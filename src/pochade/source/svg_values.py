"""Values of properties in drawings, in the words that the renderer knows: variables and colors resolved.

The renderer reads hex, names, rgb() and hsl() in their old notation; it draws black for any other color.
"""

import functools
import re
from collections.abc import Mapping
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from pochade.color.css_mix import css_mix
from pochade.color.css_value import css_rgba
from pochade.errors import OptionError

PAINTS = frozenset({"fill", "stroke"})
"""The properties that take a color, a gradient or a pattern."""

COLORS = frozenset({"color", "fill", "stroke", "stop-color", "flood-color", "lighting-color"})
"""The properties that take a color."""

INITIAL = {"stroke": "none", "lighting-color": "white"}
"""The initial values of these properties that are not black."""

INHERITED = frozenset({"color", "fill", "stroke"})

MAX_VALUE = 1 << 16
"""Characters of a value with its variables replaced: variables that name others twice would grow without limit."""

MAX_NESTING = 32
"""Levels of functions in each other, and of variables that name variables."""

_READY = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})|none|rgb\(\d+, ?\d+, ?\d+\)", re.IGNORECASE)
"""The usual notations, which the renderer knows."""

_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"})
_AFTER = re.compile(r"icc-color|icc-named-color|device-(?:cmyk|rgb|gray|nchannel|color)|cielab|cielch(?:ab)?|color")
"""Functions after a color that state it for print, as Inkscape and SVG 1.2 write them; screens use the color."""


class ColorError(Exception):
    """A value that is no color here; the text says why."""


def needs_variables(text: str) -> bool:
    return "(" in text and "var(" in text.lower()


def with_variables(text: str, variables: Mapping[str, str]) -> str:
    """The value with each var() replaced by the value of the variable, or by its fallback.

    Raises
    ------
    ColorError : a variable has neither.
    """
    if not needs_variables(text):
        return text
    return _substituted(tinycss2.parse_component_value_list(text), variables, MAX_NESTING)


def _substituted(tokens: list[Any], variables: Mapping[str, str], room: int) -> str:
    if room == 0:
        raise ColorError("its variables are nested too deep")
    parts: list[str] = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            parts.append(_variable(token.arguments, variables, room))
        elif token.type == "function":
            parts.append(f"{token.name}({_substituted(token.arguments, variables, room - 1)})")
        else:
            parts.append(token.serialize())
        if sum(map(len, parts)) > MAX_VALUE:
            raise ColorError("its variables make it too long")
    return "".join(parts)


def _variable(arguments: list[Any], variables: Mapping[str, str], room: int) -> str:
    names = [token for token in arguments if token.type not in ("whitespace", "comment")][:1]
    if not names or names[0].type != "ident" or not names[0].value.startswith("--"):
        raise ColorError("its var() names no variable")
    name = names[0].value
    value = variables.get(name, "initial")
    if value.lower() != "initial":
        return value
    comma = next((i for i, token in enumerate(arguments) if token.type == "literal" and token.value == ","), None)
    if comma is None:
        raise ColorError(f"the file gives the variable {name} no value")
    return _substituted(arguments[comma + 1 :], variables, room - 1).strip()


def with_colors(text: str, color: str) -> str:
    """The value with each color function in it, as in `filter`, in a notation that the renderer knows.

    Parameters
    ----------
    color : the color that currentColor stands for in a mixture.
    """
    if "(" not in text:
        return text
    return "".join(_written(token, color, MAX_NESTING) for token in tinycss2.parse_component_value_list(text))


def _written(token: Any, color: str, room: int) -> str:
    if token.type != "function":
        return str(token.serialize())
    if room == 0:
        raise ColorError("its functions are nested too deep")
    name = token.lower_name
    arguments = token.arguments
    if name == "light-dark":  # the page is light
        comma = next((i for i, one in enumerate(arguments) if one.type == "literal" and one.value == ","), None)
        return "".join(_written(one, color, room - 1) for one in arguments[:comma]).strip()
    inside = "".join(_written(one, color, room - 1) for one in arguments)
    if name == "color-mix":
        return _text(_or_error(css_mix, re.sub(r"\bcurrentcolor\b", color, inside, flags=re.IGNORECASE)))
    if name in _FUNCTIONS:
        return resolved_color(f"{name}({inside})")
    return f"{token.name}({inside})"


def resolved_color(text: str) -> str:
    """A color in hex, or rgba() if it is translucent.

    Raises
    ------
    ColorError : it is no color, or one that depends on something that a drawing does not have.
    """
    rgba = _or_error(css_rgba, text)
    if rgba is None:
        relative = re.search(r"\b(from|calc)\b", text)
        raise ColorError("relative colors and calc() are not known" if relative else "it is no color of CSS")
    return _text(rgba)


def _or_error(read: Any, text: str) -> Any:
    try:
        return read(text)
    except OptionError as error:
        raise ColorError(str(error).rstrip(".")) from None


def _text(rgba: tuple[int, int, int, float]) -> str:
    red, green, blue, alpha = rgba
    return f"#{red:02x}{green:02x}{blue:02x}" if alpha == 1 else f"rgba({red},{green},{blue},{alpha:.6f})"


def color_value(name: str, text: str, color: str) -> str:
    """The value of one of COLORS, without variables, in the words of the renderer.

    Parameters
    ----------
    name : the property.
    color : as in `with_colors`.

    Raises
    ------
    ColorError : it is no color, or not one that can be resolved.
    """
    return text if _READY.fullmatch(text) else _color_value(name, text, color)


@functools.lru_cache(maxsize=4096)
def _color_value(name: str, text: str, color: str) -> str:
    lower = text.lower()
    if lower in ("unset", "revert", "revert-layer"):
        lower = "inherit" if name in INHERITED else "initial"
    if lower == "initial":
        return INITIAL.get(name, "black")
    if lower == "inherit":
        return lower
    if lower == "currentcolor":
        return "inherit" if name == "color" else "currentColor"
    if name in PAINTS and lower in ("none", "context-fill", "context-stroke"):
        return lower
    tokens = tinycss2.parse_component_value_list(text)
    first, *rest = [one for one in tokens if one.type not in ("whitespace", "comment")] or [None]
    if first is None:
        raise ColorError("it is empty")
    if first.type == "url" or (first.type == "function" and first.lower_name == "url"):
        if name not in PAINTS:
            raise ColorError("a reference is no color")
        after = " ".join(one.serialize() for one in rest)
        return str(first.serialize()) + (f" {color_value(name, after, color)}" if after else "")
    if first.type == "function" and first.lower_name == "param" and rest:  # QGIS: the default of a parameter follows
        return color_value(name, " ".join(one.serialize() for one in rest), color)
    if all(one.type == "function" and _AFTER.fullmatch(one.lower_name) for one in rest):
        return resolved_color(_written(first, color, MAX_NESTING))
    return resolved_color(text)
