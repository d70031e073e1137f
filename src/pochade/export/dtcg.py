"""dtcg: design tokens of the Design Tokens Community Group at the W3C, for Figma, Style Dictionary, ...

References
----------
Design Tokens Community Group: "Design Tokens Format Module 2025.10" and "Design Tokens Color Module 2025.10".
"""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from pochade.color.css_value import css_value
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.identifiers import identifiers
from pochade.export.reading import MAX_COLORS, check_count, json_of, palette_of
from pochade.palette import Color, Palette

MAGIC = re.compile(rb'\A\s*\{(?s:.*)"\$value"\s*:')
EXTENSION = "io.github.pochade"
"""Our key in `$extensions`; the specification requires a reversed domain name."""

MAX_DEPTH = 32
"""Limit of nested groups; design systems have three to six levels."""

_AS_CSS = {
    "srgb": "rgb({:.6%} {:.6%} {:.6%})",
    "hsl": "hsl({:.6f} {:.6f} {:.6f})",
    "oklab": "oklab({:.6f} {:.6f} {:.6f})",
    "oklch": "oklch({:.6f} {:.6f} {:.6f})",
}


def read(content: bytes) -> Palette:
    """The palette of the color tokens, in the order of the file, with the weights and positions that `dtcg` wrote.

    A color is an object with `colorSpace` and `components` (srgb, hsl, oklab, oklch; in other spaces its `hex` is
    read), or a hex string, as in older files. Aliases and translucent colors are skipped.
    """
    root = json_of(content)
    if not isinstance(root, dict):
        raise FormatError("not an object of design tokens.")
    tokens = check_count(list(itertools.islice(_tokens(root), MAX_COLORS + 1)))
    colors = [(path, token, codes) for path, token in tokens if (codes := _codes(path, token["$value"]))]
    if not colors:
        return palette_of([])
    try:
        return Palette.from_dict({"colors": [_color(path, token, codes) for path, token, codes in colors]})
    except OptionError as error:
        raise FormatError(str(error)) from None


def _tokens(root: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """All color tokens with their paths. A token without a type has the type of its group."""
    stack: list[tuple[tuple[str, ...], dict[str, Any], Any]] = [((), root, None)]
    while stack:
        path, group, outer_type = stack.pop()
        if len(path) > MAX_DEPTH:
            raise FormatError(f"token {'.'.join(path[:3])}...: groups are nested more than {MAX_DEPTH} deep.")
        own_type = group.get("$type", outer_type)
        if "$value" in group:
            if own_type == "color":
                yield path, group
            continue
        inner = [((*path, key), item, own_type) for key, item in group.items() if isinstance(item, dict)]
        stack += [item for item in reversed(inner) if not item[0][-1].startswith("$")]


def _codes(path: tuple[str, ...], value: Any) -> tuple[int, int, int] | None:
    try:
        if isinstance(value, str):
            return None if value.startswith("{") else _opaque(value)
        if not isinstance(value, dict):
            raise OptionError(f"{str(value)[:40]} is not a color: give an object or a hex string.")
        if "$ref" in value or value.get("alpha", 1) != 1:
            return None
        return _of_components(value)
    except OptionError as error:
        raise FormatError(f"token {'.'.join(path)}: {error}") from None


def _of_components(value: dict[str, Any]) -> tuple[int, int, int] | None:
    space, components = value.get("colorSpace"), value.get("components")
    if space not in _AS_CSS:
        if isinstance(value.get("hex"), str):
            return _opaque(value["hex"])
        raise OptionError(f"colorSpace {str(space)[:40]!r} is not one of {', '.join(_AS_CSS)}, and there is no hex.")
    numbers = [0 if part == "none" else part for part in components] if isinstance(components, list) else []
    if len(numbers) != 3 or not all(type(part) in (int, float) and abs(part) < 1e6 for part in numbers):
        raise OptionError(f"components {str(components)[:60]} are not three numbers.")
    if space == "srgb" and not all(0 <= part <= 1 for part in numbers):
        raise OptionError(f"components {str(components)[:60]} are outside of 0..1.")
    return css_value(_AS_CSS[space].format(*numbers))


def _opaque(text: str) -> tuple[int, int, int] | None:
    if not text.startswith("#"):
        raise OptionError(f"{text[:40]!r} is not a color: give an object or a hex string.")
    return css_value(text)


def _color(path: tuple[str, ...], token: dict[str, Any], codes: tuple[int, int, int]) -> dict[str, Any]:
    """The color of a token for `Palette.from_dict`, with name, weight and position if `dtcg` wrote them."""
    extensions = token.get("$extensions")
    ours = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    if isinstance(ours, dict):
        return {**ours, "srgb": list(codes)}
    names = path[1:] if path[:1] in (("color",), ("colors",)) else path
    return {"srgb": list(codes), "name": " ".join(names) or None}


@exporters.register("dtcg", suffix=".tokens.json", media_type="application/design-tokens+json", read=read, magic=MAGIC)
def dtcg(palette: Palette) -> bytes:
    """Design tokens of the W3C's community group (2025.10): a group `color` with a token for each color."""
    names = identifiers(palette, "kebab")
    tokens = {name: _token(color, label) for name, color, label in zip(names, palette, palette.names, strict=True)}
    return (json.dumps({"color": {"$type": "color", **tokens}}, indent=2) + "\n").encode()


def _token(color: Color, name: str) -> dict[str, Any]:
    """The token of a color. Five digits of a component resolve 0.003 of a code."""
    components = [round(code / 255, 5) for code in color.srgb]
    ours = {"name": name, "weight": color.weight, "position": color.position}
    return {
        "$value": {"colorSpace": "srgb", "components": components, "alpha": 1, "hex": color.hex},
        "$extensions": {EXTENSION: ours},
    }
