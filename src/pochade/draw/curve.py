"""The curve: the error of palettes of 1 to 16 colors for a picture."""

from typing import TYPE_CHECKING

from pochade.draw.canvas import ACCENT, INK, RULE, SOFT, Canvas, Raster, Svg, drawable_name, shortened
from pochade.errors import OptionError
from pochade.explain.fidelity import COVERED_WITHIN
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 960, 748
LEFT, RIGHT = 84, 40
TITLE = 44
AWAY, COVERED, SWATCHES = (132, 200), (392, 120), (562, 124)  # top and height of each panel
BAND = "#f1ece4"


def curve(palette: Palette) -> "Image.Image":
    """The curve of a palette's picture as a PIL image, 1920 pixels wide; the k of the palette is marked.

    Raises
    ------
    OptionError : the palette was not extracted here.
    """
    canvas = Raster(WIDTH, HEIGHT)
    _draw(canvas, palette)
    return canvas.image()


def curve_svg(palette: Palette) -> str:
    """`curve` as an SVG document."""
    canvas = Svg(WIDTH, HEIGHT)
    _draw(canvas, palette)
    return canvas.svg()


def _draw(canvas: Canvas, palette: Palette) -> None:
    rows = palette.fidelities
    if not rows:
        raise OptionError("the options allow no palette of 1 to 16 colors, so there is no curve.")
    last = max(row.k for row in rows)
    step = (WIDTH - LEFT - RIGHT) / last

    def x(k: int) -> float:
        return LEFT + (k - 0.5) * step

    canvas.text((LEFT, TITLE), shortened(drawable_name(palette), 24, WIDTH - LEFT - RIGHT), 24)
    canvas.text((LEFT, TITLE + 30), "How well a palette of k colors stands for it", 16, SOFT)
    k = palette.k if isinstance(palette.k, int) else len(palette)
    here = next((row for row in rows if row.k == k), None)
    if here is not None:
        top = AWAY[0] - 34
        canvas.box(x(here.k) - step / 2, top, step, SWATCHES[0] + SWATCHES[1] + 30 - top, BAND, 6)

    most = _ceiling(max(row.difference for row in rows))
    ticks = [most * i / 4 for i in range(5)]
    _panel(canvas, AWAY, "Mean difference to the nearest color (CIEDE2000)", [(t / most, f"{t:g}") for t in ticks])
    _line(canvas, AWAY, [(x(row.k), row.difference / most) for row in rows])
    shares = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")]
    weighed = palette.origin is not None and palette.origin.answer.asking
    whole = "prominence" if weighed else "picture"
    _panel(canvas, COVERED, f"Share of the {whole} within {COVERED_WITHIN:g} of a color", shares)
    _line(canvas, COVERED, [(x(row.k), row.covered) for row in rows])
    if here is not None:
        _value(canvas, AWAY, (x(here.k), here.difference / most), f"{here.difference:.1f}")
        _value(canvas, COVERED, (x(here.k), here.covered), f"{here.covered:.0%}".replace("%", " %"))

    canvas.text((LEFT, SWATCHES[0] - 18), "The palettes", 14, SOFT)
    wide = min(step - 8, 44)
    for row in rows:
        tall = SWATCHES[1] / row.colors
        for i, color in enumerate(row.hex):
            canvas.box(x(row.k) - wide / 2, SWATCHES[0] + i * tall, wide, tall, color)
        is_current = row is here
        canvas.text((x(row.k), SWATCHES[0] + SWATCHES[1] + 16), str(row.k), 15, ACCENT if is_current else INK, "m")
    canvas.text((LEFT - 14, SWATCHES[0] + SWATCHES[1] + 16), "k", 15, SOFT, "r")


def _panel(canvas: Canvas, panel: tuple[int, int], title: str, ticks: list[tuple[float, str]]) -> None:
    """Draw a title, and a line with a label for each tick (height 0..1, label)."""
    canvas.text((LEFT, panel[0] - 20), title, 14, SOFT)
    for height, label in ticks:
        y = _y(panel, height)
        canvas.line([(LEFT, y), (WIDTH - RIGHT, y)], "#b9b5ae" if height == 0 else RULE)
        canvas.text((LEFT - 12, y), label, 13, SOFT, "r")


def _line(canvas: Canvas, panel: tuple[int, int], values: list[tuple[float, float]]) -> None:
    points = [(x, _y(panel, height)) for x, height in values]
    if len(points) > 1:
        canvas.line(points, INK, 2)
    for point in points:
        canvas.dot(point, 3, INK)


def _value(canvas: Canvas, panel: tuple[int, int], at: tuple[float, float], label: str) -> None:
    """Draw the highlighted value at the palette's k."""
    x, y = at[0], _y(panel, at[1])
    canvas.dot((x, y), 5.5, ACCENT)
    below = at[1] > 0.8
    canvas.text((x, y + (20 if below else -18)), label, 16, ACCENT, "m")


def _y(panel: tuple[int, int], height: float) -> float:
    return panel[0] + panel[1] * (1 - height)


def _ceiling(value: float) -> float:
    """A round number, not below the value, with round quarters."""
    return next((most for most in (2, 4, 8, 12, 16, 20, 24, 32, 40, 60, 80) if most >= value), 100.0)
