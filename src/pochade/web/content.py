"""Bytes that arrive in pieces."""

from hashlib import sha256
from io import BytesIO


class Content:
    """Bytes, and their SHA-256 piece by piece: to hash 256 MiB at once would hold the event loop for half a second."""

    __slots__ = ("_file", "_hash")

    def __init__(self, data: bytes = b"") -> None:
        self._file, self._hash = BytesIO(), sha256()
        self.add(data)

    def __len__(self) -> int:
        return self._file.tell()

    def add(self, piece: bytes | memoryview) -> None:
        """Append a piece."""
        self._file.write(piece)
        self._hash.update(piece)

    @property
    def data(self) -> bytes:
        """The bytes, without a copy: a BytesIO shares its buffer."""
        return self._file.getvalue()

    @property
    def digest(self) -> str:
        """The SHA-256 in hexadecimal digits."""
        return self._hash.hexdigest()
