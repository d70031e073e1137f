"""The pictures that a collection is made of: folders are listed, files and URLs taken as they are."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pochade.collection.model import Model, id_of
from pochade.errors import FormatError, OptionError, SourceError
from pochade.histograms.summed import arrow, is_collection
from pochade.source.suffixes import SUFFIXES

MAX_NOTED = 1000
"""The most sources that `collection.json` notes. Of more, `update()` looks at the pictures that it holds."""


@dataclass(frozen=True)
class Listing:
    """The pictures of a collection's sources.

    root : the folder to which ids are relative; None if all are URLs. places : the path or URL of each id.
    failures : of sources that cannot be taken in: an error for each. hidden : the ids of folders that could not be
    listed; what is known below them stays.
    """

    root: str | None
    places: dict[str, str]
    failures: list[SourceError] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def is_hidden(self, id: str) -> bool:
        """Whether a picture lies in a folder that could not be listed."""
        return any(id.startswith(folder) for folder in self.hidden)


def texts(sources: Any) -> list[str]:
    """The sources as texts.

    Raises
    ------
    OptionError : one is no path and no URL; or there are none.
    """
    if isinstance(sources, str | os.PathLike):
        sources = [sources]
    if isinstance(sources, bytes) or not isinstance(sources, Iterable):
        raise OptionError(f"{_short(sources)} is not allowed: give paths of files and folders, or URLs.")
    result = []
    for source in sources:
        if not isinstance(source, str | os.PathLike) or source in ("", "-", "clipboard:"):
            raise OptionError(
                f"{_short(source)} cannot be collected, for it has no name that lasts: give paths of files and "
                "folders, or URLs."
            )
        result.append(os.fsdecode(source))
    if not result:
        raise OptionError("nothing to collect: give a folder, files or URLs.")
    return result


def _short(source: object) -> str:
    return repr(source) if isinstance(source, str | os.PathLike) else f"a {type(source).__name__}"


def column_of(table: str, column: str) -> list[str]:
    """The paths and URLs in a column of a Parquet file; paths are relative to the file.

    Raises
    ------
    FormatError : it is no Parquet file. OptionError : it has no such column, or other values than texts.
    """
    pyarrow, parquet = arrow()
    try:
        with open(table, "rb") as file:
            reader = parquet.ParquetFile(pyarrow.BufferReader(file.read()), pre_buffer=False)
        names = reader.schema_arrow.names
        if column not in names:
            raise OptionError(f"{table}: it has no column {column!r}: give one of {', '.join(names)}.")
        values = reader.read([column], use_threads=False).column(0)
    except OSError as error:
        raise FormatError(f"{table}: cannot be read: {error.strerror or 'it is no Parquet file'}.") from None
    except pyarrow.ArrowException:
        raise FormatError(f"{table}: it is no Parquet file, or cut short: --from takes one.") from None
    if not (pyarrow.types.is_string(values.type) or pyarrow.types.is_large_string(values.type)):
        raise OptionError(f"{table}: the column {column!r} holds {values.type}, not texts: give one of paths or URLs.")
    folder = os.path.dirname(os.path.abspath(table))
    found = [value if "://" in value else os.path.join(folder, value) for value in values.to_pylist() if value]
    if not found:
        raise OptionError(f"{table}: the column {column!r} is empty: there is nothing to collect.")
    return found


def root_of(sources: Sequence[str]) -> str | None:
    """The folder to which ids are relative: the one folder given, else the folder that all sources share.

    Raises
    ------
    OptionError : they share none, as on different drives.
    """
    paths = [os.path.abspath(source) for source in sources if "://" not in source]
    if not paths:
        return None
    try:
        return os.path.commonpath([path if os.path.isdir(path) else os.path.dirname(path) for path in paths])
    except ValueError:
        raise OptionError(
            "the sources are on different drives: collect each drive into a collection of its own."
        ) from None


def listed(sources: Sequence[str], root: str | None, *, recursive: bool) -> Listing:
    """The pictures of the sources, each once.

    A folder gives the files with suffixes of pictures, without hidden ones; links to folders are not entered, because
    they may lead back up. A file and a URL are taken whatever they are.
    """
    listing = Listing(root, {})
    for source in sources:
        if "://" in source:
            _take(listing, source, source)
            continue
        path = os.path.abspath(source)
        if is_collection(path):
            listing.failures.append(SourceError(f"{source}: it is a collection: collect the pictures of its sources."))
        elif os.path.isdir(path):
            for found in _walk(path, listing, recursive):
                _take(listing, id_of(found, str(root)), found)
        else:
            _take(listing, id_of(path, str(root)), path)
    return listing


def _take(listing: Listing, id: str, place: str) -> None:
    other = listing.places.setdefault(id, place)
    if other != place:
        listing.failures.append(
            SourceError(
                f"{place!a}: its name equals that of {other!a} in the normal form of Unicode: rename one of them."
            )
        )


def _walk(folder: str, listing: Listing, recursive: bool) -> Iterator[str]:
    """The pictures in a folder, in the order of names."""
    waiting = [folder]  # no recursive function: folders can be nested deeper than calls
    while waiting:
        at = waiting.pop()
        try:
            with os.scandir(at) as scan:
                entries = sorted((one for one in scan if not one.name.startswith(".")), key=lambda one: one.name)
        except OSError as error:
            if at == folder:
                raise SourceError(f"{at}: cannot be listed: {error.strerror}.") from None
            listing.failures.append(SourceError(f"{at}: cannot be listed: {error.strerror}."))
            listing.hidden.append(id_of(at, str(listing.root)) + "/")
            continue
        inner = []
        for entry in entries:
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
                is_file = entry.name.lower().endswith(SUFFIXES) and _is_file(entry)
            except OSError:
                is_folder, is_file = False, entry.name.lower().endswith(SUFFIXES)  # reading it says what is wrong
            if is_folder and recursive and not is_collection(entry.path):
                inner.append(entry.path)
            elif is_file:
                yield entry.path
        waiting += reversed(inner)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link that leads nowhere, which reading reports; no folder, pipe or device."""
    return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))


def sources_of(model: Model, folder: str) -> list[str] | None:
    """The sources of a collection as paths and URLs; None if it does not note them."""
    if model.sources is None:
        return None
    root = root_path(model, folder)
    return [
        source if "://" in source else os.path.normpath(os.path.join(str(root), source)) for source in model.sources
    ]


def root_path(model: Model, folder: str) -> str | None:
    """The folder to which ids are relative, as a path."""
    return None if model.root is None else os.path.normpath(os.path.join(os.path.abspath(folder), model.root))


def noted(sources: Sequence[str], root: str | None) -> tuple[str, ...] | None:
    """The sources as `collection.json` notes them, relative to the root."""
    if len(sources) > MAX_NOTED:
        return None
    return tuple(
        source if "://" in source else os.path.relpath(os.path.abspath(source), root).replace(os.sep, "/")
        for source in sources
    )
