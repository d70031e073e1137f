"""CIE76: the straight distance in CIELAB.

It overestimates differences of vivid colors: #0000ff and #0000d8 differ by 16.8 in CIE76, by 5.0 in CIEDE2000.

References
----------
CIE 15:2004: "Colorimetry, 3rd edition", section 8.2.1.3.
"""

from pochade.color import Array
from pochade.color.difference import Difference, euclidean, register


def cie76(a: Array, b: Array) -> Array:
    """CIE76: the straight distance in CIELAB; fast, but too large between vivid colors."""
    return euclidean(a, b)


register(Difference("cie76", "cielab", cie76, euclidean=True))
