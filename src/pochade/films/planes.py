"""The planes of a decoded frame as arrays, without a copy where its layout allows."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.source.picture import Box

Plane = NDArray[Any]

_PLANAR = re.compile(r"yuv(a?)j?(410|411|420|422|440|444)p(\d+)?(le)?")
_SHIFTS = {"410": (2, 2), "411": (2, 0), "420": (1, 1), "422": (1, 0), "440": (0, 1), "444": (0, 0)}
_PAIRED = {"nv12": (1, 1, 8), "nv21": (1, 1, 8), "nv16": (1, 0, 8), "nv24": (0, 0, 8), "nv42": (0, 0, 8)} | {
    f"p{sub}{bits}le": (*shifts, int(bits))
    for sub, shifts in (("0", (1, 1)), ("2", (1, 0)), ("4", (0, 0)))
    for bits in ("10", "12", "16")
}
"""Formats with the two planes of chroma in one: columns and rows for a sample, and bits at the top of 16."""

_GRAY = re.compile(r"gray(\d+)?(le)?")
_PLANAR_RGB = re.compile(r"gbr(a?)p(\d+)?(le)?")
_PACKED = {"rgb24": "rgb", "bgr24": "bgr"} | {
    name: name for name in ("rgba", "bgra", "argb", "abgr", "rgb0", "bgr0", "0rgb", "0bgr")
}


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """Three planes of one frame: red, green and blue, or luma and two of chroma.

    arrays : uint8 or uint16 (rows, columns). alpha : in the size of the first, or None.
    across, down, bits, low : as in `kernel.PlaneTally`. rgb, gray : their kind.
    """

    arrays: tuple[Plane, Plane, Plane]
    across: int = 0
    down: int = 0
    bits: int = 8
    low: int = 0
    alpha: Plane | None = None
    rgb: bool = False
    gray: bool = False

    @property
    def height(self) -> int:
        """Rows of the first plane."""
        return int(self.arrays[0].shape[0])

    @property
    def width(self) -> int:
        """Columns of the first plane."""
        return int(self.arrays[0].shape[1])

    def count(self, tally: kernel.PlaneTally, box: Box, corner: int, *, interlaced: bool = False) -> None:
        """Count the pixels of a box, whose left and top are even; one of four if `corner` is 0 to 3."""
        left, top, right, bottom = box
        if left >= right or top >= bottom:
            return
        first = self.arrays[0][top:bottom, left:right]
        second, third = (
            plane[top >> self.down : -(-bottom >> self.down), left >> self.across : -(-right >> self.across)]
            for plane in self.arrays[1:]
        )
        alpha = None if self.alpha is None else self.alpha[top:bottom, left:right]
        options = (self.across, self.down, corner, self.bits, self.low)
        if not (interlaced and self.down and (bottom - top) >= 4):
            tally.add(first, second, third, *options, alpha)
            return
        for field in (0, 1):  # each field has chroma of its own
            parts = first[field::2], second[field::2], third[field::2]
            if ((parts[0].shape[0] - 1) >> self.down) < parts[1].shape[0]:
                tally.add(*parts, *options, None if alpha is None else alpha[field::2])

    def content(self, dark: int) -> Box:
        """The box around what is not black. dark : a code of 8 bits."""
        plane = self.arrays[0]
        if self.rgb:
            plane = np.maximum(np.maximum(plane, self.arrays[1]), self.arrays[2])
        return kernel.content(plane, dark << (self.bits - 8), self.low)

    def miniature(self, rows: int, columns: int, by: int) -> NDArray[np.float32]:
        """A small copy: float32 (rows, columns, 3), means of by x by samples in codes of 8 bits."""
        return kernel.miniature(*self.arrays, rows, columns, by, self.across, self.down, self.bits, self.low)

    def still(self, rows: int, columns: int) -> NDArray[np.uint8]:
        """The same of 2 x 2 samples, in whole codes: uint8 (rows, columns, 3)."""
        return kernel.still(*self.arrays, rows, columns, 2, self.across, self.down, self.bits, self.low)


def planes_of(frame: Any) -> Planes:
    """The planes of a frame of PyAV; formats without planes of 8 to 16 bits are converted first."""
    name = frame.format.name
    height, width, planes = frame.height, frame.width, frame.planes
    if match := _PLANAR.fullmatch(name):
        across, down = _SHIFTS[match[2]]
        bits = int(match[3] or 8)
        small = _up(height, down), _up(width, across)
        arrays = (
            _array(planes[0], height, width, bits),
            _array(planes[1], *small, bits),
            _array(planes[2], *small, bits),
        )
        alpha = _array(planes[3], height, width, bits) if match[1] else None
        return Planes(arrays, across, down, bits, 0, alpha)
    if name in _PAIRED:
        across, down, bits = _PAIRED[name]
        rows, columns = _up(height, down), _up(width, across)
        both = _array(planes[1], rows, 2 * columns, bits)
        one, other = (1, 0) if name in ("nv21", "nv42") else (0, 1)
        first = _array(planes[0], height, width, bits)
        return Planes((first, both[:, one::2], both[:, other::2]), across, down, bits, 16 - bits if bits > 8 else 0)
    if match := _GRAY.fullmatch(name):
        bits = int(match[1] or 8)
        first = _array(planes[0], height, width, bits)
        none = np.broadcast_to(first.dtype.type(1 << (bits - 1)), first.shape)
        return Planes((first, none, none), 0, 0, bits, gray=True)
    if match := _PLANAR_RGB.fullmatch(name):
        bits = int(match[2] or 8)
        green, blue, red = (_array(planes[i], height, width, bits) for i in range(3))
        alpha = _array(planes[3], height, width, bits) if match[1] else None
        return Planes((red, green, blue), 0, 0, bits, 0, alpha, rgb=True)
    if name in _PACKED:
        order = _PACKED[name]
        rows_ = _array(planes[0], height, len(order) * width, 8).reshape(height, width, len(order))
        red, green, blue = (rows_[..., order.index(channel)] for channel in "rgb")
        alpha = rows_[..., order.index("a")] if "a" in order else None
        return Planes((red, green, blue), alpha=alpha, rgb=True)
    return planes_of(frame.reformat(format=_plain(frame.format)))


def _plain(format: Any) -> str:
    """The format of planes into which a packed or unusual format is converted."""
    deep = max(component.bits for component in format.components) > 8
    if format.is_rgb or format.has_palette or format.is_bayer or format.name.startswith("xyz"):
        alpha = "a" if format.has_palette or any(component.is_alpha for component in format.components) else ""
        return f"gbr{alpha}p{'12le' if deep and not alpha else ''}"
    if len(format.components) <= 2:
        return "gray10le" if deep else "gray"
    return "yuv444p10le" if deep else "yuv444p" if format.chroma_width == format.width else "yuv422p"


def _array(plane: Any, rows: int, columns: int, bits: int) -> Plane:
    """A plane as rows and columns of samples; its frame lives as long as the array."""
    kind: type[np.uint8] | type[np.uint16] = np.uint8 if bits == 8 else np.uint16
    size = plane.line_size
    content = np.frombuffer(plane, np.uint8, rows * size).reshape(rows, size)
    return content.view(kind)[:, :columns]


def _up(length: int, shift: int) -> int:
    return -(-length >> shift)
