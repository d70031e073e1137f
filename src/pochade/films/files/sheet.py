"""The sheet of a film's shots: each with a still, its palette and its time code, by chapters, on pages."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pochade.draw.canvas import SHARP, Canvas
from pochade.draw.letters import shortened
from pochade.draw.tone import DARK
from pochade.errors import OptionError
from pochade.films.chapters import Chapter
from pochade.films.files.picture import FOOT, MARGIN, WIDTH, foot
from pochade.films.timecode import clock

if TYPE_CHECKING:
    from pochade.films.film import Film, Shot

TILE, ACROSS, MAX_TILES = (226, 127), 5, 10_000
"""Width and height of a still on the sheet, stills in a row, and shots on a sheet."""

STEP_X, STEP_Y, HEAD = TILE[0] + 17, TILE[1] + 58, 44
"""From a still to the next one and to that below, and the height of a chapter's title."""

TALL = 1765
"""The largest height of a page, in units. The ratio is that of A4."""

CONTINUED = " (continued)"


@dataclass(slots=True)
class Page:
    """Rows of a page: the title of a chapter, or shots. height : of all of them."""

    rows: list[Any] = field(default_factory=list)
    height: int = 0


def pages(film: "Film") -> list[Page]:
    """The pages: a chapter begins a row, and its title is repeated on the next page.

    Raises
    ------
    OptionError : the film has too many shots.
    """
    if len(film.shots) > MAX_TILES:
        said = f"{len(film.shots):,}: give start and end"
        raise OptionError(f"view='sheet' holds {MAX_TILES:,} shots, and the film has {said}.")
    found = [Page()]
    room = TALL - MARGIN - FOOT
    for chapter in film.groups or (None,):
        shots = film.shots if chapter is None else chapter.shots
        heads = HEAD * (chapter is not None)
        for i in range(0, len(shots), ACROSS):
            head = heads * (i == 0)
            if found[-1].height + head + STEP_Y > room:
                found.append(Page())
                head = heads
            if head:
                found[-1].rows.append((chapter, i > 0))
            found[-1].rows.append(shots[i : i + ACROSS])
            found[-1].height += head + STEP_Y
    return found


def draw(film: "Film", all: list[Page], number: int, sheet: Callable[[int, int], Canvas]) -> None:
    """Draw a page, from 1, on the canvas that `sheet` begins with a width and height."""
    page = all[number - 1]
    canvas = sheet(WIDTH + 2 * MARGIN, page.height + MARGIN + FOOT)
    top = MARGIN
    for row in page.rows:
        if isinstance(row[0], Chapter):
            _title(canvas, row[0], top, continued=row[1])
            top += HEAD
            continue
        for i, shot in enumerate(row):
            _tile(canvas, shot, MARGIN + i * STEP_X, top)
        top += STEP_Y
    foot(film, canvas, top + FOOT / 2 - 8, more=f"page {number} of {len(all)}" if len(all) > 1 else "")


def _title(canvas: Canvas, chapter: Chapter, top: int, *, continued: bool) -> None:
    facts = f"{clock(chapter.start)[:8]}, {len(chapter.shots)} shot{'s' * (len(chapter.shots) != 1)}"
    title = shortened(chapter.title or "No chapter", 17, WIDTH - 420) + CONTINUED * continued
    canvas.text((MARGIN, top + 14), title, 17, DARK.ink)
    canvas.text((MARGIN + WIDTH, top + 14), facts, 13, DARK.soft, "r")
    canvas.line([(MARGIN, top + 29), (MARGIN + WIDTH, top + 29)], DARK.rule)


def _tile(canvas: Canvas, shot: "Shot", left: int, top: int) -> None:
    from PIL import Image

    wide, high = TILE
    with Image.open(io.BytesIO(shot.still)) as image:
        fit = min(wide * SHARP / image.width, high * SHARP / image.height)
        size = max(1, round(image.width * fit)), max(1, round(image.height * fit))
        still = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    canvas.picture(left + (wide - size[0] / SHARP) / 2, top + (high - size[1] / SHARP) / 2, still)
    canvas.band(left, top + high + 6, 18, [(wide * color.weight, color.hex) for color in shot.palette])
    canvas.text((left, top + high + 37), f"{shot.number}", 12, DARK.ink)
    canvas.text((left + wide, top + high + 37), shot.timecode, 12, DARK.soft, "r")
