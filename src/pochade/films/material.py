"""The bytes of a film: a file object for the decoder, and what the boxes of its container say."""

import io
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pochade.errors import FormatError, SourceError, TooLargeError

MAX_INDEX = 1 << 28
"""Bytes of an MP4 index that is searched for encryption; that of a film of two hours has 5 million."""

HEAD = 1 << 16
"""Bytes at the start that are looked at: those of Matroska hold its tracks."""


@dataclass(slots=True)
class FilmFile:
    """An open film.

    name : in messages. file : of its bytes. size : in bytes, None of a pipe. path : on the disk, or None.
    """

    name: str
    file: Any
    size: int | None
    head: bytes
    path: str | None = None

    def close(self) -> None:
        """Close the file, unless the caller opened it."""
        if self.path is not None or isinstance(self.file, io.BytesIO):
            self.file.close()


class _Pipe:
    """A file object that cannot seek, with the bytes at its start that were already read."""

    def __init__(self, file: BinaryIO, head: bytes) -> None:
        self._file, self._head = file, head

    def read(self, count: int) -> bytes:
        """The next bytes, at most `count`; none at the end."""
        if self._head:
            part, self._head = self._head[:count], self._head[count:]
            return part
        return self._file.read(count)


def open_file(source: Any, *, max_bytes: int, public_only: bool, timeout: float) -> FilmFile:
    """The open file of a source: a path, a URL, "-", bytes, or a binary file object.

    Raises
    ------
    SourceError : there is none. FormatError : it is empty, a folder, or an MP4 in a pipe with its index last.
    """
    if isinstance(source, os.PathLike):
        source = os.fspath(source)
    if isinstance(source, bytes | bytearray | memoryview):
        return _checked(FilmFile("bytes", io.BytesIO(bytes(source)), len(source), bytes(source[:HEAD])))
    if isinstance(source, str) and source[:8].lower().startswith(("http://", "https://")):
        from pochade.source.url import fetch

        content = fetch(source, timeout=timeout, max_bytes=max_bytes, public_only=public_only)
        return _checked(FilmFile(source, io.BytesIO(content), len(content), content[:HEAD]))
    if isinstance(source, str) and source == "-":
        if sys.stdin is None:
            raise SourceError("standard input: it is closed; pipe a film into it.")
        return _of_stream(sys.stdin.buffer, "standard input")
    if isinstance(source, str):
        return _of_path(source)
    if callable(getattr(source, "read", None)):
        name = getattr(source, "name", None)
        return _of_stream(source, name if isinstance(name, str) else "file object")
    raise FormatError(
        f"a {type(source).__name__} is not a film: give a path, a URL, '-', bytes or a binary file object."
    )


def _of_path(path: str) -> FilmFile:
    if os.path.isdir(path):
        raise FormatError(f"{path}: it is a folder; give a film file.")
    try:
        file = open(path, "rb")  # noqa: SIM115
    except FileNotFoundError:
        url = "; URLs must start with http:// or https://" if "://" in path else ""
        raise SourceError(f"{path}: no such file{url}.") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{path!r}: cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    if not file.seekable():
        return _checked(_with_pipe(file, path))
    size = os.fstat(file.fileno()).st_size
    head = file.read(HEAD)
    file.seek(0)
    return _checked(FilmFile(path, file, size, head, path))


def _of_stream(file: Any, name: str) -> FilmFile:
    if isinstance(file, io.TextIOBase):
        raise SourceError(f"{name}: the file is open in text mode; open it with mode 'rb'.")
    seekable = getattr(file, "seekable", None)
    if not (callable(seekable) and seekable()):
        return _checked(_with_pipe(file, name))
    start = file.tell()
    size = file.seek(0, os.SEEK_END) - start
    file.seek(start)
    head = file.read(HEAD)
    file.seek(start)
    return _checked(FilmFile(name, file, size if start == 0 else None, head))


def _with_pipe(file: Any, name: str) -> FilmFile:
    head = b""
    while len(head) < HEAD and (part := file.read(HEAD - len(head))):
        head += part
    if b"ftyp" in head[:12]:
        for kind, _, _ in _boxes(io.BytesIO(head), len(head)):
            if kind == b"moov":
                break
            if kind == b"mdat":
                raise FormatError(
                    f"{name}: its index comes last, and a pipe cannot be read from its end: give a file, or write it "
                    "with its index first (ffmpeg -movflags +faststart)."
                )
    return FilmFile(name, _Pipe(file, head), None, head)


def _checked(film: FilmFile) -> FilmFile:
    if not film.head:
        film.close()
        raise FormatError(f"{film.name}: it is empty, 0 bytes; give a film file.")
    return film


def check_bytes(film: FilmFile, max_bytes: int) -> None:
    """TooLargeError if the film has more bytes."""
    if film.size is not None and film.size > max_bytes:
        raise TooLargeError(
            f"{film.name}: {film.size:,} bytes are more than the {max_bytes:,} allowed; raise max_bytes."
        )


def ends_early(film: FilmFile) -> bool:
    """Whether the container states more bytes than the file has."""
    if film.size is None:
        return False
    if film.head[:4] == b"\x1a\x45\xdf\xa3":
        end = _matroska_end(film.head)
        return end is not None and end > film.size
    if film.head[:4] == b"RIFF":
        return int.from_bytes(film.head[4:8], "little") + 8 > film.size > 12
    if film.head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
        return any(start + length > film.size for _, start, length in _walk(film))
    return False


def lacks_index(film: FilmFile) -> bool:
    """Whether it is an MP4 or MOV without its index."""
    if film.size is None or film.head[4:8] not in (b"ftyp", b"mdat", b"wide", b"free"):
        return False
    kinds = {kind for kind, _, _ in _walk(film)}
    return bool(kinds) and not kinds & {b"moov", b"moof"}


def is_encrypted(film: FilmFile) -> bool:
    """Whether the container states that its frames are encrypted."""
    if film.head[:4] == b"\x1a\x45\xdf\xa3":
        return _has(film.head, 0, len(film.head), _TO_ENCRYPTION)
    if film.size is None:
        return b"encv" in film.head and b"sinf" in film.head
    if film.head[4:8] in (b"ftyp", b"moov", b"wide", b"free"):
        for kind, start, length in _walk(film):
            if kind == b"moov" and length < MAX_INDEX:
                position = film.file.tell()
                film.file.seek(start)
                index = film.file.read(length)
                film.file.seek(position)
                return b"encv" in index and b"sinf" in index
    return False


def _walk(film: FilmFile) -> list[tuple[bytes, int, int]]:
    position = film.file.tell()
    try:
        assert film.size is not None
        return list(_boxes(film.file, film.size))
    finally:
        film.file.seek(position)


def _boxes(file: Any, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and length of each top-level box (ISO/IEC 14496-12, 4.2)."""
    at = 0
    for _ in range(100_000):  # a fragmented film has two for each second
        if at + 8 > size:
            return
        file.seek(at)
        header = file.read(16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        elif length == 0:
            length = size - at
        if length < 8 or not all(32 <= letter < 127 for letter in kind):
            return
        yield kind, at, length
        at += length


def _matroska_end(head: bytes) -> int | None:
    """The end of the segment that the header states; None if it states none (RFC 8794, 4 and 6)."""
    at = 4
    length, width = _number(head, at)
    at += width + (length or 0)
    if length is None or head[at : at + 4] != b"\x18\x53\x80\x67":
        return None
    length, width = _number(head, at + 4)
    return None if length is None else at + 4 + width + length


_TO_ENCRYPTION = (b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b", b"\xae", b"\x6d\x80", b"\x62\x40", b"\x50\x35")
"""Segment, Tracks, TrackEntry, ContentEncodings, ContentEncoding, ContentEncryption (RFC 9559, 5.1)."""


def _has(data: bytes, at: int, end: int, path: tuple[bytes, ...]) -> bool:
    """Whether elements of Matroska between two places contain one another as the path says."""
    while at < min(end, len(data)) and data[at]:
        kind = data[at : at + 9 - data[at].bit_length()]
        length, width = _number(data, at + len(kind))
        start = at + len(kind) + width
        stop = end if length is None else start + length
        if kind == path[0] and (len(path) == 1 or _has(data, start, stop, path[1:])):
            return True
        at = stop
    return False


def _number(data: bytes, at: int) -> tuple[int | None, int]:
    """A number of variable length and its bytes; None if it is unknown."""
    if at >= len(data) or not data[at]:
        return None, 1
    width = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + width], "big") & (1 << 7 * width) - 1
    return (None if value == (1 << 7 * width) - 1 else value), width
