"""Quantized: a picture that has only the colors of a palette, and what that cost and saved."""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade.files import whole_file
from pochade.palette import Palette
from pochade.palette.shown import png
from pochade.quantization.formats import Encoded, format_of, formats
from pochade.quantization.formats.entries import occurring
from pochade.quantization.measured import Quality, measured
from pochade.quantization.reduction import Frames
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Report:
    """What a picture of few colors costs and saves.

    format : of what bytes and bits are said. k : how many colors were asked for. colors : how many are used.
    bytes_before : of the file that the picture came from, or None where it was none.
    bytes_after : of the file. bits : of each of its pixels before compression.
    alpha_levels : how many levels of alpha the file holds; 1 where all is opaque.
    difference, psnr, ssim : as in Quality.
    """

    format: str
    k: int
    colors: int
    bits: int
    bytes_before: int | None
    bytes_after: int
    alpha_levels: int
    difference: float
    psnr: float
    ssim: float

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON's types; a PSNR without bound is None."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return found | {"psnr": None if found["psnr"] == float("inf") else found["psnr"]}

    def __str__(self) -> str:
        before = "" if self.bytes_before is None else f"{_kilo(self.bytes_before)} -> "
        colors = _counted(self.colors)
        alpha = "" if self.alpha_levels < 2 else f", {self.alpha_levels} levels of alpha"
        bits = "1 bit" if self.bits == 1 else f"{self.bits} bits"
        error = f"CIEDE2000 {self.difference:.2f}, PSNR {self.psnr:.1f} dB, SSIM {self.ssim:.3f}"
        if math.isinf(self.psnr):
            error = "without error"
        return f"{before}{_kilo(self.bytes_after)} {self.format}, {colors}{alpha}, {bits} a pixel; {error}."


@dataclass(frozen=True, eq=False)
class Quantized:
    """A picture that has only the colors of a palette.

    palette : its colors; the indexes count in it.
    frames : uint8 (frames, height, width) indexes and alpha, with durations in milliseconds.
    k : how many colors were asked for. bytes_before : of the file that it came from, or None.
    made : what was asked for besides, by name.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> picture = np.repeat(np.arange(0, 256, 5, np.uint8)[None, :, None], 3, 2)
    >>> few = pochade.quantize(picture, 4)
    >>> few.indexes.shape, len(few.palette), few.encode("png")[:4]
    ((1, 52), 4, b'\\x89PNG')
    """

    palette: Palette
    frames: Frames
    k: int
    bytes_before: int | None = None
    made: Mapping[str, Any] = field(default_factory=dict)
    reopen: Callable[[], Pixels] | None = field(default=None, repr=False)

    @property
    def codes(self) -> NDArray[np.uint8]:
        """The palette's sRGB codes: uint8 (m, 3)."""
        return self.palette.srgb

    @property
    def indexes(self) -> NDArray[np.uint8]:
        """Which color each pixel of the first frame has: uint8 (height, width)."""
        first: NDArray[np.uint8] = self.frames.indexes[0]
        return first

    @property
    def alpha(self) -> NDArray[np.uint8] | None:
        """The alpha of the first frame, uint8 (height, width), or None where all frames are opaque."""
        return None if self.frames.alpha is None else self.frames.alpha[0]

    @property
    def srgb(self) -> NDArray[np.uint8]:
        """The first frame's sRGB codes: uint8 (height, width, 3)."""
        srgb: NDArray[np.uint8] = self.codes[self.indexes]
        return srgb

    def image(self) -> "Image.Image":
        """The first frame as a PIL image, RGB or RGBA."""
        from PIL import Image

        codes = self.srgb
        return Image.fromarray(codes if self.alpha is None else np.dstack([codes, self.alpha]))

    @cached_property
    def quality(self) -> Quality:
        """How far it is from the picture that it was made of, which is read again for it."""
        assert self.reopen is not None
        return measured(self.reopen(), self.frames, self.codes)

    @cached_property
    def _encoded(self) -> dict[str, Encoded]:
        return {}

    def _in(self, format: str) -> Encoded:
        entry = formats.entry(format)
        if entry.name not in self._encoded:
            self._encoded[entry.name] = entry.value(self.frames, self.codes)
        return self._encoded[entry.name]

    def encode(self, format: str = "png") -> bytes:
        """The picture as a file of a registered format: "png", "gif", "webp" (lossless) or "rgb" (PNG of 24 bits).

        Raises
        ------
        OptionError : the format does not hold the picture's alpha or frames; says what to do.
        """
        return self._in(format).content

    def save(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Write it to a file, whole or not at all, in the format that the suffix says, or `format`.

        A file that is there is replaced.
        """
        content = self.encode(format or format_of(path))
        with whole_file(path) as file:
            file.write(content)

    def report(self, format: str = "png") -> Report:
        """What it costs and saves, as a file of that format."""
        encoded, quality = self._in(format), self.quality
        indexes, alpha = self.frames.indexes, self.frames.alpha
        used = occurring(indexes if alpha is None else indexes[alpha > 0], len(self.palette))
        return Report(
            format,
            self.k,
            int(used.sum()),
            encoded.bits,
            self.bytes_before,
            len(encoded.content),
            encoded.alpha_levels,
            quality.difference,
            quality.psnr,
            quality.ssim,
        )

    def __repr__(self) -> str:
        frames, height, width = self.frames.indexes.shape
        many = f" x {frames} frames" if frames > 1 else ""
        return f"<Quantized {width} x {height}{many}, {_counted(len(self.palette))}>"

    def _repr_png_(self) -> bytes:
        return png(np.asarray(self.image()))


def _counted(colors: int) -> str:
    return "1 color" if colors == 1 else f"{colors} colors"


def _kilo(size: int) -> str:
    return f"{size / 1000:,.1f} kB" if size >= 1000 else f"{size} bytes"
