"""Write drawings as the suffix of the file says."""

from collections.abc import Callable, Iterable
from typing import Any

from pochade import files
from pochade.cli.errors import complain, complain_of
from pochade.errors import OptionError
from pochade.files import encode_image, suffix_of, write_whole

Draw = Callable[..., Any]

PICTURES = {suffix: kind.name for suffix, kind in files.PICTURES.items()}
"""Pillow's names of the pixel formats, by suffix."""

DRAWINGS = {suffix: kind.name for suffix, kind in files.DRAWINGS.items()}
"""The formats of posters and wheels, by suffix."""

QUALITY = 92
"""Of a JPEG or WebP of a drawing."""


def check_suffix(path: str, allowed: Iterable[str]) -> None:
    """OptionError if the suffix is not allowed."""
    if suffix_of(path) not in allowed:
        raise OptionError(f"{path}: its suffix names no kind of picture: give one of {', '.join(allowed)}.")


def write_picture(path: str, image: Callable[[], Any], text: Callable[[], str] = str) -> None:
    """Write the PIL image that `image` returns; for .svg and .html, write the text that `text` returns."""
    kind = PICTURES.get(suffix_of(path))
    content = text().encode() if kind is None else encode_image(image(), kind, quality=QUALITY, optimize=True)
    write_whole(path, content)


def draw_palette(
    picture: str, output: str, options: dict[str, Any], kinds: tuple[Draw, Draw, Draw], **style: Any
) -> int:
    """Extract the palette of a picture and write a drawing of it; return the exit status.

    options : of extract(). kinds : the functions that draw a PIL image, an SVG and a PDF.
    """
    suffix = suffix_of(output)
    if suffix not in DRAWINGS:
        raise OptionError(f"{output}: its suffix is not one of {', '.join(DRAWINGS)}.")
    from pochade.extraction.extract import extract
    from pochade.source import read

    palette = extract(read(picture), **options)  # a pipe or a URL is read once, for the palette and the drawing
    write_whole(output, _content(palette, DRAWINGS[suffix], kinds, style))
    complain_of(palette.notes, picture)
    if palette.shortfall:
        complain(palette.shortfall)
    return 0


def _content(palette: Any, kind: str, kinds: tuple[Draw, Draw, Draw], style: dict[str, Any]) -> bytes:
    image, svg, pdf = kinds
    if kind == "SVG":
        text: str = svg(palette, **style)
        return text.encode()
    if kind == "PDF":
        document: bytes = pdf(palette, **style)
        return document
    return encode_image(image(palette, **style), kind, quality=QUALITY)
