"""The wheel: the colors of a palette by hue and chroma."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from pochade.color import hexcone
from pochade.color.spaces import spaces
from pochade.color.srgb import decode_unit, parse_hex, to_codes, to_hex
from pochade.draw.canvas import Canvas, Point, Raster, Svg
from pochade.draw.content import Content, check_count, content_of
from pochade.draw.letters import shortened
from pochade.draw.parts import common_size, needs_edge, swatch
from pochade.draw.pdf import Pdf
from pochade.draw.tone import DARK, LIGHT, Tone
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 1280, 840
CENTER, RADIUS = (420, 408), 350
LEFT = 48
LIST = (850, 1216)
TOP, BOTTOM = 70, 770
ROW = 76

REACH = 0.33
"""Oklab chroma at the rim, slightly above the largest of sRGB: 0.3225, magenta."""

RINGS = (0.1, 0.2, 0.3)
FAINT = 0.55
"""Share of paper in the colors of the gamut's edge."""

DOTS = (9.0, 70.0)
"""The least radius of a dot, and the radius for a share of 1; areas are proportional to shares."""

AnyCanvas = TypeVar("AnyCanvas", bound=Canvas)

MAX_COLORS = 24


def wheel(palette: Palette, *, dark: bool = False, title: str | None = None) -> "Image.Image":
    """The colors as dots on a wheel of Oklab hue (angle) and chroma (radius), as a PIL image of 2560 x 1680 pixels.

    The area of a dot is proportional to its share. The line around the dots is the edge of sRGB: the most chromatic
    color of each hue.

    Raises
    ------
    OptionError : the palette has no color, or more than 24.

    Examples
    --------
    >>> import pochade
    >>> wheel(pochade.Palette.from_dict({"colors": ["#8e1a24", "#808080"]})).size
    (2560, 1680)
    """
    return _draw_on(Raster, palette, dark, title).image()


def wheel_svg(palette: Palette, *, dark: bool = False, title: str | None = None) -> str:
    """`wheel` as an SVG document."""
    return _draw_on(Svg, palette, dark, title).svg()


def wheel_pdf(palette: Palette, *, dark: bool = False, title: str | None = None) -> bytes:
    """`wheel` as a PDF of one page; PochadeError if the extra `draw` is not installed."""
    return _draw_on(Pdf, palette, dark, title).pdf()


def _draw_on(kind: Callable[[int, int, str], AnyCanvas], palette: Palette, dark: bool, title: str | None) -> AnyCanvas:
    check_count(palette, MAX_COLORS)
    tone = DARK if dark else LIGHT
    canvas = kind(WIDTH, HEIGHT, tone.paper)
    _draw(canvas, palette, content_of(palette, tone, title=title, pictured=False))
    return canvas


def _draw(canvas: Canvas, palette: Palette, content: Content) -> None:
    tone = content.tone
    turns = np.linspace(0, 2 * np.pi, 181)
    for ring in RINGS:
        canvas.line([_place(ring * np.cos(turn), ring * np.sin(turn)) for turn in turns], tone.rule)
    _gamut(canvas, tone)
    canvas.line([_place(-0.012, 0), _place(0.012, 0)], tone.soft)
    canvas.line([_place(0, -0.012), _place(0, 0.012)], tone.soft)
    order = np.argsort(-palette.weights, kind="stable").tolist()
    total = float(palette.weights.sum()) or 1.0
    for i in order:  # the largest first, so that all dots are visible
        _, a, b = palette[i].oklab
        radius = max(DOTS[0], DOTS[1] * (palette[i].weight / total) ** 0.5)
        color = palette[i].hex
        canvas.dot(_place(a, b), radius, color, tone.edge(color) if needs_edge(tone, color) else tone.paper)
    for ring in RINGS[:2]:
        canvas.text(_place(ring * 0.924, -ring * 0.383), f"{ring:g}", 13, tone.soft, "m")
    canvas.text((LEFT, HEIGHT - 36), "Oklab: hue around, chroma outwards; areas by share", 14, tone.soft)
    _list(canvas, content)


def _place(a: float, b: float) -> Point:
    """The position of Oklab's a (to the right) and b (up) on the canvas."""
    return CENTER[0] + a / REACH * RADIUS, CENTER[1] - b / REACH * RADIUS


def _gamut(canvas: Canvas, tone: Tone) -> None:
    """Draw the edge of sRGB in its own pale colors.

    In Oklab the most chromatic color of a hue has full HSV saturation and value.
    """
    hue = np.linspace(0, 1, 361)
    linear = decode_unit(hexcone.join(hue, np.ones(361), np.ones(361)))
    edge = spaces["oklab"].from_linear(linear)[:, 1:].tolist()
    faint = (1 - FAINT) * to_codes(linear) + FAINT * parse_hex(tone.paper)
    for i in range(360):
        canvas.line([_place(*edge[i]), _place(*edge[i + 1])], to_hex(np.rint(faint[i]).astype(int)), 5)


def _list(canvas: Canvas, content: Content) -> None:
    """Draw the names of the colors beside the wheel, in the palette's order."""
    tone, (left, right) = content.tone, LIST
    count = len(content.swatches)
    head = 64 if content.title else 0
    row = min(ROW, (BOTTOM - TOP - head) / count)
    top = (TOP + BOTTOM - head - count * row) / 2
    if content.title:
        canvas.text((left, top + 14), shortened(content.title, 28, right - left), 28, tone.ink)
    side = min(row * 0.72, 46)
    start = left + side + 20
    below = row >= 50  # whether the hex is below the name, else at the right
    room = right - start - (90 if below else 170)
    large = common_size([one.name for one in content.swatches], room, (22, 20, 18, 16) if below else (18, 16, 15))
    for i, one in enumerate(content.swatches):
        middle = top + head + (i + 0.5) * row
        swatch(canvas, tone, one.hex, (left, middle - side / 2, side, side))
        canvas.text((start, middle - (13 if below else 0)), shortened(one.name, large, room), large, tone.ink)
        if below:
            canvas.text((start, middle + 13), one.hex, 17, tone.soft)
        else:
            canvas.text((right - 76, middle), one.hex, 15, tone.soft, "r")
        canvas.text((right, middle), one.share, 17 if below else 15, tone.soft, "r")
