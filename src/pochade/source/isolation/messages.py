"""Messages between a process and its decoder: a length, a header in JSON, then the bytes that the header announces.

JSON and not pickle: a decoder that a hostile file has taken over cannot run code in its parent.
"""

import json
import struct
from collections.abc import Iterable
from typing import IO, Any

import numpy as np

from pochade.files import Metadata
from pochade.source.curves import HDR
from pochade.source.encoding import Encoding, Primaries, primaries_problem
from pochade.source.resolution import checked_dpi

GREETING = b"\0pochade decoder\0"
"""What a decoder writes first. Whatever stands before it comes from the start of Python."""

MAX_HEADER_BYTES = 1 << 20

_LENGTH = struct.Struct(">I")


def send(file: IO[bytes], header: dict[str, Any], parts: Iterable[Any] = ()) -> None:
    """Write a header, and the bytes after it."""
    data = json.dumps(header).encode()
    file.write(_LENGTH.pack(len(data)) + data)
    for part in parts:
        file.write(part)
    file.flush()


def receive(file: IO[bytes]) -> dict[str, Any]:
    """Read a header; EOFError if the other side has gone, ValueError if it is none."""
    (length,) = _LENGTH.unpack(take(file, _LENGTH.size))
    if length > MAX_HEADER_BYTES:
        raise ValueError(f"a header of {length} bytes")
    header = json.loads(take(file, length))
    if not isinstance(header, dict):
        raise ValueError("a header that is no object")
    return header


def take(file: IO[bytes], count: int) -> bytes:
    """Read exactly so many bytes; EOFError if there are fewer."""
    data = file.read(count)
    if len(data) < count:
        raise EOFError
    return data


def fill(file: IO[bytes], buffer: Any) -> None:
    """Read bytes into a contiguous array until it is full; EOFError if there are too few."""
    view = memoryview(buffer).cast("B")
    done = 0
    while done < len(view):
        count = file.readinto(view[done:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        done += count


def encoding_fields(encoding: Encoding) -> dict[str, Any]:
    """The fields of the encoding of an HDR picture, for a header; without its peak, which the parent measures."""
    return {"primaries": encoding.primaries, "curve": encoding.curve, "full": encoding.full}


def encoding_of(fields: dict[str, Any]) -> Encoding:
    """The encoding with these fields; ValueError, LookupError or TypeError if there is none."""
    primaries = Primaries(*((float(x), float(y)) for x, y in fields["primaries"]))
    if fields["curve"] not in HDR or primaries_problem(primaries) is not None:
        raise ValueError("an encoding without meaning")
    return Encoding(primaries, fields["curve"], bool(fields["full"]))


def metadata_fields(metadata: Metadata) -> dict[str, Any]:
    """The facts that a file states beside its pixels, for a header."""
    fields = {name: getattr(metadata, name) for name in Metadata.__slots__}
    return fields | {"table": None if metadata.table is None else metadata.table.tolist()}


def metadata_of(fields: dict[str, Any]) -> Metadata:
    """The facts with these fields; ValueError, LookupError, TypeError or OverflowError if there are none such."""
    dpi = None if fields["dpi"] is None else checked_dpi(*fields["dpi"])
    table = None if fields["table"] is None else np.array(fields["table"], np.uint8).reshape(-1, 4)
    if table is not None and not 1 <= len(table) <= 256:
        raise ValueError("a color table without meaning")
    plays = int(fields["plays"])
    if plays < 0:
        raise ValueError("a number of plays without meaning")
    return Metadata(dpi, plays, bool(fields["tagged"]), table, bool(fields["paged"]))
