"""Zip files of palettes: deterministic to write, guarded to read."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from pochade.errors import FormatError

MAX_BYTES = 4 << 20
"""Limit of an unpacked member: 10,000 swatches of Krita are 2 MB, a profile is 0.2 to 1 MB."""

_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # other methods can expand without bound
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip file of these members, in this order: uncompressed and dated 1980, so the bytes are deterministic."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest that zip knows
            info.create_system, info.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
            archive.writestr(info, member)
    return content.getvalue()


def member(content: bytes, name: str, what: str) -> bytes | None:
    """A member of a zip file, by its name without regard to case; None if it is missing.

    Raises
    ------
    FormatError : it is no zip file, or damaged, or the member is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            info = next((info for info in archive.infolist() if info.filename.lower() == name.lower()), None)
            if info is None:
                return None
            where = f"byte {info.header_offset}: {name} in it"
            if info.compress_type not in _READABLE:
                raise FormatError(f"{where} is compressed in a way that {what} is not: only deflate may be.")
            with archive.open(info) as file:
                found = file.read(MAX_BYTES + 1)
    except _BROKEN as error:
        raise FormatError(f"byte 0: no zip file that can be read, which {what} is: {error}.") from None
    if len(found) > MAX_BYTES:
        raise FormatError(f"{where} unpacks to more than {MAX_BYTES >> 20} MiB, which no palette is.")
    return found


def needed(content: bytes, name: str, what: str) -> bytes:
    """A member; FormatError if it is missing."""
    found = member(content, name, what)
    if found is None:
        raise FormatError(f"byte {len(content)}: the zip file ends without {name}, which {what} has.")
    return found
