"""Encoding: the meaning of codes that a tag states by numbers: primaries and a curve.

Up to white, an encoding is an ICC profile, which it writes itself. HDR light, PQ and HLG, is mapped to sRGB here: by
the EETF of BT.2408 (`tone`); a color outside sRGB keeps its Oklab lightness and hue and loses chroma (`color.gamut`).

References
----------
K. M. Lam: "Metamerism and Colour Constancy", 1985 (the Bradford adaptation, as in ICC.1:2022, annex E).
ITU-R BT.2100-2 (2018), table 5: HLG's OOTF.
"""

import functools
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.srgb import encode, to_codes
from pochade.color.xyz import LINEAR_FROM_XYZ, WHITE
from pochade.source.curves import CURVES, HDR, WHITE_NITS, Curve, reduced_pq_signal
from pochade.source.matrix_profile import D50, matrix_profile
from pochade.source.tone import toned

_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])

_HLG_NITS, _HLG_GAMMA = 1000.0, 1.2
"""The display for which HLG's system gamma is 1.2 (BT.2100, note 5f)."""

MAX_ROUNDING = 0.01
"""Light. A channel that lies outside by less is cut, because rounding to 8 bits of PQ explains as much: half a code
changes light by 1 %. Less chroma would tint a pure red of sRGB."""

_MAX_SHARE = 1000.0
"""The share of a primary's x, y, z in white is about 1; numbers of ICC profiles reach 32,768."""


class Primaries(NamedTuple):
    """The chromaticities x, y (CIE 1931) of the lights of full red, green and blue, and of white."""

    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float] = (0.3127, 0.3290)


SRGB_PRIMARIES = Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the codes of a picture mean.

    primaries : of the three channels.
    curve : the name of one of CURVES, or the exponents of red, green and blue.
    full : whether codes reach from 0 to 255; otherwise black is 16 and white 235.
    peak : of PQ and HLG: the brightest light of the picture, at least 1, which is white; None until it is measured.

    Examples
    --------
    >>> Encoding(Primaries((0.708, 0.292), (0.17, 0.797), (0.131, 0.046)), "PQ").to_srgb(
    ...     np.array([[0, 0, 0], [148, 148, 148]], np.uint8)  # 203 cd/m2 is white
    ... )
    array([[  0,   0,   0],
           [255, 255, 255]], dtype=uint8)
    """

    primaries: Primaries = SRGB_PRIMARIES
    curve: Curve = "sRGB"
    full: bool = True
    peak: float | None = None

    @property
    def hdr(self) -> bool:
        """Whether codes reach beyond white, so that no ICC profile can say what they mean."""
        return self.curve in HDR

    def icc(self) -> bytes:
        """The ICC profile that says the same. Not for HDR."""
        return _icc(self.primaries, self.curve, self.full)

    def display(self, codes: NDArray[np.uint8]) -> Array:
        """The light of codes, uint8 (n, 3): float64 (n, 3), in its own primaries, 1 for white; HDR not yet mapped."""
        levels = _levels(self.curve, self.full)
        return self._shown(np.stack([levels[channel][codes[:, channel]] for channel in range(3)], -1))

    def display_signals(self, signals: Array) -> Array:
        """`display` of signals, float64 (n, 3), 0..1."""
        return self._shown(np.stack([_light(self.curve, channel, signals[:, channel]) for channel in range(3)], -1))

    def signals_to_srgb(self, signals: Array) -> Array:
        """Convert signals, float64 (n, 3), 0..1, to sRGB codes, float64 (n, 3), 0..255, not rounded."""
        if (self.primaries, self.curve) == (SRGB_PRIMARIES, "sRGB"):
            return signals * 255
        return encode(self._linear(self.display_signals(signals)).clip(0, 1))

    def _shown(self, light: Array) -> Array:
        """The light of the display, of light after the curve: float64 (n, 3)."""
        if self.curve == "HLG":
            luminance = light @ _xyz_from(self.primaries)[1]
            light *= (_HLG_NITS / WHITE_NITS * luminance ** (_HLG_GAMMA - 1))[:, None]
        return light

    def _linear(self, light: Array) -> Array:
        """Linear light with the primaries of sRGB, of the light of the display; of HDR mapped into its gamut."""
        linear: Array = toned(light, self.peak or 1.0) @ (LINEAR_FROM_XYZ @ _adapted(self.primaries, WHITE)).T
        outside = ((linear < -MAX_ROUNDING) | (linear > 1 + MAX_ROUNDING)).any(-1)
        if self.hdr and outside.any():
            from pochade.color.gamut import into_gamut

            linear[outside] = into_gamut(linear[outside])
        return linear

    def to_srgb(self, codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Convert codes of HDR, uint8 (n, 3), to sRGB."""
        red, green, blue = codes.astype(np.uint32).T
        packed, index = np.unique(red << 16 | green << 8 | blue, return_inverse=True)
        light = self.display((packed[:, None] >> np.array([16, 8, 0], np.uint32) & 255).astype(np.uint8))
        return to_codes(self._linear(light))[index]

    def deep(self) -> tuple["Encoding", NDArray[np.uint8]]:
        """The encoding with a curve for 8 bits, and the 8-bit code in it of each 16-bit code: uint8 (65536,).

        With another curve, rounding to 8 bits could lose colors: the first codes of linear light are far apart.
        """
        levels = np.arange(65536) / (257 if self.full else 256)
        if self.curve == "HLG":  # 191 of its codes reach up to white
            return self, np.rint(levels).astype(np.uint8)
        light = _light(self.curve, 0, _signal(levels, self.full))
        if not self.hdr:
            return replace(self, curve="sRGB", full=True), to_codes(light)
        return replace(self, curve="reduced PQ", full=True), np.rint(reduced_pq_signal(light) * 255).astype(np.uint8)


def primaries_problem(primaries: Primaries) -> str | None:
    """Why no light has these primaries and this white, as a clause; None if some has."""
    try:
        shares = _shares(primaries)
    except (ZeroDivisionError, np.linalg.LinAlgError):
        shares = np.zeros(3)
    inside = bool(np.isfinite(shares).all() and shares.min() > 0 and shares.max() < _MAX_SHARE)
    return None if inside else "white is no mixture of red, green and blue"


@functools.lru_cache(maxsize=16)
def _icc(primaries: Primaries, curve: Curve, full: bool) -> bytes:
    return matrix_profile(_adapted(primaries, D50), _levels(curve, full).clip(0, 1))


@functools.lru_cache(maxsize=16)
def _levels(curve: Curve, full: bool) -> Array:
    """The light of the 256 codes of each channel: float64 (3, 256)."""
    signal = _signal(np.arange(256.0), full)
    return np.stack([_light(curve, channel, signal) for channel in range(3)])


def _signal(levels: Array, full: bool) -> Array:
    """The signal, 0..1, of levels in units of 8-bit codes."""
    return levels / 255 if full else ((levels - 16) / 219).clip(0, 1)


def _light(curve: Curve, channel: int, signal: Array) -> Array:
    light: Array = CURVES[curve](signal) if isinstance(curve, str) else signal ** curve[channel]
    return light


def _shares(primaries: Primaries) -> Array:
    """How much of each primary's x, y, z makes white."""
    shares: Array = np.linalg.solve(_columns(primaries), _xyz(primaries.white)).astype(np.float64)
    return shares


def _xyz_from(primaries: Primaries) -> Array:
    """The matrix from light in the primaries to XYZ with Y = 1 for white."""
    return _columns(primaries) * _shares(primaries)


def _adapted(primaries: Primaries, white: Array) -> Array:
    """The matrix from light in the primaries to XYZ, with their white adapted to another."""
    ratio = (_BRADFORD @ white) / (_BRADFORD @ _xyz(primaries.white))
    matrix: Array = np.linalg.inv(_BRADFORD) @ (ratio[:, None] * _BRADFORD) @ _xyz_from(primaries)
    return matrix


def _columns(primaries: Primaries) -> Array:
    return np.array([(x, y, 1 - x - y) for x, y in primaries[:3]]).T


def _xyz(chromaticity: tuple[float, float]) -> Array:
    """XYZ with Y = 1."""
    x, y = chromaticity
    return np.array([x / y, 1.0, (1 - x - y) / y])
