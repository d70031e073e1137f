"""recolor(): a picture in other colors.

Each color of the picture moves with the edited colors of the palette, by its nearness to them.

References
----------
Chang, Fried, Liu, DiVerdi and Finkelstein 2015, "Palette-based photo recoloring" (ACM Transactions on Graphics 34, 4):
weights by radial basis functions, a monotone curve for lightness, moves by the same part of the way to the gamut's
boundary, all computed on a lattice. We depart from it: Oklab instead of CIELAB, with a and b stretched, so that a
color's shadows are nearer to it than grays; black and white count as fixed colors of the palette; grays do not follow a
chromatic color, but its shades do; lightness changes locally unless tone="global"; the lattice has 33 nodes a channel,
not 12, and stores moves, so that unmoved colors stay to the byte. The palette is that of `extract`.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, get_args

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.picture import frames_of, whole
from pochade.cluster import methods
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, encode, to_hex
from pochade.errors import OptionError, PochadeError
from pochade.extraction.check import READING, check_names
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS, Colors, read_colors
from pochade.files import ANIMATIONS, PICTURES, Metadata, encode_animation, encode_picture, suffix_of, write_whole
from pochade.option import Within
from pochade.option import whole as whole_number
from pochade.palette import Color, Palette
from pochade.palette.display import png
from pochade.recoloring.arrival import landed, smoothed
from pochade.recoloring.change import changes, sentence
from pochade.recoloring.harmony import Template, check_template
from pochade.recoloring.lut import Lut, nodes, oklab_nodes
from pochade.recoloring.matching import in_harmony, like_another
from pochade.recoloring.transfer import Tone, transferred
from pochade.recoloring.weights import Influence, folded
from pochade.source import read
from pochade.source.pixels import Pixels, notes_of

Codes = NDArray[np.uint8]

COLORS = 5
"""Chang and others' default. With more, an object's light and shadow are two colors, and only one of them follows."""

MIN_WEIGHT = 1e-4
"""A color with less weight at a node does not move it."""


@dataclass(frozen=True, eq=False)
class Recolored:
    """A picture in other colors.

    source : the original, uint8 sRGB (h, w, 3), or 4 with alpha; of an animation, the first frame.
    palette : its palette, of all frames. after : the new colors, in the palette's order.
    tone : "local" or "global" lightness.
    reason : the edit in a sentence, and another if one page of many is used.
    """

    source: Codes
    palette: Palette
    after: tuple[Color, ...]
    tone: Tone
    reason: str
    _fixed: frozenset[str]
    _weights: NDArray[np.float64]
    _pixels: Pixels | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return f"<Recolored: {self.reason}>"

    def _repr_png_(self) -> bytes:
        return png(self.image)

    @property
    def changes(self) -> dict[str, str]:
        """Old to new colors, as hex, without those that stayed."""
        pairs = zip(self.palette, self.after, strict=True)
        return {one.hex: other.hex for one, other in pairs if one.srgb != other.srgb}

    @cached_property
    def lut(self) -> Lut:
        """The lookup table from the old picture to the new one; `.cube()` and `.hald()` are for other programs."""
        into = spaces["oklab"]
        to = into.from_linear(decode(_codes(self.after)))
        if not self.changes:
            return Lut.of(nodes())
        points, before = oklab_nodes(), self.palette.oklab
        edited = (before != to).any(1)
        free = np.array([one.hex not in self._fixed for one in self.palette])
        weights = folded(self._weights, before, edited, free)
        weights[weights < MIN_WEIGHT] = 0
        nodes_after = transferred(points, before, to, weights, self.tone)
        moved = (nodes_after != points).any(1)
        codes = nodes().copy()
        codes[moved] = encode(into.to_linear(nodes_after[moved])).clip(0, 255)
        return Lut.of(landed(smoothed(codes), self.palette.srgb[edited], _codes(self.after)[edited]))

    @cached_property
    def image(self) -> Codes:
        """The new picture, of an animation the first frame: uint8 sRGB, in the shape of the old one, with its alpha."""
        return self.lut.apply(self.source)

    @property
    def frames(self) -> int:
        """The number of frames, all of which are written to a file that can hold them."""
        return 1 if self._pixels is None else self._pixels.frames

    def again(self, change: Mapping[Any, Any], *, tone: Tone | None = None) -> "Recolored":
        """The same picture with another edit of the same palette, without reading the picture again.

        Raises
        ------
        OptionError : an old color is not in the palette.
        """
        edits = changes(change)
        _check_known(edits, self.palette.hex)
        after = tuple(Color(edits.get(one.hex, one.srgb), one.weight) for one in self.palette)
        return replace(self, after=after, tone=_tone(tone, "local"), reason=sentence(edits), _fixed=frozenset(edits))

    def encode(self, suffix: str = ".png", *, name: str | None = None) -> bytes:
        """The picture as a file with that suffix, one of .png, .jpg and .webp.

        A .png or .webp of an animation has all frames, with their durations; a .jpg has the first. The file states the
        resolution of the original, and that its colors are sRGB if the original stated its own.

        name : of the file, in messages.

        Raises
        ------
        OptionError : another suffix, or a JPEG of a partly transparent picture.
        """
        name, metadata = name or suffix, Metadata()
        if self._pixels is not None:
            metadata = self._pixels.metadata
            if self.frames > 1 and suffix in ANIMATIONS:
                return encode_recolored(self._pixels, self.lut, name, suffix)
        return encode_picture(self.image, name, suffix, metadata)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture as .png, .jpg or .webp, as `encode()` does, or the lookup table as .cube; whole or not at
        all.

        Raises
        ------
        OptionError : another suffix, or a JPEG of a partly transparent picture.
        """
        name, suffix = os.fspath(path), suffix_of(path)
        if suffix not in (*PICTURES, ".cube"):
            raise OptionError(f"{name}: its suffix is not one of {', '.join([*PICTURES, '.cube'])}.")
        write_whole(path, self.lut.cube().encode() if suffix == ".cube" else self.encode(suffix, name=name))


def frames_left_out(frames: int, suffix: str) -> str:
    """A sentence if a file with that suffix holds the first of many frames; else no text.

    Examples
    --------
    >>> frames_left_out(3, ".jpg"), frames_left_out(3, ".png")
    ('A .jpg holds the first of 3 frames; .png and .webp hold all.', '')
    """
    if frames == 1 or suffix in ANIMATIONS:
        return ""
    return f"A {suffix} holds the first of {frames} frames; {' and '.join(ANIMATIONS)} hold all."


def encode_recolored(pixels: Pixels, lut: Lut, name: str, suffix: str) -> bytes:
    """A picture in its new colors as a file with that suffix: all frames if it can hold them, else the first.

    Raises
    ------
    OptionError : as `encode_picture()`.
    """
    if pixels.frames == 1 or suffix not in ANIMATIONS:
        return encode_picture(lut.apply(whole(pixels)), name, suffix, pixels.metadata)
    durations, frames = frames_of(pixels)
    return encode_animation(map(lut.apply, frames), durations, name, suffix, pixels.metadata)


def recolor(
    source: Any,
    change: Mapping[Any, Any] | None = None,
    *,
    palette: Palette | Colors | None = None,
    like: Any = None,
    harmonize: Template | None = None,
    k: Annotated[int, Within(1, MAX_COLORS)] = COLORS,
    tone: Tone | None = None,
    **options: Any,
) -> Recolored:
    """A picture with an edited palette: by hand, after another picture, or into harmony.

    Parameters
    ----------
    source : as for `pochade.read`. All frames of an animation are recolored, with one palette.
    change : old colors to new ones, `{"#8e1a24": "#1a4c8e"}`; a color is CSS text, a triple of codes or a `Color`. Old
        colors should occur in the picture; they are colors of the palette, exactly as given. Their shades follow, other
        colors of the palette stay; a shade mapped to itself stays too.
    palette : the palette to edit, 1 to 256 colors, with the old colors of `change`; weights are counted in the picture.
        By default it is extracted, with the old colors kept.
    like : another picture, a `Palette`, or a list of colors of equal weight. Text means colors if no file has that name
        and all of it parses as colors. Each color takes the hue and chroma that the optimal transport between the two
        palettes assigns to it, and the picture takes the other's mean lightness.
    harmonize : "auto", or a template of `pochade.recoloring.harmony`: "i", "V", "L", "I", "T", "Y", "X".
    k : number of colors of the extracted palette.
    tone : "local" changes lightness around edited colors only; "global" changes the whole picture's by one monotone
        curve, as Chang and others do. The default is global for `like`, else local.
    options : of `pochade.read` and `pochade.extract`, for the picture.

    Raises
    ------
    SourceError : the picture cannot be read. OptionError : a value is not allowed, or not exactly one of change, like
    and harmonize is given.

    Examples
    --------
    >>> import numpy as np
    >>> picture = np.full((4, 4, 3), (142, 26, 36), np.uint8)
    >>> recolor(picture, {"#8e1a24": "#1a4c8e"}).image[0, 0].tolist()
    [26, 76, 142]
    """
    check_names(recolor, options, methods.entry(options.get("method", "prominent")), extract)
    if sum(edit is not None for edit in (change, like, harmonize)) != 1:
        raise OptionError("give one of: change, a mapping of old colors to new ones; like, a picture; or harmonize.")
    if options.get("mask") is not None:
        raise OptionError("mask is not allowed: the whole picture, or a region of it, is recolored.")
    chosen = _tone(tone, "local" if like is None else "global")
    if harmonize is not None:
        check_template(harmonize)
    edits = changes(change or {})
    k = whole_number(k)
    if isinstance(k, int) and not 1 <= k <= MAX_COLORS:
        raise OptionError(f"k={k!r} is not allowed: give a whole number from 1 to {MAX_COLORS}.")
    fixed_palette = None if palette is None else _read_palette(palette, edits)
    if options.get("keep") is not None and (edits or fixed_palette):
        raise OptionError("keep is not allowed here: the palette keeps the old colors of change, or is given.")
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    pixels = read(source, **reading)
    codes = whole(pixels)
    counted = codes if pixels.frames == 1 else pixels
    if fixed_palette is not None:
        before = _weighed(counted, fixed_palette, rest)
    else:
        if edits:
            rest["keep"] = [*edits]
        before = extract(counted, max(k, len(edits)) if isinstance(k, int) else k, **rest)
    if like is not None:
        after, reason = like_another(before, other_palette(like, k))
    elif harmonize is not None:
        after, reason = in_harmony(before, harmonize)
    else:
        after, reason = [edits.get(one.hex, one.srgb) for one in before], sentence(edits)
    before = replace(before, notes=notes_of(pixels, options.get("frame")))
    weights = Influence.of(before.oklab).weights(oklab_nodes())
    colors = tuple(Color(to, one.weight) for one, to in zip(before, after, strict=True))
    fixed = frozenset(edits or before.hex)  # after another palette or a template, shades do not follow
    return Recolored(codes, before, colors, chosen, reason, fixed, weights, _kept(pixels))


def _kept(pixels: Pixels) -> Pixels:
    """The pixels of an animation, which are read again to be written; of another picture, its metadata alone."""
    return pixels if pixels.frames > 1 else replace(pixels, strips=lambda: iter(()))


def other_palette(like: Any, k: int = COLORS) -> Palette:
    """The palette of another picture, or the given palette or colors."""
    if isinstance(like, Palette):
        return like
    if not _are_colors(like):
        return extract(like, k)
    codes = read_colors("like", like)
    assert codes is not None
    return Palette.from_dict({"colors": [{"srgb": color} for color in codes.tolist()]})


def _are_colors(like: Any) -> bool:
    """Whether `like` is colors, not a picture."""
    if not isinstance(like, str):
        return isinstance(like, list | tuple | Color)
    try:
        return not os.path.exists(like) and read_colors("like", like) is not None
    except PochadeError:
        return False


def _read_palette(palette: Palette | Colors, edited: Iterable[str]) -> list[str]:
    """The hex of the caller's palette; OptionError if it is invalid or lacks an old color."""
    read = read_colors("palette", palette)
    hexes = [] if read is None else [to_hex(color) for color in read]
    if not 1 <= len(hexes) <= MAX_COLORS:
        raise OptionError(f"the palette has {len(hexes) or 'no'} colors: give 1 to {MAX_COLORS}.")
    _check_known(edited, hexes)
    return hexes


def _check_known(edited: Iterable[str], palette: Sequence[str]) -> None:
    """Refuse to change a color that is not in the palette."""
    missing = [one for one in edited if one not in palette]
    if missing:
        known = ", ".join(palette)
        raise OptionError(f"change: {missing[0]} is not in the palette: give some of {known}; or call recolor() again.")


def _weighed(counted: Codes | Pixels, hexes: Sequence[str], options: Mapping[str, Any]) -> Palette:
    """The given colors in their order, each with its share of the picture."""
    palette = extract(counted, len(hexes), keep=hexes, **options)
    by_hex = {one.hex: one for one in palette}
    return replace(palette, colors=tuple(by_hex[one] for one in hexes))


def _codes(colors: Sequence[Color]) -> Codes:
    return np.array([color.srgb for color in colors], np.uint8).reshape(-1, 3)


def _tone(tone: Any, default: Tone) -> Tone:
    if tone is None:
        return default
    if tone not in get_args(Tone):
        raise OptionError(f"tone={tone!r} is not allowed: give one of {', '.join(get_args(Tone))}.")
    chosen: Tone = tone
    return chosen
