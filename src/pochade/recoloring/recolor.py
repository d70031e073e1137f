"""recolor(): a picture in other colors.

The palette is edited, and each color of the picture follows by how near it is to the colors that were edited.

References
----------
Chang, Fried, Liu, DiVerdi and Finkelstein 2015, "Palette-based photo recoloring" (ACM Transactions on Graphics 34, 4):
weights by radial basis functions, lightness apart from color by a monotone curve, moves that take the same part of the
way to the gamut's boundary, all worked out on a lattice. We depart from it so: Oklab for CIELAB, with a and b
stretched, in which a color's shadows are nearer to it than grays are; black and white count as colors of the palette
that stay; grays do not follow a chromatic color, but its shades do; lightness follows locally unless one curve for all
is asked for; the lattice has 33 nodes a channel, not 12, and stores moves, so that what is not moved stays as it is to
the byte. The palette is that of `extract`.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, get_args

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.picture import whole
from pochade.cluster import methods
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, encode, to_hex
from pochade.errors import OptionError, PochadeError
from pochade.extraction.extract import READING, Colors, check_names, extract
from pochade.extraction.preference import MOST, read_colors
from pochade.files import PICTURES, encode_picture, suffix_of, write_whole
from pochade.option import Within
from pochade.option import whole as whole_number
from pochade.palette import Color, Palette
from pochade.palette.shown import png
from pochade.recoloring.arrival import landed, smoothed
from pochade.recoloring.change import changes, said
from pochade.recoloring.harmony import Template
from pochade.recoloring.lut import Lut, nodes, oklab_nodes
from pochade.recoloring.matching import in_harmony, like_another
from pochade.recoloring.transfer import Tone, transferred
from pochade.recoloring.weights import Influence, folded
from pochade.source import read

Codes = NDArray[np.uint8]

COLORS = 5
"""Chang and others' default. With more, a thing's light and its shadow are two colors, and only one of them follows."""

FAINT = 1e-4
"""A color that weighs less in a node does not move it."""


@dataclass(frozen=True, eq=False)
class Recolored:
    """A picture in other colors.

    source : the picture as it was, uint8 sRGB (h, w, 3), or 4 with alpha. palette : its palette.
    after : what the palette's colors became, in the same order. tone : how lightness followed.
    reason : what was done, in a sentence.
    """

    source: Codes
    palette: Palette
    after: tuple[Color, ...]
    tone: Tone
    reason: str
    _held: frozenset[str]
    _weights: NDArray[np.float64]

    def __repr__(self) -> str:
        return f"<Recolored: {self.reason}>"

    def _repr_png_(self) -> bytes:
        return png(self.image)

    @property
    def changes(self) -> dict[str, str]:
        """Which color became which, as hex; those that stayed are not among them."""
        pairs = zip(self.palette, self.after, strict=True)
        return {one.hex: other.hex for one, other in pairs if one.srgb != other.srgb}

    @cached_property
    def lut(self) -> Lut:
        """The table of colors that makes the new picture of the old one; `.cube()` and `.hald()` for other programs."""
        into = spaces["oklab"]
        to = into.from_linear(decode(_codes(self.after)))
        if not self.changes:
            return Lut.of(nodes())
        points, before = oklab_nodes(), self.palette.oklab
        edited = (before != to).any(1)
        free = np.array([one.hex not in self._held for one in self.palette])
        weights = folded(self._weights, before, edited, free)
        weights[weights < FAINT] = 0
        found = transferred(points, before, to, weights, self.tone)
        moved = (found != points).any(1)
        codes = nodes().copy()
        codes[moved] = encode(into.to_linear(found[moved])).clip(0, 255)
        return Lut.of(landed(smoothed(codes), self.palette.srgb[edited], _codes(self.after)[edited]))

    @cached_property
    def image(self) -> Codes:
        """The new picture: uint8 sRGB, of the shape of the old one, alpha kept."""
        return self.lut.apply(self.source)

    def again(self, change: Mapping[Any, Any], *, tone: Tone | None = None) -> "Recolored":
        """The same picture with another edit of the same palette: nothing is read or weighed anew.

        Raises
        ------
        OptionError : a color that is changed is not of the palette.
        """
        wanted = changes(change)
        _check_known(wanted, self.palette.hex)
        after = tuple(Color(wanted.get(one.hex, one.srgb), one.weight) for one in self.palette)
        return Recolored(
            self.source, self.palette, after, _tone(tone, "local"), said(wanted), frozenset(wanted), self._weights
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture, as .png, .jpg or .webp, or the table, as .cube; whole or not at all.

        Raises
        ------
        OptionError : another suffix, or a JPEG of a picture that is partly transparent.
        """
        write_whole(path, self._content(os.fspath(path)))

    def _content(self, path: str) -> bytes:
        suffix = suffix_of(path)
        if suffix == ".cube":
            return self.lut.cube().encode()
        if suffix not in PICTURES:
            raise OptionError(f"{path}: its suffix is not one of {', '.join([*PICTURES, '.cube'])}.")
        return encode_picture(self.image, path, suffix)


def recolor(
    source: Any,
    change: Mapping[Any, Any] | None = None,
    *,
    palette: Palette | Colors | None = None,
    like: Any = None,
    harmonize: Template | None = None,
    k: Annotated[int, Within(1, MOST)] = COLORS,
    tone: Tone | None = None,
    **options: Any,
) -> Recolored:
    """A picture whose palette was edited: by hand, after another picture, or into harmony.

    Parameters
    ----------
    source : as for `pochade.read`.
    change : old colors to new ones, `{"#8e1a24": "#1a4c8e"}`; a color is CSS text, a triple of codes or a `Color`. The
        old ones stand in the palette as they are given, and should be the picture's. Shades of them follow, other
        colors of the palette stay; a shade that is mapped to itself stays too.
    palette : the palette as it stands, 1 to 256 colors, of which `change` names some; how much of the picture each
        stands for is counted. Without it one is extracted, in which the old colors stand as they are given.
    like : another picture, a `Palette`, or a list of colors, which weigh alike; text is colors where it names no file
        and all of it can be read as such. Each color takes the hue and chroma of what the optimal
        transport between the two palettes brings it to, and the picture the other's mean lightness.
    harmonize : "auto", or a template of `pochade.recoloring.harmony`: "i", "V", "L", "I", "T", "Y", "X".
    k : how many colors the palette has, where it is not given.
    tone : "local", where lightness changes with the colors that are edited only; or "global", where one monotone curve
        moves the whole picture's, as Chang and others do. By default global for `like`, else local.
    options : of `pochade.read` and `pochade.extract`, for the picture.

    Raises
    ------
    SourceError : the picture cannot be had. OptionError : a value is not allowed, or not exactly one of change, like
    and harmonize is given.

    Examples
    --------
    >>> import numpy as np
    >>> picture = np.full((4, 4, 3), (142, 26, 36), np.uint8)
    >>> recolor(picture, {"#8e1a24": "#1a4c8e"}).image[0, 0].tolist()
    [26, 76, 142]
    """
    check_names(recolor, options, methods.entry(options.get("method", "prominent")), extract)
    if sum(given is not None for given in (change, like, harmonize)) != 1:
        raise OptionError("give one of: change, a mapping of old colors to new ones; like, a picture; or harmonize.")
    if options.get("mask") is not None:
        raise OptionError("mask is not allowed: the whole picture, or a region of it, is recolored.")
    chosen = _tone(tone, "local" if like is None else "global")
    wanted = changes(change or {})
    k = whole_number(k)
    if isinstance(k, int) and not 1 <= k <= MOST:
        raise OptionError(f"k={k!r} is not allowed: give a whole number from 1 to {MOST}.")
    given = None if palette is None else _given(palette, wanted)
    if options.get("keep") is not None and (wanted or given):
        raise OptionError(
            "keep is not allowed here: the colors that are changed, or given, stand in the palette already."
        )
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    pixels = read(source, **reading)
    codes = whole(pixels)
    if given is not None:
        found = _counted(codes, given, rest)
    else:
        if wanted:
            rest["keep"] = [*wanted]
        found = extract(codes, max(k, len(wanted)) if isinstance(k, int) else k, **rest)
    if like is not None:
        after, reason = like_another(found, _other(like, k))
    elif harmonize is not None:
        after, reason = in_harmony(found, harmonize)
    else:
        after, reason = [wanted.get(one.hex, one.srgb) for one in found], said(wanted)
    weights = Influence.of(found.oklab).weights(oklab_nodes())
    colors = tuple(Color(to, one.weight) for one, to in zip(found, after, strict=True))
    held = frozenset(wanted or found.hex)  # what another palette or a template brought about is as it shall be
    return Recolored(codes, found, colors, chosen, reason, held, weights)


def _other(like: Any, k: int) -> Palette:
    """The palette that is meant by another picture, a palette or colors."""
    if isinstance(like, Palette):
        return like
    if not _are_colors(like):
        return extract(like, k)
    codes = read_colors("like", like)
    assert codes is not None
    return Palette.from_dict({"colors": [{"srgb": color} for color in codes.tolist()]})


def _are_colors(like: Any) -> bool:
    """Whether it is colors, not a picture."""
    if not isinstance(like, str):
        return isinstance(like, list | tuple | Color)
    try:
        return not os.path.exists(like) and read_colors("like", like) is not None
    except PochadeError:
        return False


def _given(palette: Palette | Colors, wanted: Iterable[str]) -> list[str]:
    """The hex of a palette that is given; OptionError where it is none, or lacks a color that is changed."""
    read = read_colors("palette", palette)
    given = [] if read is None else [to_hex(color) for color in read]
    if not 1 <= len(given) <= MOST:
        raise OptionError(f"the palette has {len(given) or 'no'} colors: give 1 to {MOST}.")
    _check_known(wanted, given)
    return given


def _check_known(wanted: Iterable[str], palette: Sequence[str]) -> None:
    """Refuse a change of what is not in the palette."""
    missing = [one for one in wanted if one not in palette]
    if missing:
        known = ", ".join(palette)
        raise OptionError(f"change: {missing[0]} is not of the palette: give of {known}; or call recolor() anew.")


def _counted(codes: Codes, given: Sequence[str], options: Mapping[str, Any]) -> Palette:
    """The colors that are given, in their order, each with its share of the picture."""
    found = extract(codes, len(given), keep=given, **options)
    by_hex = {one.hex: one for one in found}
    return replace(found, colors=tuple(by_hex[one] for one in given))


def _codes(colors: Sequence[Color]) -> Codes:
    return np.array([color.srgb for color in colors], np.uint8).reshape(-1, 3)


def _tone(tone: Any, default: Tone) -> Tone:
    if tone is None:
        return default
    if tone not in get_args(Tone):
        raise OptionError(f"tone={tone!r} is not allowed: give one of {', '.join(get_args(Tone))}.")
    chosen: Tone = tone
    return chosen
