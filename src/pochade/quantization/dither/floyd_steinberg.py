"""Floyd-Steinberg.

References
----------
Floyd and Steinberg 1976, "An adaptive algorithm for spatial greyscale", Proceedings of the SID 17(2).
"""

from pochade.quantization.dither import Dither, register

register(
    Dither(
        "floyd-steinberg",
        "The whole error to 4 neighbors: fine grain, the usual choice for photos.",
        ((1, 0, 7 / 16), (-1, 1, 3 / 16), (0, 1, 5 / 16), (1, 1, 1 / 16)),
    )
)
