"""dtcg: design tokens of the Design Tokens Community Group at the W3C, for Figma, Style Dictionary, ...

References
----------
Design Tokens Community Group: "Design Tokens Format Module 2025.10" and "Design Tokens Color Module 2025.10".
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pochade.color.css_value import css_value
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.documents import GROUPS, MAX_DEPTH, text_color
from pochade.export.identifiers import identifiers
from pochade.export.reading import check_count, json_of, palette_of
from pochade.palette import Color, Palette

EXTENSION = "io.github.pochade"
"""Our key in `$extensions`; the specification requires a reversed domain name."""

NOTATIONS = {
    **dict.fromkeys(("hsl", "hwb", "lab", "lch", "oklab", "oklch"), "{space}({values})"),
    **dict.fromkeys(
        ("srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020", "xyz-d65", "xyz-d50"),
        "color({space} {values})",
    ),
}
"""How CSS writes each color space of the Color Module; the ranges of the components are the same."""

_TYPE = re.compile(rb'"type"\s*:\s*"color"')

Codes = tuple[int, int, int]


def fits(content: bytes) -> bool:
    """Whether the content is a JSON object with `$value`, or with `value` and a type `color`."""
    if not content.lstrip().startswith(b"{"):
        return False
    return b'"$value"' in content or (b'"value"' in content and _TYPE.search(content) is not None)


def read(content: bytes) -> Palette:
    """The palette of the color tokens, in the order of the file, with the weights and positions that `dtcg` wrote.

    A color is an object with `colorSpace` and `components`, in any space of the specification, or a hex string, as in
    older files. Outside of sRGB, its `hex` counts if it has one. Files of Style Dictionary and Tokens Studio with
    `value` and `type` in place of `$value` and `$type` are read too. Aliases are skipped; translucent and computed
    colors, and spaces that the specification lacks, are listed as omitted.
    """
    root = json_of(content)
    if not isinstance(root, dict):
        raise FormatError("not an object of design tokens.")
    colors: list[dict[str, Any]] = []
    omitted: list[str] = []
    for path, token, value in _tokens(root):
        codes = _codes(path, token, value)
        if isinstance(codes, str):
            omitted.append(f"token {'.'.join(path)} {codes}.")
        elif codes is not None:
            colors.append(_color(path, token, codes))
            if len(colors) % 1000 == 1:
                check_count(colors)
    if not colors:
        return palette_of([], omitted)
    try:
        return replace(Palette.from_dict({"colors": check_count(colors)}), omitted=tuple(omitted))
    except OptionError as error:
        raise FormatError(str(error)) from None


def _tokens(root: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any], Any]]:
    """All color tokens with their paths and values. A token without a type has the type of its group."""
    stack: list[tuple[tuple[str, ...], dict[str, Any], Any]] = [((), root, None)]
    while stack:
        path, group, outer_type = stack.pop()
        if len(path) > MAX_DEPTH:
            raise FormatError(f"token {'.'.join(path[:3])}...: groups are nested more than {MAX_DEPTH} deep.")
        own_type = group.get("$type", group.get("type", outer_type))
        own_type = own_type if isinstance(own_type, str) else outer_type
        value = group.get("$value", group.get("value"))
        if value is not None and not (isinstance(value, dict) and ("value" in value or "$value" in value)):
            if own_type == "color" or (own_type is None and _is_color(value)):
                yield path, group, value
            continue
        inner = [(key, item) for key, item in group.items() if isinstance(item, dict)]
        stack += [
            (path if key == "$root" else (*path, key), item, own_type)
            for key, item in reversed(inner)
            if key == "$root" or not key.startswith("$")
        ]


def _is_color(value: Any) -> bool:
    """Whether the value of a token without a type is a color, as in files of Style Dictionary."""
    if isinstance(value, dict):
        return "colorSpace" in value
    return isinstance(value, str) and bool(
        re.match(r"#[0-9a-fA-F]|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(", value)
    )


def _codes(path: tuple[str, ...], token: dict[str, Any], value: Any) -> Codes | str | None:
    """The codes of a token, or why it is left out, or None for an alias of another token."""
    try:
        if isinstance(value, str):
            return _of_text(token, value.strip())
        if not isinstance(value, dict):
            raise OptionError(f"{str(value)[:40]} is not a color: give an object or a hex string.")
        if "$ref" in value:
            return None
        return _of_components(value)
    except (OptionError, FormatError) as error:
        raise FormatError(f"token {'.'.join(path)}: {error}") from None


def _of_text(token: dict[str, Any], text: str) -> Codes | str | None:
    if re.fullmatch(r"\{[^{}]*\}|\$[\w.-]+", text):
        return None
    extensions = token.get("$extensions")
    studio = extensions.get("studio.tokens") if isinstance(extensions, dict) else None
    if isinstance(studio, dict) and studio.get("modify"):
        return f"is computed: {text[:40]} is modified"
    color = text_color(text) or css_value(text)
    if color is None:
        if re.search(r"[{$(]", text) or text.lower() in ("transparent", "currentcolor"):
            return f"is no fixed opaque color: {text[:40]}"
        raise OptionError(f"{text[:40]!r} is not a color: give an object or a hex string.")
    return color


def _of_components(value: dict[str, Any]) -> Codes | str | None:
    alpha = value.get("alpha", 1)
    if isinstance(alpha, bool) or not isinstance(alpha, int | float) or not 0 <= alpha <= 1:
        raise OptionError(f"alpha {str(alpha)[:40]} is not a number 0..1.")
    if alpha != 1:
        return f"is translucent: alpha {alpha:g}"
    space, components = value.get("colorSpace"), value.get("components", value.get("channels"))
    if isinstance(value.get("hex"), str) and space != "srgb":
        return text_color("#" + value["hex"].removeprefix("#"))
    if space not in NOTATIONS:
        return f"is in another space: colorSpace {str(space)[:40]!r} is not one of {', '.join(NOTATIONS)}"
    if isinstance(components, list) and any(isinstance(part, dict) for part in components):
        return "depends on other tokens"
    numbers = [0 if part == "none" else part for part in components] if isinstance(components, list) else []
    if len(numbers) != 3 or not all(type(part) in (int, float) and abs(part) < 1e6 for part in numbers):
        raise OptionError(f"components {str(components)[:60]} are not three numbers.")
    if space == "srgb" and not all(0 <= part <= 1 for part in numbers):
        raise OptionError(f"components {str(components)[:60]} are outside of 0..1.")
    text = NOTATIONS[space].format(space=space, values=" ".join(f"{part:.9g}" for part in numbers))
    return css_value(text)


def _color(path: tuple[str, ...], token: dict[str, Any], codes: tuple[int, int, int]) -> dict[str, Any]:
    """The color of a token for `Palette.from_dict`, with name, weight and position if `dtcg` wrote them."""
    extensions = token.get("$extensions")
    ours = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    if isinstance(ours, dict):
        return {**ours, "srgb": list(codes)}
    names = path[1:] if path and path[0].lower() in GROUPS else path
    return {"srgb": list(codes), "name": " ".join(names) or None}


@exporters.register("dtcg", suffix=".tokens.json", media_type="application/design-tokens+json", read=read, magic=fits)
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
