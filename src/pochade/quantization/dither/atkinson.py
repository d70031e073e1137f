"""Atkinson, of the first Macintosh.

References
----------
Bill Atkinson, Apple Computer, about 1984, for HyperScan and MacPaint; he published no paper.
"""

from pochade.quantization.dither import Dither, register

register(
    Dither(
        "atkinson",
        "Three quarters of the error to 6 neighbors: crisp, with clear lights and darks.",
        ((1, 0, 1 / 8), (2, 0, 1 / 8), (-1, 1, 1 / 8), (0, 1, 1 / 8), (1, 1, 1 / 8), (0, 2, 1 / 8)),
    )
)
