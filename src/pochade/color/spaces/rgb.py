"""Encoded sRGB, 0..1: the space in which tutorials cluster.

Steps are roughly even in lightness, but not in hue or chroma. `pochade.color.srgb` cites the encoding.
"""

from pochade.color.spaces import Space, register
from pochade.color.srgb import decode_unit, encode_unit

register(
    Space(
        "rgb",
        ("r", "g", "b"),
        encode_unit,
        decode_unit,
        "Encoded sRGB, 0..1: the space in which tutorials cluster.",
    )
)
