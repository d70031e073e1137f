"""grid: picture and color fields edge to edge, with names in the fields."""

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet
from pochade.draw.layouts import layouts
from pochade.draw.parts import captions, draw_picture, row_lengths
from pochade.draw.tone import text_on

WIDTH, HEIGHT = 1600, 1280
UPRIGHT = 0.9
"""Pictures with a smaller width / height are left of the colors, others above them."""

FIELD = (224, 128)
"""Height of a field under a picture, and least height of a field beside a picture."""

MIN_WIDTH = 200
BESIDE = (320, 900)
"""Least width of a column of fields beside a picture, and largest width of a single column."""

EDGE = 24


@layouts.register("grid")
def grid(content: Content, sheet: Sheet) -> Canvas:
    """The picture and fields of color from edge to edge, with names in the fields."""
    count = len(content.swatches)
    if content.picture is not None and content.aspect < UPRIGHT:
        across = max(round(HEIGHT * content.aspect), 2)
        columns = -(-count // (HEIGHT // FIELD[1]))
        wide = max(columns * BESIDE[0], min(WIDTH - across, BESIDE[1]))
        canvas = sheet(across + wide, HEIGHT)
        draw_picture(canvas, content.picture, (0, 0, across, HEIGHT))
        _fields(canvas, content, (across, 0, wide, HEIGHT), row_lengths(count, columns))
        return canvas
    top = 0 if content.picture is None else max(round(WIDTH / content.aspect), 2)
    rows = row_lengths(count, WIDTH // MIN_WIDTH)
    canvas = sheet(WIDTH, top + len(rows) * FIELD[0])
    if content.picture is not None:
        draw_picture(canvas, content.picture, (0, 0, WIDTH, top))
    _fields(canvas, content, (0, top, WIDTH, len(rows) * FIELD[0]), rows)
    return canvas


def _fields(canvas: Canvas, content: Content, box: tuple[float, float, float, float], rows: list[int]) -> None:
    """Draw fields that fill a box (left, top, width, height). rows : number of fields in each row."""
    left, top, width, height = box
    setting = captions(content.swatches, width / max(rows) - 2 * EDGE, (26, 24, 22, 20, 18), 18)
    tall = height / len(rows)
    places = [(j * width / count, i * tall, width / count) for i, count in enumerate(rows) for j in range(count)]
    for i, (one, (x, y, wide)) in enumerate(zip(content.swatches, places, strict=True)):
        canvas.box(left + x, top + y, wide, tall, one.hex)
        corner = left + x + EDGE, top + y + tall - EDGE - setting.height
        setting.draw(canvas, i, one, corner, wide - 2 * EDGE, (text_on(one.hex),) * 2)
