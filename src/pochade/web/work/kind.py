"""The common name of a picture's file format."""

from pochade.source.formats import find_format
from pochade.source.kind import base_kind
from pochade.source.material import from_bytes

_NAMES = {
    "exr": "OpenEXR",
    "float-tiff": "TIFF",
    "hdr": "Radiance HDR",
    "heif": "HEIC",
    "jxl": "JPEG XL",
    "raw": "camera RAW",
}
"""The names of registered formats that are not their keys in capitals."""


def kind_of(data: bytes) -> str:
    """`JPEG`, `PNG`, ...; `other` if neither the first bytes nor a registered format identify it."""
    kind = base_kind(data[:64])
    if kind is not None and kind.name != "TIFF":  # many raw files are TIFF
        return {"WEBP": "WebP", "JPEG2000": "JPEG 2000"}.get(kind.name, kind.name)
    entry = find_format(from_bytes(data))
    if entry is not None:
        return _NAMES.get(entry.name, entry.name.upper())
    return "TIFF" if kind is not None else "other"
