"""Sizes of paper, and the place of a picture on a sheet."""

import math
from dataclasses import dataclass

from pochade.errors import OptionError, UnknownNameError

PAPERS = {
    "a5": (148.0, 210.0),
    "letter": (215.9, 279.4),
    "a4": (210.0, 297.0),
    "a3": (297.0, 420.0),
    "a2": (420.0, 594.0),
}
"""Short and long side in millimeters, from small to large. ISO 216; ANSI Y14.1."""

MARGIN = 10.0
"""Millimeters at each edge, more than printers leave blank."""

KEY_ROW, KEY_WIDTH = 8.0, 13.0
"""Height and width in millimeters of a color in the key at the foot of a sheet: its number and a swatch."""

MIN_MM, MAX_MM = 1.5, 100
"""Bounds of the least circle: the smaller one holds a digit of 5 points."""

NOTE = 5.0
"""Height in millimeters of the line of text at the foot."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet, in millimeters from its upper left corner.

    width, height : of the paper. box : left, top, width and height of the picture. in_row : colors in a row of the key.
    """

    paper: str
    width: float
    height: float
    box: tuple[float, float, float, float]
    in_row: int

    @property
    def foot(self) -> float:
        """The top of the key."""
        return self.box[1] + self.box[3] + 2.0


def layout_of(paper: str, aspect: float, colors: int) -> Layout:
    """The sheet, upright or across, on which a picture is larger. aspect : width / height. colors : in the key.

    Raises
    ------
    UnknownNameError : there is no such paper.

    Examples
    --------
    >>> layout = layout_of("a4", 1.5, 12)
    >>> layout.width, layout.height, [round(side) for side in layout.box]
    (297.0, 210.0, [17, 10, 262, 175])
    """
    name = paper.lower() if isinstance(paper, str) else paper
    if name not in PAPERS:
        raise UnknownNameError("paper", paper, list(PAPERS))
    short, long = PAPERS[name]
    both = (_layout(name, *size, aspect, colors) for size in ((short, long), (long, short)))
    return max(both, key=lambda layout: layout.box[2])


def _layout(paper: str, width: float, height: float, aspect: float, colors: int) -> Layout:
    in_row = int((width - 2 * MARGIN) // KEY_WIDTH)
    wide = width - 2 * MARGIN
    high = height - 2 * MARGIN - NOTE - KEY_ROW * math.ceil(colors / in_row) - 2.0
    if high / wide < 1 / aspect:
        wide, high = high * aspect, high
    else:
        wide, high = wide, wide / aspect
    return Layout(paper, width, height, ((width - wide) / 2, MARGIN, wide, high), in_row)


def check_room(layout: Layout, aspect: float, colors: int, least_mm: float) -> None:
    """OptionError if a picture is too narrow on its sheet for a circle; the message says which paper would do."""
    side = min(layout.box[2:])
    if side >= least_mm:
        return
    larger = next((one for one in PAPERS if min(layout_of(one, aspect, colors).box[2:]) >= least_mm), None)
    advice = f"give paper={larger!r}" if larger else "no paper is large enough: give a part of the picture, as region"
    most = math.floor(10 * side) / 10
    raise OptionError(
        f"on {layout.paper} the picture is {layout.box[2]:.3g} x {layout.box[3]:.3g} mm, and no circle of "
        f"{least_mm:g} mm fits: {advice}" + (f", or a least_mm of at most {most:g}." if most >= MIN_MM else ".")
    )


def crowded(layout: Layout, aspect: float, colors: int, least_mm: float) -> OptionError:
    """The error that a sheet has no room for a circle of each color; it says which paper would do.

    A circle keeps the middles of others at a distance of its diameter, so paper is enough if its part for middles is
    larger than as many disks of that radius.
    """
    need = colors * math.pi * least_mm**2
    boxes = {paper: layout_of(paper, aspect, colors).box for paper in PAPERS}
    room = {paper: max(0, box[2] - least_mm) * max(0, box[3] - least_mm) for paper, box in boxes.items()}
    larger = next((paper for paper, area in room.items() if area > need), None)
    advice = f"give paper={larger!r}, " if larger else "give "
    return OptionError(
        f"{layout.paper} has no room for a circle of {least_mm:g} mm in each of {colors} colors: {advice}a smaller "
        "least_mm or fewer colors."
    )
