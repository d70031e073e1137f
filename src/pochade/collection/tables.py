"""The Parquet files of a collection: pictures, sums and parts, as tables of pyarrow."""

import hashlib
import io
import json
import os
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.collection.files import write_durably
from pochade.collection.picture import DIGEST, Row
from pochade.errors import FormatError
from pochade.histograms.summed import FORMAT, SUMS, Table, arrow, read_key, read_table

PICTURES, SUM, PARTS = "pictures", "sums", os.path.join("index", "parts")
"""The folders of the three kinds of files. Parts are derived: without them pictures are read again."""

NARROW = ["id", "bytes", "mtime_ns", "digest", "error", "attempts"]
"""The columns that say whether a row is current."""


def file_of(folder: str, kind: str, shard: str) -> str:
    """The path of a file of a shard."""
    return os.path.join(folder, kind, f"{shard}.parquet")


def schema() -> Any:
    """The schema of `pictures/S.parquet`. Colors are 0xRRGGBB."""
    pa, _ = arrow()
    color = [
        pa.field("srgb", pa.int32(), nullable=False),
        pa.field("weight", pa.float32(), nullable=False),
        pa.field("x", pa.float32()),
        pa.field("y", pa.float32()),
    ]
    cell = [pa.field("srgb", pa.int32(), nullable=False), pa.field("share", pa.float32(), nullable=False)]
    return pa.schema(
        [
            pa.field("id", pa.string(), nullable=False),
            pa.field("bytes", pa.int64()),
            pa.field("mtime_ns", pa.int64()),
            pa.field("digest", pa.binary(DIGEST)),
            pa.field("width", pa.int32()),
            pa.field("height", pa.int32()),
            pa.field("palette", pa.list_(pa.field("element", pa.struct(color), nullable=False))),
            pa.field("signature", pa.list_(pa.field("element", pa.struct(cell), nullable=False))),
            pa.field("error", pa.string()),
            pa.field("attempts", pa.int32(), nullable=False),
        ]
    )


def table_of(rows: Sequence[Row]) -> Any:
    """Rows as a table."""
    pa, _ = arrow()
    kinds = schema()
    colors = [row.codes if row.codes is not None else None for row in rows]
    cells = [row.signature for row in rows]
    color, cell = kinds.field("palette").type, kinds.field("signature").type
    known = [row.positions for row in rows if row.positions is not None]
    places = np.concatenate([*known, np.empty((0, 2), np.float32)])
    hidden = np.isnan(places[:, 0])
    palettes = pa.StructArray.from_arrays(
        [
            _packed([codes for codes in colors if codes is not None]),
            pa.array(_joined([row.weights for row in rows if row.weights is not None]), pa.float32()),
            pa.array(places[:, 0], pa.float32(), mask=hidden),
            pa.array(places[:, 1], pa.float32(), mask=hidden),
        ],
        fields=list(color.value_type),
    )
    signatures = pa.StructArray.from_arrays(
        [
            _packed([one.codes for one in cells if one is not None]),
            pa.array(_joined([one.shares for one in cells if one is not None]), pa.float32()),
        ],
        fields=list(cell.value_type),
    )
    columns = {
        name: pa.array([getattr(row, field) for row in rows], kinds.field(name).type) for name, field in _PLAIN.items()
    }
    columns["palette"] = _lists(palettes, [None if codes is None else len(codes) for codes in colors], color)
    columns["signature"] = _lists(signatures, [None if one is None else len(one.codes) for one in cells], cell)
    return pa.table([columns[name] for name in kinds.names], schema=kinds)


_PLAIN = {"bytes": "size"} | {
    name: name for name in ("id", "mtime_ns", "digest", "width", "height", "error", "attempts")
}
"""The plain columns, and their fields in a row."""


def _joined(arrays: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate(arrays) if arrays else np.empty(0, np.float32)


def _packed(codes: Sequence[NDArray[np.uint8]]) -> Any:
    """Codes as numbers 0xRRGGBB."""
    pa, _ = arrow()
    joined = np.concatenate(codes) if codes else np.empty((0, 3), np.uint8)
    return pa.array((joined.astype(np.int32) @ np.array([1 << 16, 1 << 8, 1], np.int32)).astype(np.int32), pa.int32())


def unpacked(colors: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Numbers 0xRRGGBB as codes: uint8 (n, 3)."""
    return (colors[:, None] >> np.array([16, 8, 0], np.int32) & 255).astype(np.uint8)


def _lists(values: Any, lengths: Sequence[int | None], kind: Any) -> Any:
    pa, _ = arrow()
    ends = np.cumsum([0, *(length or 0 for length in lengths)]).astype(np.int32)
    missing = pa.array([length is None for length in lengths], pa.bool_())
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), values, type=kind, mask=missing)


def read_pictures(name: str, columns: list[str] | None = None) -> Any:
    """The rows of a shard, with all or some of their columns.

    Raises
    ------
    FormatError : the file is missing, broken, foreign or newer, or has other columns.
    """
    table = read_table(name, schema().names if columns is None else columns)
    for field in schema():
        if field.name in table.column_names and table.schema.field(field.name).type != field.type:
            there = table.schema.field(field.name).type
            raise FormatError(f"{name}: its column {field.name} is {there}, not {field.type}: it is broken or foreign.")
    if table.num_rows and table.column("id").null_count:
        raise FormatError(f"{name}: it is broken: a row has no id.")
    return table


def key_of(pictures: Any, model: str) -> str:
    """A digest of the rows of a shard, which ties its files to one another. model : the key of the collection."""
    total = hashlib.blake2b(model.encode(), digest_size=16)
    for id, digest, error in zip(
        *(pictures.column(name).to_pylist() for name in ("id", "digest", "error")), strict=True
    ):
        total.update(b"%d:" % len(id.encode()) + id.encode() + (digest or b"-") + (b"e" if error else b"p"))
    return total.hexdigest()


def write_pictures(folder: str, shard: str, table: Any, key: str) -> None:
    """Write the rows of a shard, sorted by id."""
    _write(file_of(folder, PICTURES, shard), table, key, 3)


def write_sums(folder: str, shard: str, table: Table, key: str) -> None:
    """Write the sums of a shard."""
    pa, _ = arrow()
    bins = np.flatnonzero(table.counts)
    columns = [bins.astype(np.int32), table.counts[bins], *table.sums[bins].T]
    whole = pa.table([pa.array(np.ascontiguousarray(column)) for column in columns], names=list(SUMS))
    _write(file_of(folder, SUM, shard), whole, key, 9, column_encoding=dict.fromkeys(SUMS, "DELTA_BINARY_PACKED"))


def write_parts(folder: str, shard: str, parts: Iterable[tuple[str, bytes, bytes]], key: str) -> None:
    """Write the parts of a shard: id, digest and content of each."""
    pa, _ = arrow()
    ids, digests, contents = ([*column] for column in zip(*parts, strict=True)) if (parts := [*parts]) else ([], [], [])
    kinds = [pa.string(), pa.binary(DIGEST), pa.binary()]
    columns = [pa.array(values, kind) for values, kind in zip((ids, digests, contents), kinds, strict=True)]
    _write(file_of(folder, PARTS, shard), pa.table(columns, names=["id", "digest", "part"]), key, 1)


def read_parts(folder: str, shard: str, key: str) -> dict[tuple[str, bytes], bytes]:
    """The parts of a shard by id and digest; none if they are missing, damaged, or of another collection."""
    name = file_of(folder, PARTS, shard)
    try:
        if read_key(name) != key:
            return {}
        table = read_table(name, ["id", "digest", "part"])
    except FormatError:
        return {}
    ids, digests, contents = (table.column(column).to_pylist() for column in ("id", "digest", "part"))
    return dict(zip(zip(ids, digests, strict=True), contents, strict=True))


def _write(name: str, table: Any, key: str, level: int, **more: Any) -> None:
    """Write a table as Parquet, durably. The bytes follow from its content and the version of pyarrow."""
    _, parquet = arrow()
    about = {b"pochade": json.dumps({"format": FORMAT, "key": key}).encode()}
    buffer = io.BytesIO()
    parquet.write_table(
        table.replace_schema_metadata(about).combine_chunks(),
        buffer,
        compression="zstd",
        compression_level=level,
        use_dictionary=not more,
        write_statistics=False,
        store_schema=True,
        **more,
    )
    write_durably(name, buffer.getvalue())


def by_id(tables: Sequence[Any]) -> Any:
    """Tables as one, sorted by id."""
    pa, _ = arrow()
    whole = pa.concat_tables(tables)
    ids = whole.column("id").to_pylist()
    return whole.take(pa.array(sorted(range(len(ids)), key=ids.__getitem__), pa.int64()))


class Columns:
    """The palettes and signatures of pictures, end to end.

    palette_ends, cell_ends : int64 (n,), the end of each picture in the arrays. codes, cells : uint8, sRGB.
    weights, shares : float32. positions : float32 (m, 2), NaN for none.
    """

    def __init__(self, table: Any) -> None:
        palettes, self.palette_ends = _flat(table.column("palette"))
        signatures, self.cell_ends = _flat(table.column("signature"))
        self.codes = unpacked(palettes.field("srgb").to_numpy(zero_copy_only=False))
        self.weights = palettes.field("weight").to_numpy(zero_copy_only=False)
        self.positions = np.stack([palettes.field(axis).to_numpy(zero_copy_only=False) for axis in "xy"], 1)
        self.cells = unpacked(signatures.field("srgb").to_numpy(zero_copy_only=False))
        self.shares = signatures.field("share").to_numpy(zero_copy_only=False)


def _flat(column: Any) -> tuple[Any, NDArray[np.int64]]:
    """The values of a column of lists end to end, and the end of each list; a null is empty."""
    lists = column.combine_chunks()
    lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return lists.flatten(), np.cumsum(lengths, dtype=np.int64)
