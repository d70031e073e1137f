"""A palette as JSON's types, and back; docs/json.md says what each field means."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pochade.color.srgb import parse_hex
from pochade.errors import OptionError
from pochade.naming import nearest
from pochade.palette.color import Color

if TYPE_CHECKING:
    from pochade.palette.palette import Palette

FIELDS = ("source", "width", "height", "requested", "method", "space", "seed")


def to_dict(palette: "Palette") -> dict[str, Any]:
    """The palette as JSON's types."""
    colors = [
        {
            "hex": color.hex,
            "srgb": list(color.srgb),
            "weight": color.weight,
            "position": None if color.position is None else list(color.position),
            "name": name,
        }
        for color, name in zip(palette.colors, palette.names, strict=True)
    ]
    about = {field: getattr(palette, field) for field in FIELDS}
    return {
        **about,
        "options": dict(palette.options),
        "k": palette.k,
        "colors": colors,
        "coolors": palette.coolors,
    }


def from_dict(given: Mapping[str, Any]) -> dict[str, Any]:
    """What to make the palette with that `to_dict` was called on; OptionError where a color cannot be read."""
    try:
        colors = tuple(_color(c, 1 / len(given["colors"])) for c in given["colors"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OptionError(f"not a palette: {error}. Give a mapping with `colors`, each with `hex` or `srgb`.") from None
    about = {field: given.get(field) for field in FIELDS}
    return {"colors": colors, **about, "options": tuple(sorted(dict(given.get("options") or {}).items()))}


def _color(given: Any, share: float) -> Color:
    if isinstance(given, str):
        given = {"hex": given}
    codes = parse_hex(given["hex"]).tolist() if "srgb" not in given else given["srgb"]
    red, green, blue = (int(code) for code in codes)
    if not all(0 <= code <= 255 for code in (red, green, blue)):
        raise OptionError(f"srgb {codes} is outside 0..255")
    place, name = given.get("position"), given.get("name")
    return Color(
        (red, green, blue),
        float(given.get("weight", share)),
        None if place is None else (float(place[0]), float(place[1])),
        None if name in (None, *nearest([(red, green, blue)])) else str(name),
    )
