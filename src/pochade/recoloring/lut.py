"""Lut: a color lookup table, to apply to a picture and to export."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.files import encode_png
from pochade.kernel.lut import UNIT

SIZE = 33
"""Nodes along each channel, 8 codes apart: the usual size of film tables."""

LEVELS = 2, 16
"""Levels of a Hald picture: 8 has 64 nodes a channel and 512 x 512 pixels, 16 every code and 16 megapixels."""


@cache
def nodes() -> Array:
    """The sRGB codes of the nodes, by red, green, blue: float64 (SIZE ** 3, 3), 0..255."""
    along = np.linspace(0, 255, SIZE)
    grid = np.stack(np.meshgrid(along, along, along, indexing="ij"), axis=-1).reshape(-1, 3)
    grid.flags.writeable = False
    return grid


@cache
def oklab_nodes() -> Array:
    """The nodes in Oklab: float64 (SIZE ** 3, 3)."""
    grid = spaces["oklab"].from_linear(decode(nodes()))
    grid.flags.writeable = False
    return grid


@dataclass(frozen=True, eq=False)
class Lut:
    """A color lookup table.

    moves : int16 (SIZE, SIZE, SIZE, 3), by red, green and blue: the move of each node of the lattice, in 1/64 of a
        code. Zero changes nothing, to the byte.

    Examples
    --------
    >>> Lut.of(nodes()).apply(np.array([[[142, 26, 36]]], np.uint8)).tolist()
    [[[142, 26, 36]]]
    """

    moves: NDArray[np.int16]

    @classmethod
    def of(cls, codes: Array) -> "Lut":
        """The table that moves the nodes to these sRGB codes, float64 (SIZE ** 3, 3), 0..255."""
        moves = np.rint((codes - nodes()) * UNIT).astype(np.int16)
        return cls(moves.reshape(SIZE, SIZE, SIZE, 3))

    @property
    def codes(self) -> Array:
        """The new sRGB codes of the nodes: float64 (SIZE, SIZE, SIZE, 3), 0..255."""
        to: Array = nodes().reshape(self.moves.shape) + self.moves / UNIT
        return to.clip(0, 255)

    def apply(self, codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A picture in its new colors, a new array.

        codes : uint8 (..., 3) sRGB, or (..., 4) with alpha, which stays.
        """
        if not self.moves.any():
            return codes.copy()
        flat = np.ascontiguousarray(codes).reshape(-1, codes.shape[-1])
        moved: NDArray[np.uint8] = kernel.displace(flat, self.moves)
        return moved.reshape(codes.shape)

    def cube(self, *, title: str = "pochade") -> str:
        """The table as the text of a .cube file, for video and photo editors; input and output are sRGB, 0..1.

        References
        ----------
        Adobe, 2013: "Cube LUT Specification 1.0". Red runs fastest.

        Examples
        --------
        >>> Lut.of(nodes()).cube().splitlines()[:2]
        ['TITLE "pochade"', 'LUT_3D_SIZE 33']
        """
        if '"' in title or not title.isprintable():
            raise OptionError(f"title={title!r} is not allowed: give one line without quotation marks.")
        rows = self.codes.transpose(2, 1, 0, 3).reshape(-1, 3) / 255
        lines = [f'TITLE "{title}"', f"LUT_3D_SIZE {SIZE}"]
        lines += [f"{red:.6f} {green:.6f} {blue:.6f}" for red, green, blue in rows.tolist()]
        return "\n".join([*lines, ""])

    def hald(self, level: int = 8) -> NDArray[np.uint16]:
        """The table as a Hald picture, uint16 (level ** 3, level ** 3, 3), for ImageMagick, ffmpeg and others.

        It holds level ** 2 nodes a channel, row by row with red running fastest. Nodes lie between codes, so with 8
        bits an identity table would change every other color by one; level 16 has a node for each code, and equals
        `apply` to the byte.

        References
        ----------
        Eskil Steenberg, "Hald CLUT", quelsolaar.com/technology/clut.html.

        Examples
        --------
        >>> Lut.of(nodes()).hald(2).shape
        (8, 8, 3)
        """
        if isinstance(level, bool) or not isinstance(level, int) or not LEVELS[0] <= level <= LEVELS[1]:
            raise OptionError(f"level={level!r} is not allowed: give a whole number, {LEVELS[0]} to {LEVELS[1]}.")
        along = np.linspace(0, 255, level * level)
        out = np.empty((len(along), len(along) ** 2, 3), np.uint16)
        green, red = (each.ravel() for each in np.meshgrid(along, along, indexing="ij"))
        for i, blue in enumerate(along.tolist()):
            codes = np.column_stack([red, green, np.full(len(red), blue)])
            to = self.apply(codes.astype(np.uint8)) if level == LEVELS[1] else self._at(codes)
            out[i] = np.rint(257.0 * to)  # 65535 / 255
        return out.reshape(level**3, level**3, 3)

    def _at(self, codes: Array) -> Array:
        """The new colors of colors between codes: float64 (n, 3), 0..255, by the tetrahedra of `kernel.displace`."""
        strides = np.array([SIZE * SIZE, SIZE, 1])
        along = codes * ((SIZE - 1) / 255)
        node = np.minimum(along.astype(np.intp), SIZE - 2)
        order = np.argsort(node - along, axis=1, kind="stable")
        parts = np.take_along_axis(along - node, order, 1)
        moves, corner = self.moves.reshape(-1, 3) / UNIT, node @ strides
        to = codes + moves[corner] * (1 - parts[:, :1])
        for i in range(3):
            corner = corner + strides[order[:, i]]
            to += moves[corner] * (parts[:, i : i + 1] - (parts[:, i + 1 : i + 2] if i < 2 else 0))
        clipped: Array = to.clip(0, 255)
        return clipped

    def hald_png(self, level: int = 8) -> bytes:
        """The Hald picture as a PNG of 16 bits a channel; of 8 bits at level 16, where each code has its node."""
        codes = self.hald(level)
        return encode_png((codes // 257).astype(np.uint8) if level == LEVELS[1] else codes)
