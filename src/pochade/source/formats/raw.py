"""Camera raw files (DNG, CR2, CR3, NEF, ARW, RAF, ORF, RW2, ...), developed by LibRaw.

As in the camera: its white balance, full size, sRGB, 8 bits, in the orientation of the camera.
"""

import struct
from dataclasses import replace

from pochade.errors import FormatError
from pochade.files import Metadata
from pochade.source.array import open_array
from pochade.source.decoding import decoding
from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_frame, check_size, ends_early
from pochade.source.resolution import exif_dpi

_STARTS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM", b"II\x1a\0\0\0HEAP")
_DNG_VERSION, _SUB_DIRECTORIES, _PHOTOMETRIC = 50706, 330, 262
_SENSOR = frozenset({32803, 34892})  # color filter array, linear raw
_MAX_ENTRIES = 200

DIRECTORY_BYTES = 1 << 20
"""In which the first directory of a raw file lies."""


def is_raw(material: Material) -> bool:
    """Whether the file starts like a raw format, or is a TIFF with sensor data."""
    head = material.head
    if head.startswith(_STARTS) or head[4:12] == b"ftypcrx " or head[8:10] == b"CR":
        return True
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    if order is None:
        return False
    try:
        return _holds_sensor_data(material, order)
    except struct.error:
        return False


@formats.register("raw", recognizes=is_raw, isolate="rawpy")
def raw(material: Material, options: ReadOptions) -> Picture:
    """The developed picture."""
    try:
        import rawpy
    except ImportError:
        raise missing_library(material, "camera raw", "rawpy") from None
    name = material.name
    check_frame(name, options, 1, "page")
    with decoding(name), material.open() as file:
        try:
            with rawpy.imread(file) as sensor:
                size = sensor.sizes.width, sensor.sizes.height
                check_size(name, size, options, file_bytes=material.size)
                srgb = rawpy.ColorSpace.sRGB
                codes = sensor.postprocess(use_camera_wb=True, output_color=srgb, output_bps=8)
        except rawpy.LibRawIOError:
            raise ends_early(name) from None
        except rawpy.LibRawError as error:
            reason = error.args[0] if error.args else error
            text = reason.decode() if isinstance(reason, bytes) else str(reason)
            raise FormatError(f"{name}: the raw file cannot be developed: {text}.") from None
    dpi = exif_dpi(material.start(DIRECTORY_BYTES))  # of raw formats that are TIFF, as Exif is
    return replace(open_array(codes, options, name), metadata=Metadata(dpi))


def _holds_sensor_data(material: Material, order: str) -> bool:
    """Whether the first TIFF directory has DNG's version tag, or it or a subdirectory has a sensor's photometry."""
    with material.open() as file:

        def directory(offset: int) -> dict[int, tuple[int, int]]:
            file.seek(offset)
            (count,) = struct.unpack(order + "H", file.read(2))
            body = file.read(12 * min(count, _MAX_ENTRIES))
            entries = struct.iter_unpack(order + "HHL4s", body[: len(body) // 12 * 12])
            return {tag: (number, _value(order, kind, value)) for tag, kind, number, value in entries}

        first = directory(struct.unpack_from(order + "L", material.head, 4)[0])
        if _DNG_VERSION in first:
            return True
        count, start = first.get(_SUB_DIRECTORIES, (0, 0))
        offsets = [start]
        if count > 1:
            file.seek(start)
            count = min(count, 16)
            offsets = list(struct.unpack(f"{order}{count}L", file.read(4 * count)))
        below = [directory(offset) for offset in offsets] if count else []
        return any(entries.get(_PHOTOMETRIC, (0, 0))[1] in _SENSOR for entries in (first, *below))


def _value(order: str, kind: int, value: bytes) -> int:
    return int(struct.unpack_from(order + ("H" if kind == 3 else "L"), value)[0])  # 3: SHORT
