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

from pochade import kernel
from pochade.color.parse import parse_color
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, encode, to_hex
from pochade.errors import OptionError
from pochade.extract import READING, Colors, extract
from pochade.option import Within
from pochade.palette import Color, Palette
from pochade.preference import MOST, read_colors
from pochade.recoloring.arrival import landed, smoothed
from pochade.recoloring.harmony import Template, codes_of, harmonized
from pochade.recoloring.lut import Lut, nodes, oklab_nodes
from pochade.recoloring.transfer import Tone, transferred
from pochade.recoloring.weights import STRETCH, Influence, folded
from pochade.sight.picture import whole
from pochade.source import read

Codes = NDArray[np.uint8]

COLORS = 5
"""Chang and others' default. With more, a thing's light and its shadow are two colors, and only one of them follows."""

LIT = 0.05, 0.95
GENTLE = 1.6
"""A mean lightness beyond LIT is taken for that, and a gamma is at most GENTLE or its inverse: night does not become
day, for noise would."""

GAINED = 0.08
"""The Oklab chroma that a color gains at most: clouds may turn cream, not lemon."""

FAINT = 1e-4
"""A color that weighs less in a node does not move it."""

KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
"""What a picture can be saved as, by suffix."""


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

    @property
    def changes(self) -> dict[str, str]:
        """Which color became which, as hex; those that stayed are not among them."""
        pairs = zip(self.palette, self.after, strict=True)
        return {one.hex: other.hex for one, other in pairs if one.srgb != other.srgb}

    @cached_property
    def lut(self) -> Lut:
        """The table of colors that makes the new picture of the old one; `.cube()` and `.hald()` for other programs."""
        into = spaces["oklab"].value
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
        wanted = _read(change)
        _check_known(wanted, self.palette.hex)
        after = tuple(Color(wanted.get(one.hex, one.srgb), one.weight) for one in self.palette)
        return Recolored(
            self.source, self.palette, after, _tone(tone, "local"), _said(wanted), frozenset(wanted), self._weights
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture, as .png, .jpg or .webp, or the table, as .cube; whole or not at all.

        Raises
        ------
        OptionError : another suffix, or a JPEG of a picture that is partly transparent.
        """
        from pochade.export.whole import whole_file

        content = self._content(os.fspath(path))
        with whole_file(path) as file:
            file.write(content)

    def _content(self, path: str) -> bytes:
        suffix = os.path.splitext(path)[1].lower()
        if suffix == ".cube":
            return self.lut.cube().encode()
        return encoded(self.image, path, suffix)


def encoded(codes: Codes, path: str, suffix: str) -> bytes:
    """A picture as the bytes of a file; OptionError where the suffix names none that can hold it."""
    import io

    from PIL import Image

    if suffix not in KINDS:
        raise OptionError(f"{path}: its suffix is not one of {', '.join([*KINDS, '.cube'])}.")
    if codes.shape[2] == 4 and KINDS[suffix] == "JPEG":
        raise OptionError(f"{path}: part of the picture is transparent, which a JPEG cannot be: give .png or .webp.")
    file = io.BytesIO()
    Image.fromarray(codes).save(file, KINDS[suffix], quality=95)
    return file.getvalue()


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
    like : another picture, or a `Palette`: each color takes the hue and chroma of what the optimal transport between
        the two palettes brings it to, and the picture the other's mean lightness.
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
    if sum(given is not None for given in (change, like, harmonize)) != 1:
        raise OptionError("give one of: change, a mapping of old colors to new ones; like, a picture; or harmonize.")
    if options.get("mask") is not None:
        raise OptionError("mask is not allowed: the whole picture, or a region of it, is recolored.")
    chosen = _tone(tone, "local" if like is None else "global")
    wanted = _read(change or {})
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
        after, said = _like(found, like, k)
    elif harmonize is not None:
        after, said = _harmonized(found, harmonize)
    else:
        after, said = [wanted.get(one.hex, one.srgb) for one in found], _said(wanted)
    weights = Influence.of(found.oklab).weights(oklab_nodes())
    colors = tuple(Color(to, one.weight) for one, to in zip(found, after, strict=True))
    held = frozenset(wanted or found.hex)  # what another palette or a template brought about is as it shall be
    return Recolored(codes, found, colors, chosen, said, held, weights)


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


Triple = tuple[int, int, int]


def _like(palette: Palette, like: Any, k: int) -> tuple[list[Triple], str]:
    """The hue and chroma of another palette, by optimal transport, and its mean lightness, by one gamma.

    Each color goes to the mean of what it is brought to. Colors count by the root of their share, so that a gray
    ground does not swallow the colors on it.
    """
    other = like if isinstance(like, Palette) else extract(like, k)
    if not other.k:
        raise OptionError("like is a palette without colors: give one that has some.")
    mine, theirs = np.sqrt(palette.weights), np.sqrt(other.weights)
    flow = kernel.transport(mine / mine.sum(), theirs / theirs.sum(), _costs(palette.oklab, other.oklab))
    shares = flow / flow.sum(1, keepdims=True)
    mean, wanted = (palette.weights @ palette.oklab[:, 0], other.weights @ other.oklab[:, 0])
    gamma = float(np.clip(np.log(np.clip(wanted, *LIT)) / np.log(np.clip(mean, *LIT)), 1 / GENTLE, GENTLE))
    color = shares @ other.oklab[:, 1:]
    most = np.hypot(*palette.oklab[:, 1:].T) + GAINED
    color *= np.minimum(1, most / np.maximum(np.hypot(*color.T), 1e-9))[:, None]
    to = np.column_stack([palette.oklab[:, 0] ** gamma, color])
    main = shares.argmax(1).tolist()
    parts = [
        f"{share[j]:.0%} of {one.hex} went to {other[j].hex}"
        for one, share, j in zip(palette, shares, main, strict=True)
    ]
    return [_triple(codes) for codes in codes_of(to)], f"{'; '.join(parts)}."


def _costs(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the colors of two palettes are apart, hue and chroma before lightness: float64 (m, n)."""
    costs: NDArray[np.float64] = np.sqrt((((one[:, None] - other) * STRETCH) ** 2).sum(2))
    return costs


def _harmonized(palette: Palette, template: str) -> tuple[list[Triple], str]:
    moved, name, turn = harmonized(palette.oklab, palette.weights, template)
    after: list[Triple] = []
    for one, to, point in zip(palette, codes_of(moved), moved, strict=True):
        near = np.abs(point - one.oklab).max() < 1e-9
        after.append(one.srgb if near else _triple(to))
    return after, f"Hues were brought into template {name}, turned by {turn:.0f} degrees."


def _read(change: Mapping[Any, Any]) -> dict[str, Triple]:
    """Old hex to new codes."""
    if not isinstance(change, Mapping):
        raise OptionError(f"change={change!r:.60} is not allowed: give a mapping of old colors to new ones.")
    return {to_hex(_code(old)): _triple(_code(new)) for old, new in change.items()}


def _code(given: Any) -> Codes:
    """The sRGB codes of one color as a user gives it."""
    if isinstance(given, str):
        return parse_color(given)
    codes = given.srgb if isinstance(given, Color) else given
    try:
        if len(codes) == 3 and all(0 <= code <= 255 and int(code) == code for code in codes):
            return np.array([int(code) for code in codes], np.uint8)
    except (TypeError, ValueError):
        pass
    raise OptionError(f"{given!r:.60} is no color: give CSS text, as in #8e1a24, or three codes 0..255.")


def _triple(codes: Any) -> Triple:
    red, green, blue = (int(code) for code in codes)
    return red, green, blue


def _codes(colors: Sequence[Color]) -> Codes:
    return np.array([color.srgb for color in colors], np.uint8).reshape(-1, 3)


def _tone(tone: Any, default: Tone) -> Tone:
    if tone is None:
        return default
    if tone not in get_args(Tone):
        raise OptionError(f"tone={tone!r} is not allowed: give one of {', '.join(get_args(Tone))}.")
    chosen: Tone = tone
    return chosen


def _said(wanted: Mapping[str, Triple]) -> str:
    parts = [f"{old} became {to_hex(new)}" for old, new in wanted.items()]
    return f"{'; '.join(parts)}." if parts else "Nothing was changed."
