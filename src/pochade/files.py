"""Write files whole or not at all, encode pictures and what their files state, and list their suffixes."""

import io
import os
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError, PochadeError

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class PictureType:
    """A file format of pictures.

    name : Pillow's name of the format. media_type : for HTTP.
    """

    name: str
    media_type: str


PICTURES: Mapping[str, PictureType] = {
    ".png": PictureType("PNG", "image/png"),
    ".jpg": PictureType("JPEG", "image/jpeg"),
    ".jpeg": PictureType("JPEG", "image/jpeg"),
    ".webp": PictureType("WEBP", "image/webp"),
}
"""The suffixes for writing raster pictures."""

ANIMATIONS = (".png", ".webp")
"""The suffixes of `PICTURES` that hold animations."""

DRAWINGS: Mapping[str, PictureType] = {
    **PICTURES,
    ".svg": PictureType("SVG", "image/svg+xml"),
    ".pdf": PictureType("PDF", "application/pdf"),
}
"""The suffixes for writing posters and charts, as pixels or vectors."""

QUALITY = 95
"""The quality of JPEG and WebP; Pillow's documentation advises against more."""


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a binary file that takes its path only when the block ends without an exception.

    Until then it has no name, or a temporary one in the same folder if the system or the file system cannot do that
    (O_TMPFILE of Linux can). So other programs never see half of it, and a nameless file leaves nothing behind even if
    the process is killed. An existing file stays the same if the block fails or writes nothing. Links are followed.
    Devices and named pipes are written to directly.

    Raises
    ------
    PochadeError : the file cannot be written.
    """
    name = os.fspath(path)
    with written(name):
        if _is_special(name):
            with open(name, "wb") as file:
                yield file
            return
        target = os.path.realpath(name)
        folder, last = os.path.split(target)
        part = os.path.join(folder, f".{last}.{os.urandom(4).hex()}.part")
        descriptor = _open_nameless(folder)
        with _named(target, part) if descriptor is None else _nameless(descriptor, target, part) as file:
            yield file


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file whole or not at all; PochadeError if it cannot be written."""
    with whole_file(path) as file:
        file.write(content)


def check_free(path: str | os.PathLike[str], *, force: bool) -> None:
    """Raise OptionError if the file exists, unless `force`; devices, pipes and folders pass."""
    if not force and os.path.isfile(path):
        raise OptionError(f"{os.fspath(path)} exists: give --force to overwrite it.")


def suffix_of(path: str | os.PathLike[str]) -> str:
    """The suffix of a path in lower case, with its dot; empty if the path has none.

    Examples
    --------
    >>> suffix_of("harbor.JPG"), suffix_of("harbor")
    ('.jpg', '')
    """
    return os.path.splitext(os.fspath(path))[1].lower()


def encode_image(image: "Image.Image", format: str, **options: Any) -> bytes:
    """Encode a PIL image as the bytes of a file. format : Pillow's name. options : of Pillow's encoder."""
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


@dataclass(frozen=True, slots=True, eq=False)
class Metadata:
    """Facts that a picture's file states beside its pixels; a picture that is written from it keeps them.

    dpi : pixels an inch, across and down, or None.
    plays : how often an animation plays, 0 without end.
    tagged : whether the file states its colors, as by an ICC profile; the pixels are sRGB, and a new file says so.
    table : the color table of an indexed picture, in the codes of its pixels: uint8 (n, 4), with alpha; else None.
    paged : whether the file has other pages, which are not counted: that may take long.
    """

    dpi: tuple[float, float] | None = None
    plays: int = 0
    tagged: bool = False
    table: NDArray[np.uint8] | None = None
    paged: bool = False

    def options(self, format: str) -> dict[str, Any]:
        """The options of Pillow's encoder that write resolution and colors. format : "PNG", "JPEG" or "WEBP"."""
        options: dict[str, Any] = {}
        if self.dpi is not None:
            options |= {"exif": _exif(self.dpi)} if format == "WEBP" else {"dpi": self.dpi}
        if self.tagged and format == "PNG":
            from PIL.PngImagePlugin import PngInfo

            options["pnginfo"] = PngInfo()
            options["pnginfo"].add(b"sRGB", b"\0")  # perceptual, the intent for photos
        elif self.tagged:
            options["icc_profile"] = srgb_profile()
        return options


def _exif(dpi: tuple[float, float]) -> bytes:
    """An Exif block that states the resolution: CIPA DC-008, tags 282, 283 and 296."""
    from PIL import Image

    exif = Image.Exif()
    exif[282], exif[283], exif[296] = dpi[0], dpi[1], 2  # 2 is an inch
    return exif.tobytes()


@cache
def srgb_profile() -> bytes:
    """sRGB as an ICC profile of version 4, with the same bytes on every machine.

    References
    ----------
    ICC.1:2022, 7.2 (header), 9.2 (tags), 10.18 (parametricCurveType). IEC 61966-2-1:1999: the curve, and the primaries,
    here adapted to D50 by the matrix of Bradford, as ICC.1 requires.
    """

    def numbers(values: Sequence[float]) -> bytes:
        return struct.pack(f">{len(values)}l", *(round(65536 * value) for value in values))

    def text(words: str) -> bytes:
        return b"mluc\0\0\0\0" + struct.pack(">LL4sLL", 1, 12, b"enUS", 2 * len(words), 28) + words.encode("utf-16-be")

    curve = b"para\0\0\0\0\0\3\0\0" + numbers((2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
    bradford = (1.0478, 0.0229, -0.0501, 0.0295, 0.9905, -0.0171, -0.0092, 0.0150, 0.7517)
    d50 = (0.9642, 1.0, 0.8249)
    tags = {
        b"desc": text("sRGB"),
        b"cprt": text("CC0"),
        b"wtpt": b"XYZ \0\0\0\0" + numbers(d50),
        b"chad": b"sf32\0\0\0\0" + numbers(bradford),
        b"rXYZ": b"XYZ \0\0\0\0" + numbers((0.4361, 0.2225, 0.0139)),
        b"gXYZ": b"XYZ \0\0\0\0" + numbers((0.3851, 0.7169, 0.0971)),
        b"bXYZ": b"XYZ \0\0\0\0" + numbers((0.1431, 0.0606, 0.7141)),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start, body, places = 132 + 12 * len(tags), b"", {}
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + b"\0" * (-len(content) % 4)
    table = b"".join(struct.pack(">4sLL", name, places[content], len(content)) for name, content in tags.items())
    head = struct.pack(
        ">L4sL4s4s4s6H4s28s12s48s", start + len(body), b"", 0x04400000, b"mntr", b"RGB ", b"XYZ ", 2026, 1, 1, 0, 0, 0,
        b"acsp", b"", numbers(d50), b"",
    )  # fmt: skip
    return head + struct.pack(">L", len(tags)) + table + body


def encode_picture(codes: NDArray[np.uint8], path: str, suffix: str, metadata: Metadata | None = None) -> bytes:
    """Encode a picture as the bytes of a file with that suffix, one of `PICTURES`.

    codes : uint8 (h, w, 3) sRGB, or (h, w, 4) with alpha. path : the name of the file in messages.

    Raises
    ------
    OptionError : the suffix is not in `PICTURES`, or the picture has alpha and the format has none.
    """
    from PIL import Image

    format = _format(path, suffix)
    if codes.shape[2] == 4 and format == "JPEG":
        raise OptionError(f"{path}: part of the picture is transparent, and a JPEG has no alpha: give .png or .webp.")
    options = metadata.options(format) if metadata else {}
    return encode_image(Image.fromarray(codes), format, quality=QUALITY, **options)


def encode_animation(
    frames: Iterable[NDArray[np.uint8]], durations: Sequence[float], path: str, suffix: str, metadata: Metadata
) -> bytes:
    """Encode frames as the bytes of an animation with that suffix, one of `ANIMATIONS`.

    frames : as `encode_picture()` takes, all in one shape. durations : of each, in milliseconds.

    Raises
    ------
    OptionError : the suffix is not in `PICTURES`.
    """
    from PIL import Image

    format = _format(path, suffix)
    if format == "PNG":
        return apng((encode_picture(codes, path, suffix, metadata) for codes in frames), durations, metadata.plays)
    images = (Image.fromarray(codes) for codes in frames)
    options = metadata.options(format) | {"quality": QUALITY, "loop": metadata.plays}
    return encode_image(
        next(images), format, save_all=True, append_images=images, duration=whole_steps(durations), **options
    )


def _format(path: str, suffix: str) -> str:
    if suffix not in PICTURES:
        raise OptionError(f"{path}: its suffix is not one of {', '.join(PICTURES)}.")
    return PICTURES[suffix].name


def whole_steps(durations: Sequence[float], step: int = 1, most: int = (1 << 24) - 1) -> list[int]:
    """Durations in whole steps, rounded so that no frame starts more than half a step from its time.

    durations, step : in milliseconds. most : the most steps of a frame.

    Examples
    --------
    >>> whole_steps([33.3, 33.3, 33.3], 10), whole_steps([50, 120])
    ([3, 4, 3], [50, 120])
    """
    ends = np.floor(np.cumsum([0, *durations]) / step + 0.5).astype(np.int64)
    steps: list[int] = np.diff(ends).clip(0, most).tolist()
    return steps


def apng(frames: Iterable[bytes], durations: Sequence[float], plays: int) -> bytes:
    """An animated PNG of whole PNG files of one size, type and palette, each of which is a frame.

    Viewers that know no animations show the first frame. durations : in milliseconds. plays : 0 without end.

    References
    ----------
    W3C, 2025: "Portable Network Graphics (PNG) Specification (Third Edition)", 11.3.6, acTL, fcTL and fdAT.
    """
    parts: list[bytes] = []
    number = 0
    for frame, duration in zip(frames, durations, strict=True):
        control = struct.pack(">L8sLLHHBB", number, frame[16:24], 0, 0, *_delay(duration), 0, 0)
        number += 1
        first = not parts
        if first:
            parts.append(frame[:8])
        drawn = False
        for name, content in _chunks(frame):
            if name == b"IDAT":
                if not drawn:
                    parts.append(png_chunk(b"fcTL", control))
                    drawn = True
                if first:
                    parts.append(png_chunk(name, content))
                else:
                    parts.append(png_chunk(b"fdAT", struct.pack(">L", number) + content))
                    number += 1
            elif first and name != b"IEND":
                parts.append(png_chunk(name, content))
                if name == b"IHDR":
                    parts.append(png_chunk(b"acTL", struct.pack(">LL", len(durations), plays)))
    return b"".join([*parts, png_chunk(b"IEND", b"")])


def _delay(milliseconds: float) -> tuple[int, int]:
    """Numerator and denominator of a delay in seconds, each in 16 bits."""
    from fractions import Fraction

    part = Fraction(milliseconds / 1000).limit_denominator(65535)
    if part.numerator > 65535:
        part = Fraction(min(65535, round(milliseconds / 1000)))
    return part.numerator, part.denominator


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk of a PNG."""
    at = 8
    while at < len(content):
        (length,) = struct.unpack_from(">L", content, at)
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += 12 + length


def encode_png(codes: NDArray[Any]) -> bytes:
    """Encode a PNG of 8 or 16 bits a channel; Pillow cannot write RGB of 16 bits.

    codes : uint8 or uint16 (h, w, 3). Each byte is stored as the difference from the same byte of the previous pixel,
    which suits gradients.

    References
    ----------
    W3C, 2003: "Portable Network Graphics (PNG) Specification (Second Edition)", sections 5 and 9, filter type 1.
    """
    height, width, _ = codes.shape
    bits = 8 * codes.itemsize
    rows = np.ascontiguousarray(codes.astype(codes.dtype.newbyteorder(">"))).view(np.uint8).reshape(height, -1)
    pixel = 3 * codes.itemsize
    lines = np.ones((height, 1 + rows.shape[1]), np.uint8)  # the first byte of each line is the filter type
    lines[:, 1:] = rows
    lines[:, 1 + pixel :] -= rows[:, :-pixel]
    header = struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0)  # 2 is RGB
    body = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(lines.data)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def png_chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG, with its length and checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@contextmanager
def _named(target: str, part: str) -> Iterator[BinaryIO]:
    """A file that is called `part` until it takes the place of the target."""
    try:
        with open(part, "xb") as file:
            yield file
        if os.path.getsize(part):
            _take_place(part, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(part)


@contextmanager
def _nameless(descriptor: int, target: str, part: str) -> Iterator[BinaryIO]:
    """A file without a name until it is complete; then it is called `part` for a moment."""
    with open(descriptor, "wb") as file:
        yield file
        file.flush()
        if not os.fstat(descriptor).st_size:
            return
        try:
            # Any src_dir_fd makes Python call linkat(2), which can follow the link to the file.
            os.link(f"/proc/self/fd/{descriptor}", part, src_dir_fd=descriptor, follow_symlinks=True)
            _take_place(part, target)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(part)


def _open_nameless(folder: str) -> int | None:
    """The descriptor of a new file without a name in a folder; None if that is impossible there."""
    if not hasattr(os, "O_TMPFILE") or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.open(folder or os.curdir, os.O_TMPFILE | os.O_WRONLY, 0o666)
    except OSError:  # not on this file system; if the folder is missing or read-only, naming the file says so
        return None


def _take_place(new: str, target: str) -> None:
    """Move a file to the target and give it the target's mode."""
    if os.path.exists(target):
        os.chmod(new, stat.S_IMODE(os.stat(target).st_mode))
    os.replace(new, target)


@contextmanager
def written(name: str) -> Iterator[None]:
    """Convert an OSError of writing to a PochadeError with the file's name; a closed pipe stays BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PochadeError(f"{name}: cannot be written: {error.strerror or error}.") from None


def _is_special(name: str) -> bool:
    """Whether the path is a device or a named pipe; raise IsADirectoryError for a folder."""
    try:
        mode = os.stat(name).st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a folder")
    return not stat.S_ISREG(mode)
