"""The result of quantize(): a picture with the colors of a palette, and a report of size and error."""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade.files import Metadata, write_whole
from pochade.palette import Palette
from pochade.palette.display import png
from pochade.quantization.formats import Encoded, format_of, formats
from pochade.quantization.formats.entries import OPAQUE, Entries, NoRoomError, entries, occurring
from pochade.quantization.merging import CANDIDATES, Fewer, merged_entries
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
    difference, psnr, ssim : as in Quality, of the file.
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
    options : the other options of quantize(), by name. metadata : of the original; files keep it.
    order : uint8 (n, 4), the entries of a color table, whose order stays in files; or None.

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
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    order: NDArray[np.uint8] | None = field(default=None, repr=False)
    fewer: Fewer | None = field(default=None, repr=False)

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
    def entries(self) -> Entries:
        """The picture for an indexed file: at most 256 entries of color and alpha.

        If the pairs of color and alpha are more, entries stand for several; and the colors are fewer if that gives soft
        edges the entries that they need. Then more than some number of colors gives the same picture.

        Raises
        ------
        OptionError : 256 colors and transparency have no room.
        """
        try:
            return entries(self.frames, self.codes, self.order)
        except NoRoomError:
            if not self._soft:
                raise
        frames, codes = self.frames, self.codes
        if self.fewer is not None and len(codes) > CANDIDATES[0] and len(codes) > self.fewer.best:
            frames, codes = self.fewer.picture(self.fewer.best)
        return merged_entries(frames, codes, self.order)

    @property
    def _soft(self) -> bool:
        """Whether a pixel is partly transparent."""
        alpha = self.frames.alpha
        return alpha is not None and bool(((alpha > 0) & (alpha < OPAQUE)).any())

    @cached_property
    def quality(self) -> Quality:
        """The difference of these colors, with all levels of alpha, from the original, which is read again."""
        assert self.reopen is not None
        return quality_of(self.reopen(), self.frames, self.codes)

    def quality_in(self, format: str) -> Quality:
        """The difference of a file of that format from the original, which is read again."""
        if not (formats.entry(format).about.indexed and self._soft):
            return self.quality
        return self._quality_of_entries

    @cached_property
    def _quality_of_entries(self) -> Quality:
        assert self.reopen is not None
        table = self.entries
        frames = Frames(table.indexes, table.alpha[table.indexes], self.frames.durations)
        return quality_of(self.reopen(), frames, table.codes)

    @cached_property
    def _encoded(self) -> dict[str, Encoded]:
        return {}

    def _in(self, format: str) -> Encoded:
        entry = formats.entry(format)
        if entry.name not in self._encoded:
            self._encoded[entry.name] = entry.value(self)
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
        encoded, quality = self._in(format), self.quality_in(format)
        return Report(
            format,
            self.k,
            self._colors_in(format),
            encoded.bits,
            self.bytes_before,
            len(encoded.content),
            encoded.alpha_levels,
            quality.difference,
            quality.psnr,
            quality.ssim,
        )

    def _colors_in(self, format: str) -> int:
        """The number of colors that show in a file."""
        if formats.entry(format).about.indexed and self._soft:
            table = self.entries
            shown = occurring(table.indexes, len(table.codes)) & (table.alpha > 0)
            return len(np.unique(table.codes[shown], axis=0))
        indexes, alpha = self.frames.indexes, self.frames.alpha
        return int(occurring(indexes if alpha is None else indexes[alpha > 0], len(self.palette)).sum())

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
