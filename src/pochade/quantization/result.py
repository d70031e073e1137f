"""The result of quantize(): a picture with the colors of a palette, and a report of size and error."""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade.files import write_whole
from pochade.palette import Palette
from pochade.palette.display import png
from pochade.quantization.formats import Encoded, format_of, formats
from pochade.quantization.formats.entries import occurring
from pochade.quantization.quality import Quality, quality_of
from pochade.quantization.reduction import Frames
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Report:
    """Size and error of a quantized picture.

    format : of the file. k : number of colors asked for. colors : number of colors used.
    bytes_before : of the original file, or None if there was none.
    bytes_after : of the file. bits : per pixel before compression.
    alpha_levels : levels of alpha in the file; 1 if all pixels are opaque.
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
        """The report as JSON's types; an infinite PSNR is None."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return fields | {"psnr": None if math.isinf(self.psnr) else self.psnr}

    def __str__(self) -> str:
        before = "" if self.bytes_before is None else f"{_kilo(self.bytes_before)} -> "
        colors = _colors(self.colors)
        alpha = "" if self.alpha_levels < 2 else f", {self.alpha_levels} levels of alpha"
        bits = "1 bit" if self.bits == 1 else f"{self.bits} bits"
        error = f"CIEDE2000 {self.difference:.2f}, PSNR {self.psnr:.1f} dB, SSIM {self.ssim:.3f}"
        if math.isinf(self.psnr):
            error = "without error"
        return f"{before}{_kilo(self.bytes_after)} {self.format}, {colors}{alpha}, {bits} a pixel; {error}."


@dataclass(frozen=True, eq=False)
class Quantized:
    """A picture with the colors of a palette; `len()` is the number of its colors.

    palette : its colors; the indexes point into it.
    frames : uint8 (frames, height, width) indexes and alpha, with durations in milliseconds.
    k : number of colors asked for; the picture may have had fewer. bytes_before : of the original file, or None.
    options : the other options of quantize(), by name.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> picture = np.repeat(np.arange(0, 256, 5, np.uint8)[None, :, None], 3, 2)
    >>> few = pochade.quantize(picture, 4)
    >>> few.indexes.shape, len(few), few.encode("png")[:4]
    ((1, 52), 4, b'\\x89PNG')
    """

    palette: Palette
    frames: Frames
    k: int
    bytes_before: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    reopen: Callable[[], Pixels] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.palette)

    @property
    def codes(self) -> NDArray[np.uint8]:
        """The palette's sRGB codes: uint8 (m, 3)."""
        return self.palette.srgb

    @property
    def indexes(self) -> NDArray[np.uint8]:
        """The palette index of each pixel of the first frame: uint8 (height, width)."""
        first: NDArray[np.uint8] = self.frames.indexes[0]
        return first

    @property
    def alpha(self) -> NDArray[np.uint8] | None:
        """The alpha of the first frame, uint8 (height, width), or None if all frames are opaque."""
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
        """The difference from the original, which is read again."""
        assert self.reopen is not None
        return quality_of(self.reopen(), self.frames, self.codes)

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
        OptionError : the format cannot hold the picture's alpha or frames; the message says what to do.
        """
        return self._in(format).content

    def save(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Write it to a file in the format of the suffix, or in `format`; whole or not at all.

        An existing file is replaced.
        """
        write_whole(path, self.encode(format or format_of(path)))

    def report(self, format: str = "png") -> Report:
        """Size and error as a file of that format."""
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
        animated = f" x {frames} frames" if frames > 1 else ""
        return f"<Quantized {width} x {height}{animated}, {_colors(len(self))}>"

    def _repr_png_(self) -> bytes:
        return png(np.asarray(self.image()))


def _colors(colors: int) -> str:
    return "1 color" if colors == 1 else f"{colors} colors"


def _kilo(size: int) -> str:
    return f"{size / 1000:,.1f} kB" if size >= 1000 else f"{size} bytes"
