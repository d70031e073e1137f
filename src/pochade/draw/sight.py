"""A picture and its palette simulated for each color vision deficiency, and the mended palette."""

from typing import TYPE_CHECKING, Any

import numpy as np

from pochade.accessibility import Sight, View
from pochade.accessibility.mend import MAX_COLORS, Mended, worth_mending
from pochade.accessibility.picture import whole
from pochade.color.vision import simulate_codes
from pochade.draw.canvas import ACCENT, INK, PAPER, RULE, SOFT, drawable_name, font, rounded, shortened
from pochade.errors import OptionError
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

WIDTH, MARGIN, GAP = 1680, 48, 32
COLUMNS = 3
WIDE = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) // COLUMNS
STRIP, CAPTION = 56, 188
CHIP = 26

ASPECT_LIMITS = (0.6, 6.0)
"""Limits of a tile's width / height; narrower and wider pictures leave part of the tile empty."""

MAX_PAIRS = 6
"""Limit of the confused pairs shown; others are only counted."""


def sight(palette: Palette, *, severity: float = 1.0) -> "Image.Image":
    """A sheet, 1680 pixels wide: the picture and its palette, their simulation for each deficiency, and the mend.

    Under each simulation are the pairs of colors that become indistinguishable, in their real colors. Of an animation
    the sheet shows the first frame, of a region the region.

    Parameters
    ----------
    severity : from 0 (normal vision) to 1 (a missing cone).

    Raises
    ------
    OptionError : the palette was not extracted here, or not from a picture.
    SourceError : the file of the picture was deleted or has changed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> picture = np.zeros((60, 90, 3), np.uint8)
    >>> picture[20:30, 40:50] = 255, 0, 0
    >>> sight(pochade.extract(picture)).width
    1680
    """
    from PIL import Image, ImageDraw

    if palette.origin is None or palette.origin.reopen is None:
        raise OptionError("the sheet needs the palette's picture: call extract() on the picture again.")
    report = palette.sight(severity=severity)
    small = _small(whole(palette.origin.reopen()))
    tall = small.height
    height = 2 * MARGIN + 2 * (tall + STRIP + CAPTION) - 20
    sheet = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(sheet)
    places = [
        (MARGIN + column * (WIDE + GAP), MARGIN + row * (tall + STRIP + CAPTION))
        for row in range(2)
        for column in range(COLUMNS)
    ]
    _tile(sheet, places[0], small, palette.hex)
    _head(draw, places[0], tall, shortened(drawable_name(palette), 22, WIDE), f"{_colors(len(palette))}, normal sight")
    for at, view in zip(places[1:], report.views, strict=False):
        codes = simulate_codes(np.asarray(small), view.deficiency, view.severity)
        _tile(sheet, at, Image.fromarray(codes), view.palette.hex)
        _head(draw, at, tall, view.name.capitalize(), view.about)
        _pairs(draw, (at[0], at[1] + tall + STRIP + 76), view)
    _mend(draw, sheet, places[5], tall, palette, report)
    return sheet


def _small(codes: Any) -> "Image.Image":
    """The picture scaled to a tile, over paper."""
    from PIL import Image

    image = Image.fromarray(codes)
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, PAPER)
        image = Image.alpha_composite(paper, image)
    tall = round(WIDE / min(max(image.width / image.height, ASPECT_LIMITS[0]), ASPECT_LIMITS[1]))
    fit = min(WIDE / image.width, tall / image.height)
    size = max(1, round(image.width * fit)), max(1, round(image.height * fit))
    is_tiny = max(image.size) <= 64  # pixel art
    resized = image.convert("RGB").resize(size, Image.Resampling.NEAREST if is_tiny else Image.Resampling.LANCZOS)
    tile = Image.new("RGB", (WIDE, tall), PAPER)
    tile.paste(resized, ((WIDE - size[0]) // 2, (tall - size[1]) // 2))
    return tile


def _tile(sheet: "Image.Image", at: tuple[int, int], picture: "Image.Image", colors: list[str]) -> None:
    """Draw the picture, and its palette as a strip under it."""
    x, y = at
    sheet.paste(picture, (x, y), rounded(picture.size, 8))
    _strip(sheet, (x, y + picture.height + 12), colors, STRIP - 12)


def _strip(sheet: "Image.Image", at: tuple[int, int], colors: list[str], tall: int) -> None:
    from PIL import Image

    band = Image.new("RGB", (WIDE, tall), PAPER)
    step = WIDE / len(colors)
    for i, color in enumerate(colors):
        band.paste(color, (round(i * step), 0, round((i + 1) * step), tall))
    sheet.paste(band, at, rounded(band.size, 6))


def _head(draw: Any, at: tuple[int, int], tall: int, title: str, about: str) -> None:
    x, y = at[0], at[1] + tall + STRIP
    draw.text((x, y + 24), title, INK, font(22), anchor="lm")
    draw.text((x, y + 52), shortened(about, 16, WIDE), SOFT, font(16), anchor="lm")


def _pairs(draw: Any, at: tuple[int, int], view: View) -> None:
    """Draw the confused pairs, each as two adjacent chips in their real colors."""
    x, y = at
    if not view.confused:
        draw.text((x, y + CHIP / 2), "All colors can still be told apart.", SOFT, font(16), anchor="lm")
        return
    count = len(view.confused)
    text = f"{count} pair{'s' * (count != 1)} can no longer be told apart:"
    draw.text((x, y + CHIP / 2), text, ACCENT, font(16), anchor="lm")
    y += CHIP + 10
    for pair in view.confused[:MAX_PAIRS]:
        for i, color in enumerate((pair.a, pair.b)):
            draw.rectangle([x + i * CHIP, y, x + (i + 1) * CHIP - 1, y + CHIP - 1], fill=color)
        draw.rectangle([x - 1, y - 1, x + 2 * CHIP, y + CHIP], outline=RULE)
        x += 2 * CHIP + 18
    if count > MAX_PAIRS:
        draw.text((x, y + CHIP / 2), f"and {count - MAX_PAIRS} more", SOFT, font(16), anchor="lm")


def _mend(draw: Any, sheet: "Image.Image", at: tuple[int, int], tall: int, palette: Palette, report: Sight) -> None:
    """Draw the last tile: the palette before and after the mend, and the changed colors."""
    x, y = at
    draw.text((x, y + 14), "Mended", INK, font(22), anchor="lm")
    if len(palette) > MAX_COLORS:
        draw.text((x, y + 44), f"Palettes of at most {MAX_COLORS} colors can be mended.", SOFT, font(16), anchor="lm")
        return
    mended = palette.mended(worth_mending(report), severity=report.views[0].severity)
    draw.text((x, y + 44), shortened(_summary(mended), 16, WIDE), SOFT, font(16), anchor="lm")
    if not mended.moves:
        return
    room = tall + STRIP + CAPTION - 40
    band = max(28, min(84, (room - 200) // 2))
    _strip(sheet, (x, y + 68), palette.hex, band)
    _strip(sheet, (x, y + 68 + band + 8), mended.palette.hex, band)
    y += 68 + 2 * band + 40
    fitting = max(1, (at[1] + room - y) // (CHIP + 10))
    for move in mended.moves[:fitting]:
        for i, color in enumerate((move.before, move.after)):
            draw.rectangle([x + i * CHIP, y - CHIP // 2, x + (i + 1) * CHIP - 1, y + CHIP // 2 - 1], fill=color)
        way = "lighter" if move.change > 0 else "darker"
        line = f"{move.before} becomes {move.after}, {abs(move.change):.3f} {way}"
        draw.text((x + 2 * CHIP + 14, y), line, INK, font(16), anchor="lm")
        y += CHIP + 10
    if len(mended.moves) > fitting:
        draw.text((x, y), f"and {len(mended.moves) - fitting} more", SOFT, font(16), anchor="lm")


def _summary(mended: Mended) -> str:
    whom = "all four" if "achromatopsia" in mended.deficiencies else "the three that lack a cone"
    if mended.left:
        return f"Lightness alone cannot tell all colors apart for {whom}."
    if not mended.moves:
        return "Nothing needs to change."
    return f"For {whom}: {_colors(len(mended.moves))} moved, {mended.change:.3f} of lightness in all."


def _colors(count: int) -> str:
    return "1 color" if count == 1 else f"{count} colors"
