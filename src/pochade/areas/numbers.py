"""numbers(): a sheet to paint by."""

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.picture import whole
from pochade.areas.answer import Area, Numbers
from pochade.areas.components import Ints, Labels, components
from pochade.areas.costs import OPAQUE, costs_of, shown
from pochade.areas.disks import NONE, CrowdedError
from pochade.areas.division import Room, divide
from pochade.areas.outlines import Outlines, outlines_of, signed_area
from pochade.areas.paper import MAX_MM, MIN_MM, Layout, check_room, crowded, layout_of
from pochade.areas.places import circles_of
from pochade.areas.plan import MAX_COLORS, Plan, gray, plan_of
from pochade.areas.working import density, is_tiny, resized
from pochade.cluster import methods
from pochade.errors import EmptyError, OptionError
from pochade.extraction.check import READING, check_names
from pochade.extraction.extract import extract
from pochade.extraction.preference import Colors
from pochade.histograms.histogram import Histogram, histogram
from pochade.option import Within, check_options
from pochade.paint import Box, Paints, paints
from pochade.paint.box import MAX_PAINTS
from pochade.palette import Palette
from pochade.source import read
from pochade.source.pixels import Pixels, notes_of

LEAST_MM = 2.2
"""The default least circle: a number of two digits of 5 points just fits."""

DEFAULT_COLORS = 12
"""The default k."""

BRUSH = 0.3
"""Half of the least width of the parts of an area, in millimeters: the stroke of a fine brush."""

APART = 70.0
"""The least distance in millimeters of two numbers in one area."""


def numbers(
    source: Any,
    colors: Paints | Palette | Colors | None = None,
    *,
    paper: str = "a4",
    least_mm: Annotated[float, Within(MIN_MM, MAX_MM)] = LEAST_MM,
    values: Literal[3, 5] | None = None,
    box: str | os.PathLike[str] | Box | None = None,
    n: Annotated[int | Literal["auto"] | None, Within(1, MAX_PAINTS)] = None,
    own: str | Iterable[str] | None = None,
    stock: bool | None = None,
    k: Annotated[int | None, Within(1, MAX_COLORS)] = None,
    **options: Any,
) -> Numbers:
    """A sheet to paint by: the picture as outlined areas, each with the number of its color.

    Each area has room for a circle, in which its number stands; smaller ones join their neighbors. A color whose areas
    are all too small is painted in one place as large as the circle, so no color of the picture is lost.

    Parameters
    ----------
    source : a picture as for `extract`; of an animation, the first frame.
    colors : the answer of `paints`, a palette, or colors: at most 99, numbered in their order; paints in the order of
        the box. By default, the palette of the picture.
    paper : "a5", "letter", "a4", "a3" or "a2", upright or across as the picture.
    least_mm : the least diameter, in millimeters, of the largest circle in an area, 1.5 to 100. Larger areas are fewer.
    values : 3 or 5, for a study of values: that many grays, evenly spaced in lightness (CIELAB) from the darkest to the
        lightest of the colors. Number 1 is the darkest.
    box, n, own, stock : for colors mixed from tubes of paint, as for `paints`; one of them is enough. An answer of
        `paints` has them already.
    k : number of colors of the picture's palette, 1 to 99; 12 by default. options : of `read` and `extract`. With
        `colors`, k and the options of `extract` are refused.

    Raises
    ------
    SourceError : the picture cannot be read.
    OptionError, UnknownNameError : an option is not allowed, or the picture is too narrow for a circle on this paper.

    Examples
    --------
    >>> picture = np.full((40, 60, 3), (240, 235, 220), np.uint8)
    >>> picture[10:30, 20:40] = 142, 26, 36
    >>> sheet = numbers(picture, paper="a5")
    >>> [(area.number, len(area.rings)) for area in sheet]
    [(1, 2), (2, 1)]
    """
    check_names(numbers, options, methods.entry(options.get("method", "prominent")), extract)
    check_options(numbers, least_mm=least_mm, values=values, n=n, stock=stock, k=k)
    layout_of(paper, 1.0, 1)
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    if colors is not None and (k is not None or rest):
        one = "k" if k is not None else next(iter(rest))
        raise OptionError(f"{one} is not allowed with colors, which need not be found: leave one of them out.")
    pixels = source if isinstance(source, Pixels) else read(source, **reading)
    codes = whole(pixels)
    if codes.shape[2] == 4 and not (codes[..., 3] >= OPAQUE).any():
        raise EmptyError(f"{pixels.name or 'the picture'}: all of it is transparent: there is nothing to paint.")
    first = pixels if pixels.frames == 1 else read(codes)
    if colors is None:
        colors = extract(first, DEFAULT_COLORS if k is None else k, **rest)
    plan = plan_of(_mixed(colors, {"box": box, "n": n, "own": own, "stock": stock}), values)
    aspect = codes.shape[1] / codes.shape[0]
    layout = layout_of(paper, aspect, len(plan.colors))
    check_room(layout, aspect, len(plan.colors), least_mm)
    kept = _shown(histogram(first), plan, values)
    try:
        labels, difference, nearest = _labels(codes, plan, kept, layout, least_mm, values)
    except CrowdedError:
        raise crowded(layout, aspect, len(plan.colors), least_mm) from None
    ids, label_of = components(labels)
    outlines = outlines_of(ids)
    scale = np.array(layout.box[2:]) / labels.shape[::-1]
    labels[labels == len(plan.colors)] = NONE
    return Numbers(
        palette=_palette(plan, labels, pixels),
        areas=_areas(ids, label_of, outlines, len(plan.colors), scale, least_mm),
        labels=labels,
        lines=tuple(line * scale for line in outlines.lines),
        layout=layout,
        least_mm=least_mm,
        difference=difference,
        nearest=nearest,
        recipes=plan.recipes,
        stock=plan.stock,
        source=pixels.name,
        notes=notes_of(pixels, options.get("frame"), all_frames=False),
    )


def _mixed(colors: Paints | Palette | Colors, given: dict[str, Any]) -> Paints | Palette | Colors:
    """The colors mixed from tubes, if an option of `paints` is not None."""
    options = {name: value for name, value in given.items() if value is not None}
    if not options:
        return colors
    if isinstance(colors, Paints):
        raise OptionError(
            f"{next(iter(options))} is not allowed with an answer of paints, which has its tubes: leave it out."
        )
    return paints(colors if isinstance(colors, Palette) else Palette(colors), **options)


def _shown(counted: Histogram, plan: Plan, values: int | None) -> set[int]:
    """The places in the plan of the colors that the picture shows, in its full size."""
    means = counted.means
    if values is not None:
        means = gray(np.rint(means).astype(np.uint8)[None])[0].astype(np.float64)
    return shown(means, counted.counts, plan.targets, plan.place)


def _labels(
    codes: NDArray[np.uint8], plan: Plan, kept: set[int], layout: Layout, least_mm: float, values: int | None
) -> tuple[Labels, float, float]:
    """The place in the plan for each point of the picture on the sheet, len(plan.colors) for bare paper; and how far
    (CIEDE2000) these colors, and the nearest ones, are from the picture."""
    per_mm = density(layout, least_mm)
    working, alpha = resized(codes, layout, per_mm)
    costs = costs_of(working if values is None else gray(working), alpha, plan.targets, plan.place)
    rows, columns = working.shape[:2]
    per_mm = max(columns / layout.box[2], rows / layout.box[3])
    room = Room(least_mm / 2 * per_mm + 1, BRUSH * per_mm + 0.5)
    labels = divide(costs, room, kept, smooth=not is_tiny(codes))
    return labels, *costs.means(labels)


def _palette(plan: Plan, labels: Labels, pixels: Pixels) -> Palette:
    """The colors of the plan, with their shares of what is painted."""
    painted = labels[labels != NONE]
    shares = np.bincount(painted, minlength=len(plan.colors)) / len(painted)
    colors = (replace(color, weight=share) for color, share in zip(plan.colors, shares.tolist(), strict=True))
    return Palette(tuple(colors), source=pixels.name, width=pixels.width, height=pixels.height)


def _areas(
    ids: Ints, label_of: Ints, outlines: Outlines, colors: int, scale: NDArray[np.float64], least_mm: float
) -> tuple[Area, ...]:
    """The areas by number, the largest first. scale : millimeters of a pixel across and down."""
    across, down = scale.tolist()
    pixel = min(across, down)
    circles = circles_of(ids, len(label_of), APART / pixel, least_mm / 2 / pixel)
    areas = [
        Area(
            label + 1 if label < colors else None,
            tuple(ring * scale for ring in rings),
            tuple((one.x * across, one.y * down, one.radius * pixel) for one in own if label < colors),
            sum(signed_area(ring * scale) for ring in rings),
        )
        for label, rings, own in zip(label_of.tolist(), outlines.rings, circles, strict=True)
    ]
    return tuple(sorted(areas, key=lambda area: (area.number or colors + 1, -area.size)))
