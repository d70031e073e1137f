"""hex: the colors alone."""

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.palette import Color, Palette


def read(content: bytes) -> Palette:
    """The palette of lines of hex colors, with or without #; empty lines do not count."""
    found = []
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            red, green, blue = parse_hex("#" + line.strip().removeprefix("#")).tolist()
        except OptionError:
            raise FormatError(f"line {number}: {line.strip()[:40]!r} is no color: give #rrggbb.") from None
        found.append((red, green, blue))
    return Palette(tuple(Color(codes, 1 / len(found)) for codes in found))


@exporters.register("hex", suffix=".hex", media_type="text/plain", header=0, read=read)
def hex(palette: Palette) -> bytes:
    """The colors as #rrggbb, one a line."""
    return "".join(f"{color}\n" for color in palette.hex).encode()
