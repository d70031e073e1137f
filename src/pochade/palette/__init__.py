"""Color and Palette: what pochade answers. Both are values: they do not change, and equal ones are equal."""

from pochade.palette.color import Color
from pochade.palette.palette import Palette

__all__ = ["Color", "Palette"]
