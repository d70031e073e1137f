"""sRGB as it is encoded, 0..1: what tutorials cluster in.

Steps are roughly even in lightness, not in hue or chroma. Source of the encoding: see `pochade.color.srgb`.
"""

from pochade.color.spaces import Space, register
from pochade.color.srgb import decode_unit, encode_unit

register(
    Space(
        "rgb",
        ("r", "g", "b"),
        encode_unit,
        decode_unit,
        "sRGB as it is encoded, 0..1: what tutorials cluster in.",
    )
)
