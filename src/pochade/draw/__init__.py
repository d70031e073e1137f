"""Pictures about palettes: why each color is there, how well more and more colors do, how others see them."""

from pochade.draw.curve import curve, curve_svg
from pochade.draw.sight import sight
from pochade.draw.why import why

__all__ = ["curve", "curve_svg", "sight", "why"]
