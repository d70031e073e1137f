"""Pictures about palettes: why each color is there, how well more and more of them do, and what is to be shared."""

from pochade.draw.curve import curve, curve_svg
from pochade.draw.poster import poster, poster_pdf, poster_svg
from pochade.draw.wheel import wheel, wheel_pdf, wheel_svg
from pochade.draw.why import why

__all__ = ["curve", "curve_svg", "poster", "poster_pdf", "poster_svg", "wheel", "wheel_pdf", "wheel_svg", "why"]
