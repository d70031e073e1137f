"""Posters and charts of palettes."""

from pochade.draw.cloud import cloud
from pochade.draw.contact_sheet import contact_sheet, contact_sheet_pdf, contact_sheet_svg
from pochade.draw.curve import curve, curve_svg
from pochade.draw.figure import figure
from pochade.draw.flow import flow, flow_svg
from pochade.draw.heat import likeness, likeness_svg
from pochade.draw.paint_sheet import paint_sheet, paint_sheet_pdf, paint_sheet_svg
from pochade.draw.poster import poster, poster_pdf, poster_svg
from pochade.draw.sheet import sheet, sheet_svg
from pochade.draw.sight import sight
from pochade.draw.strip import strip, strip_svg
from pochade.draw.turnable import cloud_html
from pochade.draw.wheel import wheel, wheel_pdf, wheel_svg
from pochade.draw.why import why

__all__ = [
    "cloud",
    "cloud_html",
    "contact_sheet",
    "contact_sheet_pdf",
    "contact_sheet_svg",
    "curve",
    "curve_svg",
    "figure",
    "flow",
    "flow_svg",
    "likeness",
    "likeness_svg",
    "paint_sheet",
    "paint_sheet_pdf",
    "paint_sheet_svg",
    "poster",
    "poster_pdf",
    "poster_svg",
    "sheet",
    "sheet_svg",
    "sight",
    "strip",
    "strip_svg",
    "wheel",
    "wheel_pdf",
    "wheel_svg",
    "why",
]
