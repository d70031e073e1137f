"""A place in the bytes of a file, from which the next field is read."""

import struct
from typing import Any

from pochade.errors import FormatError


class Cursor:
    """Reads fields one after another; where the bytes end too soon, FormatError says at which byte.

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
        """How many bytes are still to come."""
        return self._end - self.byte

    def take(self, size: int, what: str = "field") -> bytes:
        """The next `size` bytes."""
        if size > self.left:
            raise FormatError(
                f"byte {self.byte}: a {what} is cut short: {size} bytes were to come, and {self.left} did."
            )
        start, self.byte = self.byte, self.byte + size
        return self.content[start : self.byte]

    def unpack(self, layout: str, what: str = "field") -> tuple[Any, ...]:
        """The next fields, as `struct` lays them out."""
        return struct.unpack(layout, self.take(struct.calcsize(layout), what))

    def expect(self, magic: bytes, what: str) -> None:
        """Pass over bytes that must stand here."""
        found = self.content[self.byte : self.byte + len(magic)]
        if found != magic:
            raise FormatError(f"byte {self.byte}: {found!r} is there, and {what} has {magic!r}.")
        self.byte += len(magic)


def utf16(content: bytes, byte: int) -> str:
    """The text of UTF-16 bytes, highest first, up to the first NUL; FormatError where it is none."""
    try:
        return content.decode("utf-16-be").split("\0")[0]
    except UnicodeDecodeError as error:
        raise FormatError(f"byte {byte + error.start}: the name there is no UTF-16 text.") from None
