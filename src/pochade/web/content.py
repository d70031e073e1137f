"""Bytes that arrive in pieces."""

from hashlib import sha256


class Content:
    """Bytes, and their SHA-256 piece by piece: to hash 256 MiB at once would hold the event loop for half a second.

    data : the bytes; it is not changed after the last piece, and never copied.
    """

    __slots__ = ("_hash", "data")

    def __init__(self, data: bytes | bytearray = b"") -> None:
        self.data = bytearray()
        self._hash = sha256()
        self.add(data)

    def __len__(self) -> int:
        return len(self.data)

    def add(self, piece: bytes | bytearray | memoryview) -> None:
        """Append a piece."""
        self.data += piece
        self._hash.update(piece)

    @property
    def digest(self) -> str:
        """The SHA-256 in hexadecimal digits."""
        return self._hash.hexdigest()
