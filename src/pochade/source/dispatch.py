"""Encoded pictures: recognize the format by its content and call its decoder."""

import sys

from pochade.errors import FormatError
from pochade.source.jpeg import open_jpeg
from pochade.source.kind import base_kind
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, refuse_exposure


def open_encoded(material: Material, options: ReadOptions) -> Picture:
    """The picture in the bytes.

    Raises
    ------
    FormatError, TruncatedError, TooLargeError, EmptyError : the picture cannot be decoded.
    SourceError : the process that decoded it died.
    """
    kind = base_kind(material.head)
    if kind is None or kind.name == "TIFF":  # many raw files are TIFF
        from pochade.source.formats import find_format

        entry = find_format(material)
        if entry is not None:
            if not entry.about.light:
                refuse_exposure(material.name, options)
            isolated = _isolated(material, options, entry.about.isolate) if entry.about.isolate else None
            return isolated or entry.value(material, options)
    refuse_exposure(material.name, options)
    if kind is not None and kind.name == "JPEG":
        picture = open_jpeg(material, options)
        if picture is not None:
            return picture
    elif kind is not None and kind.name == "JPEG2000" and (isolated := _isolated(material, options, "PIL")):
        return isolated
    from pochade.source.raster import open_file

    return open_file(material, options)


def _isolated(material: Material, options: ReadOptions, library: str) -> Picture | None:
    """The picture from a process of its own; None if it is to be decoded in this one, or the library is missing."""
    if not (options.isolate and _installed(library)):
        return None
    from pochade.source.isolation import available, open_isolated

    return open_isolated(material, options) if available() else None


def _installed(module: str) -> bool:
    """Whether a module can be imported; it is not."""
    if module in sys.modules:
        return sys.modules[module] is not None
    from importlib.util import find_spec

    return find_spec(module.partition(".")[0]) is not None


def missing_library(material: Material, format: str, package: str) -> FormatError:
    """The error for a format whose library is not installed."""
    return FormatError(
        f'{material.name}: {format} needs {package}, which is not installed: pip install "pochade[formats]".'
    )
