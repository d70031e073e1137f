"""Encoded pictures: what kind the bytes are, by their content, and who decodes that kind."""

from pochade.errors import FormatError
from pochade.source.jpeg import open_jpeg
from pochade.source.material import Material
from pochade.source.picture import Picture, Wishes

_NO_FORMAT_STARTS_LIKE = (
    b"\x89PNG\r\n\x1a\n",
    b"GIF8",
    b"BM",
    b"\0\0\0\x0cjP  ",
    b"\xff\x4f\xff\x51",
)
"""Files that only Pillow reads, so that no loader in `formats` need be asked."""


def open_encoded(material: Material, wishes: Wishes) -> Picture:
    """The picture in the bytes.

    Raises
    ------
    FormatError, TruncatedError, TooLargeError : as their names say.
    """
    head = material.head
    if head.startswith(b"\xff\xd8\xff"):
        picture = open_jpeg(material, wishes)
        if picture is not None:
            return picture
    elif not head.startswith(_NO_FORMAT_STARTS_LIKE):
        from pochade.source.formats import find_format

        entry = find_format(material)
        if entry is not None:
            return entry.value(material, wishes)
    from pochade.source.raster import open_file

    return open_file(material, wishes)


def missing(material: Material, what: str, package: str) -> FormatError:
    """The error for a format whose library is not installed."""
    return FormatError(
        f'{material.name}: {what} needs {package}, which is not installed: pip install "pochade[formats]".'
    )
