"""What a run would do: the pictures of each shard, and the shards that are not current."""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pochade.collection.files import write_durably
from pochade.collection.model import Model, read_model, shard_of, shards_for
from pochade.collection.picture import state
from pochade.collection.sources import Listing
from pochade.collection.tables import NARROW, PICTURES, SUM, file_of, read_pictures
from pochade.errors import FormatError, SourceError
from pochade.histograms.summed import is_collection, read_key, shard_names

PLAN = os.path.join("index", "plan")
"""The folder with the pictures of each shard in work, so that engines carry the names of shards only."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the collection knows of a picture, to tell whether its row is current."""

    size: int | None
    mtime_ns: int | None
    digest: bytes | None
    failed: bool

    def is_current(self, place: str, *, retry: bool) -> bool:
        """Whether the row can stay as it is; a URL is not fetched again."""
        return not (self.failed and retry) and (self.size, self.mtime_ns) == state(place)


@dataclass(frozen=True)
class Plan:
    """What a run would do.

    pictures : all of the sources. new, changed, retried : to be read. gone : whose rows go. shards : the names of those
    to be written. failures : of sources that cannot be taken in.
    """

    model: Model
    pictures: int
    new: int
    changed: int
    retried: int
    gone: int
    shards: tuple[str, ...]
    failures: tuple[SourceError, ...]
    tasks: Mapping[str, Mapping[str, str]]

    @property
    def read(self) -> int:
        """The number of pictures to be read."""
        return self.new + self.changed + self.retried

    def __str__(self) -> str:
        counts = [f"{self.new} new", f"{self.changed} changed", f"{self.gone} gone"]
        counts += [f"{self.retried} to be tried again"] if self.retried else []
        shards = f"{len(self.shards)} of {self.model.shards} shards"
        return f"{self.pictures} pictures: {', '.join(counts)}; {shards} would be written."

    def write(self, folder: str) -> None:
        """Write the pictures of each shard in work."""
        clear(folder)
        for shard in self.shards:
            content = json.dumps(dict(self.tasks[shard]), ensure_ascii=True, sort_keys=True).encode()
            write_durably(os.path.join(folder, PLAN, f"{shard}.json"), content)


def clear(folder: str) -> None:
    """Remove the written plan."""
    shutil.rmtree(os.path.join(folder, PLAN), ignore_errors=True)


def read_plan(folder: str, shard: str) -> dict[str, str]:
    """The path or URL of each picture of a shard, by id."""
    with open(os.path.join(folder, PLAN, f"{shard}.json"), "rb") as file:
        places: dict[str, str] = json.loads(file.read())
    return places


def plan(model: Model, listing: Listing, folder: str, *, retry: bool = False) -> Plan:
    """Compare the sources with the collection in the folder, if there is one.

    Raises
    ------
    FormatError : the collection is newer, or a file in it is foreign.
    """
    known = known_pictures(folder)
    places = dict(listing.places)
    kept = {id for id in known if id not in places and listing.is_hidden(id)}
    shards = shards_for(len(places) + len(kept))
    names = shard_names(shards)
    tasks: dict[str, dict[str, str]] = defaultdict(dict)
    for id in kept:
        tasks[names[shard_of(id, shards)]][id] = ""
    for id, place in places.items():
        tasks[names[shard_of(id, shards)]][id] = place
    new = changed = retried = 0
    stale = set[str]()
    for shard, pictures in tasks.items():
        for id, place in pictures.items():
            row = known.get(id)
            if row is None:
                new += 1
            elif not place or row.is_current(place, retry=retry):
                continue
            elif row.is_current(place, retry=False):
                retried += 1
            else:
                changed += 1
            stale.add(shard)
    gone = [id for id in known if id not in places and id not in kept]
    for shard in names:
        if shard not in stale and not _is_whole(folder, shard, tasks[shard]):
            stale.add(shard)
    return Plan(
        Model(model.options, model.each, shards, model.root, model.sources, model.column, model.recursive),
        len(places) + len(kept),
        new,
        changed,
        retried,
        len(gone),
        tuple(name for name in names if name in stale),
        tuple(listing.failures),
        {name: tasks[name] for name in names},
    )


def known_pictures(folder: str) -> dict[str, Known]:
    """The pictures of a collection by id; of shards that are missing or cut, none."""
    known: dict[str, Known] = {}
    if not is_collection(folder):
        return known
    for shard in read_model(folder).names:
        for id, size, mtime_ns, digest, error, _ in narrow_rows(folder, shard):
            known[id] = Known(size, mtime_ns, digest, error is not None)
    return known


def narrow_rows(folder: str, shard: str) -> Sequence[Any]:
    """The columns `NARROW` of the rows of a shard; none if its file is missing or cut."""
    name = file_of(folder, PICTURES, shard)
    if not os.path.exists(name) or is_cut(name):
        return []
    table = read_pictures(name, NARROW)
    return [*zip(*(table.column(column).to_pylist() for column in NARROW), strict=True)]


def is_cut(name: str) -> bool:
    """Whether a file is no whole Parquet file, as after the end of a disk; it is written again."""
    try:
        with open(name, "rb") as file:
            start = file.read(4)
            file.seek(-4, os.SEEK_END)
            return start != b"PAR1" or file.read(4) != b"PAR1"
    except OSError:
        return True


def _is_whole(folder: str, shard: str, pictures: Mapping[str, str]) -> bool:
    """Whether the files of a shard are there, belong together, and hold these pictures."""
    names = [file_of(folder, kind, shard) for kind in (PICTURES, SUM)]
    if any(not os.path.exists(name) or is_cut(name) for name in names):
        return False
    keys = [read_key(name) for name in names]
    try:
        ids = read_pictures(names[0], ["id"]).column("id").to_pylist()
    except FormatError:
        return False
    return keys[0] == keys[1] and ids == sorted(pictures)
