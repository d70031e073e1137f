"""Choose Pillow's plug-in by the first bytes of a file, so that no other is imported."""

import importlib
from typing import NamedTuple

from pochade.errors import FormatError
from pochade.source.material import Material


class Kind(NamedTuple):
    """A format of the base install: its name in Pillow, and the module that reads it."""

    name: str
    module: str


_PNG = Kind("PNG", "PngImagePlugin")
_GIF = Kind("GIF", "GifImagePlugin")
_TIFF = Kind("TIFF", "TiffImagePlugin")
_JPEG2000 = Kind("JPEG2000", "Jpeg2KImagePlugin")
_PPM = Kind("PPM", "PpmImagePlugin")
_STARTS = {
    b"\x89PNG\r\n\x1a\n": _PNG,
    b"\xff\xd8": Kind("JPEG", "JpegImagePlugin"),
    b"GIF87a": _GIF,
    b"GIF89a": _GIF,
    b"BM": Kind("BMP", "BmpImagePlugin"),
    b"II*\0": _TIFF,
    b"MM\0*": _TIFF,
    b"II+\0": _TIFF,  # BigTIFF
    b"MM\0+": _TIFF,
    b"\0\0\0\x0cjP  ": _JPEG2000,
    b"\xff\x4f\xff\x51": _JPEG2000,
    **{b"P%d" % digit: _PPM for digit in range(1, 7)},
}

_NOT_PICTURES = frozenset({"EPS", "WMF", "BUFR", "GRIB", "HDF5", "MPEG", "IPTC"})
"""EPS would start another program, only Windows draws WMF, and Pillow decodes no picture in the others."""

KNOWN = (
    "JPEG, PNG, WebP, AVIF, TIFF, BMP, GIF, JPEG 2000, PPM, OpenEXR, Radiance HDR; with the formats extra also HEIC, "
    "camera RAW, JPEG XL, PSD, SVG, PDF"
)


def base_kind(head: bytes) -> Kind | None:
    """The format of a file by its first bytes, or None if the base install has no such format."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind("WEBP", "WebPImagePlugin")
    if head[4:8] == b"ftyp" and (b"avif" in head[8:32] or b"avis" in head[8:32]):
        return Kind("AVIF", "AvifImagePlugin")
    return next((kind for start, kind in _STARTS.items() if head.startswith(start)), None)


def pillow_formats(head: bytes) -> list[str]:
    """Pillow's names of the formats that may read a file with these first bytes; imports their plug-ins."""
    from PIL import Image

    kind = base_kind(head)
    if kind is not None:
        importlib.import_module(f"PIL.{kind.module}")
        return [kind.name]
    Image.init()
    return [name for name in Image.ID if name not in _NOT_PICTURES]


def unknown_kind(material: Material) -> FormatError:
    """The error for bytes in an unknown format."""
    problem = "it is text, not a picture" if _is_text(material.head) else "unknown or broken picture format"
    return FormatError(f"{material.name}: {problem}; known formats are {KNOWN}.")


def _is_text(head: bytes) -> bool:
    try:
        text = head[:1024].decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        if error.start < 1020:  # a character may be cut at the end of the head
            return False
        text = head[: error.start].decode("utf-8")
    return all(letter.isprintable() or letter in "\t\r\n\f" for letter in text)
