"""wide: a film still from edge to edge, and its colors in one row."""

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet
from pochade.draw.layouts import layouts
from pochade.draw.parts import captions, draw_picture, field, row_lengths, title_line

WIDTH, MAX_HEIGHT = 1920, 1280
PAN, GAP, EDGE = 190, 6, 22
IN_A_ROW = 16


@layouts.register("wide")
def wide(content: Content, sheet: Sheet) -> Canvas:
    """A film still from edge to edge, and its colors in one row."""
    size = (0.0, 0.0)
    if content.picture is not None:
        across = min(WIDTH, MAX_HEIGHT * content.aspect)
        size = across, max(across / content.aspect, 2)
    rows = row_lengths(len(content.swatches), IN_A_ROW)
    column = WIDTH / rows[0]
    room = column - EDGE * (2 if column > 150 else 1.3)
    setting = captions(content.swatches, room, (24, 22, 20, 18, 16), 18 if column > 150 else 15)
    row = PAN + 22 + setting.height + 30
    top = size[1] + GAP if size[1] else 0
    height = top + len(rows) * row + 72
    canvas = sheet(WIDTH, round(height))
    if content.picture is not None:
        draw_picture(canvas, content.picture, ((WIDTH - size[0]) / 2, 0, *size))
    for i, one in enumerate(content.swatches):
        x, y = i % rows[0] * column, top + i // rows[0] * row
        field(canvas, content.tone, one.hex, (x, y, column, PAN))
        setting.draw(canvas, i, one, (x + EDGE, y + PAN + 22), room, (content.tone.ink, content.tone.soft))
    title_line(canvas, content, (EDGE, height - 46), WIDTH - 2 * EDGE, (26, 18))
    return canvas
