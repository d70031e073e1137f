"""card: the picture, a bar of shares, and swatches under it."""

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet
from pochade.draw.layouts import layouts
from pochade.draw.parts import captions, in_rows, share_bar, show, swatch, title_line

MARGIN, GAP = 64, 16
WIDEST, TALLEST = 952, 1200
NARROWEST = 640
COLUMN = 146
"""Least width of a swatch."""

PAN = 132
BAR = 14


@layouts.register("card")
def card(content: Content, sheet: Sheet) -> Canvas:
    """The picture with named swatches under it: upright, for print and posts."""
    wide = tall = 0.0
    if content.picture is not None:
        wide = min(WIDEST, TALLEST * content.aspect)
        tall = max(wide / content.aspect, 2)
    inner = max(wide, NARROWEST) if wide else WIDEST
    rows = in_rows(len(content.swatches), int((inner + GAP) // (COLUMN + GAP)))
    column = (inner - (rows[0] - 1) * GAP) / rows[0]
    said = captions(content.swatches, column, (24, 22, 20, 18), 18)
    row = PAN + 12 + said.height + 26
    top = MARGIN + (tall + 26 + BAR + 26 if wide else 0)
    height = top + len(rows) * row + 40 + MARGIN * 0.75
    canvas = sheet(round(inner + 2 * MARGIN), round(height))
    if content.picture is not None:
        show(canvas, content.picture, (MARGIN + (inner - wide) / 2, MARGIN, wide, tall))
        share_bar(canvas, content.swatches, (MARGIN, MARGIN + tall + 26, inner, BAR))
    for i, one in enumerate(content.swatches):
        x, y = MARGIN + i % rows[0] * (column + GAP), top + i // rows[0] * row
        swatch(canvas, content.tone, one.hex, (x, y, column, PAN))
        said.draw(canvas, i, one, (x, y + PAN + 12), column, (content.tone.ink, content.tone.soft))
    title_line(canvas, content, (MARGIN, height - MARGIN * 0.75 - 22), inner, (28, 18))
    return canvas
