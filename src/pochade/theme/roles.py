"""Roles: the vibrant, the muted, the background, the text and the accent color of a palette.

The six profiles of vibrant and muted come from Android's Palette API, as in node-vibrant: a range and a target of HSL
saturation and lightness, and a score from the distance to the target and the share of the picture. Every role has a
color: if none fits, the role says so and has the nearest.

Differences from Android: the colors come from the palette, and if none of them fits, from a palette of 16 of the same
picture. The filter against black and white is kept; the filter against skin is omitted, because it also removes wood,
sand and orange.

References
----------
Android Open Source Project: AndroidX Palette 1.0.0, classes Target and Palette: the numbers of `PROFILES`, `WEIGHTS`
and `TIPS`, the order of the roles, and the rule that a color is used once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array, hexcone
from pochade.color.contrast import AA, apca, wcag
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.explain.words import percent
from pochade.palette import Color, Palette

Name = Literal[
    "light vibrant", "vibrant", "dark vibrant", "light muted", "muted", "dark muted", "background", "text", "accent"
]

NAMES: tuple[Name, ...] = get_args(Name)


@dataclass(frozen=True, slots=True)
class Profile:
    """The least, the best and the largest HSL saturation and lightness of a role, 0..1."""

    saturation: tuple[float, float, float]
    lightness: tuple[float, float, float]

    def __str__(self) -> str:
        return f"{_range('saturation', self.saturation)}, {_range('lightness', self.lightness)}"


_VIBRANT, _MUTED = (0.35, 1.0, 1.0), (0.0, 0.3, 0.4)
_LIGHT, _NORMAL, _DARK = (0.55, 0.74, 1.0), (0.3, 0.5, 0.7), (0.0, 0.26, 0.45)

PROFILES: dict[Name, Profile] = {
    "light vibrant": Profile(_VIBRANT, _LIGHT),
    "vibrant": Profile(_VIBRANT, _NORMAL),
    "dark vibrant": Profile(_VIBRANT, _DARK),
    "light muted": Profile(_MUTED, _LIGHT),
    "muted": Profile(_MUTED, _NORMAL),
    "dark muted": Profile(_MUTED, _DARK),
}

WEIGHTS = 0.24, 0.52, 0.24
"""The weights of saturation, lightness and share of the picture in the score."""

TIPS = 0.05, 0.95
"""A color with at most the first lightness is black, with at least the second white, at any saturation."""

MORE_COLORS = 16
"""The default number of colors in Android."""

MIN_CHROMA = 0.05
"""The least Oklab chroma of an accent."""

MIN_DIFFERENCE = 20.0
"""The least CIEDE2000 of an accent from the background: twice the distance at which colors share a name."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role and its color.

    name : "vibrant", ... color : the color, or the nearest if none fits. found : whether the color fits.
    source : the origin of the color: the palette, or the palette of 16 colors of the picture.
    reason : the reason for the color, or the missing property, in a sentence.
    """

    name: Name
    color: Color
    found: bool
    source: Literal["palette", "picture"]
    reason: str

    @property
    def hex(self) -> str:
        """The `#rrggbb` of its color."""
        return self.color.hex

    def to_dict(self) -> dict[str, Any]:
        """As JSON types."""
        return {
            "hex": self.hex,
            "name": self.color.name,
            "weight": self.color.weight,
            "found": self.found,
            "source": self.source,
            "reason": self.reason,
        }

    def __str__(self) -> str:
        return f"{self.name}: {self.hex}. {self.reason}"


@dataclass(frozen=True, slots=True)
class Roles:
    """The nine roles, in the order of `NAMES`; `roles["vibrant"]` is one."""

    roles: tuple[Role, ...]

    def __getitem__(self, name: Name) -> Role:
        for role in self.roles:
            if role.name == name:
                return role
        raise KeyError(f"{name!r} is not a role: give {', '.join(NAMES)}.")

    def __iter__(self) -> Iterator[Role]:
        return iter(self.roles)

    def __len__(self) -> int:
        return len(self.roles)

    def to_dict(self) -> dict[str, Any]:
        """As JSON types: a field for each role, its name with _ for spaces."""
        return {role.name.replace(" ", "_"): role.to_dict() for role in self.roles}

    def __str__(self) -> str:
        return "\n".join(map(str, self.roles))


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """The candidates for roles: colors of the palette, then of the picture.

    saturation, lightness : float64 (n,), HSL. shares : float64 (n,), 1 for the largest.
    own : the number of colors of the palette.
    """

    colors: tuple[Color, ...]
    saturation: Array
    lightness: Array
    shares: Array
    own: int

    def source(self, i: int) -> Literal["palette", "picture"]:
        return "palette" if i < self.own else "picture"


def roles(palette: Palette) -> Roles:
    """The nine roles of a palette; see `Palette.roles`.

    Examples
    --------
    >>> import pochade
    >>> result = roles(pochade.Palette.from_dict({"colors": ["#5b6770", "#c8242b", "#f2e8d5"]}))
    >>> print(result["vibrant"])
    vibrant: #c8242b. It has saturation 0.69 and lightness 0.46 in HSL, and covers 33 % of the picture.
    >>> result["dark vibrant"].found
    False
    """
    if not len(palette):
        raise OptionError("a palette without colors has no roles.")
    among = _candidates(palette)
    result, used = [], set[int]()
    for name, profile in PROFILES.items():
        i, state = _profiled(among, profile, used)
        if state == "free":
            used.add(i)
        reason = _why_profile(among, i, profile, state)
        result.append(Role(name, among.colors[i], state == "free", among.source(i), reason))
    return Roles((*result, *_interface(among)))


def _candidates(palette: Palette) -> _Candidates:
    known = {color.srgb for color in palette}
    colors = [*palette, *(color for color in _more(palette) if color.srgb not in known)]
    # In codes, not in parts of 255: the numbers stay integers, and a color at the limit of a profile fits it.
    _, top, chroma = hexcone.split(np.array([color.srgb for color in colors], np.float64))
    lightness = (top - chroma / 2) / 255
    widest = 255 - np.abs(2 * top - chroma - 255)
    saturation = chroma / np.where(widest > 0, widest, 1)
    shares = np.array([color.weight for color in colors])
    return _Candidates(tuple(colors), saturation, lightness, shares / (shares.max() or 1), len(palette))


def _more(palette: Palette) -> Iterator[Color]:
    """Sixteen colors of the picture, by the options of the palette; none if it lacks an origin or they forbid it."""
    if palette.origin is None:
        return
    try:
        more = palette.origin.solve(MORE_COLORS)
    except OptionError:
        return
    for (red, green, blue), share in zip(more.codes.tolist(), more.shares.tolist(), strict=True):
        yield Color((red, green, blue), share)


State = Literal["free", "taken", "unfit"]


def _profiled(among: _Candidates, profile: Profile, used: set[int]) -> tuple[int, State]:
    """The candidate for a profile: the best that fits and is free, otherwise the nearest, which may be taken."""
    saturation, lightness = profile.saturation, profile.lightness
    low, high = max(lightness[0], TIPS[0]), min(lightness[2], TIPS[1])
    off = _outside(among.saturation, saturation[0], saturation[2]) + _outside(among.lightness, low, high)
    off[(among.lightness <= TIPS[0]) | (among.lightness >= TIPS[1])] += 1e-9  # the limits themselves are outside
    score = (
        WEIGHTS[0] * (1 - np.abs(among.saturation - saturation[1]))
        + WEIGHTS[1] * (1 - np.abs(among.lightness - lightness[1]))
        + WEIGHTS[2] * among.shares
    )
    fits = off == 0
    fits[list(used)] = False
    for part in (slice(among.own), slice(among.own, None)):
        if fits[part].any():
            return (part.start or 0) + int(np.where(fits, score, -1)[part].argmax()), "free"
    nearest = int(np.where(off == off.min(), score, -1).argmax())
    return nearest, "unfit" if off[nearest] else "taken"


def _outside(values: Array, low: float, high: float) -> Array:
    out: Array = np.maximum(0, np.maximum(low - values, values - high))
    return out


def _why_profile(among: _Candidates, i: int, profile: Profile, state: State) -> str:
    has = f"saturation {among.saturation[i]:.2f} and lightness {among.lightness[i]:.2f}"
    if state == "free":
        return f"It has {has} in HSL, and {_covers(among.colors[i])}."
    if state == "taken":
        return "It has another role already, and no other color fits."
    where = "palette" if len(among.colors) == among.own else "picture"
    return f"No color of the {where} has {profile}; the nearest has {has}."


def _range(what: str, bounds: tuple[float, float, float]) -> str:
    low, _, high = bounds
    if high == 1:
        return f"{what} {low:.2f} or more"
    return f"{what} {high:.2f} or less" if low == 0 else f"{what} {low:.2f} to {high:.2f}"


def _covers(color: Color) -> str:
    return f"covers {percent(color.weight)} of the picture"


def _interface(among: _Candidates) -> tuple[Role, Role, Role]:
    """Background, text and accent."""
    behind = int(among.shares[: among.own].argmax())
    background = among.colors[behind]
    text = _text(among, behind)
    taken = [i for i, color in enumerate(among.colors) if i == behind or (text.found and color == text.color)]
    return (
        Role("background", background, True, "palette", f"No color covers more: it {_covers(background)}."),
        text,
        _accent(among, behind, taken),
    )


def _text(among: _Candidates, behind: int) -> Role:
    """The color with the most contrast to the background."""
    codes = np.array([color.srgb for color in among.colors], np.uint8)
    ratio = wcag(codes, codes[behind])
    i, reads = _first(among, ratio, ratio >= AA)
    has, background = f"{ratio[i]:.1f}:1", among.colors[behind].hex
    if reads:
        lc = abs(float(apca(codes[i], codes[behind])))
        reason = f"It has {has} on {background} (WCAG; text needs 4.5:1), Lc {lc:.0f}."
    else:
        ink = "black" if wcag([0, 0, 0], codes[behind]) >= AA else "white"
        reason = f"No color reads on {background}, which needs 4.5:1; the nearest has {has}, and {ink} would do."
    return Role("text", among.colors[i], reads, among.source(i), reason)


def _accent(among: _Candidates, behind: int, taken: list[int]) -> Role:
    """The color whose hue and chroma are farthest from the weighted colors of the palette."""
    linear = decode(np.array([color.srgb for color in among.colors], np.uint8))
    difference = differences["ciede2000"].of_linear(linear, linear[behind][None])
    plane = spaces["oklab"].from_linear(linear)[:, 1:]
    chroma = np.hypot(plane[:, 0], plane[:, 1])
    away = np.linalg.norm(plane[:, None] - plane[: among.own], axis=2) @ among.shares[: among.own]
    away[taken] = -1
    i, stands_out = _first(among, away, (away >= 0) & (chroma >= MIN_CHROMA) & (difference >= MIN_DIFFERENCE))
    measured = f"chroma {chroma[i]:.2f} (Oklab), {difference[i]:.0f} from the background (CIEDE2000)"
    if stands_out:
        reason = f"Its hue and chroma lie farthest from those of the picture: {measured}."
    else:
        least = f"chroma {MIN_CHROMA:g} and is {MIN_DIFFERENCE:g} from the background"
        reason = f"No other color has {least}; the nearest: {measured}."
    return Role("accent", among.colors[i], stands_out, among.source(i), reason)


def _first(among: _Candidates, score: Array, fits: NDArray[np.bool_]) -> tuple[int, bool]:
    """The best fitting candidate of the palette, else of the picture, else the highest score; and whether it fits."""
    for part in (slice(among.own), slice(among.own, None)):
        if fits[part].any():
            return (part.start or 0) + int(np.where(fits, score, -1)[part].argmax()), True
    return int(score.argmax()), False
