"""The color boxes of AVIF, HEIF and JPEG 2000.

References
----------
ISO/IEC 14496-12:2022: 8.11 (meta, iprp, pitm), 12.1.5 (colr). ISO/IEC 23008-12:2022: 9.3 (ipco, ipma).
ITU-T T.800 (2019), I.5.3.3 (colr), and T.801 (2021), M.11.7: its further methods and color spaces.
"""

import struct
from collections.abc import Container, Iterator
from dataclasses import replace
from typing import BinaryIO

from pochade.source.encoding import Encoding, Primaries
from pochade.source.material import Material
from pochade.source.tags.code_points import CURVES, PRIMARIES, UNSPECIFIED, encoding_of
from pochade.source.tags.statement import SRGB, Problem, Statement

_MAX_BOX = 1 << 24
"""Bytes of a box that is read; the boxes of a picture of 1,000 tiles have some 100 kB."""

_MAX_BOXES = 10_000

_MATRICES = frozenset({0, 1, 2, *range(4, 18)})
"""Matrix coefficients that are not reserved (ITU-T H.273, table 4)."""

_TABLES: tuple[Container[int], ...] = (PRIMARIES, CURVES, _MATRICES)

_SAMPLE_ENTRY = 78
"""Bytes of a visual sample entry before its boxes (ISO/IEC 14496-12, 12.1.3)."""

# ISO 22028-2: ROMM RGB, known as ProPhoto RGB. Its curve but for the darkest 1 / 500 of light, where it is straight.
_ROMM_RGB = Encoding(Primaries((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), (0.3457, 0.3585)), (1.8, 1.8, 1.8))
_ENUMERATED: dict[int, Encoding | None] = {16: SRGB, 17: SRGB, 18: SRGB, 21: _ROMM_RGB} | dict.fromkeys(
    (0, 12, 13, 14, 15)
)
"""sRGB, its gray and its YCC; ROMM RGB. Black on white, CMYK, YCCK and CIELAB (0, 15, 12, 13, 14) are not RGB."""


def nclx(material: Material) -> Encoding | Problem | None:
    """The statement of nclx of the primary picture, else of the first track."""
    for kind, content in _top(material, (b"meta", b"moov")):
        boxes = list(_of_primary(content[4:])) if kind == b"meta" else list(_of_track(content))
        for box, body in boxes:
            if box == b"colr" and body[:4] == b"nclx":
                return _nclx(body[4:])
    return None


def decodable(material: Material) -> Material:
    """The AVIF or HEIC with reserved code points of nclx as unspecified, because decoders refuse such a file."""
    if material.data is None:
        return material
    data, at = material.data, 0
    while (at := data.find(b"colrnclx", at) + 8) >= 8:
        points = struct.unpack(">3H", data[at : at + 6].ljust(6, b"\0"))
        known = [point if point in table else UNSPECIFIED for point, table in zip(points, _TABLES, strict=True)]
        if tuple(known) != points:
            data = data[:at] + struct.pack(">3H", *known) + data[at + 6 :]
    return material if data is material.data else replace(material, data=data)


def jp2_color(material: Material) -> Statement:
    """The statement of the first colr box with a method that is known."""
    problem: Problem | None = None
    for _, content in _top(material, (b"jp2h",)):
        for box, body in _children(content):
            if box != b"colr" or len(body) < 3:
                continue
            statement = _jp2_color(body[0], body[3:])
            if not isinstance(statement, Problem):
                return statement
            problem = problem or statement
    return problem


def _nclx(body: bytes) -> Encoding | Problem | None:
    if len(body) < 6:
        return Problem("it ends early")
    primaries, curve, matrix = struct.unpack_from(">3H", body)
    if matrix not in _MATRICES:
        return Problem(f"matrix coefficients {matrix} are reserved")
    return encoding_of(primaries, curve)  # the decoder has applied the matrix and the range


def _jp2_color(method: int, body: bytes) -> Statement:
    if method == 1 and len(body) >= 4:
        space = int.from_bytes(body[:4], "big")
        return _ENUMERATED[space] if space in _ENUMERATED else Problem(f"its color space {space} is not known")
    if method in (2, 3):
        return body
    if method == 5 and len(body) >= 4:
        return encoding_of(*struct.unpack_from(">HH", body))
    return Problem(f"its method {method} is not known")


def _of_primary(meta: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The properties of the primary item."""
    boxes = dict(_children(meta))
    inner = list(_children(boxes.get(b"iprp", b"")))
    properties = list(_children(dict(inner).get(b"ipco", b"")))
    item = boxes.get(b"pitm", b"")
    primary = int.from_bytes(item[4:6] if item[:1] == b"\0" else item[4:8], "big")
    for kind, body in inner:
        if kind == b"ipma":
            for index in _associated(body, primary):
                if 0 < index <= len(properties):
                    yield properties[index - 1]


def _associated(body: bytes, item: int) -> list[int]:
    """The numbers, from 1, of the properties of an item in an ipma box."""
    try:
        version, flags = body[0], body[3]
        (count,) = struct.unpack_from(">L", body, 4)
        of_item, size = (">LB", 5) if version else (">HB", 3)
        of_index, width, mask = ("H", 2, 0x7FFF) if flags & 1 else ("B", 1, 0x7F)  # the top bit: essential
        position = 8
        for _ in range(min(count, _MAX_BOXES)):
            this, many = struct.unpack_from(of_item, body, position)
            if this == item:
                return [index & mask for index in struct.unpack_from(f">{many}{of_index}", body, position + size)]
            position += size + width * many
    except (struct.error, IndexError):
        pass  # the box is cut off
    return []


def _of_track(moov: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of the first sample entry of the first track with one."""
    for kind, track in _children(moov):
        body = track if kind == b"trak" else b""
        for step in (b"mdia", b"minf", b"stbl", b"stsd"):
            body = dict(_children(body)).get(step, b"")
        for _, entry in _children(body[8:]):
            yield from _children(entry[_SAMPLE_ENTRY:])
            return


def _children(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of the boxes inside a box."""
    position = 0
    for _ in range(_MAX_BOXES):
        if position + 8 > len(content):
            return
        length, kind = struct.unpack_from(">L4s", content, position)
        start = position + 8
        if length == 1 and start + 8 <= len(content):
            length, start = struct.unpack_from(">Q", content, start)[0], start + 8
        end = position + length if length else len(content)
        if end < start:
            return
        yield kind, content[start:end]
        position = end


def _top(material: Material, wanted: tuple[bytes, ...]) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of the wanted boxes of a file."""
    with material.open() as file:
        for _ in range(_MAX_BOXES):
            head = _head(file)
            if head is None:
                return
            kind, length = head
            if kind in wanted and length is not None and length <= _MAX_BOX:
                yield kind, file.read(length)
            elif length is None:
                return  # to the end of the file: the pixels
            else:
                file.seek(length, 1)


def _head(file: BinaryIO) -> tuple[bytes, int | None] | None:
    """Kind of the next box and the bytes of its content, None for all the rest; None at the end."""
    head = file.read(8)
    if len(head) < 8:
        return None
    length, kind = int.from_bytes(head[:4], "big"), head[4:]
    if length == 1:
        return kind, max(0, int.from_bytes(file.read(8), "big") - 16)
    return kind, None if length == 0 else max(0, length - 8)
