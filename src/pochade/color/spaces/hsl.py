"""HSL as a double cone: hue and chroma as a point of the hue circle, -1..1 each way, and lightness 0..1.

Black and white are the tips, so very dark colors of all hues lie close together, and so do very light ones; `hsv` gives
the reason.

References
----------
George H. Joblove and Donald Greenberg, 1978: "Color Spaces for Computer Graphics", SIGGRAPH.
"""

import numpy as np

from pochade.color import Array, hexcone
from pochade.color.spaces import Space, register
from pochade.color.srgb import decode_unit, encode_unit


def from_linear(linear: Array) -> Array:
    """The HSL double cone of linear-light sRGB."""
    hue, top, chroma = hexcone.split(encode_unit(linear))
    return np.stack([*hexcone.to_circle(hue, chroma), top - chroma / 2], axis=-1)


def to_linear(hsl: Array) -> Array:
    """Linear-light sRGB of the HSL double cone."""
    hue, chroma = hexcone.from_circle(hsl[..., 0], hsl[..., 1])
    return decode_unit(hexcone.join(hue, hsl[..., 2] + chroma / 2, chroma))


register(
    Space(
        "hsl",
        ("x", "y", "l"),
        from_linear,
        to_linear,
        "HSL as a double cone: hue is a circle, the tips are black and white.",
    )
)
