"""Write files whole or not at all, encode pictures, and list their suffixes."""

import io
import os
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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


def encode_picture(codes: NDArray[np.uint8], path: str, suffix: str) -> bytes:
    """Encode a picture as the bytes of a file with that suffix, one of `PICTURES`.

    codes : uint8 (h, w, 3) sRGB, or (h, w, 4) with alpha. path : the name of the file in messages.

    Raises
    ------
    OptionError : the suffix is not in `PICTURES`, or the picture has alpha and the format has none.
    """
    from PIL import Image

    if suffix not in PICTURES:
        raise OptionError(f"{path}: its suffix is not one of {', '.join(PICTURES)}.")
    format = PICTURES[suffix].name
    if codes.shape[2] == 4 and format == "JPEG":
        raise OptionError(f"{path}: part of the picture is transparent, and a JPEG has no alpha: give .png or .webp.")
    return encode_image(Image.fromarray(codes), format, quality=QUALITY)


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
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(lines.data)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(name: bytes, content: bytes) -> bytes:
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
