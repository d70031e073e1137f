"""A picture with few colors: the palette back onto the pixels, for files that weigh less and screens that show few."""

from pochade.quantized.dither import Dither, dithers
from pochade.quantized.fitted import TABLE, fitted, table
from pochade.quantized.formats import formats
from pochade.quantized.measured import Quality
from pochade.quantized.quantized import Quantized, Report
from pochade.quantized.task import quantize

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
