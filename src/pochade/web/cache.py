"""The cache of a worker: bytes, histograms and palettes of its last pictures, and the results made from them."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

from pochade.extraction.check import READING
from pochade.extraction.extract import extract
from pochade.histograms.histogram import CountedPicture, histogram
from pochade.palette import Palette
from pochade.source import read
from pochade.source.pixels import Pixels

MAX_PICTURES, MAX_PICTURE_BYTES = 8, 64 << 20
"""Limits of cached pictures. The pictures of the current task stay even if they exceed these."""

MAX_HISTOGRAMS, MAX_PALETTES = 2, 16
"""For each picture. The histogram of a photo takes some 7 MB, a palette with its origin 0.3 MB."""

MAX_DERIVED, MAX_DERIVED_BYTES = 6, 64 << 20
"""Limits of derived results, such as quantized pictures, for all pictures together."""

Timings = dict[str, float]
T = TypeVar("T")


@dataclass(slots=True)
class Picture:
    """The bytes of a picture, and its histograms and palettes by their options."""

    data: bytes
    counted: OrderedDict[Any, CountedPicture] = field(default_factory=OrderedDict)
    palettes: OrderedDict[Any, Palette] = field(default_factory=OrderedDict)


class Cache:
    """The most recently used pictures by digest.

    max_pixels : default limit of the pixels of a picture. limits : defaults of other options of reading.
    """

    def __init__(self, max_pixels: int, limits: Mapping[str, Any] = MappingProxyType({})) -> None:
        self._limits = {**limits, "max_pixels": max_pixels}
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._derived: OrderedDict[Any, tuple[Any, int]] = OrderedDict()

    def __contains__(self, digest: str) -> bool:
        return digest in self._pictures

    def put(self, digest: str, data: bytes, needed: Collection[str] = ()) -> None:
        """Add a picture; drop the least recently used ones, except those in `needed`, to make room."""
        self._pictures[digest] = Picture(data)
        for other in [one for one in self._pictures if one != digest and one not in needed]:
            if (
                len(self._pictures) <= MAX_PICTURES
                and sum(len(p.data) for p in self._pictures.values()) <= MAX_PICTURE_BYTES
            ):
                return
            self.drop([other])

    def drop(self, digests: Iterable[str]) -> None:
        """Drop pictures with everything derived from them."""
        for digest in digests:
            self._pictures.pop(digest, None)
            for key in [key for key in self._derived if digest in key[0]]:
                del self._derived[key]

    def limited(self, reading: Mapping[str, Any]) -> dict[str, Any]:
        """Options of reading, with the limits of this server as defaults."""
        return {**self._limits, **reading}

    def derive(
        self,
        digests: tuple[str, ...],
        what: str,
        keywords: Mapping[str, Any],
        make: Callable[[], T],
        size: Callable[[T], int],
    ) -> T:
        """The result of `make()`, from the cache if possible.

        digests : of all source pictures; the result is dropped with the first of them.
        what, keywords : the kind of result and its options; with the digests they form the key.
        size : the bytes that the result occupies.
        """
        key = digests, what, _key(keywords)
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
        result: T = self._derived[key][0]
        return result

    def data(self, digest: str) -> bytes:
        """The bytes of a picture."""
        return self._used(digest).data

    def count(self, digest: str, reading: Mapping[str, Any], timings: Timings | None = None) -> CountedPicture:
        """The pixels and histogram of a picture, from the cache if possible."""
        picture = self._used(digest)
        key = _key(reading)
        if key in picture.counted:
            picture.counted.move_to_end(key)
            return picture.counted[key]
        start = time.perf_counter()
        keywords = self.limited(reading)
        pixels = read(picture.data, **keywords)
        opened = time.perf_counter()
        counted = CountedPicture(pixels, histogram(pixels))
        if timings is not None:
            timings |= {"read": opened - start, "count": time.perf_counter() - opened}
        _store(picture.counted, key, replace(counted, pixels=_closed(pixels, picture.data, keywords)), MAX_HISTOGRAMS)
        return counted

    def palette(self, digest: str, keywords: Mapping[str, Any], name: str | None = None) -> tuple[Palette, Timings]:
        """The palette that extract() returns, and the seconds of reading, counting and clustering.

        name : the `source` of the palette; the URL of a fetched picture.
        """
        timings: Timings = {"read": 0.0, "count": 0.0, "cluster": 0.0}
        key = _key(keywords)
        picture = self._used(digest)
        if key not in picture.palettes:
            reading = {option: value for option, value in keywords.items() if option in READING}
            rest = {option: value for option, value in keywords.items() if option not in READING}
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
    """The same pixels, decoded again on each use, so that the cache contains no decoded picture."""
    return replace(pixels, strips=lambda: read(data, **reading).strips())


def _store(cache: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    cache[key] = value
    while len(cache) > most:
        cache.popitem(last=False)


def _key(keywords: Mapping[str, Any]) -> tuple[Any, ...]:
    """Options as a hashable key; bytes such as masks by their digest."""
    return tuple(
        (name, hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else repr(value))
        for name, value in sorted(keywords.items())
    )
