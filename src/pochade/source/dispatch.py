"""Encoded pictures: recognize the format by its content and call its decoder."""

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
    """
    kind = base_kind(material.head)
    if kind is not None and kind.name == "JPEG":
        refuse_exposure(material.name, options)
        picture = open_jpeg(material, options)
        if picture is not None:
            return picture
    elif kind is None or kind.name == "TIFF":  # many raw files are TIFF
        from pochade.source.formats import find_format

        entry = find_format(material)
        if entry is not None:
            if not entry.about.light:
                refuse_exposure(material.name, options)
            return entry.value(material, options)
    from pochade.source.raster import open_file

    refuse_exposure(material.name, options)
    return open_file(material, options)


def missing_library(material: Material, format: str, package: str) -> FormatError:
    """The error for a format whose library is not installed."""
    return FormatError(
        f'{material.name}: {format} needs {package}, which is not installed: pip install "pochade[formats]".'
    )
