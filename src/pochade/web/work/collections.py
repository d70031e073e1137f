"""Collections that the server was started with: their palettes, the search among them, and their pictures."""

import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from pochade.collection import Collection
from pochade.collection.find import find
from pochade.collection.index import stamp_of
from pochade.errors import OptionError
from pochade.export import export, exporters
from pochade.extraction.extract import extract
from pochade.histograms.histogram import Histogram
from pochade.histograms.summed import ABOUT
from pochade.source import read
from pochade.web.answer import Answer
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock
from pochade.web.work.palettes import arrange_palette
from pochade.web.work.thumbnail import thumbnail

JSON = "application/json"

MAX_OPEN = 8
"""The collections, and their sums, that a worker keeps open."""


@lru_cache(MAX_OPEN)
def _opened(folder: str, stamp: tuple[int, int]) -> Collection:
    return Collection(folder)


def opened(folder: str) -> Collection:
    """A collection, as it is now."""
    try:
        status = os.stat(os.path.join(folder, ABOUT))
    except OSError:
        return Collection(folder)  # its error says what is wrong
    return _opened(folder, (status.st_mtime_ns, status.st_ino))


@lru_cache(MAX_OPEN)
def _summed(folder: str, stamp: str) -> Histogram:
    return opened(folder).histogram


def facts(cache: Cache, digest: None, folders: Mapping[str, str]) -> Answer:
    """The names of collections, and the numbers of their pictures."""
    listed = []
    for name, folder in folders.items():
        collection = opened(folder)
        listed.append({"name": name, "pictures": len(collection.index), "failed": len(collection.failures)})
    return Answer(json.dumps({"collections": listed}, ensure_ascii=False).encode(), JSON)


def palette(
    cache: Cache,
    digest: None,
    folder: str,
    keywords: Mapping[str, Any],
    arrange: Mapping[str, Any],
    format: str,
    options: Mapping[str, Any],
) -> Answer:
    """The palette of a collection in a registered format; its source is the name of the folder."""
    clock = Clock()
    collection = opened(folder)
    counted = _summed(folder, str(stamp_of(collection)))
    clock.lap("count")
    made = collection.with_exemplars(replace(extract(counted, **keywords), source=os.path.basename(folder)))
    clock.lap("cluster")
    made = arrange_palette(made, arrange) if arrange else made
    return Answer(export(made, format, **options), exporters.entry(format).about.media_type, clock.laps)


def found(
    cache: Cache,
    digest: str | None,
    folder: str,
    wishes: Sequence[str],
    options: Mapping[str, Any],
    like: str | None,
) -> Answer:
    """The pictures that fit wishes. digest : of a picture in memory to resemble. like : the id of one, instead."""
    clock = Clock()
    collection = opened(folder)
    given = dict(options)
    if digest is not None:
        given["like"], _ = cache.palette(digest, cache.limited(collection.model.options))
    elif like is not None:
        if collection.index.row(like) is None:  # find() would open a file of this name
            raise OptionError(f"like={like!r}: no picture of the collection has this id.")
        given["like"] = like
    content = find(collection, *wishes, **given).to_json().encode()
    clock.lap("find")
    return Answer(content, JSON, clock.laps)


def picture(cache: Cache, digest: None, folder: str, id: str, width: int) -> Answer:
    """A picture of a collection, at most `width` pixels wide; of another file, or outside the root, an empty answer."""
    collection = opened(folder)
    path = None if "://" in id or collection.index.row(id) is None else collection.path(id)
    if path is None or not os.path.isfile(path):
        return Answer(b"", "")
    status = os.stat(path)
    tag = sha256(repr((path, status.st_size, status.st_mtime_ns, width)).encode("utf-8", "backslashreplace"))
    limits = cache.limited({})
    image, file = thumbnail(read(path, **limits), width), io.BytesIO()
    headers = {"ETag": f'"{tag.hexdigest()[:32]}"', "Cache-Control": "private, max-age=600"}
    if image.mode == "RGBA":
        image.save(file, "PNG", compress_level=3)
        return Answer(file.getvalue(), "image/png", headers=headers)
    image.save(file, "JPEG", quality=82)
    return Answer(file.getvalue(), "image/jpeg", headers=headers)
