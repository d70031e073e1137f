"""HSV as a cone: hue and chroma as a point of the hue circle, -1..1 each way, and value 0..1.

Clustering the plain numbers of HSV splits red, whose hues lie on both sides of 0, and gives the hue of a near-black as
much weight as that of a vivid color. In the cone, straight distances and means are valid. `hsv-raw` has the plain
numbers.

References
----------
Alvy Ray Smith, 1978: "Color Gamut Transform Pairs", SIGGRAPH.
"""

import numpy as np

from pochade.color import Array, hexcone
from pochade.color.spaces import Space, register
from pochade.color.srgb import decode_unit, encode_unit


def from_linear(linear: Array) -> Array:
    """The HSV cone of linear-light sRGB."""
    hue, value, chroma = hexcone.split(encode_unit(linear))
    return np.stack([*hexcone.to_circle(hue, chroma), value], axis=-1)


def to_linear(hsv: Array) -> Array:
    """Linear-light sRGB of the HSV cone."""
    hue, chroma = hexcone.from_circle(hsv[..., 0], hsv[..., 1])
    return decode_unit(hexcone.join(hue, hsv[..., 2], chroma))


register(
    Space(
        "hsv",
        ("x", "y", "v"),
        from_linear,
        to_linear,
        "HSV as a cone: hue is a circle, and dark hues lie close together.",
    )
)
