"""GPL: the palettes of GIMP and Inkscape; Krita, MyPaint, Scribus and LibreOffice read them too.

References
----------
GIMP, devel-docs/gpl.txt, "GIMP palette file format": a first line, headers `Name:` and `Columns:`, comments with #,
and for each color three numbers and, after a tab, a name.
"""

from typing import Annotated

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import label_of, plain, plain_names
from pochade.export.text_lines import codes, expect_first, numbered_lines
from pochade.option import Within
from pochade.palette import Palette

FIRST = "GIMP Palette"
MAX_COLUMNS = 64  # the limit of GIMP


def read(content: bytes) -> Palette:
    """The palette of a GPL file, with or without headers. Alpha, which Aseprite writes, is ignored."""
    lines = numbered_lines(content)
    expect_first(lines, FIRST, "a GIMP palette")
    colors: list[NamedColor] = []
    opaque = True
    for number, line in lines:
        key = line.partition(":")[0].lower() if ":" in line and not colors else ""
        if key == "channels":
            opaque = line.partition(":")[2].strip().upper() != "RGBA"
        if not line or line.startswith("#") or key in ("name", "columns", "channels"):
            continue
        words = line.split(None, 3 if opaque else 4)
        if len(words) < 3:
            raise FormatError(f"line {number}: {line[:40]!r} is not a color: give red, green and blue, each 0 to 255.")
        colors.append((codes(words, number), label_of(words[-1]) if len(words) > (3 if opaque else 4) else None))
    return palette_of(colors)


@exporters.register("gpl", suffix=".gpl", media_type="application/x-gimp-palette", read=read, magic=FIRST.encode())
def gpl(palette: Palette, *, name: str = "", columns: Annotated[int, Within(0, MAX_COLUMNS)] = 0) -> bytes:
    """A palette of GIMP and Inkscape, with names.

    Parameters
    ----------
    name : of the palette; by default its source.
    columns : number of swatches in a row; 0 lets the program choose.
    """
    title = plain(name or palette.source or "") or "pochade"
    rows = [
        f"{red:3d} {green:3d} {blue:3d}\t{label}\n"
        for (red, green, blue), label in zip(palette.srgb.tolist(), plain_names(palette), strict=True)
    ]
    return f"{FIRST}\nName: {title}\nColumns: {columns}\n#\n{''.join(rows)}".encode()
