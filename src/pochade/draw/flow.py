"""The flow: two pictures with their palettes, and ribbons between matched colors."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.spaces import spaces
from pochade.color.srgb import decode, parse_hex, to_codes, to_hex
from pochade.draw.canvas import PAPER, SHARP, SOFT, Canvas, Raster, Svg, picture_name, shortened
from pochade.draw.heat import ink_on, picture_of
from pochade.palette import Color, Palette
from pochade.similarity import Comparison
from pochade.similarity.flow import number

if TYPE_CHECKING:
    from PIL import Image

MARGIN, GAP, RADIUS = 48, 14, 6
PICTURE, COLUMN, BETWEEN = 240, 30, 380
TALL = 360
"""Height of the columns, with the gaps between colors."""

TITLE, LABEL, SMALL = 24, 14, 12
APART = 3
STEPS = 128
"""Vertical slices of a ribbon, each with its own color."""

MIN_LABELED = 0.07
"""Ribbons of this share or more have a label."""

Triple = tuple[int, int, int]
Span = tuple[float, float]
"""Start and height of a color in its column."""


def flow(comparison: Comparison) -> "Image.Image":
    """Two pictures, their palettes from light to dark, and the flow between them, as a PIL image.

    Examples
    --------
    >>> import pochade
    >>> blue, teal = (pochade.Palette.from_dict({"colors": [c, "#ffffff"]}) for c in ("#14477c", "#1d7a74"))
    >>> flow(pochade.compare(blue, teal)).height
    1044
    """
    plan = _Plan(comparison)
    canvas = Raster(*plan.size)
    plan.draw(canvas)
    return canvas.image()


def flow_svg(comparison: Comparison) -> str:
    """`flow` as an SVG document with the embedded pictures."""
    plan = _Plan(comparison)
    canvas = Svg(*plan.size)
    plan.draw(canvas)
    return canvas.svg()


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    comparison: Comparison

    @property
    def size(self) -> tuple[int, int]:
        return 2 * (MARGIN + PICTURE + GAP + COLUMN) + BETWEEN, MARGIN + 66 + TALL + MARGIN

    def draw(self, canvas: Canvas) -> None:
        """Draw all parts."""
        comparison, top = self.comparison, MARGIN + 66
        width = self.size[0]
        canvas.text((MARGIN, MARGIN + 10), f"{number(comparison.distance)} apart", TITLE)
        words = "where the one becomes the other with as little change as can be."
        canvas.text((MARGIN, MARGIN + 38), f"Mean difference ({comparison.difference}) {words}", SMALL, SOFT)
        left = MARGIN + PICTURE + GAP
        self._picture(canvas, comparison.a, MARGIN, top)
        self._picture(canvas, comparison.b, width - MARGIN - PICTURE, top)
        before = _column(comparison.a, [(one.before, one.share) for one in comparison.flow])
        after = _column(comparison.b, [(one.after, one.share) for one in comparison.flow])
        self._ribbons(canvas, left + COLUMN, top, before, after)
        for x, column in ((left, before), (left + COLUMN + BETWEEN, after)):
            for srgb, (start, height) in column.items():
                canvas.box(x, top + start, COLUMN, max(height, 1), to_hex(srgb), min(RADIUS, height / 3))

    def _picture(self, canvas: Canvas, palette: Palette, left: float, top: float) -> None:
        picture = picture_of(palette, SHARP * PICTURE)
        if picture is not None:
            canvas.picture(left, top, picture, RADIUS)
        y = top + (PICTURE if picture is not None else 0) + 20
        canvas.text((left, y), shortened(picture_name(palette), LABEL, PICTURE), LABEL)

    def _ribbons(
        self, canvas: Canvas, left: float, top: float, before: dict[Triple, Span], after: dict[Triple, Span]
    ) -> None:
        """Draw the ribbons, in the order of both columns to avoid crossings, then the labels of large ribbons."""
        used_a, used_b = dict.fromkeys(before, 0.0), dict.fromkeys(after, 0.0)
        rank = list(before), list(after)
        flows = sorted(self.comparison.flow, key=lambda f: (rank[0].index(f.before.srgb), rank[1].index(f.after.srgb)))
        labels = []
        for one in flows:
            (start, tall), (end, reach) = before[one.before.srgb], after[one.after.srgb]
            whole_a, whole_b = self._total(one.before, 0), self._total(one.after, 1)
            y, y_to = start + used_a[one.before.srgb], end + used_b[one.after.srgb]
            high, high_to = tall * one.share / whole_a, reach * one.share / whole_b
            used_a[one.before.srgb] += high
            used_b[one.after.srgb] += high_to
            _ribbon(canvas, (left, top + y, high), (left + BETWEEN, top + y_to, high_to), one.before, one.after)
            if one.share >= MIN_LABELED:
                text = f"{100 * one.share:.0f} %" + ("" if one.stayed else f", {number(one.difference)} apart")
                labels.append((top + y + high / 2, text, ink_on(to_hex(_paler(one.before.hex)))))
        for at, text, ink in labels:  # at the left, where ribbons do not cross yet
            canvas.text((left + 12, at), text, SMALL, ink)

    def _total(self, color: Color, side: int) -> float:
        flows = self.comparison.flow
        return sum(one.share for one in flows if (one.before, one.after)[side].srgb == color.srgb)


def _column(palette: Palette, shares: list[tuple[Color, float]]) -> dict[Triple, Span]:
    """The span of each color in a column, from light to dark."""
    share_of: dict[Triple, float] = {}
    for color, share in shares:
        share_of[color.srgb] = share_of.get(color.srgb, 0.0) + share
    light = {color.srgb: color.oklab[0] for color in palette}
    ordered = sorted(share_of, key=lambda srgb: (-light[srgb], srgb))
    room = TALL - APART * (len(ordered) - 1)
    spans, y = {}, 0.0
    for srgb in ordered:
        spans[srgb] = y, room * share_of[srgb]
        y += room * share_of[srgb] + APART
    return spans


def _ribbon(
    canvas: Canvas, start: tuple[float, float, float], end: tuple[float, float, float], before: Color, after: Color
) -> None:
    """Draw a ribbon along a cosine, its pale color interpolated in Oklab."""
    smooth = (1 - np.cos(np.pi * (np.arange(STEPS) + 0.5) / STEPS)) / 2
    codes = _paler(before.hex, after.hex, smooth[:, None])
    wide = (end[0] - start[0]) / STEPS
    for i in range(STEPS):
        y, high = (start[k] + float(smooth[i]) * (end[k] - start[k]) for k in (1, 2))
        canvas.box(start[0] + i * wide, y, wide + 0.5, max(high, 0.5), to_hex(codes[i]))


def _paler(before: str, after: str | None = None, part: Any = 0.0) -> NDArray[np.uint8]:
    """The color between two colors, mixed with a quarter of paper in Oklab: uint8 (..., 3)."""
    oklab = spaces["oklab"]
    a, b, paper = (oklab.from_linear(decode(parse_hex(color))) for color in (before, after or before, PAPER))
    return to_codes(oklab.to_linear(0.75 * (a + part * (b - a)) + 0.25 * paper))
