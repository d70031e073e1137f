"""dtcg: design tokens, as the Design Tokens Community Group at the W3C specifies them, for Figma, Style Dictionary, ...

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
from pochade.export.reading import MOST_COLORS, json_of, limited, palette_of
from pochade.palette import Color, Palette

MAGIC = re.compile(rb'\A\s*\{(?s:.*)"\$value"\s*:')
OURS = "io.github.pochade"
"""The key of what is ours in `$extensions`; the specification asks for a domain turned around."""

MOST_DEPTH = 32
"""Groups within groups; design systems have three to six."""

_AS_CSS = {
    "srgb": "rgb({:.6%} {:.6%} {:.6%})",
    "hsl": "hsl({:.6f} {:.6f} {:.6f})",
    "oklab": "oklab({:.6f} {:.6f} {:.6f})",
    "oklch": "oklch({:.6f} {:.6f} {:.6f})",
}


def read(content: bytes) -> Palette:
    """The palette of the color tokens, in the order of the file, with weights and places where we wrote it.

    A color is an object with `colorSpace` and `components` (srgb, hsl, oklab, oklch; of other spaces its `hex` counts),
    or a hex string, as older files have it. Aliases and translucent colors do not count.
    """
    given = json_of(content)
    if not isinstance(given, dict):
        raise FormatError("it is no object of design tokens.")
    tokens = limited(list(itertools.islice(_tokens(given), MOST_COLORS + 1)))
    found = [(path, token, codes) for path, token in tokens if (codes := _codes(path, token["$value"]))]
    if not found:
        return palette_of([])
    try:
        return Palette.from_dict({"colors": [_written(path, token, codes) for path, token, codes in found]})
    except OptionError as error:
        raise FormatError(str(error)) from None


def _tokens(root: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """All color tokens with their paths; a type may be that of a group around."""
    waiting: list[tuple[tuple[str, ...], dict[str, Any], Any]] = [((), root, None)]
    while waiting:
        path, group, type_around = waiting.pop()
        if len(path) > MOST_DEPTH:
            raise FormatError(f"token {'.'.join(path[:3])}...: groups are nested more than {MOST_DEPTH} deep.")
        type_here = group.get("$type", type_around)
        if "$value" in group:
            if type_here == "color":
                yield path, group
            continue
        inner = [((*path, key), item, type_here) for key, item in group.items() if isinstance(item, dict)]
        waiting += [item for item in reversed(inner) if not item[0][-1].startswith("$")]


def _codes(path: tuple[str, ...], value: Any) -> tuple[int, int, int] | None:
    try:
        if isinstance(value, str):
            return None if value.startswith("{") else _opaque(value)
        if not isinstance(value, dict):
            raise OptionError(f"{str(value)[:40]} is no color: give an object or a hex string.")
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
        raise OptionError(f"colorSpace {str(space)[:40]!r} is not one of {', '.join(_AS_CSS)}, and it has no hex.")
    numbers = [0 if part == "none" else part for part in components] if isinstance(components, list) else []
    if len(numbers) != 3 or not all(type(part) in (int, float) and abs(part) < 1e6 for part in numbers):
        raise OptionError(f"components {str(components)[:60]} are not three numbers.")
    if space == "srgb" and not all(0 <= part <= 1 for part in numbers):
        raise OptionError(f"components {str(components)[:60]} are outside of 0..1.")
    return css_value(_AS_CSS[space].format(*numbers))


def _opaque(text: str) -> tuple[int, int, int] | None:
    if not text.startswith("#"):
        raise OptionError(f"{text[:40]!r} is no color: give an object or a hex string.")
    return css_value(text)


def _written(path: tuple[str, ...], token: dict[str, Any], codes: tuple[int, int, int]) -> dict[str, Any]:
    """The color of a token as `Palette.from_dict` takes it, with what we wrote besides, where we did."""
    extensions = token.get("$extensions")
    ours = extensions.get(OURS) if isinstance(extensions, dict) else None
    if isinstance(ours, dict):
        return {**ours, "srgb": list(codes)}
    names = path[1:] if path[:1] in (("color",), ("colors",)) else path
    return {"srgb": list(codes), "name": " ".join(names) or None}


@exporters.register("dtcg", suffix=".tokens.json", media_type="application/design-tokens+json", read=read, magic=MAGIC)
def dtcg(palette: Palette) -> bytes:
    """Design tokens of the W3C's community group (2025.10), a group `color` with a token for each color."""
    names = identifiers(palette, "kebab")
    tokens = {name: _token(color, called) for name, color, called in zip(names, palette, palette.names, strict=True)}
    return (json.dumps({"color": {"$type": "color", **tokens}}, indent=2) + "\n").encode()


def _token(color: Color, name: str) -> dict[str, Any]:
    """One token. Five digits of a component are a two-hundredth of a code."""
    components = [round(code / 255, 5) for code in color.srgb]
    ours = {"name": name, "weight": color.weight, "position": color.position}
    return {
        "$value": {"colorSpace": "srgb", "components": components, "alpha": 1, "hex": color.hex},
        "$extensions": {OURS: ours},
    }
