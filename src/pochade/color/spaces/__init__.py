"""Color spaces: a space is a value with conversions from linear-light sRGB and back.

Each module of this package registers one space. It imports another only if its space is derived from it.

>>> import numpy as np
>>> oklab = spaces["oklab"]
>>> oklab.from_linear(np.array([1.0, 0.0, 0.0])).round(3)
array([0.628, 0.225, 0.126])
"""

from collections.abc import Callable
from dataclasses import dataclass

from pochade.color import Array
from pochade.registry import NoFacts, Registry


@dataclass(frozen=True)
class Space:
    """A color space.

    name : the name that users write, such as "oklab".
    channels : the names of the three coordinates, in order.
    from_linear : linear-light sRGB (..., 3), 0..1 in gamut, to coordinates (..., 3), float64.
    to_linear : the inverse, not clipped to the gamut.
    summary : one line for listings.
    hue : the index of the coordinate that is an angle in degrees, or None. Distances and means of angles are
        meaningless, so a space with a hue serves for sorting and display, not for clustering.
    """

    name: str
    channels: tuple[str, str, str]
    from_linear: Callable[[Array], Array]
    to_linear: Callable[[Array], Array]
    summary: str
    hue: int | None = None


spaces: Registry[Space, NoFacts] = Registry("space", "pochade.color.spaces")


def register(space: Space) -> None:
    """Register a space under its own name."""
    spaces.add(space.name, space)
