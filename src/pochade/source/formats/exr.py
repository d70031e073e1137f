"""OpenEXR: light in floats of 16 or 32 bits. `frame` chooses a part.

Rows without compression, or with RLE, ZIPS or ZIP, are decoded here; tiles, and the other compressions, by the library
OpenEXR.

References
----------
"The OpenEXR File Layout", and "Technical Introduction to OpenEXR" (openexr.com), for the header, the layout and the
compressions; alpha is multiplied into the light.
"""

import contextlib
import io
import struct
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pochade.color.css_spaces import to_srgb_matrix
from pochade.errors import FormatError
from pochade.source.decoding import decoding
from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.light import open_light
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_frame, check_memory, check_size, ends_early
from pochade.source.silence import silenced

_PIXEL_BYTES = 37
"""Bytes of memory that one pixel takes, measured with three channels of 32 bits."""

MAX_HEADER = 1 << 20
"""Bytes of the headers: some programs write a preview or the whole scene description into one."""

MAX_PARTS = 1000

_MAGIC = b"\x76\x2f\x31\x01"
_TILED, _DEEP, _MULTIPART = 1 << 9, 1 << 11, 1 << 12
_ROWS_OF_BLOCK = {0: 1, 1: 1, 2: 1, 3: 16}
"""The rows of a block, by the compressions that are decoded here: none, RLE, ZIPS, ZIP."""

_TYPES: dict[int, np.dtype[Any]] = {0: np.dtype("<u4"), 1: np.dtype("<f2"), 2: np.dtype("<f4")}


class _Channel(NamedTuple):
    """name : with the layer before a dot. kind : one of _TYPES. sampling : of columns and rows."""

    name: str
    kind: int
    sampling: tuple[int, int]


class _Part(NamedTuple):
    """The header of a part. window : left, top, right, bottom, inclusive."""

    attributes: Mapping[str, bytes]
    channels: list[_Channel]
    window: tuple[int, int, int, int]

    @property
    def size(self) -> tuple[int, int]:
        left, top, right, bottom = self.window
        return right - left + 1, bottom - top + 1


def is_exr(material: Material) -> bool:
    """Whether the file starts like OpenEXR."""
    return material.head.startswith(_MAGIC)


@formats.register("exr", recognizes=is_exr, light=True)
def exr(material: Material, options: ReadOptions) -> Picture:
    """The exposed picture: the first layer that has color, else gray."""
    name = material.name
    with decoding(name):
        parts, flags, start = _headers(material.start(MAX_HEADER)[:MAX_HEADER], material)
        number = check_frame(name, options, len(parts), "part")
        part = parts[number]
        check_size(name, part.size, options, file_bytes=material.size)
        check_memory(name, part.size, options, _PIXEL_BYTES)
        names, alpha_name = _chosen(part, name)
        if flags & _DEEP or part.attributes.get("type", b"").startswith(b"deep"):
            raise FormatError(f"{name}: deep data of OpenEXR are not supported; flatten the picture.")
        if any(channel.sampling != (1, 1) for channel in part.channels if channel.name in names):
            raise FormatError(f"{name}: subsampled channels of OpenEXR are not supported; save it as RGB.")
        plain = flags & (_TILED | _MULTIPART) == 0 and part.attributes["compression"][0] in _ROWS_OF_BLOCK
        wanted = [*names, *([alpha_name] if alpha_name else [])]
        if plain and all(channel.sampling == (1, 1) for channel in part.channels):
            planes, arrived = _decoded(material.bytes(), start, part, wanted, name)
        else:
            planes, arrived = _by_library(material, number, part, wanted), part.size[1]
    if arrived < part.size[1] and not (options.truncated and arrived):
        raise ends_early(name)
    light = np.stack([planes[one] for one in (names * 3)[:3]], axis=-1).astype(np.float32)
    alpha = planes[alpha_name].astype(np.float32) if alpha_name else None
    if alpha is not None:
        light = np.divide(light, alpha[..., None], out=light, where=alpha[..., None] > 0)
    if arrived < part.size[1]:
        alpha = np.ones(light.shape[:2], np.float32) if alpha is None else alpha
        alpha[arrived:] = 0
    return open_light(_in_srgb(light, part), alpha, options, name)


def _headers(data: bytes, material: Material) -> tuple[list[_Part], int, int]:
    """The headers of all parts, the flags of the file, and the offset after the headers."""
    _, version = struct.unpack_from("<LL", data)
    if version & 0xFF != 2:
        raise FormatError(f"{material.name}: version {version & 0xFF} of OpenEXR is not supported; version 2 is.")
    parts: list[_Part] = []
    at = 8
    while len(parts) < MAX_PARTS:
        attributes: dict[str, bytes] = {}
        while (end := data.find(b"\0", at)) > at:
            name = data[at:end].decode("latin-1")
            at = data.find(b"\0", end + 1) + 1
            length = struct.unpack_from("<l", data, at)[0] if at and len(data) >= at + 4 else len(data)
            if not 0 <= length <= len(data) - at - 4:
                raise _no_end(data, material)
            attributes[name] = data[at + 4 : at + 4 + length]
            at += 4 + length
        if end < 0:
            raise _no_end(data, material)
        at += 1
        if attributes:
            parts.append(_part(attributes, material.name))
        if not attributes or not version & _MULTIPART:
            return parts, version, at
    raise FormatError(f"{material.name}: it has more than {MAX_PARTS:,} parts.")


def _no_end(data: bytes, material: Material) -> FormatError:
    """The error for headers that do not end in the data."""
    if material.size <= len(data):
        return ends_early(material.name)
    return FormatError(f"{material.name}: its headers have more than {MAX_HEADER:,} bytes, which is not supported.")


def _part(attributes: dict[str, bytes], name: str) -> _Part:
    missing = [one for one in ("channels", "compression", "dataWindow") if not attributes.get(one)]
    if missing:
        raise FormatError(f"{name}: the file is broken: its header has no {missing[0]}.")
    left, top, right, bottom = struct.unpack("<4l", attributes["dataWindow"])
    if right < left or bottom < top:
        raise FormatError(f"{name}: the file is broken: its data window is empty.")
    channels: list[_Channel] = []
    data, at = attributes["channels"], 0
    while data[at : at + 1] not in (b"\0", b""):
        end = data.index(b"\0", at)
        kind, _, across, down = struct.unpack_from("<lLll", data, end + 1)
        channels.append(_Channel(data[at:end].decode("latin-1"), kind, (across, down)))
        at = end + 17
    return _Part(attributes, channels, (left, top, right, bottom))


def _chosen(part: _Part, name: str) -> tuple[list[str], str | None]:
    """The names of the color channels, three or one of gray, and of the alpha of the same layer."""
    layers: dict[str, dict[str, str]] = {}
    for channel in part.channels:
        layer, _, short = channel.name.rpartition(".")
        layers.setdefault(layer, {})[short.lower()] = channel.name
    order = sorted(layers, key=lambda layer: (layer != "", "combined" not in layer.lower()))
    for wanted in (("r", "g", "b"), ("red", "green", "blue"), ("y",)):
        for layer in order:
            found = layers[layer]
            if all(one in found for one in wanted) and not (wanted == ("y",) and "ry" in found):
                return [found[one] for one in wanted], found.get("a") or found.get("alpha")
    listed = ", ".join(channel.name for channel in part.channels[:9]) or "none"
    raise FormatError(f"{name}: it has no channels R, G, B or Y; its channels are {listed[:200]}.")


def _decoded(data: bytes, at: int, part: _Part, wanted: list[str], name: str) -> tuple[dict[str, NDArray[Any]], int]:
    """The wanted channels, (h, w) each, and the number of rows before the file ends."""
    (columns, rows), top = part.size, part.window[1]
    block_rows = _ROWS_OF_BLOCK[part.attributes["compression"][0]]
    if any(channel.kind not in _TYPES for channel in part.channels):
        raise FormatError(f"{name}: the file is broken: a channel has an unknown type.")
    row_bytes = columns * sum(_TYPES[channel.kind].itemsize for channel in part.channels)
    blocks = -(-rows // block_rows)
    table = np.frombuffer(data[at : at + 8 * blocks], "<u8") if len(data) >= at + 8 * blocks else None
    if table is None:
        raise ends_early(name)
    planes = {
        channel.name: np.zeros((rows, columns), _TYPES[channel.kind])
        for channel in part.channels
        if channel.name in wanted
    }
    for first, offset in zip(range(0, rows, block_rows), table.tolist(), strict=True):
        head = data[offset : offset + 8]
        row, length = struct.unpack("<ll", head) if len(head) == 8 else (top + first, 0)
        packed = data[offset + 8 : offset + 8 + max(length, 0)]
        if len(head) < 8 or len(packed) < length:
            return planes, first
        if row != top + first or length <= 0:
            raise FormatError(f"{name}: the file is broken: its table has a wrong place for row {first}.")
        _unpack(packed, part, planes, first, min(block_rows, rows - first), row_bytes, columns)
    return planes, rows


def _unpack(
    packed: bytes,
    part: _Part,
    planes: dict[str, NDArray[Any]],
    row: int,
    count: int,
    row_bytes: int,
    columns: int,
) -> None:
    """Write the rows of one block into the planes: in each row, one channel follows the other."""
    size = count * row_bytes
    raw = packed if len(packed) == size else _decompressed(packed, part.attributes["compression"][0], size)
    if len(raw) != size:
        raise ValueError("a block has another length than its rows")
    lines = np.frombuffer(raw, np.uint8).reshape(count, row_bytes)
    at = 0
    for channel in part.channels:
        kind = _TYPES[channel.kind]
        end = at + columns * kind.itemsize
        if channel.name in planes:
            planes[channel.name][row : row + count] = np.frombuffer(lines[:, at:end].tobytes(), kind).reshape(count, -1)
        at = end


def _decompressed(packed: bytes, compression: int, size: int) -> bytes:
    """The bytes of a block: runs or Deflate, then sums of differences, then the two halves interleaved."""
    if compression == 0:
        raise ValueError("a block has another length than its rows")
    coded = _runs(packed, size) if compression == 1 else zlib.decompressobj().decompress(packed, size)
    levels = np.frombuffer(coded, np.uint8).astype(np.int64)
    levels[1:] -= 128
    summed = np.cumsum(levels).astype(np.uint8)
    half = (len(summed) + 1) // 2
    out = np.empty(len(summed), np.uint8)
    out[0::2], out[1::2] = summed[:half], summed[half:]
    return out.tobytes()


def _runs(packed: bytes, size: int) -> bytes:
    out = bytearray()
    at = 0
    while at + 1 < len(packed) and len(out) < size:
        count = packed[at] - 256 if packed[at] > 127 else packed[at]
        if count < 0:
            out += packed[at + 1 : at + 1 - count]
            at += 1 - count
        else:
            out += packed[at + 1 : at + 2] * (count + 1)
            at += 2
    return bytes(out[:size])


def _by_library(material: Material, number: int, part: _Part, wanted: list[str]) -> dict[str, NDArray[Any]]:
    try:
        import OpenEXR  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        raise missing_library(material, "OpenEXR in tiles, parts or this compression", "OpenEXR") from None
    said = io.StringIO()
    with silenced(True), contextlib.redirect_stdout(said):  # it prints what is wrong
        file = OpenEXR.File(material.path or material.open(), separate_channels=True)
    if number >= len(file.parts):
        reason = " ".join(said.getvalue().split()).rpartition(" - ")[2] or "no pixels can be decoded"
        raise FormatError(f"{material.name}: the file is broken or ends early: {reason[:200].rstrip('.')}.")
    channels = file.parts[number].channels
    planes = {one: np.asarray(channels[one].pixels) for one in wanted}
    if any(plane.shape != part.size[::-1] for plane in planes.values()):
        raise ValueError("a channel has another size than the picture")
    return planes


def _in_srgb(light: NDArray[np.float32], part: _Part) -> NDArray[np.float32]:
    """The light with the primaries of sRGB; the file has others if it has the attribute chromaticities."""
    stated = part.attributes.get("chromaticities", b"")
    if len(stated) != 32:
        return light
    x_y = struct.unpack("<8f", stated)
    try:
        matrix = to_srgb_matrix(*zip(x_y[0::2], x_y[1::2], strict=True))
    except ValueError:
        return light
    return light if np.allclose(matrix, np.eye(3), atol=1e-3) else (light @ matrix.T).astype(np.float32)
