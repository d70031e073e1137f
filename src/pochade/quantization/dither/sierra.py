"""Sierra's filter of three rows.

References
----------
Frankie Sierra 1989, described by Lee Daniel Crocker 1991, "DHALF.TXT: digital halftoning".
"""

from pochade.quantization.dither import Dither, register

_ROWS = ((0, ((1, 5), (2, 3))), (1, ((-2, 2), (-1, 4), (0, 5), (1, 4), (2, 2))), (2, ((-1, 2), (0, 3), (1, 2))))

register(
    Dither(
        "sierra",
        "The whole error to 10 neighbors: softer grain than Floyd-Steinberg, slower.",
        tuple((onward, down, share / 32) for down, taps in _ROWS for onward, share in taps),
    )
)
