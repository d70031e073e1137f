"""The content of a poster, for any layout."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pochade.draw.canvas import Canvas
from pochade.draw.thumbnail import thumbnail
from pochade.draw.tone import Tone
from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.source import read
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image

PICTURE_SIDE = 3840
"""Least size of the longer side of a large picture on a poster: the pixels of the widest layout."""

Sheet = Callable[[int, int], Canvas]
"""A function from width and height to a canvas."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """A color of a drawing. share : of the picture, as text; empty if unknown."""

    hex: str
    name: str
    share: str
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """The content of a drawing. picture : may be None. title : may be empty. note : text beside the title."""

    swatches: tuple[Swatch, ...]
    picture: "Image.Image | None"
    title: str
    note: str
    tone: Tone

    @property
    def aspect(self) -> float:
        """Width / height of the picture."""
        assert self.picture is not None
        return self.picture.width / self.picture.height


def content_of(
    palette: Palette, tone: Tone, *, title: str | None, picture: Any = None, pictured: bool = True
) -> Content:
    """The content of a drawing of a palette; see `poster`. pictured : whether to show the palette's own picture."""
    pixels = None
    if picture is not None:
        pixels = picture if isinstance(picture, Pixels) else read(picture)
    elif pictured and palette.origin is not None and palette.origin.reopen is not None:
        pixels = palette.origin.reopen()
    weights = [color.weight for color in palette.colors]
    known = palette.origin is not None or len({round(weight, 9) for weight in weights}) > 1
    swatches = tuple(
        Swatch(color.hex, name, caption_share(color.weight) if known else "", color.weight)
        for color, name in zip(palette.colors, palette.names, strict=True)
    )
    return Content(
        swatches,
        None if pixels is None else thumbnail(pixels, PICTURE_SIDE, tone.paper),
        title_of(palette) if title is None else title,
        f"{len(palette)} color{'s' * (len(palette) != 1)}",
        tone,
    )


def caption_share(share: float) -> str:
    """A share as text, with a whole percentage from 10 %.

    Examples
    --------
    >>> caption_share(0.3142), caption_share(0.0314), caption_share(0.0002)
    ('31 %', '3.1 %', '<0.1 %')
    """
    if share < 0.0005:
        return "<0.1 %"
    return f"{100 * share:.0f} %" if share >= 0.0995 else f"{100 * share:.1f} %"


def check_count(palette: Palette, most: int) -> None:
    """Raise OptionError if the palette is empty or has more than `most` colors."""
    if not 1 <= len(palette) <= most:
        raise OptionError(f"the palette has {len(palette)} colors: a drawing shows 1 to {most}.")


def title_of(palette: Palette) -> str:
    """The file name of the picture, without suffix."""
    name = (palette.source or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return os.path.splitext(name)[0] if len(name) > 1 else ""
