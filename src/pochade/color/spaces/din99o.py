"""DIN99o: CIELAB transformed so that straight distances approximate perceived differences.

References
----------
DIN 6176:2018, "Farbmetrische Bestimmung von Farbabständen bei Körperfarben nach der DIN99o-Formel"; Cui, Luo, Rigg,
Roesler and Witt 2002, "Uniform colour spaces based on the DIN99 colour-difference formula", Color Research and
Application 27(4). CIELAB is relative to D65, as in `cielab`.
"""

import numpy as np

from pochade.color import Array
from pochade.color.spaces import Space, cielab, register

_COS, _SIN = float(np.cos(np.deg2rad(26))), float(np.sin(np.deg2rad(26)))
_TURN = np.array([[_COS, _SIN], [-0.83 * _SIN, 0.83 * _COS]])
_LIGHT = float(100 / np.log(1.39))  # white is 100; the standard prints 303.67
_BACK = np.linalg.inv(_TURN)
_AGAIN = np.array([[_COS, -_SIN], [_SIN, _COS]])  # rotates the hue by the same 26 degrees again


def from_linear(linear: Array) -> Array:
    """DIN99o of linear-light sRGB."""
    lab = cielab.from_linear(linear)
    plane = lab[..., 1:] @ _TURN.T
    chroma = np.hypot(plane[..., 0], plane[..., 1])
    bent = np.log1p(0.075 * chroma) / 0.0435
    plane *= np.where(chroma > 0, bent / np.where(chroma > 0, chroma, 1), 0)[..., None]
    light = np.copysign(_LIGHT * np.log1p(0.0039 * np.abs(lab[..., :1])), lab[..., :1])
    return np.concatenate([light, plane @ _AGAIN.T], -1)


def to_linear(din99o: Array) -> Array:
    """Linear-light sRGB of DIN99o, not clipped."""
    plane = din99o[..., 1:] @ _AGAIN
    bent = np.hypot(plane[..., 0], plane[..., 1])
    chroma = np.expm1(0.0435 * bent) / 0.075
    plane *= np.where(bent > 0, chroma / np.where(bent > 0, bent, 1), 0)[..., None]
    light = np.copysign(np.expm1(np.abs(din99o[..., :1]) / _LIGHT) / 0.0039, din99o[..., :1])
    return cielab.to_linear(np.concatenate([light, plane @ _BACK.T], -1))


register(
    Space(
        "din99o",
        ("L", "a", "b"),
        from_linear,
        to_linear,
        "DIN99o: CIELAB with vivid colors compressed; straight distances are close to CIEDE2000.",
    )
)
