"""background(): what to put behind a picture."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.picture import whole
from pochade.backgrounds.border import border_of
from pochade.backgrounds.choice import Choice, Kind, Mode, checked, choose
from pochade.backgrounds.css import css
from pochade.backgrounds.paint import ground, placed, space
from pochade.backgrounds.strip import Strip
from pochade.cluster import methods
from pochade.color.srgb import parse_hex
from pochade.errors import OptionError
from pochade.extraction.extract import READING, Colors, check_names, extract
from pochade.extraction.preference import MOST as MOST_COLORS
from pochade.extraction.preference import read_colors
from pochade.files import PICTURES, encode_picture, suffix_of, write_whole
from pochade.option import Within, check_options
from pochade.option import whole as whole_number
from pochade.palette import Palette
from pochade.palette.shown import png
from pochade.source import read

Codes = NDArray[np.uint8]

SUFFIXES = *PICTURES, ".css"

SIZES = {"story": (1080, 1920), "square": (1080, 1080), "slide": (1920, 1080)}
"""Width and height in pixels, of what story apps, feeds and slides show."""

SMALLEST, LARGEST = 16, 8192
"""Of a custom size, in pixels."""

MARGIN, RADIUS = 0.08, 0.02
MOST = 0.45
"""Margin and radius, as parts of the shorter side; more than that leaves nothing to see."""


@dataclass(frozen=True, eq=False)
class Background:
    """A ground for a picture.

    kind : "solid", "gradient" or "field". mode : "light" or "dark". hex : its colors from the top. text : a color for
    text on it, with a contrast of 4.5 or more everywhere. reason : why it is this one, in sentences.
    source : the picture, uint8 sRGB (h, w, 3), or 4 with alpha. size : the ground's width and height.
    """

    kind: str
    mode: str
    hex: tuple[str, ...]
    text: str
    reason: str
    source: Codes
    size: tuple[int, int]
    _choice: Choice
    _margin: float
    _radius: float
    _strip: Strip | None

    def __repr__(self) -> str:
        return f"<Background, {self.mode} {self.kind} of {' '.join(self.hex)}: {self.reason}>"

    def _repr_png_(self) -> bytes:
        return png(self.image)

    @cached_property
    def ground(self) -> Codes:
        """The ground without the picture: uint8 sRGB (height, width, 3)."""
        return ground(self._choice, self.source, self.size)

    @cached_property
    def contrast(self) -> float:
        """The least WCAG contrast of the text with any pixel of the ground."""
        return checked(self.text, self.ground)

    @cached_property
    def image(self) -> Codes:
        """The ground with the picture on it, and the strip where one is wanted: uint8 sRGB (height, width, 3)."""
        assert self.contrast
        return placed(self.ground, self.source, self._margin, self._radius, self._strip)

    @property
    def css(self) -> str:
        """The ground and its text as declarations of CSS."""
        return css(self._choice)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture on its ground, as .png, .jpg or .webp; or the declarations, as .css; whole or not at all.

        Raises
        ------
        OptionError : another suffix.
        """
        suffix = suffix_of(path)
        if suffix not in SUFFIXES:
            raise OptionError(f"{os.fspath(path)}: its suffix is not one of {', '.join(SUFFIXES)}.")
        content = self.css.encode() if suffix == ".css" else encode_picture(self.image, os.fspath(path), suffix)
        write_whole(path, content)


def background(
    source: Any,
    *,
    kind: Kind = "auto",
    mode: Mode = "auto",
    size: str | tuple[int, int] = "story",
    margin: Annotated[float, Within(0, MOST)] = MARGIN,
    radius: Annotated[float, Within(0, MOST)] = RADIUS,
    strip: bool = False,
    palette: Palette | Colors | None = None,
    k: Annotated[int, Within(1, MOST_COLORS)] = 8,
    **options: Any,
) -> Background:
    """A ground that joins the picture's border, stays calm, and carries text.

    Parameters
    ----------
    source : as for `pochade.read`.
    kind : "solid", one color; "gradient", two or three from the top down; "field", the picture blurred beyond
        recognition; "auto" takes what suits the border.
    mode : "light", "dark", or "auto", as the border is.
    size : "story" (1080 x 1920), "square" (1080 x 1080), "slide" (1920 x 1080), or width and height in pixels, as
        numbers or as text, "1200x630".
    margin, radius : around the picture, and of its corners, as parts of the shorter side, 0 to 0.45.
    strip : put the palette under the picture, as a strip of equal pans as wide as the picture.
    palette : the colors of the strip, 1 to 256; without it, the k that are found.
    k : how many colors are found, which tint a ground whose border is gray.
    options : of `pochade.read` and `pochade.extract`.

    Raises
    ------
    SourceError : the picture cannot be had. OptionError : a value is not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> found = background(np.full((40, 60, 3), 250, np.uint8), size="square")
    >>> found.kind, found.mode, found.hex, found.image.shape
    ('solid', 'light', ('#fafafa',), (1080, 1080, 3))
    """
    check_names(background, options, methods.entry(options.get("method", "prominent")), extract)
    check_options(background, kind=kind, mode=mode, margin=margin, radius=radius, strip=strip)
    shape = sized(size)
    pans = _pans(strip, palette)
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    codes = whole(read(source, **reading))
    found = extract(codes, k, **rest)
    choice = choose(found, border_of(codes), kind, mode)
    made = _strip(found.srgb if pans is None else pans, choice, space(shape, margin)[0]) if strip else None
    return Background(
        choice.kind, choice.mode, choice.hex, choice.text, choice.reason, codes, shape, choice, margin, radius, made
    )


def _pans(strip: bool, palette: Palette | Colors | None) -> Codes | None:
    """The colors that are given for a strip, uint8 sRGB (n, 3)."""
    pans = read_colors("palette", palette)
    if pans is None:
        return None
    if not strip:
        raise OptionError("palette is what the strip has: give strip=True, or leave it out.")
    if not 1 <= len(pans) <= MOST_COLORS:
        raise OptionError(f"palette has {len(pans) or 'no'} colors: give 1 to {MOST_COLORS}.")
    return pans


def _strip(pans: Codes, choice: Choice, width: int) -> Strip:
    """The strip of some colors; OptionError where they would be narrower than pixels in a width."""
    if len(pans) > width:
        raise OptionError(
            f"a strip of {len(pans)} colors has no room in {width} pixels: give a larger size, a smaller margin, or "
            "fewer colors."
        )
    return Strip(pans, parse_hex(choice.text))


def sized(size: Any) -> tuple[int, int]:
    """Width and height in pixels.

    Examples
    --------
    >>> sized("slide"), sized("1200x630"), sized((300, 400))
    ((1920, 1080), (1200, 630), (300, 400))
    """
    if isinstance(size, str) and size in SIZES:
        return SIZES[size]
    if isinstance(size, str) and (found := re.fullmatch(r"(\d{1,5})[xX\N{MULTIPLICATION SIGN}](\d{1,5})", size)):
        size = int(found[1]), int(found[2])
    if isinstance(size, tuple | list) and len(size) == 2:
        width, height = map(whole_number, size)
        if all(type(side) is int and SMALLEST <= side <= LARGEST for side in (width, height)):
            return width, height
    raise OptionError(
        f"size={size!r} is not allowed: give {', '.join(SIZES)}, or width and height of "
        f"{SMALLEST} to {LARGEST} pixels, as 1200x630."
    )
