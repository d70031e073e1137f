"""Coding-independent code points (CICP): numbers for primaries and curve, in cICP, nclx and colr.

References
----------
ITU-T H.273 (2024), tables 2 and 3.
"""

from pochade.source.encoding import SRGB_PRIMARIES, Encoding, Primaries
from pochade.source.tags.statement import Problem

_C, _DCI, _EQUAL = (0.310, 0.316), (0.314, 0.351), (1 / 3, 1 / 3)
_SMPTE_170M = Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070))
BT2020 = Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))

UNSPECIFIED = 2
"""The code point that leaves primaries or curve open; sRGB's count."""

PRIMARIES = {
    1: SRGB_PRIMARIES,
    UNSPECIFIED: SRGB_PRIMARIES,
    4: Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), _C),  # BT.470 M
    5: Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),  # BT.470 B/G, BT.601 with 625 lines
    6: _SMPTE_170M,  # BT.601 with 525 lines
    7: _SMPTE_170M,  # SMPTE 240M
    8: Primaries((0.681, 0.319), (0.243, 0.692), (0.145, 0.049), _C),  # film
    9: BT2020,
    10: Primaries((1.0, 0.0), (0.0, 1.0), (0.0, 0.0), _EQUAL),  # SMPTE ST 428-1: XYZ
    11: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _DCI),  # SMPTE RP 431-2: DCI P3
    12: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # Display P3
    22: Primaries((0.630, 0.340), (0.295, 0.605), (0.155, 0.077)),  # EBU Tech 3213
}

CURVES = {
    1: "BT.709",
    UNSPECIFIED: "sRGB",
    4: "gamma 2.2",
    5: "gamma 2.8",
    6: "BT.709",  # BT.601
    7: "SMPTE 240M",
    8: "linear",
    9: "logarithm 100:1",
    10: "logarithm 316:1",
    11: "BT.709",  # IEC 61966-2-4: the same from 0 to 1
    12: "BT.709",  # BT.1361: the same from 0 to 1
    13: "sRGB",
    14: "BT.709",  # BT.2020 with 10 bits
    15: "BT.709",  # BT.2020 with 12 bits
    16: "PQ",
    17: "SMPTE 428",
    18: "HLG",
}


def encoding_of(primaries: int, curve: int, *, full: bool = True) -> Encoding | Problem | None:
    """The encoding of two code points; None if both are unspecified."""
    if primaries not in PRIMARIES:
        return Problem(f"color primaries {primaries} are reserved")
    if curve not in CURVES:
        return Problem(f"transfer characteristics {curve} are reserved")
    if primaries == curve == UNSPECIFIED:
        return None
    return Encoding(PRIMARIES[primaries], CURVES[curve], full)
