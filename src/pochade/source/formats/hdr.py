"""Radiance HDR (.hdr, .pic), decoded here: light with a common exponent of the three channels.

A mantissa of 0 is no light, as most programs have it; Radiance itself adds half a step.

References
----------
Greg Ward: "Real Pixels", Graphics Gems II, 1991. G. Ward Larson, R. Shakespeare: "Rendering with Radiance", 1998, and
the file format that Radiance documents (filefmts.pdf, "RADIANCE Picture Format").
"""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pochade.color import xyz
from pochade.errors import EmptyError, FormatError
from pochade.source.formats import formats
from pochade.source.light import open_light
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_frame, check_memory, check_size, ends_early

_PIXEL_BYTES = 37
"""Bytes of memory that one pixel takes."""

MAX_HEADER = 1 << 16
"""Bytes of the header: programs append a line for each command that made the picture."""

_START = (b"#?RADIANCE", b"#?RGBE")
_SIZE = re.compile(rb"([-+])([XY]) +(\d{1,7}) +([-+])([XY]) +(\d{1,7})[ \t\r]*")
_RUNS = range(8, 32768)
"""Widths of rows whose channels are run-length encoded apart."""


class _Header(NamedTuple):
    """start : of the pixels. axes : of rows and columns, such as -Y +X. exposure : the product by which the light was
    multiplied."""

    start: int
    axes: str
    rows: int
    columns: int
    is_xyz: bool
    exposure: float


def is_hdr(material: Material) -> bool:
    """Whether the file starts like a Radiance picture."""
    return material.head.startswith(_START)


@formats.register("hdr", recognizes=is_hdr, light=True)
def hdr(material: Material, options: ReadOptions) -> Picture:
    """The exposed picture."""
    name = material.name
    check_frame(name, options, 1)
    header = _header(material.start(MAX_HEADER)[:MAX_HEADER], name)
    size = (header.columns, header.rows) if "X" in header.axes[2:] else (header.rows, header.columns)
    check_size(name, size, options)
    check_memory(name, size, options, _PIXEL_BYTES)
    data = material.bytes()[header.start :]
    if 0 in size:
        raise EmptyError(f"{name}: {size[0]} x {size[1]} holds no pixel.")
    if header.rows > len(data) or header.rows * header.columns > 32 * len(data):  # a run: 127 in 8 bytes
        raise ends_early(name)
    pixels, arrived = _pixels(data, header, name)
    if arrived < header.rows and not (options.truncated and arrived):
        raise ends_early(name)
    light = np.ldexp(pixels[..., :3].astype(np.float32), pixels[..., 3:].astype(np.int32) - 136)
    light[pixels[..., 3] == 0] = 0
    if options.exposure is not None:
        light /= np.float32(header.exposure)
    if header.is_xyz:
        light = xyz.to_linear(light).astype(np.float32)
    alpha = None
    if arrived < header.rows:
        alpha = np.zeros(light.shape[:2], np.float32)
        alpha[:arrived] = 1
    upright = [_upright(part, header.axes) for part in (light, alpha) if part is not None]
    return open_light(upright[0], upright[1] if alpha is not None else None, options, name)


def _header(data: bytes, name: str) -> _Header:
    """The header: lines up to an empty one, and the line with the size.

    Raises
    ------
    FormatError : the pixels have another format, or the size has another form.
    TruncatedError : the file ends in the header.
    """
    text, empty, rest = data.partition(b"\n\n")
    line, newline, _ = rest.partition(b"\n")
    if not empty or not newline:
        raise ends_early(name)
    values = [line.partition(b"=") for line in text.split(b"\n")]
    form = [value.strip() for key, _, value in values if key.strip() == b"FORMAT"]
    if form and form[-1] not in (b"32-bit_rle_rgbe", b"32-bit_rle_xyze"):
        raise FormatError(
            f"{name}: its pixels have the format {form[-1][:40].decode('latin-1')!r}, which is not supported; "
            "32-bit_rle_rgbe and 32-bit_rle_xyze are."
        )
    match = _SIZE.fullmatch(line)
    if match is None or match[2] == match[5]:
        raise FormatError(
            f"{name}: the file is broken: its size is {line[:40].decode('latin-1')!r}, not like -Y 4 +X 6."
        )
    exposure = 1.0
    for key, _, value in values:
        if key.strip() == b"EXPOSURE":
            exposure *= _positive(value)
    axes = b"".join(match.group(1, 2, 4, 5)).decode()
    is_xyz = form[-1:] == [b"32-bit_rle_xyze"]
    return _Header(len(text) + 2 + len(line) + 1, axes, int(match[3]), int(match[6]), is_xyz, exposure)


def _positive(value: bytes) -> float:
    try:
        number = float(value)
    except ValueError:
        return 1.0
    return number if 0 < number < 1e30 else 1.0


def _pixels(data: bytes, header: _Header, name: str) -> tuple[NDArray[np.uint8], int]:
    """The bytes of the pixels, (rows, columns, 4), and the number of rows before the file ends.

    Raises
    ------
    FormatError : a run is longer than its row.
    """
    rows, columns = header.rows, header.columns
    pixels = np.zeros((rows, columns, 4), np.uint8)
    at = 0
    for row in range(rows):
        start = data[at : at + 4]
        if columns in _RUNS and start[:2] == b"\2\2" and start[2:3] < b"\x80":
            if int.from_bytes(start[2:], "big") != columns:
                raise FormatError(f"{name}: the file is broken: row {row} has another width than the picture.")
            found = _coded_row(data, at + 4, columns, name)
        else:
            found = _plain_row(data, at, columns, name)
        if found is None:
            return pixels, row
        line, at = found
        pixels[row] = line
    return pixels, rows


def _coded_row(data: bytes, at: int, columns: int, name: str) -> tuple[NDArray[np.uint8], int] | None:
    """The row whose channels are stored one after the other in runs, and the offset after it; None if the file ends."""
    out = bytearray()
    for channel in range(4):
        end = (channel + 1) * columns
        while len(out) < end:
            if at + 1 >= len(data):
                return None
            count = data[at]
            if count > 128:
                out += data[at + 1 : at + 2] * (count - 128)
                at += 2
            else:
                out += data[at + 1 : at + 1 + count]
                at += 1 + count
                if at > len(data):
                    return None
            if count == 0 or len(out) > end:
                raise FormatError(f"{name}: the file is broken: a run does not fit into its row.")
    return np.frombuffer(out, np.uint8).reshape(4, columns).T, at


def _plain_row(data: bytes, at: int, columns: int, name: str) -> tuple[NDArray[np.uint8], int] | None:
    """The row of four bytes a pixel, where 1, 1, 1, n repeats the pixel before; None if the file ends."""
    plain = np.frombuffer(data[at : at + 4 * columns], np.uint8)
    if len(plain) == 4 * columns and not (plain.reshape(-1, 4)[:, :3] == 1).all(axis=1).any():
        return plain.reshape(-1, 4), at + 4 * columns
    out = bytearray()
    shift = 0
    while len(out) < 4 * columns:
        pixel = data[at : at + 4]
        if len(pixel) < 4:
            return None
        at += 4
        if pixel[:3] == b"\1\1\1":
            count = pixel[3] << shift
            shift += 8
            if not out or shift > 24 or len(out) + 4 * count > 4 * columns:
                raise FormatError(f"{name}: the file is broken: a run does not fit into its row.")
            out += out[-4:] * count
        else:
            out += pixel
            shift = 0
    return np.frombuffer(out, np.uint8).reshape(columns, 4), at


def _upright(part: NDArray[np.float32], axes: str) -> NDArray[np.float32]:
    """The part with rows from top to bottom and columns from left to right: Y grows upwards, X to the right."""
    first, second = axes[:2], axes[2:]
    if first in ("-X", "+Y"):
        part = part[::-1]
    if second in ("-X", "+Y"):
        part = part[:, ::-1]
    return part.swapaxes(0, 1) if first[1] == "X" else part
