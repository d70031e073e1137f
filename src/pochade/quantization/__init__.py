"""A picture with few colors: the palette back onto the pixels, for files that weigh less and screens that show few."""

from pochade.quantization.dither import Dither, dithers
from pochade.quantization.fitted import TABLE, fitted, table
from pochade.quantization.formats import formats
from pochade.quantization.measured import Quality
from pochade.quantization.quantize import quantize
from pochade.quantization.quantized import Quantized, Report

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
