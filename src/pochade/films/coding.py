"""Coding: what the three planes of a film mean, by its tags, or by the rule for films without tags.

References
----------
ITU-T H.273 (2024), tables 2 to 4, and 8.3 (the matrices). ITU-R BT.601-7, BT.709-6, BT.2020-2: luma.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pochade.color import Array
from pochade.errors import FormatError
from pochade.source.encoding import Encoding
from pochade.source.tags.code_points import UNSPECIFIED, encoding_of
from pochade.source.tags.statement import Problem

RGB, YCGCO = 0, 8
"""Code points of matrices that have no luma coefficients."""

LUMA = {
    1: (0.2126, 0.0722),  # BT.709
    4: (0.30, 0.11),  # FCC
    5: (0.299, 0.114),  # BT.601
    6: (0.299, 0.114),
    7: (0.212, 0.087),  # SMPTE 240M
    9: (0.2627, 0.0593),  # BT.2020
    10: (0.2627, 0.0593),
}
"""The share of red and blue in luma, by code point."""

NAMES = {
    RGB: "RGB",
    1: "BT.709",
    4: "FCC",
    5: "BT.601",
    6: "BT.601",
    7: "SMPTE 240M",
    YCGCO: "YCgCo",
    9: "BT.2020",
    10: "BT.2020",
}

HD_ROWS = 720
"""Rows from which a film without tags is BT.709."""

_DOLBY_VISION = frozenset({"dvh1", "dvhe", "dva1", "dvav", "dav1"})
_DOLBY_MATRICES = frozenset({14, 15})
"""ICtCp, and the IPT of Dolby Vision."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What the planes mean.

    matrix : its code point in H.273, table 4. full : whether samples reach from 0 to 255; otherwise from 16.
    encoding : primaries and curve of red, green and blue.
    assumed : the words "matrix", "range", "primaries" and "transfer" that no tag states.
    gray : whether there is luma only.
    """

    matrix: int
    full: bool
    encoding: Encoding
    assumed: tuple[str, ...] = ()
    gray: bool = False

    @property
    def dark(self) -> int:
        """The first sample, in codes of 8 bits, up to which a bar is black: noise of compression included."""
        return 10 if self.full or self.matrix == RGB else 26

    def signals(self, means: Array) -> Array:
        """Red, green and blue, float64 (n, 3), 0..1, of means of samples, float64 (n, 3), in codes of 8 bits."""
        base, span, half = (0.0, 255.0, 255.0) if self.full else (16.0, 219.0, 224.0)
        if self.matrix == RGB:
            rgb = (means - base) / span
        else:
            luma, blue, red = (means[:, 0] - base) / span, (means[:, 1] - 128) / half, (means[:, 2] - 128) / half
            rgb = _ycgco(luma, blue, red) if self.matrix == YCGCO else _rgb(luma, blue, red, *LUMA[self.matrix])
        signals: Array = rgb.clip(0, 1)
        return signals

    def to_srgb(self, means: Array) -> Array:
        """sRGB codes, float64 (n, 3), 0..255, not rounded, of means of samples in codes of 8 bits."""
        return self.encoding.signals_to_srgb(self.signals(means))

    def with_peak(self, peak: float) -> "Coding":
        """The same coding; if it is HDR, with the brightest light of the film."""
        return replace(self, encoding=replace(self.encoding, peak=peak)) if self.encoding.hdr else self

    def to_dict(self) -> dict[str, Any]:
        """The coding in words, as JSON's types."""
        from pochade.source.tags.code_points import PRIMARIES

        names = {1: "BT.709", 5: "BT.601, 625 lines", 6: "BT.601, 525 lines", 9: "BT.2020", 12: "Display P3"}
        known = (names.get(point, f"code point {point}") for point in PRIMARIES if point != UNSPECIFIED)
        by_value = dict(zip((PRIMARIES[point] for point in PRIMARIES if point != UNSPECIFIED), known, strict=True))
        curve = self.encoding.curve
        return {
            "matrix": "gray" if self.gray else NAMES[self.matrix],
            "range": "full" if self.full else "limited",
            "primaries": by_value.get(self.encoding.primaries, "other"),
            "transfer": curve if isinstance(curve, str) else "gamma",
            "assumed": list(self.assumed),
        }


def coding_of(frame: Any, tag: str, rows: int, name: str, *, rgb: bool, gray: bool) -> Coding:
    """The coding of a frame of PyAV, by its tags.

    tag : the four letters of the codec. rows : of the frame, for the rule for missing tags.

    Raises
    ------
    FormatError : Dolby Vision without a common base, or a code point that is reserved.
    """
    matrix, range_, primaries, curve = (
        int(value) for value in (frame.colorspace, frame.color_range, frame.color_primaries, frame.color_trc)
    )
    if matrix in _DOLBY_MATRICES or (tag.lower() in _DOLBY_VISION and UNSPECIFIED == matrix == curve):
        raise FormatError(
            f"{name}: it is Dolby Vision of profile 5, whose colors need Dolby's own decoder: give a version with "
            "HDR10 or HLG."
        )
    assumed = []
    if rgb:
        matrix, full = RGB, range_ != 1
    else:
        if matrix not in LUMA and matrix != YCGCO:
            if not gray:
                assumed.append("matrix")
            matrix = 1 if rows >= HD_ROWS else 6
        full = range_ == 2 or frame.format.name.startswith("yuvj")
        if range_ == 0 and not full:
            assumed.append("range")
    # H.273 reserves 0, and containers write it for "not stated".
    primaries, curve = (UNSPECIFIED if point == 0 else point for point in (primaries, curve))
    assumed += [word for word, point in (("primaries", primaries), ("transfer", curve)) if point == UNSPECIFIED]
    encoding = encoding_of(primaries, curve)
    if isinstance(encoding, Problem):
        raise FormatError(f"{name}: its {encoding.reason}; the film's color tags are broken.")
    return Coding(matrix, full, encoding or Encoding(), tuple(assumed), gray)


def _rgb(luma: Array, blue: Array, red: Array, of_red: float, of_blue: float) -> Array:
    r = luma + 2 * (1 - of_red) * red
    b = luma + 2 * (1 - of_blue) * blue
    return np.stack([r, (luma - of_red * r - of_blue * b) / (1 - of_red - of_blue), b], -1)


def _ycgco(luma: Array, green: Array, orange: Array) -> Array:
    rest = luma - green
    return np.stack([rest + orange, luma + green, rest - orange], -1)
