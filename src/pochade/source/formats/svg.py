"""SVG, drawn by resvg. Files that it refers to are not loaded, so that a drawing cannot show what lies on the
disk."""

import re
import zlib

from pochade.errors import TooLargeError
from pochade.source.decoding import decoding
from pochade.source.encoded import missing
from pochade.source.formats import formats
from pochade.source.material import Material, from_bytes
from pochade.source.picture import Picture, ReadOptions, check_frame
from pochade.source.svg_tree import checked_svg

LONG_SIDE = 1024
"""Pixels of the longer side: the blends at the edges of an icon are then a few in a thousand."""

MOST_TEXT = 16 << 20
"""Bytes of SVG, unpacked; a map of a country has a few million."""

_GZIP = b"\x1f\x8b"
_PAGE = re.compile(rb"<(!doctype\s+)?html", re.IGNORECASE)  # it may hold an svg element, and is none
_ROOT = re.compile(rb"<(?:[\w.-]+:)?svg[\s>]")


def is_svg(material: Material) -> bool:
    """Whether the text holds an svg element near its start, or the file is such a text in gzip."""
    head = material.head
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 4096)
        except zlib.error:
            return False
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and not _PAGE.match(start) and _ROOT.search(head) is not None


@formats.register("svg", recognizes=is_svg)
def svg(material: Material, wishes: ReadOptions) -> Picture:
    """The drawing, its longer side 1024 pixels, on a transparent background."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise missing(material, "SVG", "resvg-py") from None
    from pochade.source.raster import open_file

    check_frame(material.name, wishes, 1, "page")
    with decoding(material.name):
        text = checked_svg(_unpacked(material), material.name)
        png = svg_to_bytes(svg_string=text, width=LONG_SIDE, height=LONG_SIDE)  # a box to fit into
    return open_file(from_bytes(png, material.name), wishes)


def _unpacked(material: Material) -> bytes:
    data = material.bytes()
    if data.startswith(_GZIP):
        data = zlib.decompressobj(wbits=31).decompress(data, MOST_TEXT + 1)
    if len(data) > MOST_TEXT:
        raise TooLargeError(f"{material.name}: more than {MOST_TEXT:,} bytes of SVG.")
    return data
