"""The pictures in the memory of the server; they are never written to a disk."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(slots=True)
class StoredPicture:
    """data : the bytes of a picture. used : the time of its last use, on the monotonic clock."""

    data: bytes
    used: float


class Store:
    """The most recently used pictures, by the SHA-256 of their bytes.

    most : limit of their total bytes. seconds : time from the last use until a picture expires. clock : for tests.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._pictures: OrderedDict[str, StoredPicture] = OrderedDict()
        self._gone: set[str] = set()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._pictures)

    def put(self, data: bytes, digest: str | None = None) -> str:
        """Store a picture and return its digest. A picture above the total limit is dropped at once.

        digest : if it is known already; to compute it takes long for large pictures.
        """
        digest = digest or sha256(data).hexdigest()
        if digest in self._pictures:
            self._pictures[digest].used = self._clock()
            self._pictures.move_to_end(digest)
            return digest
        self._gone.discard(digest)
        self._pictures[digest] = StoredPicture(data, self._clock())
        self.bytes += len(data)
        while self.bytes > self._most:
            self.drop(next(iter(self._pictures)))
        return digest

    def get(self, digest: str) -> bytes | None:
        """The bytes of a picture; None if it is not stored or has expired."""
        picture = self._pictures.get(digest)
        if picture is None:
            return None
        if self._clock() - picture.used > self._seconds:
            self.drop(digest)
            return None
        picture.used = self._clock()
        self._pictures.move_to_end(digest)
        return picture.data

    def drop(self, digest: str) -> bool:
        """Drop a picture; return whether it was stored."""
        picture = self._pictures.pop(digest, None)
        if picture is None:
            return False
        self.bytes -= len(picture.data)
        self._gone.add(digest)
        return True

    def swept(self) -> set[str]:
        """Drop expired pictures; return the digests of all pictures dropped since the last call."""
        now = self._clock()
        for digest in [d for d, picture in self._pictures.items() if now - picture.used > self._seconds]:
            self.drop(digest)
        dropped, self._gone = self._gone, set()
        return dropped
