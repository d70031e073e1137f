"""The tags of a file that say what its codes mean, in the order in which they count.

One table, ORDER, for all formats. Each tag becomes a profile, as an embedded ICC profile is one, so the pixels take the
one road that profiles take. A tag that contradicts itself or cannot be used is passed over, with a note, and the next
one counts; without any, the codes are sRGB.

References
----------
W3C: "Portable Network Graphics (PNG) Specification (Third Edition)", 2025, 4.3 (the order). ISO/IEC 23000-22:2019 (MIAF),
7.3.6.4: an ICC profile counts before nclx. CIPA DC-008-2023 (Exif) and DC-009-2010 (DCF): Adobe RGB without a profile.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pochade.source.encoding import Encoding
from pochade.source.jpeg_header import JpegHeader
from pochade.source.material import Material
from pochade.source.matrix_profile import hdr_code_points
from pochade.source.profile import Profile, profile_problem
from pochade.source.tags.bmp import bmp_calibration, bmp_profile
from pochade.source.tags.boxes import jp2_color, nclx
from pochade.source.tags.code_points import encoding_of
from pochade.source.tags.exif import exif_color, image_exif
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

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Color:
    """What the codes of a picture mean. profile : None for sRGB. notes : a sentence for each tag that was passed over."""

    profile: Profile | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """An open file. material : its bytes; None for an image in memory, which has the tags that Pillow keeps."""

    image: "Image.Image"
    material: Material | None


Reader = Callable[[File], Statement]
"""Reads one tag; None if the file lacks it."""


def _icc(file: File) -> Statement:
    profile = file.image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) else None


def _png_profile(file: File) -> Statement:
    broken = _icc(file) is None and file.material is not None and b"iCCP" in png_chunks(file.material)
    return Problem("it cannot be decompressed") if broken else _icc(file)


def _bytes(read: Callable[[Material], Statement]) -> Reader:
    """A reader of the file's bytes; images in memory have none."""
    return lambda file: None if file.material is None else read(file.material)


def _fields(read: Callable[[Mapping[Any, Any]], Statement]) -> Reader:
    """A reader of the fields that Pillow keeps."""
    return lambda file: read(file.image.info)


_ICC, _EXIF = ("ICC profile", _icc), ("Exif", lambda file: image_exif(file.image))
_CONTAINER = (_ICC, ("nclx", _bytes(nclx)), _EXIF)

ORDER: dict[str, tuple[tuple[str, Reader], ...]] = {
    "JPEG": (_ICC, _EXIF),
    "PNG": (
        ("cICP", _bytes(png_cicp)),
        ("iCCP", _png_profile),
        ("sRGB", _fields(png_srgb)),
        ("gAMA and cHRM", _fields(png_gamma_and_primaries)),
        ("gAMA", _fields(png_gamma)),
        ("cHRM", _fields(png_primaries)),
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

_ANY = (_ICC, _EXIF)  # formats without a line, and images in memory

_MODES = {"CMYK": ("CMYK",), "LAB": ("LAB",)}
_COLOR, _GRAY = ("RGB",), ("L", "RGB")


def color_of(image: "Image.Image", material: Material | None) -> Color:
    """What the codes of an open image mean."""
    file = File(image, material)
    order = ORDER.get("JPEG" if image.format == "MPO" else image.format or "", _ANY)
    gray = image.mode[0] in "1LIF" and image.mode != "LAB"
    modes = _MODES.get(image.mode, _GRAY if gray else _COLOR)
    return chosen(((name, read(file)) for name, read in order), modes)


def jpeg_color(header: JpegHeader) -> Color:
    """What the codes of a JPEG mean."""
    profile = Problem("parts of it are missing") if header.incomplete else header.profile
    if profile is None and header.exif is None:
        return Color()
    modes = _GRAY if header.components == 1 else _COLOR
    return chosen((("ICC profile", profile), ("Exif", exif_color(header.exif))), modes)


def chosen(tags: Iterable[tuple[str, Statement]], modes: tuple[str, ...]) -> Color:
    """The first tag, of names and statements, that can be used for a picture in one of these modes."""
    passed: list[tuple[str, str]] = []
    name, profile = "sRGB", None
    for name, statement in tags:
        if isinstance(statement, bytes):
            points = hdr_code_points(statement)
            usable = encoding_of(*points) if points and modes[-1] == "RGB" else statement
            problem = profile_problem(statement, modes) if usable is statement else None
        elif isinstance(statement, Encoding):
            if modes[-1] != "RGB":
                continue  # it says nothing about ink
            usable, problem = statement, None
        elif statement is None:
            continue
        else:
            usable, problem = None, statement.reason
        if problem is None:
            profile = usable if isinstance(usable, bytes | Encoding) else None
            break
        passed.append((name, problem))
    else:
        name = "sRGB"
    if not passed:
        return Color(profile)
    return Color(
        profile, tuple(f"the color tag {tag} is ignored: {problem}; {name} counts." for tag, problem in passed)
    )
