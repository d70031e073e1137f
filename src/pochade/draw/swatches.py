"""Swatches without a picture, of equal size or with heights proportional to shares."""

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet, Swatch, content_of
from pochade.draw.letters import shortened, width_of
from pochade.draw.parts import SLACK, captions, row_lengths, swatch
from pochade.draw.tone import DARK, LIGHT, text_on
from pochade.palette import Palette

MARGIN, GAP = 32, 16
PAN = (176, 120)
IN_A_ROW = 6

BAR = (320, 720)
"""Width and least height of the bar of shares."""

LINE = 34
"""Least height of a part of the bar, for its label."""

LABEL = 400

STRIP = (600, 64)
"""Least width, and height, of a strip."""

PART, NARROW = 24, 8
"""Least width of a part of a strip: of equal parts, and of one in proportion to its share."""


def swatches(
    palette: Palette,
    sheet: Sheet,
    *,
    columns: int = 0,
    labels: str = "all",
    by_share: bool = False,
    strip: bool = False,
    dark: bool = False,
) -> Canvas:
    """Draw the colors of a palette; see `pochade.export.svg`."""
    tone = DARK if dark else LIGHT
    content = content_of(palette, tone, title="", pictured=False)
    if not len(palette):
        return sheet(2 * MARGIN, 2 * MARGIN)
    if strip:
        return _strip(content, sheet, labels, by_share)
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


def _strip(content: Content, sheet: Sheet, labels: str, by_share: bool) -> Canvas:
    """Draw one band across without a margin, with a label in each part that is wide enough."""
    weights = [one.weight if by_share else 1.0 for one in content.swatches]
    least, total = (NARROW if by_share else PART), sum(weights) or 1.0
    across = max(STRIP[0], PART * len(weights))
    widths = [least + (across - least * len(weights)) * weight / total for weight in weights]
    canvas = sheet(across, STRIP[1])
    canvas.band(0, 0, STRIP[1], list(zip(widths, [one.hex for one in content.swatches], strict=True)))
    left = 0.0
    for one, wide in zip(content.swatches, widths, strict=True):
        words = {"all": (one.name, one.hex), "name": (one.name,), "hex": (one.hex,)}.get(labels, ())
        for i, word in enumerate(words):
            if width_of(word, 13) <= SLACK * (wide - 12):
                middle = STRIP[1] / 2 + 18 * (i - (len(words) - 1) / 2)
                canvas.text((left + wide / 2, middle), word, 13, text_on(one.hex), "m")
        left += wide
    return canvas
