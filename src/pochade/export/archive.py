"""Write deterministic zip files, and read zip files within limits."""

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


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A zip file of the members in their order, uncompressed and dated 1980, so its bytes are deterministic."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest date of zip
            info.create_system, info.external_attr = 3, 0o644 << 16  # as on Unix, on every system
            archive.writestr(info, member)
    return content.getvalue()


def member(content: bytes, name: str, what: str) -> bytes | None:
    """The content of a member of a zip file, by its case-insensitive name; None if it is missing.

    Raises
    ------
    FormatError : the content is not a zip file, or is damaged, or the member is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            info = next((info for info in archive.infolist() if info.filename.lower() == name.lower()), None)
            if info is None:
                return None
            where = f"byte {info.header_offset}: its member {name}"
            if info.compress_type not in _READABLE:
                raise FormatError(f"{where} has a compression that {what} does not have: only deflate is allowed.")
            with archive.open(info) as file:
                unpacked = file.read(MAX_BYTES + 1)
    except _BROKEN as error:
        reason = str(error).rstrip(".")
        raise FormatError(f"byte 0: not a readable zip file, as {what} must be: {reason}.") from None
    if len(unpacked) > MAX_BYTES:
        raise FormatError(f"{where} unpacks to more than {MAX_BYTES >> 20} MiB, the limit.")
    return unpacked


def required_member(content: bytes, name: str, what: str) -> bytes:
    """The content of a member; FormatError if it is missing."""
    unpacked = member(content, name, what)
    if unpacked is None:
        raise FormatError(f"byte {len(content)}: the zip file ends without {name}, which {what} must have.")
    return unpacked
