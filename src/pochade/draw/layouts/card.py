"""card: the picture, a bar of shares, and swatches under it."""

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet
from pochade.draw.layouts import layouts
from pochade.draw.parts import captions, draw_picture, row_lengths, share_bar, swatch, title_line

MARGIN, GAP = 64, 16
MAX_WIDTH, MAX_HEIGHT = 952, 1200
MIN_WIDTH = 640
COLUMN = 146
"""Least width of a swatch."""

PAN = 132
BAR = 14


@layouts.register("card")
def card(content: Content, sheet: Sheet) -> Canvas:
    """The picture with named swatches under it, in portrait format for print and posts."""
    wide = tall = 0.0
    if content.picture is not None:
        wide = min(MAX_WIDTH, MAX_HEIGHT * content.aspect)
        tall = max(wide / content.aspect, 2)
    inner = max(wide, MIN_WIDTH) if wide else MAX_WIDTH
    rows = row_lengths(len(content.swatches), int((inner + GAP) // (COLUMN + GAP)))
    column = (inner - (rows[0] - 1) * GAP) / rows[0]
    setting = captions(content.swatches, column, (24, 22, 20, 18), 18)
    row = PAN + 12 + setting.height + 26
    top = MARGIN + (tall + 26 + BAR + 26 if wide else 0)
    height = top + len(rows) * row + 40 + MARGIN * 0.75
    canvas = sheet(round(inner + 2 * MARGIN), round(height))
    if content.picture is not None:
        draw_picture(canvas, content.picture, (MARGIN + (inner - wide) / 2, MARGIN, wide, tall))
        share_bar(canvas, content.swatches, (MARGIN, MARGIN + tall + 26, inner, BAR))
    for i, one in enumerate(content.swatches):
        x, y = MARGIN + i % rows[0] * (column + GAP), top + i // rows[0] * row
        swatch(canvas, content.tone, one.hex, (x, y, column, PAN))
        setting.draw(canvas, i, one, (x, y + PAN + 12), column, (content.tone.ink, content.tone.soft))
    title_line(canvas, content, (MARGIN, height - MARGIN * 0.75 - 22), inner, (28, 18))
    return canvas
