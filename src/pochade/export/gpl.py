"""GPL: the palettes of GIMP and Inkscape, which Krita, MyPaint, Scribus and LibreOffice read too.

References
----------
GIMP, devel-docs/gpl.txt, "GIMP palette file format": a first line, headers `Name:` and `Columns:`, comments with #,
and for each color three numbers and, after a tab, a name.
"""

from typing import Annotated

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import Found, palette_of
from pochade.export.swatch import given, plain, plain_names
from pochade.export.text_lines import begins, codes, numbered
from pochade.option import Within
from pochade.palette import Palette

FIRST = "GIMP Palette"
MOST_COLUMNS = 64  # GIMP shows no more


def read(content: bytes) -> Palette:
    """The palette of a GPL file, with or without headers; alpha, as Aseprite writes it, is left out."""
    lines = numbered(content)
    begins(lines, FIRST, "a GIMP palette")
    found: list[Found] = []
    opaque = True
    for number, line in lines:
        key = line.partition(":")[0].lower() if ":" in line and not found else ""
        if key == "channels":
            opaque = line.partition(":")[2].strip().upper() != "RGBA"
        if not line or line.startswith("#") or key in ("name", "columns", "channels"):
            continue
        words = line.split(None, 3 if opaque else 4)
        if len(words) < 3:
            raise FormatError(f"line {number}: {line[:40]!r} is no color: give red, green and blue, each 0 to 255.")
        found.append((codes(words, number), given(words[-1]) if len(words) > (3 if opaque else 4) else None))
    return palette_of(found)


@exporters.register("gpl", suffix=".gpl", media_type="application/x-gimp-palette", read=read, magic=FIRST.encode())
def gpl(palette: Palette, *, name: str = "", columns: Annotated[int, Within(0, MOST_COLUMNS)] = 0) -> bytes:
    """A palette of GIMP and Inkscape, with names.

    Parameters
    ----------
    name : of the palette; without it, that of its source.
    columns : how many to show in a row; 0 leaves it to the program.
    """
    title = plain(name or palette.source or "") or "pochade"
    rows = [
        f"{red:3d} {green:3d} {blue:3d}\t{label}\n"
        for (red, green, blue), label in zip(palette.srgb.tolist(), plain_names(palette), strict=True)
    ]
    return f"{FIRST}\nName: {title}\nColumns: {columns}\n#\n{''.join(rows)}".encode()
