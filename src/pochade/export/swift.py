"""swift: colors of SwiftUI."""

from pochade.export import exporters
from pochade.export.identifiers import check_name, identifiers
from pochade.palette import Palette

RESERVED = """
all any as associatedtype async await break case catch class continue default defer deinit do else enum extension
fallthrough false fileprivate for func guard if import in init inout internal is let nil open operator private
precedencegroup protocol public repeat rethrows return self static struct subscript super switch throw throws true
try type typealias var where while"""
"""The lower-case keywords in The Swift Programming Language, "Lexical Structure", and our constant `all`."""


@exporters.register("swift", suffix=".swift", media_type="text/x-swift")
def swift(palette: Palette, *, name: str = "Palette") -> bytes:
    """Colors of SwiftUI: `Color.Palette.brown`, and the list of all colors, `Color.Palette.all`."""
    check_name("name", name, "(?!Color$)[A-Z][A-Za-z0-9]*", "Palette")
    names = identifiers(palette, "camel", reserved=RESERVED)
    lines = [
        f"        static let {name} = Color(.sRGB, red: {red}.0 / 255, green: {green}.0 / 255, blue: {blue}.0 / 255)"
        for name, (red, green, blue) in zip(names, (color.srgb for color in palette), strict=True)
    ]
    end = [f"        static let all: [Color] = [{', '.join(names)}]", "    }", "}", ""]
    return "\n".join(["import SwiftUI", "", "extension Color {", f"    enum {name} {{", *lines, *end]).encode()
