"""The index of a collection: the arrays that `find` searches, memory-mapped. They follow from the rows.

The colors of signatures lie in the order of their lattice cells, so that a look for a color reads those near it only.
"""

import glob
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.collection.files import write_durably
from pochade.collection.signature import LOW, SIDE, SPAN, cells_of, oklab_of
from pochade.collection.slices import slices
from pochade.collection.tables import PICTURES, Columns, by_id, file_of, read_pictures
from pochade.kernel.lookup import NOTHING, UNIT

if TYPE_CHECKING:
    from pochade.collection.collection import Collection

FOLDER = os.path.join("index", "search")

ARRAYS = (
    "id_bytes",
    "id_ends",
    "codes",
    "points",
    "weights",
    "positions",
    "ends",
    "slices",
    "cell_starts",
    "cell_codes",
    "cell_points",
    "cell_shares",
    "cell_rows",
)
"""The arrays, a file each."""

SHARE = 65535
"""The steps of the share of a cell."""

VERSION = 1

EXEMPLAR_RADIUS = 0.06
"""The Oklab distance within which a picture shows a color of the palette."""

Floats = NDArray[np.float64]


@dataclass(eq=False)
class Near:
    """The cells near a color, for each picture.

    far : int32 (n,), the squared distance to the nearest, in steps, or NOTHING. mass : uint32 (n,), the sum of their
    shares, in steps. at : int64 (n,), the nearest cell.
    """

    far: NDArray[np.int32]
    mass: NDArray[np.uint32]
    at: NDArray[np.int64]

    @property
    def distance(self) -> Floats:
        """The Oklab distance to the nearest: float64 (n,), inf for none."""
        return np.where(self.far == NOTHING, np.inf, np.sqrt(self.far.astype(np.float64)) / UNIT)

    @property
    def share(self) -> Floats:
        """The share of the picture near the color: float64 (n,)."""
        shares: Floats = self.mass / float(SHARE)
        return shares


class Index:
    """The arrays of a collection's pictures that have a palette, by rising id; n pictures, m colors, c cells.

    codes, points, weights, positions : uint8 (m, 3), int16 (m, 3) in steps of Oklab, float32 (m,), float32 (m, 2).
    ends : int64 (n,), the end of each palette. slices : uint16 (n, 12, 8), see `slices`.
    cell_starts : int64, the first entry of each cell of the lattice; the entries: cell_codes, cell_points, cell_shares,
    cell_rows.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], stamp: Any) -> None:
        self._arrays, self._stamp = arrays, stamp
        self.id_bytes, self.id_ends = arrays["id_bytes"], arrays["id_ends"]
        self.codes, self.points, self.weights = arrays["codes"], arrays["points"], arrays["weights"]
        self.positions, self.ends, self.slices = arrays["positions"], arrays["ends"], arrays["slices"]
        self.cell_starts, self.cell_codes = arrays["cell_starts"], arrays["cell_codes"]
        self.cell_points, self.cell_shares = arrays["cell_points"], arrays["cell_shares"]
        self.cell_rows = arrays["cell_rows"]

    def __len__(self) -> int:
        """The number of pictures."""
        return len(self.ends)

    @classmethod
    def of(cls, collection: "Collection") -> "Index":
        """The index of a collection, from its folder, or built and kept there if it is missing or stale."""
        folder, stamp = os.path.join(collection.folder, FOLDER), stamp_of(collection)
        found = _loaded(folder, stamp)
        if found is not None:
            return found
        columns = [file_of(collection.folder, PICTURES, shard) for shard in collection.model.names]
        arrays = build(read_pictures(name, ["id", "palette", "signature", "error"]) for name in columns)
        if not _kept(folder, arrays, stamp):  # a folder that cannot be written is searched all the same
            return cls(arrays, stamp)
        return _loaded(folder, stamp) or cls(arrays, stamp)

    def is_stale(self, collection: "Collection") -> bool:
        """Whether the collection has changed."""
        return bool(stamp_of(collection) != self._stamp)

    def id(self, row: int) -> str:
        """The id of a picture."""
        start = int(self.id_ends[row - 1]) if row else 0
        return bytes(self.id_bytes[start : int(self.id_ends[row])]).decode()

    def row(self, id: str) -> int | None:
        """The number of a picture, by bisection; None if the id is not there."""
        low, high, wanted = 0, len(self), id.encode("utf-8", "replace")
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.id(middle).encode() < wanted else (low, middle)
        return low if low < len(self) and self.id(low) == id else None

    def colors(self, row: int) -> slice:
        """The place of a picture's palette in codes, points, weights and positions."""
        return slice(int(self.ends[row - 1]) if row else 0, int(self.ends[row]))

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The start of each palette: int64 (n,)."""
        return np.concatenate([np.zeros(1, np.int64), self.ends[:-1]])

    def near(self, color: NDArray[np.uint8], radius: float) -> Near:
        """The cells within an Oklab distance of a color, sRGB codes."""
        n = len(self)
        near = Near(np.full(n, NOTHING, np.int32), np.zeros(n, np.uint32), np.full(n, -1, np.int64))
        wish = oklab_of(color[None])[0]
        reach = int(min((radius * UNIT) ** 2, NOTHING - 1))
        kernel.gather_near(
            self.cell_points,
            self.cell_shares,
            self.cell_rows,
            self._spans(wish, radius),
            steps_of(wish[None])[0],
            reach,
            near.far,
            near.mass,
            near.at,
        )
        return near

    def among(self, family: NDArray[np.bool_]) -> Near:
        """The cells whose colors belong to a family, as if they were at distance 0. family : bool (32768,), by bin."""
        n = len(self)
        near = Near(np.full(n, NOTHING, np.int32), np.zeros(n, np.uint32), np.full(n, -1, np.int64))
        for start in range(0, len(self.cell_codes), 1 << 20):
            block = slice(start, start + (1 << 20))
            inside = np.flatnonzero(family[bins_of(self.cell_codes[block])])
            rows, shares = self.cell_rows[block][inside], self.cell_shares[block][inside]
            near.mass += np.bincount(rows, shares, n).astype(np.uint32)
            near.far[rows] = 0
            order = np.lexsort((inside, -shares.astype(np.int64), rows))
            first = order[np.flatnonzero(np.diff(rows[order], prepend=np.uint32(0xFFFFFFFF)))]
            known = near.at[rows[first]]
            larger = first[(known < 0) | (shares[first] > self.cell_shares[np.maximum(known, 0)])]
            near.at[rows[larger]] = inside[larger] + start
        return near

    def exemplars(
        self, codes: NDArray[np.uint8], count: int, ids: Sequence[str] | None = None
    ) -> list[tuple[str, ...]]:
        """The ids of the pictures that show most of each color, uint8 (m, 3); of equals the first id.

        ids : the pictures to choose from; all by default.
        """
        found = []
        allowed = np.ones(len(self), bool)
        if ids is not None:
            allowed[:] = False
            allowed[[row for row in map(self.row, ids) if row is not None]] = True
        for code in codes:
            mass = np.where(allowed, self.near(code, EXEMPLAR_RADIUS).mass, 0)
            rows = np.argsort(-mass.astype(np.int64), kind="stable")[:count]
            found.append(tuple(self.id(row) for row in rows.tolist() if mass[row]))
        return found

    def _spans(self, wish: Floats, radius: float) -> NDArray[np.int64]:
        """The stretches of entries whose cells reach into a ball: int64 (s, 2)."""
        low, high = reach(wish, radius)
        spans = []
        for x in range(low[0], high[0] + 1):
            for y in range(low[1], high[1] + 1):
                first = (x * SPAN[1] + y) * SPAN[2]
                span = int(self.cell_starts[first + low[2]]), int(self.cell_starts[first + high[2] + 1])
                if span[0] < span[1]:
                    spans.append(span)
        return np.array(spans, np.int64).reshape(-1, 2)


SLACK = 0.004
"""The Oklab distance by which the mean color of a cell can lie outside, because its codes are rounded."""


def reach(wish: Floats, radius: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last cell along each axis that a ball in Oklab touches: int64 (3,) each."""
    low = np.clip(np.floor((wish - radius - SLACK - LOW) / SIDE).astype(np.int64), 0, SPAN - 1)
    high = np.clip(np.floor((wish + radius + SLACK - LOW) / SIDE).astype(np.int64), 0, SPAN - 1)
    return low, high


def bins_of(codes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The bin of 32 levels a channel of each color: int64 (n,)."""
    levels = (kernel.LEVEL >> 1)[codes].astype(np.int64)
    bins: NDArray[np.int64] = (levels[:, 0] << 10) | (levels[:, 1] << 5) | levels[:, 2]
    return bins


def steps_of(points: Floats) -> NDArray[np.int16]:
    """Oklab in steps, as the kernel takes it: int16 (n, 3)."""
    return np.ascontiguousarray(np.rint(points * UNIT).astype(np.int16))


def stamp_of(collection: "Collection") -> list[list[int]]:
    """The size and time of each file of pictures, by which a stale index is known."""
    stamps = []
    for shard in collection.model.names:
        try:
            status = os.stat(file_of(collection.folder, PICTURES, shard))
        except OSError:
            stamps.append([0, 0])
            continue
        stamps.append([status.st_size, status.st_mtime_ns])
    return stamps


def build(tables: Iterable[Any]) -> dict[str, NDArray[Any]]:
    """The arrays of an index from tables of pictures."""
    whole = by_id([table.filter(table.column("error").is_null()) for table in tables])
    return arrays_of([id.encode() for id in whole.column("id").to_pylist()], Columns(whole))


def arrays_of(ids: Sequence[bytes], columns: Any) -> dict[str, NDArray[Any]]:
    """The arrays of an index from rising ids and the palettes and signatures of their pictures, as in `Columns`."""
    points = oklab_of(columns.codes)
    cells = oklab_of(columns.cells)
    lattice = cells_of(cells)
    order = np.argsort(lattice, kind="stable")
    lengths = np.diff(columns.cell_ends, prepend=0)
    rows = np.repeat(np.arange(len(ids), dtype=np.uint32), lengths)
    counts = np.bincount(lattice, minlength=int(SPAN.prod()))
    shares = np.rint(columns.shares.astype(np.float64) * SHARE).clip(1, SHARE).astype(np.uint16)
    return {
        "id_bytes": np.frombuffer(b"".join(ids), np.uint8),
        "id_ends": np.cumsum([len(id) for id in ids], dtype=np.int64),
        "codes": columns.codes,
        "points": steps_of(points),
        "weights": columns.weights.astype(np.float32),
        "positions": columns.positions.astype(np.float32),
        "ends": columns.palette_ends,
        "slices": slices(points, columns.weights.astype(np.float64), columns.palette_ends),
        "cell_starts": np.concatenate([np.zeros(1, np.int64), counts.cumsum()]),
        "cell_codes": np.ascontiguousarray(columns.cells[order]),
        "cell_points": steps_of(cells[order]),
        "cell_shares": shares[order],
        "cell_rows": rows[order],
    }


def _loaded(folder: str, stamp: Sequence[Any]) -> Index | None:
    """The index in a folder, if it is whole and of this state."""
    try:
        with open(os.path.join(folder, "index.json"), "rb") as file:
            about = json.loads(file.read())
        if about != {"version": VERSION, "stamp": stamp}:
            return None
        arrays = {name: _mapped(os.path.join(folder, f"{name}.npy")) for name in ARRAYS}
        return Index(arrays, stamp)
    except (OSError, ValueError):
        return None


def _mapped(name: str) -> NDArray[Any]:
    """An array of a file, memory-mapped; an empty one cannot be."""
    with open(name, "rb") as file:
        empty = os.fstat(file.fileno()).st_size <= 128
    return np.asarray(np.load(name, mmap_mode=None if empty else "r", allow_pickle=False))


def _kept(folder: str, arrays: Mapping[str, NDArray[Any]], stamp: Sequence[Any]) -> bool:
    """Write the arrays, into a new folder that takes the place of the old one; whether that was possible."""
    part = f"{folder}.{os.urandom(4).hex()}.part"
    try:
        for left in glob.glob(f"{glob.escape(folder)}.*.part"):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        os.makedirs(part)
        for name in ARRAYS:
            np.save(os.path.join(part, f"{name}.npy"), arrays[name], allow_pickle=False)
        write_durably(os.path.join(part, "index.json"), json.dumps({"version": VERSION, "stamp": stamp}).encode())
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(part, folder)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        return False
    return True
