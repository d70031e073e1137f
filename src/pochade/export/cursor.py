"""A cursor that reads the fields of a binary file."""

import struct
from typing import Any

from pochade.errors import FormatError


class Cursor:
    """Read fields one after another; FormatError names the byte if the content ends too early.

    Examples
    --------
    >>> at = Cursor(b"\\x00\\x01ab")
    >>> at.unpack(">H"), at.take(2), at.left
    ((1,), b'ab', 0)
    """

    def __init__(self, content: bytes, byte: int = 0, size: int | None = None) -> None:
        self.content = content
        self.byte = byte
        self._end = len(content) if size is None else min(byte + size, len(content))

    @property
    def left(self) -> int:
        """The number of bytes left."""
        return self._end - self.byte

    def take(self, size: int, what: str = "field") -> bytes:
        """The next `size` bytes."""
        if size > self.left:
            raise FormatError(f"byte {self.byte}: a {what} is cut short: {size} bytes expected, {self.left} left.")
        start, self.byte = self.byte, self.byte + size
        return self.content[start : self.byte]

    def unpack(self, layout: str, what: str = "field") -> tuple[Any, ...]:
        """The next fields, in a layout of `struct`."""
        return struct.unpack(layout, self.take(struct.calcsize(layout), what))

    def expect(self, magic: bytes, what: str) -> None:
        """Skip `magic`; FormatError if other bytes are here."""
        head = self.content[self.byte : self.byte + len(magic)]
        if head != magic:
            raise FormatError(f"byte {self.byte}: found {head!r}, but {what} has {magic!r}.")
        self.byte += len(magic)


def utf16(content: bytes, byte: int) -> str:
    """The text of big-endian UTF-16, up to the first NUL; FormatError if it cannot be decoded. byte : its offset."""
    try:
        return content.decode("utf-16-be").split("\0")[0]
    except UnicodeDecodeError as error:
        raise FormatError(f"byte {byte + error.start}: the name is not UTF-16 text.") from None
