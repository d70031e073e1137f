"""Material: the encoded bytes of a picture, from a path, memory, a file object or standard input."""

import io
import os
import select
import stat
import sys
import time
from dataclasses import dataclass
from typing import Any, BinaryIO

from pochade.errors import FormatError, SourceError, TooLargeError

HEAD = 4096
"""Bytes that identify the format; SVG may start with a long comment."""

MAX_BYTES_IN_MEMORY = 4 << 20
"""Longer files stay on the disk until a decoder reads them."""

WRITER_SECONDS = 5.0
"""Seconds in which a program must open a named pipe for writing; some never get one."""


@dataclass(frozen=True, slots=True)
class Material:
    """An encoded picture.

    name : the name in messages.
    head : the first bytes.
    size : the length in bytes.
    data : all bytes, or None if they are only on the disk, at `path`.
    """

    name: str
    head: bytes
    size: int
    data: bytes | None
    path: str | None = None

    def open(self) -> BinaryIO:
        """Open the bytes as a new seekable binary file."""
        if self.data is not None:
            return io.BytesIO(self.data)
        assert self.path is not None
        try:
            return open(self.path, "rb")
        except OSError as error:
            raise SourceError(f"{self.name}: {_reason(error)}") from None

    def start(self, count: int) -> bytes:
        """At least the first `count` bytes; all bytes if they are in memory."""
        if self.data is not None:
            return self.data
        with self.open() as file:
            return file.read(count)

    def bytes(self) -> bytes:
        if self.data is not None:
            return self.data
        with self.open() as file:
            return file.read()


def from_bytes(data: bytes | bytearray | memoryview, name: str = "bytes", path: str | None = None) -> Material:
    """Material from bytes in memory; FormatError if they are empty."""
    data = bytes(data)
    if not data:
        raise FormatError(f"{name}: it is empty, 0 bytes; give a picture file.")
    return Material(name, data[:HEAD], len(data), data, path)


def from_path(path: str, max_bytes: int) -> Material:
    """Material from a file or a named pipe, or a link to one; SourceError if the path is neither."""
    try:
        with open(path, "rb", buffering=0, opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES_IN_MEMORY:
                return Material(path, file.read(HEAD), status.st_size, None, path)
            if stat.S_ISREG(status.st_mode):
                return from_bytes(file.readall(), path, path)
            if stat.S_ISFIFO(status.st_mode):
                return from_file(file, path, max_bytes, _await_writer(file.fileno(), path))
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise SourceError(f"{path!r}: {_reason(error)}") from None
    raise SourceError(f"{path}: it is a device, not a file; give a picture file.")


def _without_waiting(path: str, flags: int) -> int:
    """Open a path; a named pipe at once, though no program writes to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _await_writer(pipe: int, path: str) -> bytes:
    """Wait for the writer of a named pipe, then make reading wait for its bytes; SourceError if there is none.

    Returns the bytes, one or none, that the test for a writer reads.
    """
    end = time.monotonic() + WRITER_SECONDS
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN)
    start = b""
    while not start and not waiting.poll(50):  # milliseconds: there are no bytes, nor did a writer leave
        try:
            start = os.read(pipe, 1)
        except BlockingIOError:
            break  # there is a writer, which has not written yet
        if not start and time.monotonic() > end:
            raise SourceError(
                f"{path}: it is a named pipe, and no program writes to it; give a picture file, or pipe the picture "
                "into standard input and give '-'."
            )
    os.set_blocking(pipe, True)
    return start


def from_file(file: Any, name: str, max_bytes: int, start: bytes = b"") -> Material:
    """Material from the rest of a binary file object, after its start; TooLargeError past `max_bytes`."""
    chunks = [start]
    total = len(start)
    while True:
        try:
            chunk = file.read(1 << 20)
        except (OSError, ValueError) as error:  # ValueError: closed, or not UTF-8 in text mode
            raise SourceError(f"{name}: cannot be read: {error}") from None
        if isinstance(chunk, str):
            raise SourceError(f"{name}: the file is open in text mode; open it with mode 'rb'.")
        if not chunk:
            return from_bytes(b"".join(chunks), name)
        chunks.append(bytes(chunk))
        total += len(chunk)
        if total > max_bytes:
            raise TooLargeError(f"{name}: more than the {max_bytes:,} bytes allowed; raise max_bytes.")


def from_standard_input(max_bytes: int) -> Material:
    """Material from standard input, read to its end."""
    if sys.stdin is None:
        raise SourceError("standard input: it is closed; pipe a picture into it.")
    return from_file(sys.stdin.buffer, "standard input", max_bytes)


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        url = "://" in str(error.filename)
        return "no such file; URLs must start with http:// or https://." if url else "no such file."
    if isinstance(error, IsADirectoryError):
        return "it is a folder; give a picture file."
    if isinstance(error, PermissionError):
        return "no permission to read it."
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}."
    return f"not a path: {error}."
