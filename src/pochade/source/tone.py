"""HDR light to the range of sRGB, and the brightest light of a picture.

The operator is the EETF of ITU-R BT.2408, annex 5, on the greatest of red, green and blue ("maxRGB"), so hue and
chromaticity stay. Light below a knee stays as it is; a picture that reaches no further than white stays whole.

References
----------
ITU-R BT.2408-8 (2024), annex 5; the same curve as ITU-R BT.2390-11 (2023), 5.4.1. CTA-861.3-A (2016), annex P: the
brightest light of a picture as the greatest of red, green and blue (MaxCLL).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pochade.color import Array
from pochade.source.curves import CURVES, pq_signal

if TYPE_CHECKING:
    from pochade.source.picture import Picture

PEAK_SHARE = 1e-4
"""The share of a picture that may be brighter than its peak, so that a few glints do not darken the rest."""


def toned(light: Array, peak: float) -> Array:
    """The light, (n, 3), with 0..peak mapped to 0..1."""
    if peak <= 1:
        return light
    most = light.max(-1)
    end = pq_signal(np.array(peak))
    white = float(pq_signal(np.array(1.0)) / end)  # maxLum
    knee = 1.5 * white - 0.5
    signal = np.minimum(pq_signal(most) / end, 1)
    t = (signal - knee) / (1 - knee)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * white
    above = signal > knee
    ratio = np.ones_like(most)
    ratio[above] = CURVES["PQ"](spline[above] * end) / most[above]
    mapped: Array = light * ratio[:, None]
    return mapped


def with_peak(picture: "Picture") -> "Picture":
    """The picture; if it is HDR, with the brightest light of all its pixels in its encoding."""
    from pochade import kernel
    from pochade.source.encoding import Encoding

    encoding = picture.profile
    if not isinstance(encoding, Encoding) or not encoding.hdr or encoding.peak is not None:
        return picture
    tally = kernel.Tally()
    for strip in picture.blocks((0, 0, picture.width, picture.height)):
        tally.add(strip.codes, strip.alpha, strip.weight)
    _, counts, sums = tally.result()
    if not len(counts):
        return replace(picture, profile=replace(encoding, peak=1.0))
    codes = np.rint(sums / counts[:, None].astype(np.float64)).astype(np.uint8)
    most = encoding.display(codes).max(-1)
    order = np.argsort(most)
    reached = np.cumsum(counts[order]) >= (1 - PEAK_SHARE) * counts.sum()
    return replace(picture, profile=replace(encoding, peak=max(1.0, float(most[order][reached.argmax()]))))
