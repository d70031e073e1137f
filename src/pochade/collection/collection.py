"""Collection: the pictures of a folder of Parquet files, their palette, and the search among them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pochade.collection import parts as scaled
from pochade.collection.model import Model, path_of, read_model, shard_of
from pochade.collection.picture import Task, work
from pochade.collection.sources import root_path
from pochade.collection.tables import (
    PICTURES,
    SUM,
    by_id,
    file_of,
    key_of,
    read_parts,
    read_pictures,
)
from pochade.errors import EmptyError, FormatError, SourceError
from pochade.extraction.extract import extract
from pochade.histograms.histogram import Histogram
from pochade.histograms.summed import Table, read_key, read_sums, summed
from pochade.palette import Palette

if TYPE_CHECKING:
    from pochade.collection.index import Index
    from pochade.collection.match import Matches

EXEMPLARS = 3
"""The pictures that `palette` names for each color."""


class Collection:
    """A collection of pictures in a folder, as `collect` makes it.

    `extract`, `compare` and `recolor(like=)` take it, or its folder, as a source: it is the sum of its pictures.

    Parameters
    ----------
    folder : its path.

    Raises
    ------
    FormatError : the folder is no collection, or it is broken or newer.

    Examples
    --------
    >>> import pochade
    >>> museum = pochade.Collection("museum.pochade")       # doctest: +SKIP
    >>> len(museum), museum.palette(12).hex                 # doctest: +SKIP
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = os.path.abspath(os.fspath(folder))
        self._name = os.fspath(folder)
        self._model = read_model(self._name)
        self._index: Index | None = None
        self._rows: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return f"<Collection {self._name}, {len(self)} pictures>"

    def __len__(self) -> int:
        """The number of its rows, those of failed pictures included."""
        return self._counts()[0]

    @property
    def folder(self) -> str:
        """The path of its folder, absolute."""
        return self._folder

    @property
    def model(self) -> Model:
        """Its options, shards and sources, as `collection.json` states them."""
        return self._model

    @property
    def root(self) -> str | None:
        """The folder to which ids are relative; None if all are URLs."""
        return root_path(self._model, self._folder)

    @property
    def failures(self) -> list[tuple[str, str]]:
        """The id and the error of each picture that could not be read."""
        found = []
        for table in self._tables(["id", "error"]):
            pairs = zip(table.column("id").to_pylist(), table.column("error").to_pylist(), strict=True)
            found += [(id, error) for id, error in pairs if error is not None]
        return sorted(found)

    @property
    def histogram(self) -> Histogram:
        """The exact sum of its pictures, each scaled to one whole total.

        Raises
        ------
        EmptyError : none could be read. FormatError : a shard is missing or broken.
        """
        return summed(self._folder)

    def palette(self, k: Any = 8, **options: Any) -> Palette:
        """The palette of the whole, each color with its exemplars: the ids of the pictures that show most of it.

        Parameters
        ----------
        k, options : as for `extract`, without those of reading.

        Raises
        ------
        EmptyError, FormatError : as for `histogram`. OptionError, UnknownNameError : as for `extract`.
        """
        palette = extract(self.histogram, k, **options)
        return self.with_exemplars(replace(palette, source=self._name))

    def palette_of(self, ids: Sequence[str], k: Any = 8, **options: Any) -> Palette:
        """The palette of some of its pictures together; each color with its exemplars among them.

        Raises
        ------
        EmptyError : none of them has colors. SourceError : a picture has to be read again, and cannot be.
        """
        table = Table()
        for part in self._parts(ids):
            part.add_to(table)
        if not table.counts.any():
            raise EmptyError("no picture to take a palette of: find some first.")
        return self.with_exemplars(replace(extract(table.histogram(), k, **options), source=self._name), ids)

    def with_exemplars(self, palette: Palette, ids: Sequence[str] | None = None) -> Palette:
        """A palette whose colors have their exemplars in this collection, or among some of its pictures."""
        shown = self.index.exemplars(palette.srgb, EXEMPLARS, ids)
        colors = [replace(color, exemplars=ids) for color, ids in zip(palette, shown, strict=True)]
        return replace(palette, colors=tuple(colors))

    def find(self, *wishes: Any, **options: Any) -> "Matches":
        """The pictures that fit wishes best, with reasons; see `pochade.collection.find.find`."""
        from pochade.collection.find import find

        return find(self, *wishes, **options)

    def push(self, address: str) -> tuple[int, int]:
        """Copy it into a database of PostgreSQL with pgvector, where `find` takes the same address.

        Only what differs is sent, and all of it becomes visible at once.

        Parameters
        ----------
        address : "postgresql://user@host/database#name". The name is that of the collection there, "pochade" if it is
            left out.

        Returns
        -------
        tuple : the numbers of pictures that were sent, and that were removed.

        Raises
        ------
        OptionError : it is no such address. PochadeError : the database cannot be reached, or refuses.
        """
        from pochade.collection.postgres import Database

        return Database(address).push(self)

    def update(self, **options: Any) -> "Collection":
        """The same collection after its sources were looked at again: new, changed and gone pictures.

        options : as for `collect`: retry, engine, progress, jobs, ...

        Raises
        ------
        SourceError, FormatError, PochadeError : as for `collect`; then nothing was changed.
        """
        from pochade.collection.collect import prepared

        progress = options.pop("progress", None)
        prepared(None, self._folder, **options).run(progress)
        self._model, self._index, self._rows = read_model(self._folder), None, None
        return self

    def verify(self) -> list[str]:
        """What is wrong with the files of the collection, in sentences; empty if all is well.

        Every shard is there, whole, and holds its own pictures, each once and sorted; and its sum is of them.
        """
        wrong = []
        for shard in self._model.names:
            try:
                wrong += self._wrong(shard)
            except FormatError as error:
                wrong.append(str(error))
        return wrong

    def to_arrow(self) -> Any:
        """All rows, sorted by id, as a table of pyarrow; docs/collections.md explains the columns.

        Raises
        ------
        FormatError : a shard is missing or broken.
        """
        return by_id(list(self._tables())).replace_schema_metadata(None)

    def path(self, id: str) -> str | None:
        """The path or URL of a picture; None if its file is not there. No path outside the root is returned."""
        if "://" in id:
            return id
        root = self.root
        return None if root is None else path_of(id, root)

    @property
    def index(self) -> "Index":
        """The arrays that `find` searches, in the folder `index`; they are built again when they are stale."""
        from pochade.collection.index import Index

        if self._index is None or self._index.is_stale(self):
            self._index = Index.of(self)
        return self._index

    def _tables(self, columns: list[str] | None = None) -> Iterator[Any]:
        for shard in self._model.names:
            yield read_pictures(file_of(self._folder, PICTURES, shard), columns)

    def _parts(self, ids: Sequence[str]) -> Iterator[scaled.Part]:
        """The parts of some pictures in the sums: those that were kept, else the pictures are read again."""
        shards: dict[str, list[str]] = {}
        for id in ids:
            shards.setdefault(self._model.names[shard_of(id, self._model.shards)], []).append(id)
        for shard, members in shards.items():
            kept = {id: part for (id, _), part in read_parts(self._folder, shard, self._model.key).items()}
            for id in members:
                part = scaled.from_bytes(kept[id]) if id in kept else None
                yield part or self._part_again(id)

    def _part_again(self, id: str) -> scaled.Part:
        place = self.path(id)
        if place is None:
            raise SourceError(f"{id}: the picture is gone: update the collection.")
        answer = work(Task(id, place), (self._model.options, self._model.each))
        part = None if answer.part is None else scaled.from_bytes(answer.part)
        if part is None:
            raise SourceError(f"{id}: {answer.row.error if answer.row else 'it cannot be read'}")
        return part

    def _counts(self) -> tuple[int, int]:
        """The number of rows, and of those without an error."""
        if self._rows is None:
            tables = [*self._tables(["id", "error"])]
            self._rows = (
                sum(table.num_rows for table in tables),
                sum(table.column("error").null_count for table in tables),
            )
        return self._rows

    def _wrong(self, shard: str) -> list[str]:
        """What is wrong with a shard."""
        name = file_of(self._folder, PICTURES, shard)
        table = read_pictures(name)
        key = key_of(table, self._model.key)
        ids = table.column("id").to_pylist()
        wrong = []
        if read_key(name) != key:
            wrong.append(f"{name}: its rows are not those that were written.")
        if ids != sorted(set(ids)):
            wrong.append(f"{name}: its rows are not sorted by id, or one is there twice.")
        strange = [id for id in ids if self._model.names[shard_of(id, self._model.shards)] != shard]
        if strange:
            wrong.append(f"{name}: {strange[0]} belongs to another shard.")
        of_sums = file_of(self._folder, SUM, shard)
        _, counts, _ = read_sums(of_sums)
        if read_key(of_sums) != key:
            wrong.append(f"{of_sums}: it is not the sum of the pictures of its shard.")
        elif self._model.each == "picture" and counts.sum() != scaled.WHOLE * table.column("error").null_count:
            wrong.append(f"{of_sums}: its counts do not add up to those of its pictures.")
        return [f"{sentence} Delete it, and collect again." for sentence in wrong]
