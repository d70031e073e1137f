"""A collection in a database of PostgreSQL with pgvector, for teams: the same search, with the same answers.

The database narrows down, and the exact search runs here over the rows that it sends. Cells of signatures are numbers
with a GIN index, so a color is looked up. Slices of palettes are vectors with an HNSW index: the mean of their
differences, the L1 distance divided by their number, is a lower bound of the Earth Mover's Distance, as the largest
along any direction is (`pochade.collection.slices`). So rows are read in its order until the next bound exceeds the
worst of the best.

Every text from outside, an id or a name, travels as a parameter; no statement is composed.
"""

import hashlib
import importlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import unquote, urldefrag

import numpy as np
from numpy.typing import NDArray

from pochade.collection import parts as scaled
from pochade.collection.collection import EXEMPLARS, Collection
from pochade.collection.find import Query, is_address, palette_at, query_of, result, search_rows
from pochade.collection.index import Index, arrays_of, reach
from pochade.collection.match import Matches
from pochade.collection.model import Model
from pochade.collection.signature import LOW, SIDE, SPAN, cells_of, oklab_of
from pochade.collection.slices import DIRECTIONS, INTERVALS, LEAST, STEPS, slices
from pochade.collection.tables import PICTURES, Columns, file_of, read_parts, read_pictures
from pochade.errors import EmptyError, FormatError, OptionError, PochadeError
from pochade.extraction.extract import extract
from pochade.histograms.summed import FIRST, Table, arrow
from pochade.palette import Palette

FORMAT = 1
"""The version of the tables; another one is refused."""

USUAL = "pochade"
"""The name of a collection whose address has none."""

SIZE = DIRECTIONS * INTERVALS
"""The dimensions of the vector of a palette."""

ROUNDING = 2.0**-11 * 2 + 1 / STEPS
"""The most that rounding adds to a mean difference of slices: two numbers below 2 in 16 bits, and their steps."""

FIRST_ROWS = 500
"""The rows that are read first in the order of their bounds; the next time four times as many."""

TABLES = f"""
create extension if not exists vector;
create table if not exists pochade_collections (
    number int generated always as identity primary key,
    name text not null unique,
    format int not null,
    options jsonb not null
);
create table if not exists pochade_pictures (
    collection int not null references pochade_collections on delete cascade,
    id text collate "C" not null,
    state bytea not null,
    palette bytea not null,
    signature bytea not null,
    part bytea,
    cells int[] not null,
    slices halfvec({SIZE}) not null,
    primary key (collection, id)
);
create index if not exists pochade_pictures_cells on pochade_pictures using gin (cells);
create index if not exists pochade_pictures_slices on pochade_pictures using hnsw (slices halfvec_l1_ops);
"""

OLD = "select id, state from pochade_pictures where collection = %s"
GONE = "delete from pochade_pictures where collection = %s and id = any(%s)"
COLUMNS = "collection, id, state, palette, signature, part, cells, slices"
COPY = f"copy pochade_pictures ({COLUMNS}) from stdin with (format text)"
NAMED = "select number, format, options from pochade_collections where name = %s"
NEW = (
    "insert into pochade_collections (name, format, options) values (%s, %s, %s) "
    "on conflict (name) do update set options = excluded.options returning number, format"
)
COUNT = "select count(*) from pochade_pictures where collection = %s"
PALETTES = "select id, palette, ''::bytea from pochade_pictures where collection = %s"
ALL = "select id, palette, signature from pochade_pictures where collection = %s"
WITH_CELLS = ALL + " and (select bool_and(cells && wish.cells) from jsonb_to_recordset(%s) as wish(cells int[]))"
SOME = ALL + " and id = any(%s)"
NEAREST = (
    "select id, palette, ''::bytea, slices <+> %s::halfvec as far from pochade_pictures where collection = %s "
    "order by slices <+> %s::halfvec limit %s"
)
PARTS = "select part from pochade_pictures where collection = %s and id = any(%s)"
SETTING = "select set_config(%s, %s, true)"

COLOR = np.dtype([("codes", "u1", 3), ("weight", "<f4"), ("position", "<f4", 2)])
CELL = np.dtype([("codes", "u1", 3), ("share", "<f4")])
"""The bytes of a color of a palette, and of a cell of a signature."""

Row = tuple[Any, ...]


class Database:
    """The collection of an address such as "postgresql://user@host/database#museum".

    Raises
    ------
    OptionError : it is no such address. PochadeError : psycopg is not installed.
    """

    def __init__(self, address: str) -> None:
        url, name = urldefrag(address)
        self.name = unquote(name) or USUAL
        if not is_address(url) or "\0" in self.name:
            raise OptionError("the address of a database is postgresql://user@host/database#name.")
        try:
            psycopg: Any = importlib.import_module("psycopg")
        except ImportError:
            raise PochadeError(
                "databases need psycopg, which is not installed: pip install 'pochade[postgres]'."
            ) from None
        self._psycopg, self._url = psycopg, url
        try:
            facts = psycopg.conninfo.conninfo_to_dict(url)
        except psycopg.Error:
            raise OptionError("the address of a database is postgresql://user@host/database#name.") from None
        self.shown = f"postgresql://{facts.get('host') or ''}/{facts.get('dbname') or ''}#{self.name}"

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """A transaction; errors of the database name the address without its password."""
        try:
            with self._psycopg.connect(self._url, client_encoding="utf8") as connection:
                yield connection
        except self._psycopg.Error as error:
            lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
            raise PochadeError(f"{self.shown}: the database says: {lines[0].rstrip('.')}.") from None

    def push(self, collection: Collection) -> tuple[int, int]:
        """Make the collection there like this one; the numbers of pictures that were sent, and that were removed."""
        with self._connected() as connection:
            for statement in TABLES.split(";\n")[:-1]:
                connection.execute(statement)
            options = json.dumps(dict(collection.model.options))
            number, format = connection.execute(NEW, (self.name, FORMAT, options)).fetchone()
            self._check(format)
            old = dict(connection.execute(OLD, (number,)))
            sent: list[Row] = []
            known = set()
            for row in _rows(collection):
                known.add(row[0])
                if old.get(row[0]) != row[1]:
                    sent.append(row)
            gone = [id for id in old if id not in known]
            connection.execute(GONE, (number, gone + [row[0] for row in sent if row[0] in old]))
            with connection.cursor() as cursor, cursor.copy(COPY) as copy:
                for row in sent:
                    copy.write_row((number, *row))
        if sent:
            with self._connected() as connection:
                connection.execute("analyze pochade_pictures")
        return len(sent), len(gone)

    def find(self, *wishes: Any, **options: Any) -> Matches:
        """The pictures that fit wishes best, with the answers of `pochade.collection.find.find`."""
        with self._connected() as connection:
            number, model = self._model(connection)
            like = options.get("like")
            if isinstance(like, str):
                index = _index(connection.execute(SOME, (number, [like])))
                if len(index):
                    options["like"] = palette_at(index, 0, self)  # type: ignore[arg-type]
            query = query_of(_Options(model), wishes, **options)  # type: ignore[arg-type]
            [count] = connection.execute(COUNT, (number,)).fetchone()
            index, fits = self._candidates(connection, number, query)
        found = result(index, query, self)
        return replace(found, of=count, fits=count if fits is None else found.fits)

    def palette_of(self, ids: Sequence[str], k: Any = 8, **options: Any) -> Palette:
        """The palette of some pictures together; see `Collection.palette_of`."""
        table = Table()
        with self._connected() as connection:
            number, _ = self._model(connection)
            for (content,) in connection.execute(PARTS, (number, list(ids))):
                part = None if content is None else scaled.from_bytes(content)
                if part is None:
                    raise PochadeError(f"{self.shown}: a picture has no part in sums: collect and push again.")
                part.add_to(table)
            index = _index(connection.execute(SOME, (number, list(ids))))
        if not table.counts.any():
            raise EmptyError("no picture to take a palette of: find some first.")
        palette = extract(table.histogram(), k, **options)
        shown = index.exemplars(palette.srgb, EXEMPLARS)
        colors = tuple(replace(color, exemplars=ids) for color, ids in zip(palette, shown, strict=True))
        return replace(palette, colors=colors, source=self.shown)

    def _check(self, format: int) -> None:
        if format != FORMAT:
            raise FormatError(
                f"{self.shown}: its format is {format}, and this pochade reads {FORMAT}: upgrade pochade."
            )

    def _model(self, connection: Any) -> tuple[int, Model]:
        """The number of the collection, and the options of its pictures."""
        try:
            row = connection.execute(NAMED, (self.name,)).fetchone()
        except self._psycopg.errors.UndefinedTable:
            row = None
        if row is None:
            raise PochadeError(f"{self.shown}: no collection of this name is there: push one first.")
        self._check(row[1])
        return int(row[0]), Model(row[2])

    def _candidates(self, connection: Any, number: int, query: Query) -> tuple[Index, int | None]:
        """The pictures among which the best are; and None if all pictures fit the query."""
        if not _filters(query):
            if query.like is not None and not query.masses:
                return self._nearest(connection, number, query), None
            return _index(connection.execute(PALETTES, (number,))), None
        wanted = [{"cells": cells} for cells in map(_cells(query), query.wishes) if cells]
        if wanted:
            index = _index(connection.execute(WITH_CELLS, (number, json.dumps(wanted))))
            if len(search_rows(index, query)[0]):
                return index, 1
        return _index(connection.execute(ALL, (number,))), 1

    def _nearest(self, connection: Any, number: int, query: Query) -> Index:
        """The pictures with the palettes that are most like one, and those that could be."""
        assert query.like is not None
        points = oklab_of(query.like.srgb)
        weights = query.like.weights / query.like.weights.sum()
        vector = _vectors(slices(points, weights, np.array([len(weights)])))[0]
        settings = {"hnsw.iterative_scan": "strict_order", "hnsw.max_scan_tuples": "2147483647"}
        limit = max(FIRST_ROWS, 4 * query.top)
        while True:
            for name, value in (settings | {"hnsw.ef_search": str(min(limit, 1000))}).items():
                connection.execute(SETTING, (name, value))
            rows = connection.execute(NEAREST, (vector, number, vector, limit)).fetchall()
            index = _index(row[:3] for row in rows)
            if len(rows) < limit:
                return index
            _, distances, _ = search_rows(index, query)
            if rows[-1][3] / SIZE - ROUNDING > distances[-1]:
                return index
            limit *= 4


class _Options:
    """What a query asks of a collection: its options; and no picture by its id, which was looked up already."""

    def __init__(self, model: Model) -> None:
        self.model, self.index = model, self

    def row(self, id: str) -> None:
        return None


def _filters(query: Query) -> bool:
    """Whether the query looks at signatures."""
    return bool(query.without) or any(wish.kind != "share" or wish.family is not None for wish in query.wishes)


def _cells(query: Query) -> Any:
    """A function from a wish to the cells of which a picture must have one; none if it need not."""

    def cells(wish: Any) -> list[int]:
        if wish.family is not None and (wish.low > 0 or wish.kind == "any size"):
            return _cells_of_family(wish.family)
        if wish.family is None and (wish.kind == "any size" or (wish.kind == "range" and wish.low > 0)):
            low, high = reach(oklab_of(wish.codes[None])[0], query.within)
            ranges = [range(first, last + 1) for first, last in zip(low.tolist(), high.tolist(), strict=True)]
            return [(x * int(SPAN[1]) + y) * int(SPAN[2]) + z for x, y, z in product(*ranges)]
        return []

    return cells


def _cells_of_family(family: NDArray[np.bool_]) -> list[int]:
    """The cells that colors of a family can be in: those of the corners of its bins, and their neighbors."""
    bins = np.flatnonzero(family)
    tops = np.append(FIRST[1:], 256).astype(np.int64) - 1
    levels = np.stack([bins >> 10, bins >> 5 & 31, bins & 31], 1)
    corners = np.concatenate(
        [np.where(np.array(upper), tops[levels], FIRST[levels]) for upper in product((False, True), repeat=3)]
    )
    at = np.unique(
        np.clip(np.floor((oklab_of(corners.astype(np.uint8)) - LOW) / SIDE), 0, SPAN - 1).astype(int), axis=0
    )
    near = (at[:, None] + np.array([*product((-1, 0, 1), repeat=3)])).reshape(-1, 3).clip(0, SPAN - 1)
    cells: list[int] = np.unique((near[:, 0] * SPAN[1] + near[:, 1]) * SPAN[2] + near[:, 2]).tolist()
    return cells


def _vectors(sliced: NDArray[np.uint16]) -> list[str]:
    """Slices as texts of vectors."""
    values = sliced.reshape(len(sliced), SIZE) / STEPS + LEAST
    return ["[" + ",".join(f"{value:.5f}" for value in row) + "]" for row in values.tolist()]


def _rows(collection: Collection) -> Iterator[Row]:
    """The rows of a collection's pictures without those that failed: all columns but the first."""
    model = collection.model
    for shard in model.names:
        table = read_pictures(file_of(collection.folder, PICTURES, shard), ["id", "palette", "signature", "error"])
        table = table.filter(table.column("error").is_null())
        ids = table.column("id").to_pylist()
        if not ids:
            continue
        kept = {id: part for (id, _), part in read_parts(collection.folder, shard, model.key).items()}
        columns = Columns(arrow()[0].table(table))
        palette = np.empty(len(columns.codes), COLOR)
        palette["codes"], palette["weight"], palette["position"] = columns.codes, columns.weights, columns.positions
        signature = np.empty(len(columns.cells), CELL)
        signature["codes"], signature["share"] = columns.cells, columns.shares
        lattice = cells_of(oklab_of(columns.cells))
        weights = columns.weights.astype(np.float64)
        vectors = _vectors(slices(oklab_of(columns.codes), weights, columns.palette_ends))
        colors, cells = _slices(columns.palette_ends), _slices(columns.cell_ends)
        for id, color, cell, vector in zip(ids, colors, cells, vectors, strict=True):
            content = palette[color].tobytes(), signature[cell].tobytes(), kept.get(id)
            state = hashlib.blake2b(b"|".join(part or b"-" for part in content), digest_size=16).digest()
            yield id, state, *content, sorted({*lattice[cell].tolist()}), vector


def _slices(ends: NDArray[np.int64]) -> list[slice]:
    starts = [0, *ends.tolist()[:-1]]
    return [slice(start, end) for start, end in zip(starts, ends.tolist(), strict=True)]


class _Sent:
    """The palettes and signatures of rows of the database, in the form of `Columns`."""

    def __init__(self, palettes: Sequence[bytes], signatures: Sequence[bytes]) -> None:
        colors = np.frombuffer(b"".join(palettes), COLOR)
        cells = np.frombuffer(b"".join(signatures), CELL)
        self.palette_ends = np.cumsum([len(one) // COLOR.itemsize for one in palettes], dtype=np.int64)
        self.cell_ends = np.cumsum([len(one) // CELL.itemsize for one in signatures], dtype=np.int64)
        self.codes, self.weights, self.positions = colors["codes"].copy(), colors["weight"].copy(), colors["position"]
        self.cells, self.shares = cells["codes"].copy(), cells["share"].copy()


def _index(rows: Any) -> Index:
    """The index of rows of the database: id, palette, signature."""
    ordered = sorted((id.encode(), bytes(palette), bytes(signature)) for id, palette, signature in rows)
    ids, palettes, signatures = ([*column] for column in zip(*ordered, strict=True)) if ordered else ([], [], [])
    return Index(arrays_of(ids, _Sent(palettes, signatures)), None)
