"""A picture with few colors, for smaller files and for screens that show few."""

from pochade.quantization.dither import Dither, dithers
from pochade.quantization.formats import formats
from pochade.quantization.quality import Quality
from pochade.quantization.quantize import quantize
from pochade.quantization.result import Quantized, Report
from pochade.quantization.target import TABLE, fitted, table

__all__ = [
    "TABLE",
    "Dither",
    "Quality",
    "Quantized",
    "Report",
    "dithers",
    "fitted",
    "formats",
    "quantize",
    "table",
]
