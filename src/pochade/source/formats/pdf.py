"""PDF pages, drawn by PDFium on white paper. `frame` chooses the page; the first by default."""

from dataclasses import replace
from typing import Any

from pochade.errors import FormatError
from pochade.files import Metadata
from pochade.source.array import open_array
from pochade.source.decoding import decoding
from pochade.source.dispatch import missing_library
from pochade.source.formats import formats
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_frame, check_size

LONG_SIDE = 1600
"""Pixels of the longer side: 137 an inch on A4, enough for letters with fully black pixels."""


def is_pdf(material: Material) -> bool:
    """Whether %PDF- occurs in the first kilobyte, as PDF readers allow."""
    return b"%PDF-" in material.head[:1024]


@formats.register("pdf", recognizes=is_pdf, isolate="pypdfium2")
def pdf(material: Material, options: ReadOptions) -> Picture:
    """The page as printed; its longer side has 1600 pixels."""
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except ImportError:
        raise missing_library(material, "PDF", "pypdfium2") from None
    name = material.name
    with decoding(name):
        try:
            document = pypdfium2.PdfDocument(material.bytes())
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            reason = "it has a password; remove it first" if locked else "the file is broken"
            raise FormatError(f"{name}: {reason}.") from None
        try:
            pages = len(document)
            page = document[check_frame(name, options, pages, "page")]
            codes = _draw(page, name, options)
        finally:
            document.close()
    picture = open_array(codes, replace(options, frame=None), name)
    return replace(picture, metadata=Metadata(paged=pages > 1))


def _draw(page: Any, name: str, options: ReadOptions) -> Any:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise FormatError(f"{name}: the page is {width:g} x {height:g} points; it has no area.")
    scale = LONG_SIDE / max(width, height)
    check_size(name, (round(width * scale), round(height * scale)), options)
    return page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy().copy()
