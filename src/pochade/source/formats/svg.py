"""SVG, drawn by resvg. Referenced files are not loaded, so a drawing cannot show files from the disk."""

import re
import zlib

from pochade.errors import TooLargeError
from pochade.source.decoding import decoding
from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.material import Material, from_bytes
from pochade.source.picture import Picture, ReadOptions, check_frame

LONG_SIDE = 1024
"""Pixels of the longer side: the blended pixels at the edges of an icon are then a few in a thousand."""

MAX_SVG_BYTES = 16 << 20
"""Bytes of uncompressed SVG; a map of a country has a few million."""

_GZIP = b"\x1f\x8b"
_PAGE = re.compile(rb"<(!doctype\s+)?html", re.IGNORECASE)  # a web page may contain an svg element
_ROOT = re.compile(rb"<(?:[\w.-]+:)?svg[\s>]")


def is_svg(material: Material) -> bool:
    """Whether the text has an svg element near its start; gzip is decompressed first."""
    head = material.head
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 4096)
        except zlib.error:
            return False
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and not _PAGE.match(start) and _ROOT.search(head) is not None


@formats.register("svg", recognizes=is_svg, isolate="resvg_py")
def svg(material: Material, options: ReadOptions) -> Picture:
    """The drawing on a transparent background; its longer side has 1024 pixels."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise missing_library(material, "SVG", "resvg-py") from None
    try:
        import tinycss2  # type: ignore[import-untyped]  # noqa: F401, svg_tree needs it

        from pochade.source.svg_tree import safe_svg
    except ImportError:
        raise missing_library(material, "SVG", "tinycss2") from None
    from pochade.source.raster import open_file

    check_frame(material.name, options, 1, "page")
    with decoding(material.name):
        text = safe_svg(_unpack(material), material.name)
        png = svg_to_bytes(svg_string=text, width=LONG_SIDE, height=LONG_SIDE)  # it fits into this box
    return open_file(from_bytes(png, material.name), options)


def _unpack(material: Material) -> bytes:
    data = material.bytes()
    if data.startswith(_GZIP):
        data = zlib.decompressobj(wbits=31).decompress(data, MAX_SVG_BYTES + 1)
    if len(data) > MAX_SVG_BYTES:
        raise TooLargeError(f"{material.name}: more than {MAX_SVG_BYTES:,} bytes of SVG.")
    return data
