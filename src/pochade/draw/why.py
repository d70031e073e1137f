"""The picture once for each color: pixels of its cluster are normal, the others dimmed."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade.draw.canvas import INK, PAPER, RULE, SOFT, drawable_name, font, rounded, shortened
from pochade.draw.picture import MIN_SIDE, View, tile, view_of
from pochade.errors import OptionError
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

    from pochade.explain import Reason

WIDTH = 1680
MARGIN, GAP = 48, 32
CAPTION = 92
FAINT = 0.22
"""Remaining contrast of dimmed pixels, for orientation."""

DARK = 0.6
"""Oklab lightness below which a color is shown on a light background, else on a dark one."""

ASPECT_LIMITS = (0.5, 10.0)
"""Limits of a tile's width / height; narrower and wider pictures leave part of the tile empty."""

RING = 0.08
"""Colors with a smaller extent in both directions get a ring."""


def why(palette: Palette) -> "Image.Image":
    """A sheet, 1680 pixels wide: the picture, then for each color the picture with all other pixels dimmed.

    Of an animation the sheet shows the first frame, of a region the region.

    Raises
    ------
    OptionError : the palette was not extracted here, or not from a picture.
    SourceError : the file of the picture was deleted or has changed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> picture = np.zeros((60, 90, 3), np.uint8)
    >>> picture[20:30, 40:50] = 255, 0, 0
    >>> why(pochade.extract(picture)).size
    (1680, 513)
    """
    from PIL import Image, ImageDraw

    origin = palette.origin
    reasons = palette.explain()
    if origin is None or not reasons:
        raise OptionError("the palette has no color to explain.")
    pixels, table = origin.reopened(palette.srgb)
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    columns, wide, tall = _grid(len(palette) + 1, (right - left) / (bottom - top))
    fit = min(wide / (right - left), tall / (bottom - top))
    size = max(MIN_SIDE, round(fit * (right - left))), max(MIN_SIDE, round(fit * (bottom - top)))
    view = view_of(pixels, table, len(palette), size)
    rows = -(-(len(palette) + 1) // columns)
    height = 2 * MARGIN + rows * (tall + CAPTION) + (rows - 1) * GAP // 2
    sheet = Image.new("RGB", (WIDTH, height - 12), PAPER)
    draw = ImageDraw.Draw(sheet)
    for i in range(len(palette) + 1):
        x = MARGIN + i % columns * (wide + GAP)
        y = MARGIN + i // columns * (tall + CAPTION + GAP // 2)
        lit = view.codes if i == 0 else _lit(view, i - 1, palette[i - 1].oklab[0])
        picture = tile(lit, view.opaque, size)
        if i:
            _ring(picture, palette, reasons[i - 1], i - 1, view.box)
        sheet.paste(picture, (x, y + tall - size[1]), rounded(size, 8))
        if i:
            _caption(draw, sheet, (x, y + tall), wide, reasons[i - 1])
        else:
            _title(draw, sheet, (x, y + tall), wide, palette)
    return sheet


def _grid(tiles: int, aspect: float) -> tuple[int, int, int]:
    """The number of columns, and the width and height of each picture, for the shape of a screen."""
    aspect = min(max(aspect, ASPECT_LIMITS[0]), ASPECT_LIMITS[1])
    least = 2 if aspect > 3.2 else 3
    columns = min(max(least, round((tiles * 1.6 / aspect) ** 0.5)), max(tiles, least))
    wide = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) // columns
    return columns, wide, max(1, round(wide / aspect))


def _lit(view: View, i: int, light: float) -> NDArray[np.float32]:
    """The picture with all pixels outside of cluster i dimmed and gray: float32 (h, w, 3).

    Pixels are mixed by the square root of their cover, so that small spots are visible.
    """
    gray = view.codes @ np.array([0.299, 0.587, 0.114], np.float32)  # luma of ITU-R BT.601
    dim = 255 - FAINT * (255 - gray) - 8 if light < DARK else 14 + FAINT * gray
    share = np.sqrt(view.cover[i])[..., None]
    lit: NDArray[np.float32] = share * view.codes + (1 - share) * dim[..., None]
    return lit


def _ring(tile: "Image.Image", palette: Palette, reason: "Reason", i: int, box: tuple[int, int, int, int]) -> None:
    """Draw a ring around a color that lies in one small spot."""
    from PIL import Image, ImageDraw

    position, extent = palette[i].position, reason.place.extent
    if position is None or palette.width is None or palette.height is None:
        return
    if extent is not None and max(extent[2] - extent[0], extent[3] - extent[1]) > RING:
        return
    x, y = position if extent is None else ((extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2)
    across = tile.width / (box[2] - box[0])
    center = (x * palette.width - box[0]) * across, (y * palette.height - box[1]) * across
    reach = (
        0.0
        if extent is None
        else max((extent[2] - extent[0]) * palette.width, (extent[3] - extent[1]) * palette.height)
    )
    radius = max(reach * across * 0.75, 0.045 * tile.width)
    over = Image.new("L", (tile.width * 2, tile.height * 2))
    edges = [2 * (center[0] - radius), 2 * (center[1] - radius), 2 * (center[0] + radius), 2 * (center[1] + radius)]
    ImageDraw.Draw(over).ellipse(edges, outline=255, width=5)
    tile.paste(INK if palette[i].oklab[0] < DARK else PAPER, (0, 0, *tile.size), over.resize(tile.size))


def _title(draw: Any, sheet: "Image.Image", at: tuple[int, int], wide: int, palette: Palette) -> None:
    """Draw the name of the picture and the palette under the picture."""
    x, y = at
    count = f"{len(palette)} color{'s' * (len(palette) != 1)}, {palette.method}"
    room = wide - font(18).getlength(count) - 16
    strip = palette.colors
    step = wide / len(strip)
    from PIL import Image

    band = Image.new("RGB", (wide, 26), PAPER)
    for i, color in enumerate(strip):
        band.paste(color.hex, (round(i * step), 0, round((i + 1) * step), 26))
    sheet.paste(band, (x, y + 14), rounded(band.size, 6))
    draw.text((x, y + 60), shortened(drawable_name(palette), 20, room), INK, font(20), anchor="lm")
    draw.text((x + wide, y + 60), count, SOFT, font(18), anchor="rm")


def _caption(draw: Any, sheet: "Image.Image", at: tuple[int, int], wide: int, reason: "Reason") -> None:
    """Draw the swatch, hex, name, share and reason under a color's picture."""
    from PIL import Image

    x, y = at
    swatch = Image.new("RGB", (50, 50), reason.hex)
    sheet.paste(RULE, (x, y + 14, x + 50, y + 64), rounded((50, 50), 8))
    sheet.paste(swatch.resize((48, 48)), (x + 1, y + 15), rounded((48, 48), 7))
    start = x + 64
    share = reason.percent.replace("less than", "<")
    draw.text((start, y + 28), reason.hex, INK, font(20), anchor="lm")
    after = start + font(20).getlength(reason.hex) + 12
    room = x + wide - font(20).getlength(share) - 12 - after
    if room > 40:
        draw.text((after, y + 28), shortened(reason.name, 20, room), SOFT, font(20), anchor="lm")
    draw.text((x + wide, y + 28), share, INK, font(20), anchor="rm")
    line = reason.short
    if font(16).getlength(line) > x + wide - start:
        line = line.split(";")[0]
    draw.text((start, y + 53), shortened(line, 16, x + wide - start), SOFT, font(16), anchor="lm")
