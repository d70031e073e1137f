"""background(): a background for a picture."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.picture import whole
from pochade.backgrounds.border import border_of
from pochade.backgrounds.choice import Choice, Kind, Mode, check_contrast, choose
from pochade.backgrounds.css import css
from pochade.backgrounds.paint import painted, placed, space
from pochade.backgrounds.strip import Strip
from pochade.cluster import methods
from pochade.color.srgb import parse_hex
from pochade.errors import OptionError
from pochade.extraction.check import READING, check_names
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS, Colors, read_colors
from pochade.files import PICTURES, Metadata, encode_picture, suffix_of, write_whole
from pochade.option import Within, check_options
from pochade.option import whole as whole_number
from pochade.palette import Palette
from pochade.palette.display import png
from pochade.source import read
from pochade.source.pixels import notes_of

Codes = NDArray[np.uint8]

SUFFIXES = *PICTURES, ".css"

SIZES = {"story": (1080, 1920), "square": (1080, 1080), "slide": (1920, 1080)}
"""Width and height in pixels of stories, feeds and slides."""

MIN_SIDE, MAX_SIDE = 16, 8192
"""Of a custom size, in pixels."""

MARGIN, RADIUS = 0.08, 0.02
MAX_MARGIN = 0.45
"""Margin and radius as parts of the shorter side; more would leave nothing of the picture."""


@dataclass(frozen=True, eq=False)
class Background:
    """A background for a picture.

    kind : "solid", "gradient" or "field". mode : "light" or "dark". hex : its colors from the top. text : a color for
    text on it, with a contrast of 4.5 or more at every pixel. reason : the reasons for the choice, in sentences.
    source : the picture, uint8 sRGB (h, w, 3), or 4 with alpha. size : width and height of the background.
    notes : a sentence for each color tag of the picture that was ignored, and one if it is one frame or page of many.
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
    notes: tuple[str, ...] = ()
    _tagged: bool = False

    def __repr__(self) -> str:
        return f"<Background, {self.mode} {self.kind} of {' '.join(self.hex)}: {self.reason}>"

    def _repr_png_(self) -> bytes:
        return png(self.image)

    @cached_property
    def bare(self) -> Codes:
        """The background without the picture: uint8 sRGB (height, width, 3)."""
        return painted(self._choice, self.source, self.size)

    @cached_property
    def contrast(self) -> float:
        """The least WCAG contrast of the text with any pixel of the background."""
        return check_contrast(self.text, self.bare)

    @cached_property
    def image(self) -> Codes:
        """The picture, and the strip if there is one, on the background: uint8 sRGB (height, width, 3)."""
        assert self.contrast
        return placed(self.bare, self.source, self._margin, self._radius, self._strip)

    @property
    def css(self) -> str:
        """CSS declarations of the background and the text color."""
        return css(self._choice)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture on its background as .png, .jpg or .webp, or the CSS as .css; whole or not at all.

        Raises
        ------
        OptionError : another suffix.
        """
        name, suffix = os.fspath(path), suffix_of(path)
        if suffix not in SUFFIXES:
            raise OptionError(f"{name}: its suffix is not one of {', '.join(SUFFIXES)}.")
        write_whole(path, self.css.encode() if suffix == ".css" else self.encode(suffix, name=name))

    def encode(self, suffix: str = ".png", *, name: str | None = None) -> bytes:
        """The picture on its background as a file with that suffix, .png, .jpg or .webp.

        It has a size of its own, so it states no resolution. It states that its colors are sRGB if the original stated
        its colors. name : of the file, in messages.
        """
        return encode_picture(self.image, name or suffix, suffix, self.metadata)

    @property
    def metadata(self) -> Metadata:
        """The facts that files of this picture state."""
        return Metadata(tagged=self._tagged)


def background(
    source: Any,
    *,
    kind: Kind = "auto",
    mode: Mode = "auto",
    size: str | tuple[int, int] = "story",
    margin: Annotated[float, Within(0, MAX_MARGIN)] = MARGIN,
    radius: Annotated[float, Within(0, MAX_MARGIN)] = RADIUS,
    strip: bool = False,
    palette: Palette | Colors | None = None,
    k: Annotated[int, Within(1, MAX_COLORS)] = 8,
    **options: Any,
) -> Background:
    """A calm background that continues the picture's border and carries text.

    Parameters
    ----------
    source : as for `pochade.read`; of an animation, the first frame.
    kind : "solid", one color; "gradient", two or three from the top down; "field", the picture blurred beyond
        recognition; "auto" decides by the border.
    mode : "light", "dark", or "auto", the border's own.
    size : "story" (1080 x 1920), "square" (1080 x 1080), "slide" (1920 x 1080), or width and height in pixels, as
        numbers or as text, "1200x630".
    margin, radius : margin around the picture and radius of its corners, as parts of the shorter side, 0 to 0.45.
    strip : put the palette under the picture, as a strip of equal swatches as wide as the picture.
    palette : the colors of the strip, 1 to 256; by default the k extracted ones.
    k : number of extracted colors, which tint the background of a gray border.
    options : of `pochade.read` and `pochade.extract`.

    Raises
    ------
    SourceError : the picture cannot be read. OptionError : a value is not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> result = background(np.full((40, 60, 3), 250, np.uint8), size="square")
    >>> result.kind, result.mode, result.hex, result.image.shape
    ('solid', 'light', ('#fafafa',), (1080, 1080, 3))
    """
    check_names(background, options, methods.entry(options.get("method", "prominent")), extract)
    check_options(background, kind=kind, mode=mode, margin=margin, radius=radius, strip=strip)
    shape = parse_size(size)
    swatches = _swatches(strip, palette)
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    pixels = read(source, **reading)
    codes = whole(pixels)
    extracted = extract(codes, k, **rest)
    choice = choose(extracted, border_of(codes), kind, mode)
    colors = extracted.srgb if swatches is None else swatches
    below = _strip(colors, choice, space(shape, margin)[0]) if strip else None
    return Background(
        choice.kind,
        choice.mode,
        choice.hex,
        choice.text,
        choice.reason,
        codes,
        shape,
        choice,
        margin,
        radius,
        below,
        notes_of(pixels, options.get("frame"), all_frames=False),
        pixels.metadata.tagged,
    )


def _swatches(strip: bool, palette: Palette | Colors | None) -> Codes | None:
    """The caller's colors for a strip, uint8 sRGB (n, 3)."""
    codes = read_colors("palette", palette)
    if codes is None:
        return None
    if not strip:
        raise OptionError("palette is for the strip: give strip=True, or leave it out.")
    if not 1 <= len(codes) <= MAX_COLORS:
        raise OptionError(f"palette has {len(codes) or 'no'} colors: give 1 to {MAX_COLORS}.")
    return codes


def _strip(codes: Codes, choice: Choice, width: int) -> Strip:
    """A strip of colors; OptionError if there are more colors than pixels."""
    if len(codes) > width:
        raise OptionError(
            f"a strip of {len(codes)} colors has no room in {width} pixels: give a larger size, a smaller margin, or "
            "fewer colors."
        )
    return Strip(codes, parse_hex(choice.text))


def parse_size(size: Any) -> tuple[int, int]:
    """Width and height in pixels.

    Examples
    --------
    >>> parse_size("slide"), parse_size("1200x630"), parse_size((300, 400))
    ((1920, 1080), (1200, 630), (300, 400))
    """
    if isinstance(size, str) and size in SIZES:
        return SIZES[size]
    if isinstance(size, str) and (match := re.fullmatch(r"(\d{1,5})[xX\N{MULTIPLICATION SIGN}](\d{1,5})", size)):
        size = int(match[1]), int(match[2])
    if isinstance(size, tuple | list) and len(size) == 2:
        width, height = map(whole_number, size)
        if all(type(side) is int and MIN_SIDE <= side <= MAX_SIDE for side in (width, height)):
            return width, height
    raise OptionError(
        f"size={size!r} is not allowed: give {', '.join(SIZES)}, or width and height of "
        f"{MIN_SIDE} to {MAX_SIDE} pixels, as 1200x630."
    )
