"""Partners: the colors whose hues stand in a harmony with the hue of one color, from the picture if it has them."""

import math
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes, to_hex
from pochade.errors import OptionError, UnknownNameError
from pochade.extraction.preference.colors import read_every_color
from pochade.histograms.histogram import Histogram
from pochade.histograms.sketch import PLACE
from pochade.palette import Palette
from pochade.palette.accent import MIN_CHROMA

Scheme = Literal["complementary", "analogous", "triad", "split", "square"]

SCHEMES: dict[Scheme, tuple[float, ...]] = {
    "complementary": (180.0,),
    "analogous": (-30.0, 30.0),
    "triad": (120.0, 240.0),
    "split": (150.0, 210.0),
    "square": (90.0, 180.0, 270.0),
}
"""The angles between the hue of the color and the hues of its partners, in degrees of Oklch. They are those of the
twelve-part color circle in Johannes Itten, "The Art of Color" (1961), with steps of 30 degrees."""

MAX_OFF = 15.0
"""The largest distance of a partner's hue from the scheme's, in degrees: half a step of the circle, so no color is the
partner of two neighboring hues."""

MIN_SHARE = 1e-4
"""The least share of the picture of a partner and the colors like it: less is the noise of a camera or of JPEG."""

Candidates = tuple[NDArray[np.uint8], list[tuple[float, float] | None]]


@dataclass(frozen=True, slots=True)
class Partner:
    """A color in harmony with another.

    srgb : its codes. angle : the scheme's angle between the two hues, -180..360 degrees of Oklch.
    in_picture : whether the picture has it; otherwise it is generated, as light and chromatic as the other color.
    off : the distance of its hue from the scheme's, in degrees: at most 15, and 0 if it is generated.
    position : x and y of a pixel that shows it, 0..1 from the left and top edges, or None.
    """

    srgb: tuple[int, int, int]
    angle: float
    in_picture: bool
    off: float
    position: tuple[float, float] | None = None

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return to_hex(self.srgb)


def partners(palette: Palette, color: Any, scheme: Scheme = "complementary") -> tuple[Partner, ...]:
    """The partners of a color in a scheme: for each of its hues the nearest color of the picture, or a generated one.

    A color of the picture is a partner if its hue is within 15 degrees of the scheme's, it is no gray, and it and the
    colors like it cover a ten-thousandth of the picture. Of these, the nearest in Oklab to the color with turned hue is
    chosen. A palette without an origin offers its own colors.

    Parameters
    ----------
    color : text (#rrggbb, a CSS name), a triple of sRGB codes or a Color; any color with a hue, of the palette or not.
    scheme : "complementary" (the opposite hue), "analogous" (the hues beside it), "triad" (three hues evenly apart),
        "split" (the two hues beside the opposite one) or "square" (four hues evenly apart).

    Raises
    ------
    OptionError : the color is gray. UnknownNameError : there is no such scheme.

    Examples
    --------
    >>> sea = Palette.from_dict({"colors": ["#d72638", "#1b998b", "#888888"]})
    >>> [(one.hex, one.in_picture) for one in partners(sea, "#d72638", "split")]
    [('#1b998b', True), ('#0082b1', False)]
    """
    if scheme not in SCHEMES:
        raise UnknownNameError("scheme", scheme, list(get_args(Scheme)))
    given = read_every_color("color", color)
    if len(given) != 1:
        raise OptionError(f"color has {len(given)} colors: give one.")
    lightness, chroma, hue = spaces["oklch"].from_linear(decode(given[0])).tolist()
    if chroma < MIN_CHROMA:
        raise OptionError(f"{to_hex(given[0])} is a gray and has no partners: give a color with a hue.")
    codes, places = _candidates(palette)
    oklab = spaces["oklab"].from_linear(decode(codes))
    hues = np.rad2deg(np.arctan2(oklab[:, 2], oklab[:, 1]))
    colored = np.hypot(oklab[:, 1], oklab[:, 2]) >= MIN_CHROMA
    answer = []
    for angle in SCHEMES[scheme]:
        goal = math.radians(hue + angle)
        target = np.array([lightness, chroma * math.cos(goal), chroma * math.sin(goal)])
        off = np.abs((hues - hue - angle + 180) % 360 - 180)
        able = np.flatnonzero(colored & (off <= MAX_OFF))
        if len(able):
            i = int(able[((oklab[able] - target) ** 2).sum(1).round(9).argmin()])
            red, green, blue = codes[i].tolist()
            answer.append(Partner((red, green, blue), angle, True, round(float(off[i]), 1), places[i]))
            continue
        red, green, blue = to_codes(into_gamut(spaces["oklab"].to_linear(target))).tolist()
        answer.append(Partner((red, green, blue), angle, False, 0.0))
    return tuple(answer)


def _candidates(palette: Palette) -> Candidates:
    """Colors of the picture, uint8 (n, 3), each with a position: pixels of the sketch, or the means of bins."""
    if palette.origin is None:
        return palette.srgb, [color.position for color in palette]
    counted = palette.origin.counted
    if counted.sketch is None:
        common = counted.coarse.weights >= MIN_SHARE
        return np.rint(counted.coarse.means[common]).astype(np.uint8), [None] * int(common.sum())
    return _sketched(counted)


def _sketched(counted: Histogram) -> Candidates:
    """The different pixels of the sketch whose bin of 32 levels covers at least `MIN_SHARE`, each where it is first."""
    sketch = counted.sketch
    assert sketch is not None
    shown = np.arange(sketch.codes.size // 3) if sketch.alpha is None else np.flatnonzero(sketch.alpha)
    red, green, blue = sketch.codes.reshape(-1, 3)[shown].T.astype(np.uint32)
    packed, first = np.unique(red << 16 | green << 8 | blue, return_index=True)
    codes = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], -1).astype(np.uint8)
    bins = kernel.bins_of(codes)
    at = np.searchsorted(counted.bins, bins).clip(max=len(counted.bins) - 1)
    common = (counted.bins[at] == bins) & (counted.coarse.weights[counted.parents[at]] >= MIN_SHARE)
    _, y, x = np.unravel_index(shown[first[common]], sketch.codes.shape[:3])
    places = zip((sketch.columns[x] / PLACE).tolist(), (sketch.rows[y] / PLACE).tolist(), strict=True)
    return codes[common], list(places)
