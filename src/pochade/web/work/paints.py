"""The tubes of paint for a picture, and recipes."""

from collections.abc import Mapping, Sequence
from typing import Any

from pochade.errors import FormatError, OptionError
from pochade.files import PICTURES
from pochade.paint import Box, Paints
from pochade.paint.paints import Request, request_of
from pochade.paint.reading import read_box
from pochade.palette import Color, Palette
from pochade.web.answer import Answer, header_of
from pochade.web.cache import Cache
from pochade.web.work.clock import Clock

MEDIA_TYPES = {
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": PICTURES[".png"].media_type,
    "pdf": "application/pdf",
}
"""The media types of the answers, by format."""


def choose_paints(
    cache: Cache,
    digest: str,
    keywords: Mapping[str, Any],
    asked: Mapping[str, Any],
    own_box: str | None,
    format: str,
    dark: bool,
    name: str | None,
) -> Answer:
    """The tubes and recipes as JSON, or as a sheet.

    keywords : of extract(). asked : the other options of paints(). own_box : the text of a box, JSON or CSV.
    """
    clock = Clock()
    request = _request(asked, own_box)
    palette, _ = cache.palette(digest, keywords, name)
    return _answer(request.answer(palette), format, dark, clock)


def paint_colors(
    cache: Cache,
    digest: None,
    palette: Sequence[tuple[tuple[int, int, int], float]],
    keywords: Mapping[str, Any],
    asked: Mapping[str, Any],
    own_box: str | None,
    format: str,
    dark: bool,
) -> Answer:
    """The same for colors, each with its share, without a picture. keywords : not used."""
    clock = Clock()
    colors = Palette(tuple(Color(codes, weight) for codes, weight in palette))
    return _answer(_request(asked, own_box).answer(colors), format, dark, clock)


def _request(asked: Mapping[str, Any], own_box: str | None) -> Request:
    return request_of(**{**asked, "box": asked["box"] if own_box is None else box_of_text(own_box)})


def _answer(answer: Paints, format: str, dark: bool, clock: Clock) -> Answer:
    """The tubes and recipes in a format."""
    clock.lap("make")
    headers = header_of(answer.palette.notes)
    if format == "json":
        content = (answer.to_json() + "\n").encode("utf-8", "backslashreplace")
        return Answer(content, MEDIA_TYPES[format], clock.laps, headers)
    from pochade import draw
    from pochade.draw.png import png

    if format == "svg":
        content = draw.paint_sheet_svg(answer, dark=dark).encode()
    elif format == "pdf":
        content = draw.paint_sheet_pdf(answer, dark=dark)
    else:
        content = png(draw.paint_sheet(answer, dark=dark))
    clock.lap("write")
    named = {"Content-Disposition": f'attachment; filename="paints.{format}"'}
    return Answer(content, MEDIA_TYPES[format], clock.laps, headers | named)


def box_of_text(text: str) -> Box:
    """The box of a text; OptionError if it is none, because the picture is not to blame."""
    try:
        return read_box(text.encode(), "box")
    except FormatError as error:
        raise OptionError(str(error)) from None
