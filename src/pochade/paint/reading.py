"""Boxes of paint from JSON and CSV; docs/box.schema.json describes the JSON."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pochade.errors import FormatError, OptionError, SourceError, UnknownNameError
from pochade.paint.box import Box
from pochade.paint.paint import Paint, check_wavelengths

MAX_BYTES = 10_000_000
"""The largest file: 100 paints with two curves each of 1,000 wavelengths have half of it."""

ABOUT = "$schema", "name", "credit", "source", "license", "changes"
"""The fields of a JSON file that say where its data come from; "name" and "credit" become fields of the box."""

FIELDS = "name", "masstone", "tint", "ratio", "absorption", "scattering"
"""The fields of a paint."""

COLORS = "name", "masstone", "tint", "ratio"
CURVES = "name", "swatch", "ratio"
"""The columns of a CSV file with colors, and those before the wavelengths of a CSV file with curves."""


def load_box(path: str | os.PathLike[str]) -> Box:
    """The box of paint in a file, JSON or CSV.

    JSON is a mapping with `paints`, a list of mappings with the fields of `Paint`; a top-level list of `wavelengths`
    may hold for all its curves. CSV has the columns name, masstone, tint, ratio for colors; for curves it has the
    columns name, swatch, ratio and then the wavelengths, and a row for each swatch ("masstone" or "tint").

    Raises
    ------
    SourceError : the file cannot be read.
    FormatError : it is no such JSON or CSV; the message names the line or the field.
    OptionError, UnknownNameError : a paint or the box is not allowed; the message names the paint.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp(), "mine.csv")
    >>> _ = file.write_text("name,masstone,tint,ratio\\nwhite,#f4f4ef,,\\nblack,#232323,#8d8f90,1:9\\n")
    >>> load_box(file)
    <Box mine 2 paints: white, black>
    """
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, TypeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"{path}: cannot be read: {reason}. Give a box of paint, a .json or .csv file.") from None
    return read_box(content, os.fspath(path))


def read_box(content: bytes, name: str) -> Box:
    """The box of paint in the bytes of a JSON or CSV file. name : of the file, for messages and for the box."""
    if len(content) > MAX_BYTES:
        raise FormatError(f"{name}: has more than {MAX_BYTES // 1_000_000} MB: give a smaller box of paint.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{name}: byte {error.start} is no UTF-8: save the file as UTF-8.") from None
    read = _from_json if text.lstrip()[:1] in ("{", "[") else _from_csv
    try:
        return read(text, name)
    except FormatError:
        raise
    except UnknownNameError as error:
        raise error
    except OptionError as error:
        raise OptionError(f"{name}: {error}") from None


def _from_json(text: str, name: str) -> Box:
    """The box of a JSON text."""
    try:
        fields = json.loads(text, object_pairs_hook=_without_repetition)
    except RecursionError:
        raise FormatError(f"{name}: has lists in lists too deep to read.") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"{name}: no JSON at line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except ValueError as error:
        raise FormatError(f"{name}: {error}.") from None
    if not isinstance(fields, Mapping) or not isinstance(fields.get("paints"), list):
        raise FormatError(f'{name}: has no list "paints": give {{"paints": [{{"name": ..., "masstone": ...}}]}}.')
    _check_names(name, "a field", fields, (*ABOUT, "wavelengths", "paints"))
    wavelengths = fields.get("wavelengths")
    if wavelengths is not None and not _is_numbers(wavelengths):
        raise FormatError(f'{name}: "wavelengths" is no list of numbers.')
    paints = [_paint(f"{name}: paint {i}", one, wavelengths) for i, one in enumerate(fields["paints"], 1)]
    title = fields.get("name", Path(name).stem)
    for word in ("name", "credit"):
        if not isinstance(fields.get(word, ""), str):
            raise FormatError(f'{name}: "{word}" is no text.')
    return Box(paints, title, fields.get("credit", ""))


def _paint(where: str, fields: Any, wavelengths: list[float] | None) -> Paint:
    """The paint of a mapping."""
    if not isinstance(fields, Mapping):
        raise FormatError(f'{where} is no mapping: give {{"name": ..., "masstone": ..., "tint": ..., "ratio": "1:9"}}.')
    _check_names(where, "a field", fields, FIELDS)
    read = dict(fields)
    for word in ("masstone", "tint"):
        swatch = read.get(word)
        if isinstance(swatch, Mapping):
            read[word] = {_wavelength(f"{where}, {word}", key): value for key, value in swatch.items()}
        elif isinstance(swatch, list) and wavelengths is not None:
            if len(swatch) != len(wavelengths):
                raise FormatError(f"{where}: {word} has {len(swatch)} numbers for {len(wavelengths)} wavelengths.")
            check_wavelengths(f"{where} has a {word}", np.array(wavelengths, float))
            read[word] = dict(zip(map(float, wavelengths), swatch, strict=True))
    return Paint(read.pop("name", ""), **read)


def _from_csv(text: str, name: str) -> Box:
    """The box of a CSV text. The separator is the one after the first column's title."""
    head = text.splitlines()[0] if text.strip() else ""
    separator = next((mark for mark in ",;\t" if mark in head), ",")
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(map(str.strip, row))]
    except csv.Error as error:
        raise FormatError(f"{name}: no CSV: {error}.") from None
    titles = [title.strip().lower() for title in rows[0]] if rows else []
    forms = f"{', '.join(COLORS)}; or {', '.join(CURVES)}, and the wavelengths"
    if titles[:3] != list(CURVES) and sorted(titles) != sorted(COLORS):
        raise FormatError(f"{name}: has the columns {', '.join(titles) or 'of none'}: give {forms}.")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(titles):
            raise FormatError(f"{name}: row {number} has {len(row)} cells, and the first row {len(titles)}.")
    cells = [[cell.strip() for cell in row] for row in rows[1:]]
    stem = Path(name).stem
    if titles[:3] == list(CURVES):
        return Box(_from_curves(name, titles[3:], cells), stem)
    named = [dict(zip(titles, row, strict=True)) for row in cells]
    return Box((Paint(r["name"], r["masstone"] or None, r["tint"] or None, r["ratio"] or None) for r in named), stem)


def _from_curves(name: str, titles: list[str], rows: list[list[str]]) -> Iterable[Paint]:
    """The paints of rows of curves, in the order in which their names first appear."""
    wavelengths = [_wavelength(f"{name}: row 1", title) for title in titles]
    paints: dict[str, dict[str, Any]] = {}
    for number, (paint, swatch, ratio, *cells) in enumerate(rows, 2):
        where = f"{name}: row {number}"
        if swatch not in ("masstone", "tint"):
            raise FormatError(f"{where} has the swatch {swatch!r}: give masstone or tint.")
        known = paints.setdefault(paint, {})
        if swatch in known:
            raise OptionError(
                f"row {number} is a second {swatch} of the paint {paint!r}: give each paint its own name."
            )
        try:
            values = list(map(float, cells))
        except ValueError:
            bad = next(cell for cell in cells if not _is_number(cell))
            raise FormatError(
                f"{where} has the reflectance {bad!r}: give a number from 0 to 1, with a point."
            ) from None
        check_wavelengths(f"{where} has a {swatch}", np.array(wavelengths))
        known[swatch] = dict(zip(wavelengths, values, strict=True))
        if ratio:
            known["ratio"] = ratio
    return [Paint(paint, **fields) for paint, fields in paints.items()]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_numbers(given: Any) -> bool:
    return isinstance(given, list) and all(
        isinstance(x, int | float) and not isinstance(x, bool) and abs(x) < 1e9 for x in given
    )


def _wavelength(where: str, text: str) -> float:
    """A wavelength in nanometers, from "400" or "400 nm"."""
    try:
        return float(text.lower().removesuffix("nm"))
    except ValueError:
        raise FormatError(f"{where}: {text!r} is no wavelength: give nanometers, such as 400.") from None


def _check_names(where: str, kind: str, given: Iterable[str], known: Iterable[str]) -> None:
    """FormatError if a name is unknown."""
    allowed = list(known)
    for name in given:
        if name not in allowed:
            raise FormatError(f"{where}: {kind} {name!r} is unknown: give {', '.join(allowed)}.")


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A dict of pairs; ValueError if a name is there twice."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the field {twice!r} is there twice in one mapping")
    return fields
