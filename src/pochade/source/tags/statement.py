"""The statement of one tag: an ICC profile, an encoding, a problem, or nothing."""

from dataclasses import dataclass

import numpy as np

from pochade.source.encoding import SRGB_PRIMARIES, Encoding, Primaries

SRGB = Encoding()


@dataclass(frozen=True, slots=True)
class Problem:
    """A tag that cannot be used. reason : a clause, such as "color primaries 0 are reserved"."""

    reason: str


_SRGB_EXPONENT, _EXPONENT_TOLERANCE = 2.2, 0.0005
"""Writers of sRGB add the exponent 2.2 for readers that do not know its curve (PNG, third edition, 11.3.2.5). The
tolerance is that of 5 digits of its inverse."""

_CHROMATICITY_TOLERANCE = 0.001


def of_exponents(primaries: Primaries, exponents: tuple[float, float, float]) -> Encoding:
    """The encoding of primaries and exponents; 2.2 with the primaries of sRGB is sRGB."""
    same = np.allclose(primaries, SRGB_PRIMARIES, rtol=0, atol=_CHROMATICITY_TOLERANCE)
    if same and all(abs(exponent - _SRGB_EXPONENT) <= _EXPONENT_TOLERANCE for exponent in exponents):
        return SRGB
    return Encoding(primaries, exponents)


Statement = bytes | Encoding | Problem | None
"""None: the tag is missing, or leaves the color open."""
