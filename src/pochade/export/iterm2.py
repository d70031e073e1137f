"""iterm2: a color preset of the terminal iTerm2."""

import re

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.identifiers import words_of
from pochade.export.markup import elements
from pochade.export.reading import check_count, palette_of
from pochade.export.swatch import Triple
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"<key>\s*(?:Red Component|Ansi \d+ Color)\s*</key>")

KEYS = {
    "Foreground Color": "foreground",
    "Background Color": "background",
    "Bold Color": "color15",
    "Link Color": "color4",
    "Cursor Color": "cursor",
    "Cursor Text Color": "cursor-text",
    "Selection Color": "selection",
    "Selected Text Color": "selection-text",
    **{f"Ansi {number} Color": f"color{number}" for number in range(16)},
}

CHANNELS = ("Red", "Green", "Blue")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
"""

_DOCTYPE = re.compile(rb'<!DOCTYPE plist PUBLIC "[^"<>\[]{0,100}" "[^"<>\[]{0,100}">')


def read(content: bytes) -> Palette:
    """The different colors of a preset, named after their keys; those of a space other than sRGB are omitted."""
    first: dict[Triple, str] = {}
    omitted: list[str] = []
    color: dict[str, str] = {}
    name = key = ""

    def finish() -> None:
        if "Red Component" not in color:
            return
        if color.get("Color Space", "sRGB") not in ("sRGB", "Calibrated"):
            omitted.append(f"{name[:60]} is in the color space {color['Color Space'][:60]}.")
            return
        first.setdefault(_codes(color, name), words_of(name.removesuffix(" Color")))
        check_count(first)

    for element in elements(_DOCTYPE.sub(b"", content, count=1)):
        if element.name == "key":
            key = element.text.strip()
        elif element.name == "dict":
            finish()
            color, name = {}, key
        elif element.name in ("real", "integer", "string"):
            color[key] = element.text.strip()
    finish()
    return palette_of(first.items(), omitted)


def _codes(color: dict[str, str], name: str) -> Triple:
    try:
        red, green, blue = (round(255 * float(color[f"{channel} Component"])) for channel in CHANNELS)
        if all(0 <= code <= 255 for code in (red, green, blue)):
            return red, green, blue
    except (KeyError, ValueError, OverflowError):
        pass
    raise FormatError(f"{name[:60]}: its components are not red, green and blue, each from 0 to 1.")


@exporters.register("iterm2", suffix=".itermcolors", media_type="application/xml", theme=True, read=read, magic=MAGIC)
def iterm2(palette: Palette, *, dark: bool = True) -> bytes:
    """A color preset of the terminal iTerm2; import it in its settings.

    The keys are those of the presets that iTerm2 exports.
    """
    roles = theme(palette, "terminal", dark=dark)
    return (HEAD + "".join(_entry(key, roles[name]) for key, name in KEYS.items()) + "</dict>\n</plist>\n").encode()


def _entry(key: str, color: str) -> str:
    parts = [f"\t<key>{key}</key>", "\t<dict>", "\t\t<key>Color Space</key>", "\t\t<string>sRGB</string>"]
    for channel, code in zip(CHANNELS, parse_hex(color).tolist(), strict=True):
        parts += [f"\t\t<key>{channel} Component</key>", f"\t\t<real>{code / 255:.10f}</real>"]
    parts += ["\t\t<key>Alpha Component</key>", "\t\t<real>1</real>", "\t</dict>"]
    return "\n".join(parts) + "\n"
