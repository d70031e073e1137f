"""CSV: a row for each color, for spreadsheets and data frames."""

import csv as table
import io
import math
import re

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.hex import is_list
from pochade.export.hex import read as read_list
from pochade.export.reading import check_count, text_of
from pochade.palette import Color, Palette

COLUMNS = ("source", "hex", "red", "green", "blue", "weight", "x", "y", "name")
MAGIC = re.compile(
    rb'\A["\w ,;\t]{0,200}\b(?:hex|colou?r|(?:red|green|r)["\s]*[,;\t]["\s]*(?:green|blue|red|g))\b'
    rb'["\w ,;\t]{0,200}(?:[\r\n]|\Z)',
    re.IGNORECASE,
)
ALSO = {"r": "red", "g": "green", "b": "blue", "color": "hex", "colour": "hex", "hex code": "hex", "label": "name"}
"""Other names of columns in tables of other programs."""


def read(content: bytes) -> Palette:
    """The palette of a table whose header has `hex`, or `red`, `green` and `blue`.

    The columns `weight`, `x`, `y`, `name` and `source` are optional; other columns are ignored. Columns may come in any
    order, separated by commas, semicolons or tabs. A row without a weight gets 1 / number of rows.
    """
    if is_list(content):
        return read_list(content)  # a table without a header
    text = text_of(content)
    first = text.partition("\n")[0]
    rows = table.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        header = [column.strip().lower() for column in next(rows, [])]
        header = [column if ALSO.get(column, "") in ("", *header) else ALSO[column] for column in header]
        if "hex" not in header and not {"red", "green", "blue"} <= {*header}:
            raise FormatError("line 1: the header has neither hex nor red, green and blue.")
        records = []
        for row in rows:
            if any(cell.strip() for cell in row):
                if len(row) != len(header):
                    raise FormatError(f"line {rows.line_num}: {len(row)} cells under {len(header)} columns.")
                records.append((rows.line_num, dict(zip(header, row, strict=True))))
            check_count(records)
    except table.Error as error:
        raise FormatError(f"line {rows.line_num}: not valid CSV: {str(error).rstrip('.')}.") from None
    sources = {cells.get("source", "") for _, cells in records}
    if len(sources) > 1:
        raise FormatError(f"the rows are palettes of {len(sources)} pictures: give the rows of one picture.")
    colors = tuple(_color(line, cells, 1 / len(records)) for line, cells in records)
    return Palette(colors, source=next(iter(sources), "") or None)


def _color(line: int, cells: dict[str, str], share: float) -> Color:
    try:
        if "hex" in cells:
            red, green, blue = parse_hex("#" + cells["hex"].strip().removeprefix("#")).tolist()
        else:
            red, green, blue = (_code(cells[channel]) for channel in ("red", "green", "blue"))
        x, y = (_share(cells.get(axis, "")) for axis in ("x", "y"))
        weight = _share(cells.get("weight", ""))
    except OptionError as error:
        raise FormatError(f"line {line}: {error}") from None
    place = None if x is None or y is None else (x, y)
    return Color((red, green, blue), share if weight is None else weight, place, cells.get("name") or None)


def _code(cell: str) -> int:
    if not re.fullmatch(r"\s*[0-9]{1,3}\s*", cell) or int(cell) > 255:
        raise OptionError(f"{cell[:40]!r} is not an sRGB code: give an integer 0..255.")
    return int(cell)


def _share(cell: str) -> float | None:
    if not cell.strip():
        return None
    try:
        share = float(cell)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise OptionError(f"{cell[:40]!r} is not a share: give a number 0..1.")
    return share


@exporters.register("csv", suffix=".csv", media_type="text/csv", header=1, read=read, magic=MAGIC)
def csv(palette: Palette) -> bytes:
    """A table with a header: source, color, weight, position (x and y, 0..1), name; unknown values are empty.

    The table follows RFC 4180, except that lines end with a line feed only.
    """
    text = io.StringIO()
    rows = table.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for color, name in zip(palette.colors, palette.names, strict=True):
        x, y = color.position or ("", "")
        rows.writerow([palette.source, color.hex, *color.srgb, color.weight, x, y, name])
    return text.getvalue().encode("utf-8", "backslashreplace")
