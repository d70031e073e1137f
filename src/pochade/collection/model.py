"""The description of a collection, `collection.json`; the ids of its pictures, and their shards."""

import hashlib
import inspect
import json
import math
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pochade.collection.files import write_durably
from pochade.errors import FormatError, OptionError
from pochade.histograms.summed import ABOUT, FORMAT, about, shard_names

Each = Literal["picture", "pixel"]

PICTURES_A_SHARD = 1000
"""The pictures of a shard, about. A shard is rewritten as a whole, and is the unit of resuming and of engines."""

LIMITS = ("max_pixels", "max_bytes", "max_memory", "max_frames", "timeout", "isolate", "public_only")
"""Options that change no palette. They are not part of the collection, and may differ from run to run."""


@dataclass(frozen=True)
class Model:
    """What a collection is made of, as `collection.json` states it.

    options : of extract(), those that differ from the defaults.
    each : whether each picture weighs the same in the sums, or each pixel.
    shards : their number, a power of two.
    root : the folder to which ids are relative, relative to the collection's folder itself; None for URLs only.
    sources : the folders, files and URLs, relative to the root; None if they were too many to note.
    table : the name of the column if the source is a Parquet file of paths and URLs.
    recursive : whether subfolders are searched.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    each: Each = "picture"
    shards: int = 1
    root: str | None = None
    sources: tuple[str, ...] | None = None
    column: str | None = None
    recursive: bool = False

    @property
    def names(self) -> list[str]:
        """The names of all shards."""
        return shard_names(self.shards)

    @property
    def key(self) -> str:
        """A digest of what decides the rows, besides the pictures."""
        text = json.dumps({"options": dict(self.options), "each": self.each}, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def write(self, folder: str) -> None:
        """Write `collection.json`, durably."""
        fields = {
            "format": FORMAT,
            "options": dict(sorted(self.options.items())),
            "each": self.each,
            "shards": self.shards,
            "root": self.root,
            "sources": None if self.sources is None else [*self.sources],
            "column": self.column,
            "recursive": self.recursive,
        }
        write_durably(os.path.join(folder, ABOUT), json.dumps(fields, ensure_ascii=False, indent=2).encode() + b"\n")


def read_model(folder: str) -> Model:
    """The description of a collection.

    Raises
    ------
    FormatError : the folder is no collection, or it is broken or newer.
    """
    fields = about(folder)
    try:
        sources = fields["sources"]
        each = fields["each"]
        if each not in ("picture", "pixel"):
            raise ValueError
        return Model(
            {str(name): value for name, value in dict(fields["options"]).items()},
            each,
            fields["shards"],
            None if fields["root"] is None else str(fields["root"]),
            None if sources is None else tuple(map(str, sources)),
            None if fields["column"] is None else str(fields["column"]),
            bool(fields["recursive"]),
        )
    except (LookupError, TypeError, ValueError):
        raise FormatError(
            f"{os.path.join(folder, ABOUT)}: it is broken: fields are missing or of a wrong type."
        ) from None


def own_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of extract() that a collection notes: as types of JSON, without limits and without defaults.

    Raises
    ------
    OptionError : a value cannot be noted, as a picture for the mask.
    """
    from pochade.extraction.extract import extract
    from pochade.source import read

    defaults = {
        one.name: one.default
        for function in (extract, read)
        for one in inspect.signature(function).parameters.values()
        if one.default is not one.empty
    }
    noted = {}
    for name, value in options.items():
        if name in LIMITS or value is None:
            continue
        try:
            plain = json.loads(json.dumps(os.fspath(value) if isinstance(value, os.PathLike) else value))
        except (TypeError, ValueError):
            raise OptionError(
                f"{name}={value!r:.60} cannot be noted in a collection: give text, numbers or lists of them."
            ) from None
        if name not in defaults or plain != defaults[name]:
            noted[name] = plain
    return noted


def check_same(model: Model, stated: Mapping[str, Any], folder: str) -> None:
    """Refuse options other than the collection's; those that are not stated are the collection's.

    stated : the options as the caller gave them.
    """
    own = own_options(stated)
    for name in stated:
        if name not in LIMITS and own.get(name) != model.options.get(name):
            there = json.dumps(model.options[name]) if name in model.options else "the default"
            raise OptionError(
                f"{folder}: its pictures were extracted with {name} = {there}, and {stated[name]!r} is given: leave "
                "the option out, or collect into another folder."
            )


def shards_for(pictures: int) -> int:
    """The number of shards for a number of pictures: the power of two that gives about a thousand each.

    Examples
    --------
    >>> shards_for(10), shards_for(7000), shards_for(500_000)
    (1, 8, 512)
    """
    return 1 << max(0, round(math.log2(max(pictures, 1) / PICTURES_A_SHARD)))


def shard_of(id: str, shards: int) -> int:
    """The shard of an id: the first bits of its digest by BLAKE2b (RFC 7693).

    Examples
    --------
    >>> shard_of("harbor.jpg", 1), shard_of("harbor.jpg", 4)
    (0, 3)
    """
    bits = shards.bit_length() - 1
    first = int.from_bytes(hashlib.blake2b(id.encode(), digest_size=8).digest())
    return first >> 64 - bits if bits else 0


def id_of(path: str, root: str) -> str:
    """The id of a file: its path relative to the root, with `/`, in the normal form NFC (Unicode, UAX 15).

    Bytes that are not UTF-8 are written as \\xhh.
    """
    relative = os.path.relpath(path, root).replace(os.sep, "/")
    clean = relative.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", clean)


def path_of(id: str, root: str) -> str | None:
    """The file of an id, or None if there is none. No path outside the root is returned, whatever the id is.

    A name on disk may differ from the id in its normal form, or in bytes that are not UTF-8.
    """
    parts = id.split("/")
    if not all(part and part not in (".", "..") and "\0" not in part for part in parts):
        return None
    if os.name == "nt" and any(sign in id for sign in "\\:"):
        return None
    path = root
    for part in parts:
        step = os.path.join(path, part)
        if not os.path.lexists(step):
            try:
                near = [name for name in os.listdir(path) if id_of(name, "") == part]
            except OSError:
                return None
            if not near:
                return None
            step = os.path.join(path, min(near))
        path = step
    real, base = os.path.realpath(path), os.path.realpath(root)
    return path if os.path.commonpath([real, base]) == base else None
