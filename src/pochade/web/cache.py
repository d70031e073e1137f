"""What a worker holds: the last pictures' bytes, what was counted of them, their palettes, and what they became."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pochade.extraction.extract import READING, extract
from pochade.histograms.histogram import Counted, histogram
from pochade.palette import Palette
from pochade.source import read
from pochade.source.pixels import Pixels

MAX_PICTURES, MAX_PICTURE_BYTES = 8, 64 << 20
"""So many pictures and bytes of them at most; those in work count even where they alone are more."""

MAX_HISTOGRAMS, MAX_PALETTES = 2, 16
"""Of one picture: one counting of a photo is some 7 MB, one palette with what it was made of 0.3 MB."""

MAX_DERIVED, MAX_DERIVED_BYTES = 6, 64 << 20
"""Of all pictures together: what was made last of them, as a picture of few colors, and bytes of it."""

Timings = dict[str, float]
T = TypeVar("T")


@dataclass(slots=True)
class Picture:
    """A picture's bytes, and what was made of them, by the options."""

    data: bytes
    counted: OrderedDict[Any, Counted] = field(default_factory=OrderedDict)
    palettes: OrderedDict[Any, Palette] = field(default_factory=OrderedDict)


class Cache:
    """Pictures by their digest, the last used of them.

    max_pixels : more are refused, whatever is asked for.
    """

    def __init__(self, max_pixels: int) -> None:
        self._max_pixels = max_pixels
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._derived: OrderedDict[Any, tuple[Any, int]] = OrderedDict()

    def __contains__(self, digest: str) -> bool:
        return digest in self._pictures

    def put(self, digest: str, data: bytes, needed: Collection[str] = ()) -> None:
        """Hold a picture; the longest unused, but none that are needed with it, make room."""
        self._pictures[digest] = Picture(data)
        for other in [one for one in self._pictures if one != digest and one not in needed]:
            if (
                len(self._pictures) <= MAX_PICTURES
                and sum(len(p.data) for p in self._pictures.values()) <= MAX_PICTURE_BYTES
            ):
                return
            self.drop([other])

    def drop(self, digests: Iterable[str]) -> None:
        """Forget pictures, with all that was made of them."""
        for digest in digests:
            self._pictures.pop(digest, None)
            for key in [key for key in self._derived if digest in key[0]]:
                del self._derived[key]

    def limited(self, reading: Mapping[str, Any]) -> dict[str, Any]:
        """Options of reading, with the limit of this server where none is said."""
        return {"max_pixels": self._max_pixels, **reading}

    def derive(
        self,
        digests: tuple[str, ...],
        what: str,
        wishes: Mapping[str, Any],
        make: Callable[[], T],
        size: Callable[[T], int],
    ) -> T:
        """What `make()` gives, now or before.

        digests : of all pictures that it is made of; with the first that is dropped it goes, too.
        what, wishes : what it is called, and what makes it differ from others of the same pictures.
        size : the bytes that it takes.
        """
        key = digests, what, _key(wishes)
        if key not in self._derived:
            value = make()
            self._derived[key] = value, size(value)
            while (
                len(self._derived) > MAX_DERIVED
                or sum(heavy for _, heavy in self._derived.values()) > MAX_DERIVED_BYTES
            ):
                self._derived.popitem(last=False)
            return value
        self._derived.move_to_end(key)
        found: T = self._derived[key][0]
        return found

    def data(self, digest: str) -> bytes:
        """The bytes of a picture."""
        return self._used(digest).data

    def count(self, digest: str, reading: Mapping[str, Any], timings: Timings | None = None) -> Counted:
        """The picture read and counted, now or before."""
        picture = self._used(digest)
        key = _key(reading)
        if key in picture.counted:
            picture.counted.move_to_end(key)
            return picture.counted[key]
        start = time.perf_counter()
        wishes = self.limited(reading)
        pixels = read(picture.data, **wishes)
        opened = time.perf_counter()
        counted = Counted(pixels, histogram(pixels))
        if timings is not None:
            timings |= {"read": opened - start, "count": time.perf_counter() - opened}
        _store(picture.counted, key, replace(counted, pixels=_closed(pixels, picture.data, wishes)), MAX_HISTOGRAMS)
        return counted

    def palette(self, digest: str, wishes: Mapping[str, Any], name: str | None = None) -> tuple[Palette, Timings]:
        """The palette as extract() answers it, and the seconds that reading, counting and clustering took.

        name : what the picture is called; the URL that it was fetched from.
        """
        timings: Timings = {"read": 0.0, "count": 0.0, "cluster": 0.0}
        key = _key(wishes)
        picture = self._used(digest)
        if key not in picture.palettes:
            reading = {option: value for option, value in wishes.items() if option in READING}
            rest = {option: value for option, value in wishes.items() if option not in READING}
            counted = self.count(digest, reading, timings)
            start = time.perf_counter()
            palette = extract(counted, **rest)
            timings["cluster"] = time.perf_counter() - start
            assert palette.origin is not None
            closed = self.count(digest, reading).pixels
            origin = replace(palette.origin, reopen=lambda: closed)
            _store(picture.palettes, key, replace(palette, origin=origin), MAX_PALETTES)
        picture.palettes.move_to_end(key)
        return replace(picture.palettes[key], source=name), timings

    def _used(self, digest: str) -> Picture:
        self._pictures.move_to_end(digest)
        return self._pictures[digest]


def _closed(pixels: Pixels, data: bytes, reading: Mapping[str, Any]) -> Pixels:
    """The same pixels, decoded again when they are asked for, so that no decoded picture is kept."""
    return replace(pixels, strips=lambda: read(data, **reading).strips())


def _store(cache: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    cache[key] = value
    while len(cache) > most:
        cache.popitem(last=False)


def _key(wishes: Mapping[str, Any]) -> tuple[Any, ...]:
    """The options, so that they can be looked up; pictures among them by their digest."""
    return tuple(
        (name, hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else repr(value))
        for name, value in sorted(wishes.items())
    )
