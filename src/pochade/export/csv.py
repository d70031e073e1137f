"""CSV: one color a row, for spreadsheets and data frames."""

import csv as table
import io

from pochade.export import exporters
from pochade.palette import Palette

COLUMNS = ("source", "hex", "red", "green", "blue", "weight", "x", "y", "name")


@exporters.register("csv", suffix=".csv", media_type="text/csv", header=1)
def csv(palette: Palette) -> bytes:
    """A table with a header: source, color, weight, where it lies (x, y, 0..1), name; empty where not known.

    As RFC 4180 says, but with plain line feeds.
    """
    text = io.StringIO()
    rows = table.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for color, name in zip(palette.colors, palette.names, strict=True):
        x, y = color.position or ("", "")
        rows.writerow([palette.source, color.hex, *color.srgb, color.weight, x, y, name])
    return text.getvalue().encode("utf-8", "backslashreplace")
