"""Color: one color of a palette, an immutable value."""

from dataclasses import dataclass, field

import numpy as np

from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_hex


@dataclass(frozen=True, slots=True)
class Color:
    """A color of a palette.

    srgb : red, green, blue as sRGB codes, 0..255.
    weight : its share of the picture, 0..1.
    position : x and y of a point that shows it, 0..1 from the left and top edges, or None.
    label : a name that a user or a palette file gave it, or None.
    accent : whether it is small, chromatic and unlike every other color of its palette.
    prominence : its rank by the method, 0..1, for the order "prominence"; None if it was not extracted. It is not part
        of the color's value, nor are the exemplars.
    exemplars : in the palette of a collection, the ids of the pictures that show most of it.

    Examples
    --------
    >>> Color((142, 26, 36), 0.03).hex
    '#8e1a24'
    """

    srgb: tuple[int, int, int]
    weight: float = 1.0
    position: tuple[float, float] | None = None
    label: str | None = None
    accent: bool = False
    prominence: float | None = field(default=None, repr=False, compare=False)
    exemplars: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return to_hex(self.srgb)

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue as sRGB codes, 0..255: the same as `srgb`."""
        return self.srgb

    @property
    def oklab(self) -> tuple[float, float, float]:
        """Oklab: lightness 0..1, a and b about -0.4..0.4."""
        return self.to("oklab")

    def to(self, space: str) -> tuple[float, float, float]:
        """Its coordinates in any registered space.

        Examples
        --------
        >>> [round(value, 3) for value in Color((142, 26, 36)).to("oklch")]
        [0.423, 0.15, 22.606]
        """
        first, second, third = spaces[space].from_linear(decode(np.array(self.srgb, np.uint8))).tolist()
        return first, second, third

    def css(self, space: str = "rgb") -> str:
        """Its notation in a color space of CSS: "rgb", "hsl", "hwb", "lab", "lch", "oklab", "oklch", "srgb-linear",
        "display-p3", "xyz", ...; it has enough digits to give back the same codes.

        Examples
        --------
        >>> Color((142, 26, 36)).css("oklch"), f"{Color((142, 26, 36)):hsl}"
        ('oklch(42.3% 0.1503 22.61)', 'hsl(354.83 69.05% 32.94%)')
        """
        from pochade.color.css import css

        return css(decode(np.array(self.srgb, np.uint8)), space)

    @property
    def name(self) -> str:
        """Its label, or the nearest CSS color name by CIEDE2000."""
        from pochade.color.names import nearest

        return self.label or nearest([self.srgb])[0]

    def __str__(self) -> str:
        return self.hex

    def __format__(self, form: str) -> str:
        """`f"{color:oklch}"` is `color.css("oklch")`; other format specs apply to the hex, as in `f"{color:>10}"`."""
        return self.css(form) if form[:1].isalpha() else format(self.hex, form)

    def __repr__(self) -> str:
        where = "" if self.position is None else f" at ({self.position[0]:.2f}, {self.position[1]:.2f})"
        return f"<Color {self.hex} {self.weight:.1%}{where}>"

    def _repr_html_(self) -> str:
        from pochade.palette.palette import Palette

        return Palette((self,))._repr_html_()
