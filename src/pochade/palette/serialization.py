"""Conversion of palettes to the types of JSON and back; docs/json.md explains each field."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pochade.color.srgb import parse_hex
from pochade.errors import OptionError
from pochade.palette.color import Color

if TYPE_CHECKING:
    from pochade.palette.palette import Palette

TYPES = {"source": str, "width": int, "height": int, "k": int | str, "method": str, "space": str, "seed": int}
"""The fields other than colors and options, and their types."""


def to_dict(palette: "Palette") -> dict[str, Any]:
    """The palette in the types of JSON."""
    colors = [
        {
            "hex": color.hex,
            "srgb": list(color.srgb),
            "weight": color.weight,
            "position": None if color.position is None else list(color.position),
            "name": name,
            "accent": color.accent,
            **({"exemplars": list(color.exemplars)} if color.exemplars else {}),
        }
        for color, name in zip(palette.colors, palette.names, strict=True)
    ]
    about = {field: getattr(palette, field) for field in TYPES}
    return {
        **about,
        "options": dict(palette.options),
        **({"notes": list(palette.notes)} if palette.notes else {}),
        "colors": colors,
        "coolors": palette.coolors,
    }


def from_dict(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of Palette from a mapping of `to_dict`; OptionError if a field cannot be read.

    In files of earlier versions, `requested` is the number requested, and `k` the number of colors.
    """
    try:
        colors = [_color(color, 1 / len(fields["colors"])) for color in fields["colors"]]
        options = {str(name): _frozen(value) for name, value in dict(fields.get("options") or {}).items()}
        notes = tuple(str(note) for note in fields.get("notes") or ())
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error).rstrip(".")
        raise OptionError(
            f"not a palette: {reason}. Give a mapping with `colors`, each with `hex` or `srgb`."
        ) from None
    about = {field: fields.get(field) for field in TYPES}
    if "requested" in fields:
        about["k"] = fields["requested"]
    for field, value in about.items():
        if value is not None and not isinstance(value, TYPES[field]):
            raise OptionError(f"not a palette: {field} is {value!r:.40}.")
    return {"colors": labeled(colors), **about, "options": tuple(sorted(options.items())), "notes": notes}


def labeled(colors: Sequence[Color]) -> tuple[Color, ...]:
    """The colors, without labels that equal the nearest CSS name, because files do not distinguish the two."""
    if not any(color.label for color in colors):
        return tuple(colors)
    from pochade.color.names import nearest  # imported here, because extract() does not need names

    nearest_names = nearest([color.srgb for color in colors])
    return tuple(
        replace(color, label=None) if color.label == name else color
        for color, name in zip(colors, nearest_names, strict=True)
    )


def _color(fields: Any, share: float) -> Color:
    if isinstance(fields, str):
        fields = {"hex": fields}
    codes = parse_hex(fields["hex"]).tolist() if "srgb" not in fields else fields["srgb"]
    red, green, blue = (operator.index(code) for code in codes)
    if not all(0 <= code <= 255 for code in (red, green, blue)):
        raise OptionError(f"srgb {codes} is outside 0..255")
    position, name = fields.get("position"), fields.get("name")
    if position is not None:
        x, y = position
        position = _unit("position", x), _unit("position", y)
    accent = fields.get("accent", False)
    if not isinstance(accent, bool):
        raise OptionError(f"accent {accent!r:.40} is not true or false")
    return Color(
        (red, green, blue),
        _unit("weight", fields.get("weight", share)),
        position,
        None if name is None else str(name),
        accent,
    )


def _unit(field: str, value: Any) -> float:
    if not 0 <= (number := float(value)) <= 1:
        raise OptionError(f"{field} {value!r} is outside 0..1")
    return number


def _frozen(value: Any) -> Any:
    """The value with tuples in place of JSON's lists, because options are tuples."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
