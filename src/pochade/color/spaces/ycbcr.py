"""YCbCr as in JPEG: luma 0..1, and Cb and Cr -0.5..0.5, with gray at 0.

References
----------
ITU-T T.871, 2011: "JPEG File Interchange Format (JFIF)", section 7, unrounded and divided by 255, with Cb and
Cr centered on 0 instead of 128. The luma weights are those of ITU-R BT.601.
"""

import numpy as np

from pochade.color import Array
from pochade.color.spaces import Space, register
from pochade.color.srgb import decode_unit, encode_unit

_YCBCR_FROM_SRGB = np.array(
    [
        [0.299, 0.587, 0.114],
        [-0.299 / 1.772, -0.587 / 1.772, 0.5],
        [0.5, -0.587 / 1.402, -0.114 / 1.402],
    ]
)
_SRGB_FROM_YCBCR = np.linalg.inv(_YCBCR_FROM_SRGB)


def from_linear(linear: Array) -> Array:
    """YCbCr of linear-light sRGB."""
    ycbcr: Array = encode_unit(linear) @ _YCBCR_FROM_SRGB.T
    return ycbcr


def to_linear(ycbcr: Array) -> Array:
    """Linear-light sRGB of YCbCr, not clipped."""
    return decode_unit(ycbcr @ _SRGB_FROM_YCBCR.T)


register(
    Space(
        "ycbcr",
        ("Y", "Cb", "Cr"),
        from_linear,
        to_linear,
        "YCbCr as in JPEG: luma and two color differences.",
    )
)
