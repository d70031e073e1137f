"""A table of shots, one a line, which spreadsheets and `film(shots=)` read."""

import csv
import io
from fractions import Fraction
from typing import TYPE_CHECKING

from pochade.errors import FormatError, OptionError
from pochade.films.timecode import parse_time

if TYPE_CHECKING:
    from pochade.films.film import Film

COLUMNS = ("shot", "start", "end", "timecode", "duration", "first_frame", "transition", "lightness", "warmth", "colors")


def encode(film: "Film") -> bytes:
    """The table as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for shot in film.shots:
        writer.writerow(
            (
                shot.number,
                f"{float(shot.start):.6f}",
                f"{float(shot.end):.6f}",
                shot.timecode,
                f"{float(shot.duration):.6f}",
                shot.frames[0],
                shot.transition,
                f"{shot.look.brightness:.4f}",
                f"{shot.look.warmth:.4f}",
                " ".join(f"{color.hex}:{color.weight:.4f}" for color in shot.palette),
            )
        )
    return out.getvalue().encode()


def starts(text: str, name: str) -> list[Fraction]:
    """The starts of shots in seconds: of the column "start", or of a single column without a heading.

    Raises
    ------
    FormatError : there is no such column, or a line has no time in it.
    """
    rows = [row for row in csv.reader(io.StringIO(text)) if row and any(cell.strip() for cell in row)]
    if not rows:
        raise FormatError(f"{name}: it has no line; give a table with a column named start.")
    heading = [cell.strip().lower() for cell in rows[0]]
    at, body = (heading.index("start"), rows[1:]) if "start" in heading else (0, rows)
    found = []
    for number, row in enumerate(body, 2 if body is not rows else 1):
        try:
            time = parse_time("start", row[at])
        except (OptionError, IndexError):
            time = None
        if time is None:
            value = row[at] if at < len(row) else ""
            raise FormatError(f"{name}: line {number} has no start in seconds: {value!r:.40}.")
        found.append(time)
    return found
