"""TIFF in floating point of 16, 32 and 64 bits, gray or RGB, read by tifffile; by libvips if it is compressed in a way
that tifffile alone does not know.

Numbers from 0 to 1 are codes, as in arrays, and so are whole numbers up to 255 or 65535. Other numbers of an RGB
picture, and those of a file whose ICC profile is linear, are light. Gray takes the smallest of the ranges 0..1, 0..255
and 0..65535, as measurements need it, and as Pillow's gray of 32 bits is read.

References
----------
TIFF 6.0, section 19 (SampleFormat) and section 18 (ExtraSamples); Adobe: "TIFF Technical Note 3", 2005 (16-bit floats).
"""

import logging
import struct
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import EmptyError, FormatError, TruncatedError
from pochade.files import Metadata
from pochade.source.array import open_array
from pochade.source.decoding import decoding
from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.formats.raw import is_raw
from pochade.source.light import open_light
from pochade.source.linear_profile import linear_matrix
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_frame, check_memory, check_size
from pochade.source.profile import rgb_profile
from pochade.source.resolution import INCH, Dpi, checked_dpi
from pochade.source.tags import COLOR, Meaning, first_usable

_SAMPLE_FORMAT, _FLOAT = 339, 3
_MAX_ENTRIES = 1000
_FORMS = {
    b"II*\0": ("<", "HHL4s", "L", "H"),
    b"MM\0*": (">", "HHL4s", "L", "H"),
    b"II+\0": ("<", "HHQ8s", "Q", "Q"),
    b"MM\0+": (">", "HHQ8s", "Q", "Q"),
}
"""Byte order, directory entry, offset and count of entries, by the first bytes: TIFF and BigTIFF."""

_ASSOCIATED = 1
_FULL = (1.0, 255.0, 65535.0)
_PIXEL_BYTES = 25
"""Bytes of memory that one pixel takes beside twice its samples."""

_SILENT = logging.NullHandler()  # tifffile logs what is wrong, and raises it too


def is_float_tiff(material: Material) -> bool:
    """Whether the file is a TIFF whose first page has floating-point samples, and no camera raw."""
    form = _FORMS.get(material.head[:4])
    if form is None:
        return False
    try:
        return _sample_format(material, *form) == _FLOAT and not is_raw(material)
    except struct.error:
        return False


@formats.register("float-tiff", recognizes=is_float_tiff, light=True)
def float_tiff(material: Material, options: ReadOptions) -> Picture:
    """The picture; exposed if it stores light."""
    from pochade.source.raster import open_file

    name = material.name
    try:
        import tifffile
    except ImportError:
        if options.exposure is None and _is_plain_gray(material):
            return open_file(material, options)
        raise missing_library(material, "floating-point TIFF", "tifffile") from None
    logging.getLogger("tifffile").addHandler(_SILENT)
    with decoding(name), material.open() as file, tifffile.TiffFile(file) as tiff:
        pages = len(tiff.pages)
        page = tiff.pages[check_frame(name, options, pages, "page")].aspage()
        bits, samples = page.bitspersample, page.samplesperpixel
        if bits == 32 and samples == 1 and options.exposure is None:
            return open_file(material, options)
        size = page.imagewidth, page.imagelength
        check_size(name, size, options, file_bytes=material.size)
        check_memory(name, size, options, samples * bits // 4 + _PIXEL_BYTES)
        if 0 in size:
            raise EmptyError(f"{name}: {size[0]} x {size[1]} holds no pixel.")
        colors = {1: 1, 2: 3}.get(int(page.photometric), 0)
        if page.imagedepth != 1 or not colors or samples not in (colors, colors + 1):
            raise FormatError(
                f"{name}: {samples} channels with the photometric interpretation {int(page.photometric)} of "
                "floating-point TIFF are not supported; gray and RGB are, with alpha or without."
            )
        ends = (start + count for start, count in zip(page.dataoffsets, page.databytecounts, strict=True))
        if max(ends, default=0) > material.size:
            raise TruncatedError(f"{name}: the file ends early, and floating-point TIFF cannot be read in part.")
        values = _values(page, material, options.frame or 0)
        associated = _ASSOCIATED in [int(extra) for extra in page.extrasamples]
        tag = page.tags.get(274)
        turn = tag.value if tag is not None and tag.value in range(1, 9) else 1
        profile = page.iccprofile if isinstance(page.iccprofile, bytes) else None
        dpi = _resolution(page)
    picture = _open(values, colors, associated, profile, turn, options, name)
    return replace(picture, metadata=Metadata(dpi, tagged=profile is not None, paged=pages > 1))


def _open(
    values: NDArray[Any],
    colors: int,
    associated: bool,
    profile: bytes | None,
    turn: int,
    options: ReadOptions,
    name: str,
) -> Picture:
    light, alpha = values[..., :colors], values[..., colors] if values.shape[2] > colors else None
    if alpha is not None and associated:
        light = np.divide(light, alpha[..., None], out=light.copy(), where=alpha[..., None] > 0)
    matrix = linear_matrix(profile) if profile and colors == 3 else None
    full = None if options.exposure is not None or matrix is not None else _range(light, colors == 1)
    if full is None:
        wide = np.repeat(light, 3, axis=2) if colors == 1 else light
        if matrix is not None:
            wide = wide @ matrix.T
        return open_light(wide, alpha, options, name, turn=turn)
    parts = [np.clip(light / full, 0, 1), *([np.clip(alpha[..., None], 0, 1)] if alpha is not None else [])]
    picture = open_array(np.concatenate(parts, axis=2).astype(np.float32), options, name)
    meaning = first_usable([("ICC profile", profile)], COLOR) if colors == 3 else Meaning()
    rgb = rgb_profile(meaning.profile)
    return Picture(picture.width, picture.height, picture.blocks, turn, rgb, notes=meaning.notes)


def _resolution(page: Any) -> Dpi | None:
    """The resolution that the page states by inch or centimeter."""
    unit = page.tags.valueof(296, default=2)
    stated = [page.tags.valueof(number) for number in (282, 283)]
    if unit not in (2, 3) or not all(isinstance(one, tuple) and len(one) == 2 and one[1] for one in stated):
        return None
    across, down = (above / below for above, below in stated)
    return checked_dpi(across, down, INCH if unit == 3 else 1)


def _range(values: NDArray[Any], gray: bool) -> float | None:
    """The number of white, or None if the numbers are light."""
    finite = np.isfinite(values)
    if not finite.all():
        return None
    least, most = float(values.min()), float(values.max())
    full = next((full for full in _FULL if most <= full), None)
    if full is None or least < 0:
        return None
    whole = full > 1 and bool((values == np.rint(values)).all())
    return full if full == 1 or gray or whole else None


def _values(page: Any, material: Material, number: int) -> NDArray[Any]:
    """The samples, (h, w, samples)."""
    try:
        values = page.asarray(maxworkers=1)
    except (ValueError, KeyError) as error:
        if "imagecodecs" not in str(error):
            raise
        return _by_vips(page, material, number)
    if int(page.planarconfig) == 2 and page.samplesperpixel > 1:
        values = np.moveaxis(values.reshape(page.samplesperpixel, page.imagelength, page.imagewidth), 0, -1)
    return np.array(values.reshape(page.imagelength, page.imagewidth, page.samplesperpixel))


def _by_vips(page: Any, material: Material, number: int) -> NDArray[Any]:
    about = f"floating-point TIFF with the compression {page.compression.name}"
    try:
        import pyvips  # type: ignore[import-untyped]
    except (ImportError, OSError):
        raise missing_library(material, about, "pyvips") from None
    if page.bitspersample == 64 or page.extrasamples:
        raise missing_library(material, about, "imagecodecs")
    try:
        image = pyvips.Image.new_from_buffer(material.bytes(), "", page=number, fail_on="error")
        return np.array(image.numpy().reshape(image.height, image.width, image.bands))
    except pyvips.Error as error:
        reason = " ".join(str(error).split()).rpartition(": ")[2]
        raise FormatError(f"{material.name}: the file is broken or ends early: {reason[:200].rstrip('.')}.") from None


def _is_plain_gray(material: Material) -> bool:
    """Whether Pillow reads the file."""
    from PIL import TiffImagePlugin

    try:
        with material.open() as file:
            return TiffImagePlugin.TiffImageFile(file).mode == "F"
    except (SyntaxError, OSError, ValueError, TypeError, KeyError, struct.error):
        return False


def _sample_format(material: Material, order: str, entry: str, offset: str, count: str) -> int:
    """The format of the first sample of the first page; 0 if the file states none."""
    width = struct.calcsize(order + offset)
    (start,) = struct.unpack_from(order + offset, material.head, 4 if width == 4 else 8)
    with material.open() as file:
        file.seek(min(start, material.size))
        (entries,) = struct.unpack(order + count, file.read(struct.calcsize(order + count)))
        length = struct.calcsize(order + entry)
        body = file.read(length * min(entries, _MAX_ENTRIES))
        for tag, _, number, value in struct.iter_unpack(order + entry, body[: len(body) // length * length]):
            if tag != _SAMPLE_FORMAT:
                continue
            if 2 * number > width:
                file.seek(min(struct.unpack(order + offset, value)[0], material.size))
                value = file.read(2)
            return int(struct.unpack_from(order + "H", value)[0])
    return 0
