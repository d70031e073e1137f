"""JPEG XL, through pillow-jxl-plugin. An animation counts with its first frame.

References
----------
ISO/IEC 18181-1:2022, annex D (SizeHeader). ISO/IEC 18181-2:2021 (container).
"""

from typing import Any

from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_size, ends_early

_CODESTREAM = b"\xff\x0a"
_CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
_WIDTHS = (9, 13, 18, 30)  # bits of a side, by the 2-bit selector


def is_jxl(material: Material) -> bool:
    """Whether the file is a bare codestream or a container."""
    return material.head.startswith((_CODESTREAM, _CONTAINER))


@formats.register("jxl", recognizes=is_jxl, isolate="pillow_jxl.JpegXLImagePlugin")
def jxl(material: Material, options: ReadOptions) -> Picture:
    """The picture. Its size is checked here first, because the plug-in decodes when it opens a file."""
    try:
        from pillow_jxl.JpegXLImagePlugin import JXLImageFile
    except ImportError:
        raise missing_library(material, "JPEG XL", "pillow-jxl-plugin") from None
    from pochade.source.raster import open_raster

    size = jxl_size(material.start(1 << 20))
    if size is None:
        raise ends_early(material.name)
    check_size(material.name, size, options)

    def reopen() -> Any:
        return JXLImageFile(material.open())

    return open_raster(reopen, material, options)


def jxl_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the SizeHeader; None if the data end before it."""
    start = _codestream(data)
    if start is None or len(data) < start + 12:
        return None
    bits = int.from_bytes(data[start + 2 : start + 12], "little")

    def take(count: int) -> int:
        nonlocal bits
        value = bits & ((1 << count) - 1)
        bits >>= count
        return value

    def side(small: int) -> int:
        return 8 * (take(5) + 1) if small else take(_WIDTHS[take(2)]) + 1

    small = take(1)
    height = side(small)
    ratio = take(3)
    if ratio == 0:
        return side(small), height
    across, down = _RATIOS[ratio]
    return height * across // down, height


def _codestream(data: bytes) -> int | None:
    """The offset of the codestream: 0, the content of box jxlc, or the first box jxlp after its number."""
    if data.startswith(_CODESTREAM):
        return 0
    position = len(_CONTAINER)
    while position + 8 <= len(data):
        length, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        content = position + 8
        if length == 1:
            length, content = int.from_bytes(data[content : content + 8], "big"), content + 8
        if kind in (b"jxlc", b"jxlp"):
            return content + (4 if kind == b"jxlp" else 0)
        if length < 8:
            return None
        position += length
    return None
