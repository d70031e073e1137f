"""collect(): make a collection of pictures, or bring it up to date."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from pochade.collection import sources as given
from pochade.collection.collection import Collection
from pochade.collection.engines import engines
from pochade.collection.files import remove_parts
from pochade.collection.lock import locked
from pochade.collection.model import LIMITS, Each, Model, check_same, own_options, read_model
from pochade.collection.plan import Plan, clear, plan
from pochade.collection.tables import PARTS, PICTURES, SUM
from pochade.collection.work import ShardWork
from pochade.errors import FormatError, OptionError, SourceError
from pochade.extraction.extract import check_keywords
from pochade.files import written
from pochade.histograms.summed import is_collection

Progress = Callable[[int, int], None]
"""A function of the pictures that are done, and of all that are looked at."""


def collect(
    sources: Any,
    folder: str | os.PathLike[str],
    *,
    recursive: bool | None = None,
    column: str | None = None,
    each: Each | None = None,
    retry: bool = False,
    engine: str = "local",
    progress: Progress | None = None,
    **options: Any,
) -> Collection:
    """Make a collection of pictures in a folder, or bring it up to date.

    What is current is skipped: pictures whose files have the same size and time keep their rows, or the same content.
    So a run that was interrupted goes on where it ended. A picture that cannot be read is a row with its error.

    Parameters
    ----------
    sources : a folder, a file or a URL, or several; or the path of a Parquet file, with `column`.
    folder : of the collection, by convention NAME.pochade.
    recursive : search subfolders too.
    column : the name of the column of a Parquet file that holds paths, relative to the file, or URLs.
    each : "picture", the default: each weighs the same in the palette of the collection; or "pixel".
    retry : try pictures again that failed.
    engine : a registered name: "local", this machine. See `pochade.collection.engines`.
    progress : is called with the number of pictures done and of all.
    options : of the engine, such as `jobs`; and of `extract`: k, method, scale, ... They are those of the collection,
        for all its pictures; in later calls they may be left out.

    Raises
    ------
    OptionError, UnknownNameError : an option is not allowed, or another one than the collection's.
    SourceError : there are no pictures, or a folder cannot be listed.
    FormatError : the collection is newer, or a file in it is foreign.
    PochadeError : another run writes the collection, or it cannot be written.

    Examples
    --------
    >>> import pochade
    >>> museum = pochade.collect("scans/", "museum.pochade", recursive=True)  # doctest: +SKIP
    >>> museum.palette(12).hex                                                # doctest: +SKIP
    """
    request = prepared(
        sources, folder, recursive=recursive, column=column, each=each, retry=retry, engine=engine, **options
    )
    return request.run(progress)


@dataclass(frozen=True)
class Request:
    """A checked run: what it would do, and with which engine.

    model : the collection as it is now, or None. limits : options of reading that are not part of the collection.
    settings : of the engine.
    """

    folder: str
    plan: Plan
    model: Model | None
    retry: bool
    engine: str
    limits: dict[str, Any]
    settings: dict[str, Any]

    def run(self, progress: Progress | None = None) -> Collection:
        """Do it; the collection."""
        new = self.plan.model
        with written(self.folder):
            os.makedirs(self.folder, exist_ok=True)
        with locked(self.folder):
            before = self.model.shards if self.model is not None else new.shards
            replace(new, shards=before).write(self.folder)
            work = ShardWork(
                self.folder,
                {**new.options, **self.limits},
                new.each,
                new.key,
                before,
                new.shards,
                self.retry,
            )
            self._shards(work, progress)
            if before != new.shards:
                new.write(self.folder)
            clear(self.folder)
            _tidy(self.folder, new.names)
        return Collection(self.folder)

    def _shards(self, work: ShardWork, progress: Progress | None) -> None:
        """Run the shards that are not current."""
        if not self.plan.shards:
            return
        self.plan.write(self.folder)
        total = sum(len(self.plan.tasks[shard]) for shard in self.plan.shards)
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            if progress is not None:
                progress(done, total)

        entry = engines.entry(self.engine)
        missing = set(self.plan.shards)
        for report in entry.value(work, self.plan.shards, step=step, **self.settings):
            missing.discard(report.shard)
        if missing:
            raise SourceError(
                f"{self.folder}: the engine {self.engine!r} ended without {len(missing)} of {len(self.plan.shards)} "
                "shards: collect again to go on."
            )


def prepared(
    sources: Any,
    folder: str | os.PathLike[str],
    *,
    recursive: bool | None = None,
    column: str | None = None,
    each: Each | None = None,
    retry: bool = False,
    engine: str = "local",
    **options: Any,
) -> Request:
    """Check a run of `collect`, which takes the same arguments, and plan it; nothing is written.

    sources : None for those that the collection notes.
    """
    place = os.path.abspath(os.fspath(folder))
    _check_folder(place)
    entry = engines.entry(engine)
    settings = entry.check({name: options.pop(name) for name in [*options] if name in entry.options})
    check_keywords(options)
    if each not in (None, "picture", "pixel"):
        raise OptionError(f"each={each!r} is not allowed: give 'picture' or 'pixel'.")
    old = read_model(place) if is_collection(place) else None
    if old is not None:
        check_same(old, options, str(folder))
        if each not in (None, old.each):
            raise OptionError(
                f"{folder}: it was collected with each={old.each!r}, and {each!r} is given: leave it out, or collect "
                "into another folder."
            )
    model = _model(sources, place, old, recursive, column, each, options)
    limits = {name: value for name, value in options.items() if name in LIMITS}
    listing = _listing(sources, model, place, column)
    if not listing.places and not listing.hidden:
        hint = "" if model.recursive else " recursive=True searches subfolders too."
        raise (
            listing.failures[0]
            if listing.failures
            else SourceError(f"{_called(sources, model, place)}: no pictures.{hint}")
        )
    return Request(place, plan(model, listing, place, retry=retry), old, retry, engine, limits, settings)


def _check_folder(folder: str) -> None:
    """Refuse a folder that holds something else than a collection."""
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise OptionError(f"{folder}: a collection is a folder, and this is none: give another name.")
    if is_collection(folder) or not os.path.isdir(folder):
        return
    try:
        others = sorted(set(os.listdir(folder)) - {"lock", "index", PICTURES, SUM})
    except OSError as error:
        raise FormatError(f"{folder}: cannot be listed: {error.strerror}.") from None
    if others:
        raise OptionError(
            f"{folder}: it holds {others[0]} and is no collection: give the name of a new folder, such as "
            "museum.pochade."
        )


def _model(
    sources: Any,
    folder: str,
    old: Model | None,
    recursive: bool | None,
    column: str | None,
    each: Each | None,
    options: dict[str, Any],
) -> Model:
    """The description of the collection after the run, but for the number of shards."""
    if sources is None:
        assert old is not None, "an update is of a collection"
        return old
    if column is not None:
        table = _table(sources)
        root = given.root_of(given.column_of(table, column))
        named: list[str] = [table]
    else:
        named = given.texts(sources)
        root = given.root_of(named)
        if not any("://" in source or os.path.lexists(source) for source in named):
            raise SourceError(f"{named[0]}: no such file or folder.")
    relative = None if root is None else os.path.relpath(root, folder).replace(os.sep, "/")
    if old is not None:
        if (relative, column) != (old.root, old.column):
            raise OptionError(
                f"{folder}: it holds the pictures of {given.root_path(old, folder)}, and {named[0]!r} is given: give "
                "the same sources, or collect into another folder."
            )
        recursive = old.recursive if recursive is None else recursive
        return replace(old, sources=given.noted(named, root), recursive=recursive)
    return Model(
        own_options(options),
        each or "picture",
        1,
        relative,
        given.noted(named, root),
        column,
        bool(recursive),
    )


def _table(sources: Any) -> str:
    """The path of the Parquet file in the sources."""
    names = given.texts(sources)
    if len(names) != 1 or "://" in names[0]:
        raise OptionError("with a column, the source is one Parquet file: give its path.")
    return names[0]


def _listing(sources: Any, model: Model, folder: str, column: str | None) -> given.Listing:
    """The pictures of the sources, or of those that the collection notes."""
    root = given.root_path(model, folder)
    if root is not None and not os.path.isdir(root):
        raise SourceError(
            f"{root}: the folder of the collection's pictures is not there: is its disk connected? Nothing was changed."
        )
    named = given.texts(sources) if sources is not None else given.sources_of(model, folder)
    if model.column is not None:
        assert named is not None
        named = given.column_of(named[0], model.column)
    if named is None:
        from pochade.collection.model import path_of
        from pochade.collection.plan import known_pictures

        ids: Iterable[str] = known_pictures(folder)
        paths = {id: id if "://" in id else path_of(id, str(root)) for id in ids}
        return given.Listing(root, {id: path for id, path in paths.items() if path is not None})
    return given.listed(named, root, recursive=model.recursive)


def _called(sources: Any, model: Model, folder: str) -> str:
    if sources is not None:
        return given.texts(sources)[0]
    return given.root_path(model, folder) or folder


def _tidy(folder: str, names: list[str]) -> None:
    """Remove the files of shards that are not in this layout, and what killed runs and workers left."""
    allowed = {f"{name}.parquet" for name in names}
    for kind in (PICTURES, SUM, PARTS):
        place = os.path.join(folder, kind)
        if not os.path.isdir(place):
            continue
        with written(place):
            remove_parts(place)
            for name in os.listdir(place):
                if name.endswith(".parquet") and name not in allowed:
                    os.unlink(os.path.join(place, name))
