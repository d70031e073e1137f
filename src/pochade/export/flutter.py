"""flutter: constants in Dart."""

from pochade.export import exporters
from pochade.export.identifiers import check_name, identifiers
from pochade.palette import Palette

RESERVED = """
all assert await break case catch class const continue default do else enum extends false final finally for
hashCode if in is new noSuchMethod null rethrow return runtimeType super switch this throw toString true try var
void while with yield"""
"""The reserved words of Dart, the members of Object, and our constant `all`."""


@exporters.register("flutter", suffix=".dart", media_type="text/x-dart")
def flutter(palette: Palette, *, name: str = "Palette") -> bytes:
    """Constants for Flutter in Dart 3: `Palette.brown`, and the list of all colors, `Palette.all`."""
    check_name("name", name, "(?!(?:Color|List)$)[A-Z][A-Za-z0-9]*", "Palette")
    names = identifiers(palette, "camel", reserved=RESERVED)
    lines = [
        f"  static const Color {variable} = Color(0xFF{color[1:].upper()});"
        for variable, color in zip(names, palette.hex, strict=True)
    ]
    end = [f"  static const List<Color> all = [{', '.join(names)}];", "}", ""]
    start = ["import 'dart:ui' show Color;", "", f"abstract final class {name} {{"]
    return "\n".join([*start, *lines, *end]).encode()
