"""Pictures about palettes: why each color is there, and how well palettes of more and more colors do."""

from pochade.draw.curve import curve, curve_svg
from pochade.draw.why import why

__all__ = ["curve", "curve_svg", "why"]
