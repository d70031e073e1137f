"""HEIC and HEIF, through pillow-heif. Several pictures in one file are pages; the primary one is the default."""

from typing import Any

from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions

_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1 heif".split())
_OTHERS = frozenset({b"avif", b"avis"})  # the same container; Pillow reads these


def is_heif(material: Material) -> bool:
    """Whether the container has a brand of HEIF and none of AVIF."""
    head = material.head
    if head[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(head[:4], "big"), len(head), 256)
    brands = {head[8:12], *(head[start : start + 4] for start in range(16, end, 4))}
    return bool(brands & _BRANDS) and not brands & _OTHERS


@formats.register("heif", recognizes=is_heif, isolate="pillow_heif")
def heif(material: Material, options: ReadOptions) -> Picture:
    """The primary or the chosen picture, turned as the file states."""
    try:
        from pillow_heif import HeifImageFile
    except ImportError:
        raise missing_library(material, "HEIC", "pillow-heif") from None
    from pochade.source.raster import open_raster
    from pochade.source.tags.boxes import decodable

    known = decodable(material)

    def reopen() -> Any:
        return HeifImageFile(known.open())  # type: ignore[no-untyped-call]

    return open_raster(reopen, material, options)
