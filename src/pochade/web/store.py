"""Pictures in the server's memory, for as long as somebody looks at them: never on a disk."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(slots=True)
class StoredPicture:
    """data : a picture's bytes. used : when last, on the monotonic clock."""

    data: bytes
    used: float


class Store:
    """The last used pictures, by the SHA-256 of their bytes.

    most : bytes of all of them together. seconds : how long one is kept after its last use.
    clock : for tests.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._kept: OrderedDict[str, StoredPicture] = OrderedDict()
        self._gone: set[str] = set()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, data: bytes) -> str:
        """Keep a picture; its digest. One that is larger than all that may be kept is not."""
        digest = sha256(data).hexdigest()
        if digest in self._kept:
            self._kept[digest].used = self._clock()
            self._kept.move_to_end(digest)
            return digest
        self._gone.discard(digest)
        self._kept[digest] = StoredPicture(data, self._clock())
        self.bytes += len(data)
        while self.bytes > self._most:
            self.drop(next(iter(self._kept)))
        return digest

    def get(self, digest: str) -> bytes | None:
        """The bytes of a picture; None where it is not kept, or not any longer."""
        kept = self._kept.get(digest)
        if kept is None:
            return None
        if self._clock() - kept.used > self._seconds:
            self.drop(digest)
            return None
        kept.used = self._clock()
        self._kept.move_to_end(digest)
        return kept.data

    def drop(self, digest: str) -> bool:
        """Forget a picture; whether it was kept."""
        kept = self._kept.pop(digest, None)
        if kept is None:
            return False
        self.bytes -= len(kept.data)
        self._gone.add(digest)
        return True

    def swept(self) -> set[str]:
        """Forget what was not used for long; all that was forgotten since the last call."""
        now = self._clock()
        for digest in [d for d, kept in self._kept.items() if now - kept.used > self._seconds]:
            self.drop(digest)
        gone, self._gone = self._gone, set()
        return gone
