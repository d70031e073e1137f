"""Photoshop's PSD and PSB: the flat picture that Photoshop stores beside the layers.

Pillow reads 8-bit PSD files; psd-tools reads the others (16 and 32 bits, PSB, CIELAB with profiles).
"""

import io
import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from pochade.errors import FormatError, TooLargeError, TruncatedError
from pochade.source.decoding import decoding
from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_frame, check_size, ends_early


def is_psd(material: Material) -> bool:
    """Whether the file starts like PSD (version 1) or PSB (version 2)."""
    return material.head.startswith((b"8BPS\0\1", b"8BPS\0\2"))


@formats.register("psd", recognizes=is_psd)
def psd(material: Material, options: ReadOptions) -> Picture:
    """The flat picture."""
    name, head = material.name, material.head
    if len(head) < 26:
        raise ends_early(name)
    version, height, width, depth = struct.unpack_from(">H8xLLH", head, 4)
    check_size(name, (width, height), options, file_bytes=material.size)
    check_frame(name, options, 1, "page")
    if version == 1 and depth <= 8:
        from pochade.source.raster import open_file

        try:
            return open_file(material, options)
        except (TooLargeError, TruncatedError):
            raise
        except FormatError:
            if not _installed():
                raise
    return _flat(material, options)


def _installed() -> bool:
    try:
        import psd_tools
    except ImportError:
        return False
    return bool(psd_tools)


def _flat(material: Material, options: ReadOptions) -> Picture:
    try:
        from psd_tools import PSDImage
        from psd_tools.constants import Resource
    except ImportError:
        raise missing_library(material, "this PSD", "psd-tools") from None
    from pochade.source.raster import open_image

    with decoding(material.name), _log() as log:
        document = PSDImage.open(io.BytesIO(material.bytes()))
        image = document.topil(apply_icc=False)
        if "replaced" in log.getvalue():  # psd-tools paints broken channels black
            raise FormatError(f"{material.name}: the file is broken: some channels cannot be decoded.")
        if image is None:
            raise FormatError(f"{material.name}: it contains only layers; save it with maximum compatibility.")
        if Resource.ICC_PROFILE in document.image_resources:
            image.info["icc_profile"] = document.image_resources.get_data(Resource.ICC_PROFILE)
        stated = document.image_resources.get_data(Resource.RESOLUTION_INFO)
        if stated is not None:
            image.info["dpi"] = stated.horizontal / (1 << 16), stated.vertical / (1 << 16)
    return open_image(image, options, material.name)


@contextmanager
def _log() -> Iterator[io.StringIO]:
    """Collect the log of psd-tools inside the block."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logger = logging.getLogger("psd_tools")
    logger.addHandler(handler)
    try:
        yield log
    finally:
        logger.removeHandler(handler)
