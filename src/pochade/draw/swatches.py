"""Swatches without a picture, of equal size or with heights proportional to shares."""

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet, Swatch, content_of
from pochade.draw.letters import shortened
from pochade.draw.parts import SLACK, captions, row_lengths, swatch
from pochade.draw.tone import DARK, LIGHT
from pochade.palette import Palette

MARGIN, GAP = 32, 16
PAN = (176, 120)
IN_A_ROW = 6

BAR = (320, 720)
"""Width and least height of the bar of shares."""

LINE = 34
"""Least height of a part of the bar, for its label."""

LABEL = 400


def swatches(
    palette: Palette, sheet: Sheet, *, columns: int = 0, labels: str = "all", by_share: bool = False, dark: bool = False
) -> Canvas:
    """Draw the colors of a palette; see `pochade.export.svg`."""
    tone = DARK if dark else LIGHT
    content = content_of(palette, tone, title="", pictured=False)
    if not len(palette):
        return sheet(2 * MARGIN, 2 * MARGIN)
    if by_share:
        return _bar(content, sheet, labels)
    rows = [columns] * -(-len(palette) // columns) if columns else row_lengths(len(palette), IN_A_ROW)
    wide, tall = PAN
    labeled = tuple(_with_label(one, labels) for one in content.swatches)
    setting = captions(labeled, wide, (18, 16, 15), 15)
    below = {"all": 10 + setting.height, "none": 0.0}.get(labels, 10 + 1.45 * setting.large)
    row = tall + below + GAP
    across = max(1, min(rows[0], len(palette)))
    canvas = sheet(2 * MARGIN + across * (wide + GAP) - GAP, round(2 * MARGIN + len(rows) * row - GAP))
    for i, one in enumerate(labeled):
        x, y = MARGIN + i % rows[0] * (wide + GAP), MARGIN + i // rows[0] * row
        swatch(canvas, tone, one.hex, (x, y, wide, tall))
        if labels == "all":
            setting.draw(canvas, i, one, (x, y + tall + 10), wide, (tone.ink, tone.soft))
        elif labels != "none":
            canvas.text(
                (x, y + tall + 10 + 0.7 * setting.large),
                shortened(one.name, setting.large, wide),
                setting.large,
                tone.ink,
            )
    return canvas


def _with_label(one: Swatch, labels: str) -> Swatch:
    return Swatch(one.hex, one.hex, one.share, one.weight) if labels == "hex" else one


def _bar(content: Content, sheet: Sheet, labels: str) -> Canvas:
    """Draw a bar of all colors, with a label beside each part."""
    tone = content.tone
    height = max(BAR[1], LINE * len(content.swatches))
    total = sum(one.weight for one in content.swatches) or 1.0
    free = height - LINE * len(content.swatches)
    canvas = sheet(2 * MARGIN + BAR[0] + (0 if labels == "none" else LABEL), height + 2 * MARGIN)
    top = float(MARGIN)
    for one in content.swatches:
        tall = LINE + free * one.weight / total
        swatch(canvas, tone, one.hex, (MARGIN, top, BAR[0], tall), 0)
        start, middle = MARGIN + BAR[0] + 20, top + tall / 2
        if labels in ("all", "name"):
            canvas.text((start, middle), shortened(one.name, 18, 210 * SLACK), 18, tone.ink)
        if labels == "hex":
            canvas.text((start, middle), one.hex, 18, tone.ink)
        if labels == "all":
            canvas.text((start + 292, middle), one.hex, 15, tone.soft, "r")
        if labels != "none":
            canvas.text((start + LABEL - 20, middle), one.share, 15, tone.soft, "r")
        top += tall
    return canvas
