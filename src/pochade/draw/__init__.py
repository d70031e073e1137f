"""Pictures about palettes: with their picture, why each color is there, how many there should be, and side by side."""

from pochade.draw.cloud import cloud
from pochade.draw.curve import curve, curve_svg
from pochade.draw.figure import figure
from pochade.draw.sheet import sheet, sheet_svg
from pochade.draw.sight import sight
from pochade.draw.strip import strip, strip_svg
from pochade.draw.turnable import cloud_html
from pochade.draw.why import why

__all__ = [
    "cloud",
    "cloud_html",
    "curve",
    "curve_svg",
    "figure",
    "sheet",
    "sheet_svg",
    "sight",
    "strip",
    "strip_svg",
    "why",
]
