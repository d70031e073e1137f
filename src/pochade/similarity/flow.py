"""Flows from the colors of one palette to those of another, in words."""

from dataclasses import dataclass
from typing import Any

from pochade.explain.words import percent
from pochade.palette import Color


@dataclass(frozen=True, slots=True)
class Flow:
    """A color of the first picture, the color of the second that replaces it, and the share of the picture.

    share : 0..1; all flows of a comparison sum to 1. difference : of the two colors.
    names : of the two colors.

    Examples
    --------
    >>> print(Flow(Color((65, 105, 225)), Color((0, 128, 128)), 0.31, 33.9, ("royalblue", "teal")))
    #4169e1 (royalblue) became #008080 (teal): 31 %, 33.9 apart.
    """

    before: Color
    after: Color
    share: float
    difference: float
    names: tuple[str, str]

    @property
    def stayed(self) -> bool:
        """Whether both are the same color."""
        return self.before.srgb == self.after.srgb

    def __str__(self) -> str:
        first, second = (f"{c.hex} ({n})" for c, n in zip((self.before, self.after), self.names, strict=True))
        if self.stayed:
            return f"{first} stayed: {percent(self.share)}."
        return f"{first} became {second}: {percent(self.share)}, {number(self.difference)} apart."

    def to_dict(self) -> dict[str, Any]:
        """The flow as JSON types."""
        return {
            "from": {"hex": self.before.hex, "name": self.names[0]},
            "to": {"hex": self.after.hex, "name": self.names[1]},
            "share": self.share,
            "difference": self.difference,
        }


def number(difference: float) -> str:
    """A difference as text, for the ones of CIEDE2000 and the hundredths of Oklab.

    Examples
    --------
    >>> number(15.23), number(0.0712), number(0.0)
    ('15.2', '0.071', '0')
    """
    if difference == 0:
        return "0"
    return f"{difference:.1f}" if difference >= 0.95 else f"{difference:.2g}"
