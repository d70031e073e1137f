"""The sums of a collection: the exact colors of all its pictures, as one histogram.

A collection is a folder; `pochade.collection` writes it. Reading its sums needs nothing of that, so a collection
is a source like a picture: `extract("museum.pochade", 12)`.
"""

import importlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.errors import EmptyError, FormatError, PochadeError, TooLargeError
from pochade.histograms.histogram import Histogram

ABOUT = "collection.json"
"""The file that makes a folder a collection."""

FORMAT = 1
"""The version of the format of collections."""

LEVELS = 32
"""The levels a channel of sums: half of those of a histogram, two by two."""

STEPS = 16
"""The parts of a code in which sums of codes are counted."""

FIRST: NDArray[np.uint8] = np.searchsorted(kernel.LEVEL >> 1, np.arange(LEVELS)).astype(np.uint8)
"""uint8 (32,): the lowest code of each of the 32 levels."""

SUMS = ("bin", "count", "red", "green", "blue")
"""The columns of a file of sums: the bin, its count, and the sums of its codes in 1/16 of a code."""


def is_collection(path: object) -> bool:
    """Whether an object is the path of the folder of a collection."""
    try:
        return isinstance(path, str | os.PathLike) and os.path.isfile(os.path.join(path, ABOUT))
    except ValueError:  # a null byte
        return False


def about(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The content of `collection.json`.

    Raises
    ------
    FormatError : it is missing, broken, or of a newer version.
    """
    name = os.path.join(path, ABOUT)
    try:
        with open(name, encoding="utf-8") as file:
            fields = json.load(file)
        version = int(fields["format"])
        fields["shards"] = int(fields["shards"])
    except FileNotFoundError:
        raise FormatError(
            f"{os.fspath(path)}: it is no collection, for it holds no {ABOUT}: make one with pochade collect."
        ) from None
    except OSError as error:
        raise FormatError(f"{name}: cannot be read: {error.strerror}.") from None
    except (ValueError, LookupError, TypeError, RecursionError):
        raise FormatError(f"{name}: it is not the description of a collection, or broken.") from None
    if not 1 <= version <= FORMAT:
        raise FormatError(
            f"{os.fspath(path)}: it has format {version}, and this version of pochade reads formats up to {FORMAT}: "
            "install a newer pochade."
        )
    shards = fields["shards"]
    if not 1 <= shards <= 1 << 20 or shards & shards - 1:
        raise FormatError(f"{name}: {shards} shards are not allowed: their number is a power of two.")
    assert isinstance(fields, dict)
    return fields


def shard_names(shards: int) -> list[str]:
    """The names of all shards, such as "03-of-64"."""
    digits = len(str(shards - 1))
    return [f"{i:0{digits}d}-of-{shards}" for i in range(shards)]


def summed(path: str | os.PathLike[str]) -> Histogram:
    """The sum of all pictures of a collection. It has no places, because they mean nothing across pictures.

    Raises
    ------
    FormatError : the collection is broken, or a shard is missing. EmptyError : it holds no picture that could be read.
    """
    total = Table()
    for shard in shard_names(about(path)["shards"]):
        total.add(*read_sums(os.path.join(path, "sums", f"{shard}.parquet")))
    if not total.counts.any():
        raise EmptyError(f"{os.fspath(path)}: the collection holds no picture that could be read.")
    return total.histogram()


class Table:
    """A dense table to which pictures and shards are added; the order does not matter, because all are integers.

    counts : int64 (32768,). sums : int64 (32768, 3), in 1/16 of a code.
    """

    def __init__(self) -> None:
        self.counts = np.zeros(LEVELS**3, np.int64)
        self.sums = np.zeros((LEVELS**3, 3), np.int64)

    def add(self, bins: NDArray[Any], counts: NDArray[np.int64], sums: NDArray[np.int64]) -> None:
        """Add counts and sums of codes; each bin occurs once."""
        self.counts[bins] += counts
        self.sums[bins] += sums

    def histogram(self) -> Histogram:
        """The histogram of 64 levels that holds each bin at its mean color."""
        bins = np.flatnonzero(self.counts)
        counts = self.counts[bins].astype(np.uint64)
        sums = (self.sums[bins].astype(np.uint64) + STEPS // 2) // STEPS
        means = np.rint(sums / counts[:, None].astype(np.float64)).astype(np.uint8)
        fine = kernel.bins_of(means)
        order = np.argsort(fine, kind="stable")
        places = np.zeros((len(bins), 8), np.int64)
        places[:, 4:6], places[:, 6:] = 1 << 62, -1
        return Histogram(fine[order].astype(np.uint32), counts[order], sums[order], None, places)


def read_sums(name: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The bins, counts and sums of a file of sums: int64 (n,), (n,) and (n, 3).

    Raises
    ------
    FormatError : the file is missing, broken, foreign or newer.
    """
    table = read_table(name)
    if not set(SUMS) <= set(table.column_names):
        raise FormatError(f"{name}: it is not a file of sums: it lacks the columns {', '.join(SUMS)}.")
    try:
        bins, counts, *sums = (table.column(column).to_numpy().astype(np.int64) for column in SUMS)
    except (ValueError, TypeError):
        raise FormatError(f"{name}: it is not a file of sums: its columns are no numbers.") from None
    if len(bins) and not (
        bins.min() >= 0 and bins.max() < LEVELS**3 and counts.min() > 0 and (np.diff(bins) > 0).all()
    ):
        raise FormatError(f"{name}: it is broken: its bins are not rising, or its counts not above 0.")
    return bins, counts, np.stack(sums, 1)


def read_table(name: str, columns: list[str] | None = None) -> Any:
    """A file of a collection as a table of pyarrow, with all or some of its columns.

    Raises
    ------
    FormatError : the file is missing, broken, foreign or newer.
    """
    with _readable(name) as reader:
        check_version(name, reader.schema_arrow.metadata)
        known = reader.schema_arrow.names
        if columns is not None and not set(columns) <= set(known):
            missing = ", ".join(sorted(set(columns) - set(known)))
            raise FormatError(f"{name}: it lacks the columns {missing}: it is not a file of this collection.")
        return reader.read(columns, use_threads=False)


def read_key(name: str) -> str | None:
    """The key of a file of a shard, which ties it to the others; None if there is no file.

    Raises
    ------
    FormatError : the file is broken, foreign or newer.
    """
    if not os.path.exists(name):
        return None
    with _readable(name) as reader:
        return str(check_version(name, reader.schema_arrow.metadata).get("key"))


@contextmanager
def _readable(name: str) -> Iterator[Any]:
    """A Parquet file, opened; what pyarrow raises in the block becomes a FormatError.

    It is read whole, without threads of pyarrow, which can abort a process that ends (Arrow issue 34314).
    """
    pyarrow, parquet = arrow()
    try:
        with open(name, "rb") as file:
            content = file.read()
        yield parquet.ParquetFile(pyarrow.BufferReader(content), pre_buffer=False)
    except FileNotFoundError:
        raise FormatError(
            f"{name}: this shard is missing: pochade collect with the same sources writes it again."
        ) from None
    except MemoryError:
        raise TooLargeError(f"{name}: not enough memory.") from None
    except (OSError, pyarrow.ArrowException) as error:
        raise FormatError(
            f"{name}: it is no Parquet file, or cut short ({' '.join(str(error).split())[:120]}): delete it, and "
            "pochade collect with the same sources writes it again."
        ) from None


def check_version(name: str, metadata: Any) -> dict[str, Any]:
    """What a file of a collection says about itself, from the metadata of its Parquet schema.

    Raises
    ------
    FormatError : it says nothing, so the file is foreign; or it is of a newer version.
    """
    try:
        fields = json.loads((metadata or {})[b"pochade"])
        version = int(fields["format"])
    except (ValueError, LookupError, TypeError):
        raise FormatError(f"{name}: it was not written by pochade: a collection holds only its own files.") from None
    if not 1 <= version <= FORMAT:
        raise FormatError(
            f"{name}: it has format {version}, and this version of pochade reads formats up to {FORMAT}: install a "
            "newer pochade."
        )
    assert isinstance(fields, dict)
    return fields


def arrow() -> tuple[Any, Any]:
    """The modules pyarrow and pyarrow.parquet.

    Raises
    ------
    PochadeError : pyarrow is not installed.
    """
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise PochadeError(
            "collections need pyarrow, which is not installed: pip install 'pochade[collections]'."
        ) from None
