"""Color and Palette, both immutable values, and the origin of a palette."""

from pochade.palette.color import Color
from pochade.palette.palette import Palette

__all__ = ["Color", "Palette"]
