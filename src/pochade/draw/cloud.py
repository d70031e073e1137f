"""The cloud: the colors of a picture as points in a color space, with their own colors and colored by cluster."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.srgb import parse_hex, to_hex
from pochade.draw.canvas import INK, PAPER, SOFT, Canvas, Point, Raster, drawable_name, font, shortened
from pochade.draw.space import PITCH, STAGES, CloudSpace, Points, axes, check_space, gamut, points_of, to_drawing
from pochade.draw.strip import pieces
from pochade.palette import Palette

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 1120, 786
MARGIN = 48
PANEL = 490
TOP, EDGE = 128, 22
BAND = 46

EYE = 3.4
"""Distance of the eye, in units of the scene's radius."""

DOT, DOT_GROWTH = 1.0, 24.0
"""The radius of a point is DOT + DOT_GROWTH x the cube root of its share, so volumes are proportional to shares."""

CENTER = 7.5
"""Radius of the palette's colors."""


def cloud(palette: Palette, *, space: CloudSpace = "oklab") -> "Image.Image":
    """The cloud as a PIL image, 2240 pixels wide: points in their own colors at the left, by cluster at the right.

    A point is a group of similar colors of the picture; its size shows their share. Lines are the edges of sRGB, large
    disks the colors of the palette.

    Parameters
    ----------
    space : "oklab", "cielab", "hsv" (as a cone) or "rgb".

    Raises
    ------
    OptionError : the palette was not extracted here, or the space is not allowed.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> cloud(pochade.extract(np.zeros((4, 4, 3), np.uint8)), space="rgb").size
    (2240, 1572)
    """
    stage = check_space(space)
    points = points_of(palette)
    canvas = Raster(WIDTH, HEIGHT)
    canvas.text((MARGIN, MARGIN + 8), shortened(drawable_name(palette), 26, WIDTH - 2 * MARGIN), 26)
    n, m = len(points.shares), len(palette)
    count = f"{n:,} point{'s' * (n != 1)}, {m} color{'s' * (m != 1)}, {palette.method} in {palette.space}"
    canvas.text((MARGIN, MARGIN + 38), f"{stage.title}: {count}", 15, SOFT)
    view = View.of(space)
    for left, title, by_cluster in ((MARGIN, "Its colors", False), (WIDTH - MARGIN - PANEL, "By cluster", True)):
        at = left + PANEL / 2, TOP + PANEL / 2
        _frame(canvas, view, at, space)
        _dots(canvas, view, at, points, palette, space, by_cluster=by_cluster)
        _centers(canvas, view, at, palette, space)
        canvas.text((left, TOP - 8), title, 15, SOFT)
    _legend(canvas, palette)
    return canvas.image()


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A perspective projection of drawing coordinates (right, back, up) onto a panel. yaw : in radians.

    middle, reach : center of the edges of sRGB, and their largest distance from it. center, scale : of the projection.
    """

    middle: Array
    reach: float
    yaw: float
    center: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0

    @classmethod
    def of(cls, space: str) -> "View":
        """The view that fits a space into the panel."""
        edges = to_drawing(gamut(), space).reshape(-1, 3)
        middle = (edges.min(0) + edges.max(0)) / 2
        view = cls(middle, float(np.sqrt(((edges - middle) ** 2).sum(1)).max()), np.radians(STAGES[space].yaw))
        x, y, _ = view.project(np.vstack([edges, *(spots for _, *spots in axes(space))]), (0.0, 0.0))
        center = float(x.min() + x.max()) / 2, float(y.min() + y.max()) / 2
        return replace(view, center=center, scale=(PANEL - 2 * EDGE) / float(max(np.ptp(x), np.ptp(y))))

    def project(self, spots: Array, at: Point) -> tuple[Array, Array, Array]:
        """x and y on the canvas, and size, which is 1 in the middle and larger for near points: float64 (n,)."""
        x, y, z = ((spots - self.middle) / self.reach).reshape(-1, 3).T
        pitch = np.radians(PITCH)
        right, back = x * np.cos(self.yaw) - y * np.sin(self.yaw), x * np.sin(self.yaw) + y * np.cos(self.yaw)
        up, far = z * np.cos(pitch) + back * np.sin(pitch), back * np.cos(pitch) - z * np.sin(pitch)
        near = EYE / (EYE + far)
        left, top = self.center
        return at[0] + (right * near - left) * self.scale, at[1] + (-up * near - top) * self.scale, near


def _frame(canvas: Canvas, view: View, at: Point, space: str) -> None:
    """Draw the edges of sRGB in their own colors, and the axes with their names."""
    for edge in gamut():
        x, y, _ = view.project(to_drawing(edge, space), at)
        spots = list(zip(x.tolist(), y.tolist(), strict=True))
        for i, color in enumerate(pale(edge)):
            canvas.line(spots[i : i + 2], to_hex(color), 1.5)
    for name, start, end in axes(space):
        x, y, _ = view.project(np.stack([start, end]), at)
        canvas.line(list(zip(x.tolist(), y.tolist(), strict=True)), AXIS, 1)
        length = max(float(np.hypot(x[1] - x[0], y[1] - y[0])), 1.0)
        away = 14 / length
        canvas.text((x[1] + (x[1] - x[0]) * away, y[1] + (y[1] - y[0]) * away), name, 14, SOFT, "m", halo=True)


def pale(edge: Array) -> NDArray[np.uint8]:
    """The colors of the segments of an edge, mixed with paper: uint8 (STEPS, 3)."""
    mixed = PALE * np.array(parse_hex(PAPER)) + (1 - PALE) * (edge[:-1] + edge[1:]) / 2
    codes: NDArray[np.uint8] = np.rint(np.minimum(mixed, LIGHTEST)).astype(np.uint8)
    return codes


LIGHTEST = 226
"""Largest code of the edges, so that the white corner is visible on paper."""

PALE = 0.35
"""Share of paper in the colors of the edges."""

AXIS = "#c9c4bb"


def _dots(
    canvas: Canvas, view: View, at: Point, points: Points, palette: Palette, space: str, *, by_cluster: bool
) -> None:
    """Draw the points, from far to near."""
    x, y, near = view.project(to_drawing(points.codes, space), at)
    radius = (DOT + DOT_GROWTH * np.cbrt(points.shares)) * near
    shown = points.codes
    if by_cluster:
        tints = np.vstack([palette.srgb, [[200, 197, 190]]]).astype(
            np.float64
        )  # the last row is for points without a cluster
        shown = tints[points.labels]
    colors = [to_hex(color) for color in np.rint(shown).astype(np.uint8)]
    for i in np.argsort(near, kind="stable").tolist():
        r = float(radius[i])
        canvas.box(x[i] - r, y[i] - r, 2 * r, 2 * r, colors[i], r)


def _centers(canvas: Canvas, view: View, at: Point, palette: Palette, space: str) -> None:
    """Draw the colors of the palette in front of the points."""
    x, y, near = view.project(to_drawing(palette.srgb, space), at)
    for i in np.argsort(near, kind="stable").tolist():
        canvas.dot((x[i], y[i]), CENTER + 2, PAPER, INK)
        canvas.dot((x[i], y[i]), CENTER, palette[i].hex, PAPER)


def _legend(canvas: Canvas, palette: Palette) -> None:
    """Draw the palette under both panels."""
    across = WIDTH - 2 * MARGIN
    band = pieces(palette, across, "equal")
    top = HEIGHT - MARGIN - BAND - 22
    canvas.band(MARGIN, top, BAND, band, 6)
    x = float(MARGIN)
    for width, color in band:
        if font(14).getlength(color) + 8 <= width:
            canvas.text((x + width / 2, top + BAND + 18), color, 14, SOFT, "m")
        x += width
