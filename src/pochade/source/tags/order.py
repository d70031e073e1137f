"""The color tags of each format, in the order in which they count.

References
----------
W3C: "Portable Network Graphics (PNG) Specification (Third Edition)", 2025, 4.3 (the order). ISO/IEC 23000-22:2019
(MIAF), 7.3.6.4: an ICC profile counts before nclx.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PIL import Image

from pochade.source.jpeg_header import MAX_HEADER_BYTES, jpeg_header
from pochade.source.material import Material
from pochade.source.tags import CMYK, COLOR, GRAY, INCOMPLETE, LAB, Meaning, first_usable
from pochade.source.tags.bmp import bmp_calibration, bmp_profile
from pochade.source.tags.boxes import jp2_color, nclx
from pochade.source.tags.exif import image_exif
from pochade.source.tags.gif import gif_profile
from pochade.source.tags.png import (
    png_chunks,
    png_cicp,
    png_gamma,
    png_gamma_and_primaries,
    png_primaries,
    png_srgb,
)
from pochade.source.tags.statement import Problem, Statement


@dataclass(frozen=True)
class File:
    """An open file. material : its bytes; None for an image in memory, which has the tags that Pillow keeps."""

    image: Image.Image
    material: Material | None

    @cached_property
    def chunks(self) -> Mapping[bytes, bytes]:
        """The chunks of a PNG that Pillow does not keep."""
        return {} if self.material is None else png_chunks(self.material)


Reader = Callable[[File], Statement]
"""Reads one tag; None if the file lacks it."""


def _icc(file: File) -> Statement:
    profile = file.image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) else None


def _jpeg_profile(file: File) -> Statement:
    profile = _icc(file)
    if profile is not None or file.material is None:
        return profile
    header = jpeg_header(file.material.start(MAX_HEADER_BYTES))
    return INCOMPLETE if header is not None and header.incomplete else None


def _png_profile(file: File) -> Statement:
    broken = _icc(file) is None and b"iCCP" in file.chunks
    return Problem("it cannot be decompressed") if broken else _icc(file)


def _bytes(read: Callable[[Material], Statement]) -> Reader:
    """A reader of the file's bytes; images in memory have none."""
    return lambda file: None if file.material is None else read(file.material)


def _fields(read: Callable[[Mapping[Any, Any]], Statement]) -> Reader:
    """A reader of the fields that Pillow keeps."""
    return lambda file: read(file.image.info)


_ICC, _EXIF = ("ICC profile", _icc), ("Exif", lambda file: image_exif(file.image))
_CONTAINER = (_ICC, ("nclx", _bytes(nclx)), _EXIF)

_FIELDS = (
    ("sRGB", _fields(png_srgb)),
    ("gAMA and cHRM", _fields(png_gamma_and_primaries)),
    ("gAMA", _fields(png_gamma)),
    ("cHRM", _fields(png_primaries)),
)

ORDER: dict[str, tuple[tuple[str, Reader], ...]] = {
    "JPEG": (("ICC profile", _jpeg_profile), _EXIF),
    "PNG": (
        ("cICP", lambda file: png_cicp(file.chunks)),
        ("iCCP", _png_profile),
        *_FIELDS,
        _EXIF,
    ),
    "AVIF": _CONTAINER,
    "HEIF": _CONTAINER,
    "WEBP": (_ICC, _EXIF),
    "TIFF": (_ICC, _EXIF),
    "JPEG2000": (("colr", _bytes(jp2_color)),),
    "BMP": (("ICC profile", _bytes(bmp_profile)), ("calibration", _bytes(bmp_calibration))),
    "GIF": (("ICC profile", _bytes(gif_profile)),),
    "PSD": (_ICC,),
    "JXL": (_ICC,),
}
"""The tags of each format, by Pillow's name of it; the first that can be used counts. docs/reading.md explains them."""

_OTHERS = (_ICC, *_FIELDS, _EXIF)
"""Those of other formats, and of an image in memory, which keeps the fields of the PNG that it came from."""

_MODES = {"CMYK": CMYK, "LAB": LAB}


def meaning_of(image: Image.Image, material: Material | None) -> Meaning:
    """What the codes of an open image mean."""
    file = File(image, material)
    order = ORDER.get("JPEG" if image.format == "MPO" else image.format or "", _OTHERS)
    modes = _MODES.get(image.mode) or (GRAY if image.mode[0] in "1LIF" else COLOR)
    return first_usable(((name, read(file)) for name, read in order), modes)
