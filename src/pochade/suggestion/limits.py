"""The limits of the colors of a proposal: ranges, contrast, and the least difference between colors.

Every limit is tested on the sRGB codes that are given back, so it holds exactly.
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.contrast import wcag
from pochade.color.difference import differences
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes, to_hex
from pochade.errors import OptionError

Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Range = tuple[float, float]

AVOIDED = 10.0
"""No color is within this difference (CIEDE2000) of an avoided one, as in extract()."""

MIN_CHROMA = 0.01
"""Below it a color has no hue that could lie within a range: codes change the hue of a gray by any angle."""

FEW = 3000
"""If fewer colors of the lattice are allowed, colors inside the ranges are added."""

NEAREST = 512
"""The nearest allowed colors, which are tried first."""

SAMPLE = 4096
"""The allowed colors that are tried after them, evenly from all."""


@dataclass(frozen=True)
class Limits:
    """What every color of a proposal that was not kept must meet.

    avoid : uint8 (n, 3). lightness, chroma : the least and the most, of Oklch. hue : from one angle to another,
    clockwise as they are counted, in degrees of Oklch. contrast : the least ratio of WCAG with the color `on`.
    apart : the least CIEDE2000 between two colors. None means no limit.
    """

    avoid: Codes | None = None
    lightness: Range | None = None
    chroma: Range | None = None
    hue: Range | None = None
    contrast: float | None = None
    on: Codes | None = None
    apart: float = 0.0

    def tests(self, codes: Codes) -> dict[str, Mask]:
        """For each limit of single colors, in words: whether each color meets it, bool (n,)."""
        result: dict[str, Mask] = {}
        linear = decode(codes)
        if self.avoid is not None:
            far = differences["ciede2000"].of_linear(linear[:, None], decode(self.avoid)[None])
            result["avoid=" + ",".join(map(to_hex, self.avoid))] = np.asarray(far.min(1) >= AVOIDED)
        if self.lightness is not None or self.chroma is not None or self.hue is not None:
            L, C, h = np.moveaxis(spaces["oklch"].from_linear(linear), -1, 0)
            for name, values, between in (("lightness", L, self.lightness), ("chroma", C, self.chroma)):
                if between is not None:
                    result[_named(name, between)] = (values >= between[0]) & (values <= between[1])
            if self.hue is not None:
                low, high = self.hue
                above, below = h >= low, h <= high
                inside = above & below if low <= high else above | below
                result[_named("hue", self.hue)] = np.asarray(inside & (C >= MIN_CHROMA))
        if self.contrast is not None and self.on is not None:
            result[f"contrast={self.contrast:g} with {to_hex(self.on)}"] = wcag(codes, self.on) >= self.contrast
        return result

    def allows(self, codes: Codes) -> Mask:
        """Whether each color meets all limits of single colors: bool (n,)."""
        allowed = np.ones(len(codes), bool)
        for one in self.tests(codes).values():
            allowed &= one
        return allowed

    @property
    def free(self) -> bool:
        """Whether single colors have no limit."""
        return all(each is None for each in (self.avoid, self.lightness, self.chroma, self.hue, self.contrast))

    @functools.cached_property
    def allowed(self) -> "Colors":
        """A set of allowed colors that covers what is allowed.

        Raises
        ------
        OptionError : no color meets all limits; the message names those that exclude one another.
        """
        lattice = _lattice()
        if self.free:
            return lattice
        inside = self.allows(lattice.codes)
        codes = lattice.codes[inside]
        if len(codes) < FEW:
            codes = np.unique(np.concatenate([codes, self._within()]), axis=0)
        if not len(codes):
            raise OptionError(self._conflict())
        return Colors.of(codes)

    def too_narrow(self, number: int) -> OptionError:
        """The error if so many colors cannot be apart."""
        names = list(self.tests(np.zeros((1, 3), np.uint8)))
        within = f" within {' and '.join(names)}" if names else ""
        return OptionError(
            f"apart={self.apart:g} leaves no room for {number} more color{'s' * (number > 1)}{within}: "
            f"give a smaller apart or k{', or widen the limits' * bool(names)}."
        )

    def _within(self) -> Codes:
        """Allowed colors on a lattice of the ranges, with the codes around each."""
        (low_L, high_L), (low_C, high_C) = self.lightness or (0.0, 1.0), self.chroma or (0.0, 0.33)
        low_h, high_h = self.hue or (0.0, 360.0)
        turn = high_h - low_h if high_h >= low_h else high_h - low_h + 360
        axes = np.linspace(low_L, high_L, 16), np.linspace(low_C, high_C, 12), low_h + np.linspace(0, turn, 37)
        L, C, h = (axis.ravel() for axis in np.meshgrid(*axes, indexing="ij"))
        linear = spaces["oklch"].to_linear(np.stack([L, C, h % 360], -1))
        exact = linear[((linear >= -1e-4) & (linear <= 1 + 1e-4)).all(1)]
        below = np.floor(_encoded(exact)).astype(np.int64)
        corners = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1], indexing="ij"), -1).reshape(-1, 3)
        codes = np.unique((below[:, None] + corners).reshape(-1, 3).clip(0, 255), axis=0).astype(np.uint8)
        return codes[self.allows(codes)]

    def _conflict(self) -> str:
        """A sentence that names the fewest limits that leave no color together."""
        codes = np.concatenate([_lattice().codes, self._sampled()])
        tests = self.tests(codes)
        for name in list(tests):
            rest = [test for other, test in tests.items() if other != name]
            if rest and not np.logical_and.reduce(rest).any():
                del tests[name]
        if len(tests) == 1:
            return f"{next(iter(tests))} leaves no color: sRGB has none there; widen it."
        return f"{' and '.join(tests)} leave no color together: widen one of them."

    def _sampled(self) -> Codes:
        """Colors that meet single ranges narrower than the lattice."""
        parts = [
            Limits(**{name: value})._within()  # type: ignore[arg-type]
            for name, value in (("lightness", self.lightness), ("chroma", self.chroma), ("hue", self.hue))
            if value is not None
        ]
        return np.concatenate([*parts, np.zeros((0, 3), np.uint8)])


@dataclass(frozen=True)
class Colors:
    """Colors to choose from: codes uint8 (n, 3), and the same in Oklab and CIELAB."""

    codes: Codes
    oklab: Array
    cielab: Array

    @classmethod
    def of(cls, codes: Codes) -> "Colors":
        """The colors of some codes."""
        linear = decode(codes)
        return cls(codes, spaces["oklab"].from_linear(linear), spaces["cielab"].from_linear(linear))


@functools.cache
def _lattice() -> Colors:
    """sRGB in steps of 8 codes, with 255."""
    levels = np.append(np.arange(0, 256, 8), 255)
    return Colors.of(np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(-1, 3).astype(np.uint8))


def _encoded(linear: Array) -> Array:
    from pochade.color.srgb import encode

    return encode(linear.clip(0, 1))


def _named(name: str, between: Range) -> str:
    return f"{name}={between[0]:g}..{between[1]:g}"


def codes_of(oklab: Array) -> Codes:
    """The codes of Oklab colors (..., 3); chroma outside sRGB is reduced."""
    return to_codes(into_gamut(spaces["oklab"].to_linear(oklab)))


def fitted(wanted: Array, codes: Codes, kept: Codes, limits: Limits) -> tuple[Codes, Array] | None:
    """Codes near the wanted colors that meet all limits, and how far each moved; None if there is no room.

    Parameters
    ----------
    wanted : float64 (f, 3), Oklab. codes : uint8 (f, 3), the codes of these. kept : uint8 (g, 3), colors that stand.

    Returns
    -------
    tuple : the codes, uint8 (f, 3), and their distances from the wanted ones, float64 (f,), Oklab x 100.
    """
    codes, g = codes.copy(), len(kept)
    cielab = spaces["cielab"].from_linear(decode(np.concatenate([kept, codes])))
    far = differences["ciede2000"](cielab[g:, None], cielab[None])
    good = limits.allows(codes)
    for i in range(len(codes)):
        before = far[i, : g + i]
        if good[i] and (before >= limits.apart).all() and (before > 0).all():
            continue
        found = _nearest(wanted[i], cielab[: g + i], limits)
        if found is None:
            return None
        codes[i], cielab[g + i] = found
        far[:, g + i] = differences["ciede2000"](cielab[g:], cielab[g + i])
    moved = spaces["oklab"].from_linear(decode(codes)) - wanted
    return codes, np.sqrt((moved * moved).sum(1)) * 100


def _nearest(wanted: Array, placed: Array, limits: Limits) -> tuple[Codes, Array] | None:
    """The allowed color nearest to the wanted one that is apart from all placed ones, as codes and in CIELAB."""
    colors = limits.allowed
    distances = ((colors.oklab - wanted) ** 2).sum(1)
    first = np.argpartition(distances, min(NEAREST, len(distances)) - 1)[:NEAREST]
    for part in (first, np.arange(0, len(distances), 1 + len(distances) // SAMPLE)):
        clear = part[_clear(colors.cielab[part], placed, limits.apart)]
        if len(clear):
            at = clear[np.lexsort((clear, distances[clear]))[0]]
            return colors.codes[at], colors.cielab[at]
    return None


def _clear(colors: Array, placed: Array, apart: float) -> Mask:
    """Whether each color is at least `apart` (CIEDE2000) from all placed ones, and equal to none."""
    if not len(placed):
        return np.ones(len(colors), bool)
    least = differences["ciede2000"](colors[:, None], placed[None]).min(1)
    clear: Mask = (least >= apart) & (least > 0)
    return clear


def spread(kept: Codes, number: int, limits: Limits, first: Array) -> Codes | None:
    """So many allowed colors, each as far from all others as can be (farthest first); None if they are not apart.

    first : Oklab, where to begin if nothing is kept.
    """
    colors = limits.allowed
    if len(kept):
        cielab = spaces["cielab"].from_linear(decode(kept))
        room = differences["ciede2000"](colors.cielab[:, None], cielab[None]).min(1)
    else:
        room = np.where(((colors.oklab - first) ** 2).sum(1).argmin() == np.arange(len(colors.codes)), np.inf, 1e6)
    chosen = []
    for _ in range(number):
        at = int(room.argmax())
        if room[at] < limits.apart or room[at] <= 0:
            return None
        chosen.append(at)
        room = np.minimum(room, differences["ciede2000"](colors.cielab, colors.cielab[at]))
    return colors.codes[chosen]
