"""story: 9 by 16, for phones."""

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet
from pochade.draw.layouts import layouts
from pochade.draw.parts import common_size, draw_picture, line, row_lengths, share_bar, swatch, title_line

WIDTH, HEIGHT = 1080, 1920
SIDE = 76
TOP, BOTTOM = 190, 1700
"""Apps cover the areas above and below with names and buttons."""

MAX_HEIGHT = 900
GAP, BAR = 14, 14
ROW = (58, 108)


@layouts.register("story")
def story(content: Content, sheet: Sheet) -> Canvas:
    """The picture and a list of its colors, 9 by 16, for phones."""
    inner = WIDTH - 2 * SIDE
    count = len(content.swatches)
    columns = 1 if count <= 8 else 2 if count <= 20 else 3
    rows = row_lengths(count, columns)
    below = 30 + BAR + 30 if content.picture is not None else 0
    wide = tall = 0.0
    if content.picture is not None:
        room = BOTTOM - TOP - 84 - below - len(rows) * (ROW[0] + GAP)
        wide = min(inner, min(MAX_HEIGHT, max(room, 300)) * content.aspect)
        tall = max(wide / content.aspect, 2)
    row = min(ROW[1], (BOTTOM - TOP - 84 - below - tall) / len(rows) - GAP)
    used = 84 + tall + below + len(rows) * (row + GAP)
    top = TOP + (BOTTOM - TOP - used) / 2
    canvas = sheet(WIDTH, HEIGHT)
    title_line(canvas, content, (SIDE, top + 20), inner, (34, 22))
    top += 84
    if content.picture is not None:
        draw_picture(canvas, content.picture, ((WIDTH - wide) / 2, top, wide, tall))
        share_bar(canvas, content.swatches, (SIDE, top + tall + 30, inner, BAR))
        top += tall + below
    _list(canvas, content, top, row, columns, len(rows))
    return canvas


def _list(canvas: Canvas, content: Content, top: float, row: float, columns: int, rows: int) -> None:
    """Draw a row for each color (swatch, name, hex, share), column by column."""
    tone = content.tone
    column = (WIDTH - 2 * SIDE - (columns - 1) * 32) / columns
    field = min(1.6 * row, column / 3)
    room = column - field - 24 - (90 if content.swatches[0].share else 0)
    large = common_size([one.name for one in content.swatches], room, (30, 28, 26, 24, 22, 20))
    small = 22 if columns < 3 else 18
    for i, one in enumerate(content.swatches):
        x, y = SIDE + i // rows * (column + 32), top + i % rows * (row + GAP)
        swatch(canvas, tone, one.hex, (x, y, field, row))
        start, end = x + field + 24, x + column
        line(canvas, (start, y + row / 2 - 0.55 * large), one.name, large, tone.ink, room)
        canvas.text((start, y + row / 2 + 0.75 * small), one.hex, small, tone.soft)
        if one.share:
            canvas.text((end, y + row / 2), one.share, small, tone.soft, "r")
