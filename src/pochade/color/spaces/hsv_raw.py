"""HSV as plain numbers, as tutorials cluster it: hue, saturation and value, each 0..1.

It serves for comparison. It treats hue as a line, not a circle: reds of hue 0.99 and 0.01 fall into different clusters,
and their mean is cyan. `hsv` corrects that.

References
----------
Alvy Ray Smith, 1978: "Color Gamut Transform Pairs", SIGGRAPH.
"""

import numpy as np

from pochade.color import Array, hexcone
from pochade.color.spaces import Space, register
from pochade.color.srgb import decode_unit, encode_unit


def from_linear(linear: Array) -> Array:
    """HSV of linear-light sRGB; the hue of gray and the saturation of black are 0."""
    hue, value, chroma = hexcone.split(encode_unit(linear))
    return np.stack([hue, chroma / np.where(value == 0, 1, value), value], axis=-1)


def to_linear(hsv: Array) -> Array:
    """Linear-light sRGB of HSV."""
    hue, saturation, value = hsv[..., 0], hsv[..., 1], hsv[..., 2]
    return decode_unit(hexcone.join(hue, value, saturation * value))


register(Space("hsv-raw", ("h", "s", "v"), from_linear, to_linear, "HSV as plain numbers 0..1: splits red in two."))
