"""Write drawings as the suffix of the file says."""

from collections.abc import Callable, Iterable
from typing import Any

from pochade import files
from pochade.cli.arrange import Arrange
from pochade.cli.each import Report, write_each
from pochade.cli.folder import is_folder
from pochade.cli.output import deliver
from pochade.cli.sources import expand
from pochade.errors import OptionError
from pochade.files import encode_image, suffix_of, write_whole

Draw = Callable[..., Any]

PICTURES = {suffix: kind.name for suffix, kind in files.PICTURES.items()}
"""Pillow's names of the pixel formats, by suffix."""

DRAWINGS = {suffix: kind.name for suffix, kind in files.DRAWINGS.items()}
"""The formats of posters and wheels, by suffix."""

QUALITY = 92
"""Of a JPEG or WebP of a drawing."""

DEFAULT = "png"
"""The format of files in a folder, and of standard output, without -f."""


def check_suffix(path: str, allowed: Iterable[str]) -> None:
    """OptionError if the suffix is not allowed."""
    if suffix_of(path) not in allowed:
        raise OptionError(f"{path}: its suffix names no kind of picture: give one of {', '.join(allowed)}.")


def suffix_for(path: str | None, format: str | None, allowed: Iterable[str]) -> str:
    """The suffix of the files to write: that of the path, or that of the format for a folder and standard output.

    Raises
    ------
    OptionError : the suffix is not allowed, or contradicts the format.
    """
    if path in (None, "-") or is_folder(str(path)):
        return f".{format or DEFAULT}"
    check_suffix(str(path), allowed)
    suffix = suffix_of(str(path))
    if format is not None and PICTURES.get(suffix, suffix) != PICTURES.get(f".{format}", f".{format}"):
        raise OptionError(f"{path}: its suffix is not that of {format}: give one of them.")
    return suffix


def drawn(
    suffix: str,
    image: Callable[[], Any],
    text: Callable[[], str] = str,
    pdf: Callable[[], bytes] = bytes,
) -> bytes:
    """The bytes of a file with that suffix: of the PIL image, the text (.svg, .html) or the PDF that is returned."""
    if suffix == ".pdf":
        return pdf()
    kind = PICTURES.get(suffix)
    return text().encode() if kind is None else encoded(image(), kind)


def encoded(image: Any, kind: str) -> bytes:
    """A PIL image as the bytes of a file. kind : Pillow's name of the format."""
    if kind == "PNG" and image.mode == "RGB":
        from pochade.draw.png import png

        return png(image)
    return encode_image(image, kind, quality=QUALITY)


def write_picture(path: str, image: Callable[[], Any], text: Callable[[], str] = str) -> None:
    """Write the PIL image that `image` returns; for .svg and .html, write the text that `text` returns."""
    write_whole(path, drawn(suffix_of(path), image, text))


def draw_palettes(
    pictures: Iterable[str],
    output: str,
    format: str | None,
    options: dict[str, Any],
    kinds: tuple[Draw, Draw, Draw],
    *,
    recursive: bool,
    arrange: Arrange | None = None,
    **style: Any,
) -> int:
    """Extract the palette of each picture and write a drawing of it; return the exit status.

    options : of extract(). kinds : the functions that draw a PIL image, an SVG and a PDF. style : their options.
    arrange : how the palettes are sorted and named.
    """
    from pochade.cli.views import extracted
    from pochade.extraction.extract import check_keywords

    suffix = suffix_for(output, format, DRAWINGS)
    check_keywords(options)
    if arrange is not None:
        arrange.check()

    def work(source: str, file: str) -> Report:
        palette = extracted(source, options)  # a pipe or a URL is read once, for the palette and the drawing
        if arrange is not None:
            palette = arrange(palette)
        image, svg, pdf = (lambda draw=draw: draw(palette, **style) for draw in kinds)
        deliver(drawn(suffix, image, svg, pdf), suffix[1:], file)
        return Report(palette.notes, palette.shortfall or "")

    return write_each(expand(pictures, recursive=recursive), work, {"-o": (output, suffix)})
