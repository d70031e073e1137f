"""The look of one picture: brightness, contrast, warmth, colorfulness, and the arrangement of its hues.

Each is a number with a definition, and a word for its range. The words describe; they do not judge.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.explain.words import listed
from pochade.histograms.histogram import histogram, histogram_of
from pochade.palette import Palette
from pochade.similarity.harmony import Harmony, harmony
from pochade.source import read
from pochade.source.pixels import Pixels

Floats = NDArray[np.float64]

BRIGHTNESS = (
    (0.0, "dark"),
    (0.35, "rather dark"),
    (0.48, "of middle brightness"),
    (0.62, "light"),
    (0.8, "very light"),
)
"""The least mean Oklab lightness for each word. #777 has 0.57; half of the Kodak pictures lie in 0.49 to 0.56."""

CONTRAST = ((0.0, "flat"), (0.1, "soft"), (0.14, "of middle contrast"), (0.2, "rich in contrast"))
"""The least standard deviation of lightness for each word. Half black and half white has 0.5, an even ramp between them
0.29, the middle half of the Kodak pictures 0.14 to 0.18."""

WARMTH = (
    (-10.0, "cool"),
    (-0.8, "rather cool"),
    (-0.6, "neither warm nor cool"),
    (-0.3, "rather warm"),
    (0.0, "warm"),
)
"""The least warmth for each word. The authors call values above 0 warm; gray has -0.5 by their formula, so cool begins
below."""

COLORFULNESS = (
    (0.0, "not colorful"),
    (15.0, "slightly colorful"),
    (33.0, "moderately colorful"),
    (45.0, "averagely colorful"),
    (59.0, "quite colorful"),
    (82.0, "highly colorful"),
    (109.0, "extremely colorful"),
)
"""The words of Hasler and Suesstrunk with their place on the scale; a number gets the nearest word."""

MIN_CHANGE = {"brightness": 0.03, "contrast": 0.03, "warmth": 0.15, "colorfulness": 6.0}
"""The least difference that a sentence mentions: a fifth to half of the step between two words."""


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one picture.

    brightness : mean Oklab lightness, 0 black to 1 white.
    contrast : its standard deviation, 0 to 0.5 (RMS contrast, of lightness).
    warmth : mean warm-cool of Ou and others: below 0 cool, above 0 warm; gray has -0.5.
    colorfulness : of Hasler and Suesstrunk, 0 for gray to about 150.
    harmony : the arrangement of the hues.

    Examples
    --------
    >>> import pochade
    >>> print(pochade.look(pochade.Palette.from_dict({"colors": ["#1d3557", "#e63946", "#f1faee"]})))
    light, rich in contrast, rather warm, extremely colorful; opposite hues
    """

    brightness: float
    contrast: float
    warmth: float
    colorfulness: float
    harmony: Harmony

    @property
    def words(self) -> dict[str, str]:
        """A word or two for each property."""
        at = [lowest for lowest, _ in COLORFULNESS]
        nearest = min(range(len(at)), key=lambda i: abs(at[i] - self.colorfulness))
        return {
            "brightness": _word(self.brightness, BRIGHTNESS),
            "contrast": _word(self.contrast, CONTRAST),
            "warmth": _word(self.warmth, WARMTH),
            "colorfulness": COLORFULNESS[nearest][1],
            "harmony": self.harmony.name,
        }

    def __str__(self) -> str:
        *plain, hues = self.words.values()
        return f"{', '.join(plain)}; {hues}"

    def to_dict(self) -> dict[str, Any]:
        """The look as JSON types, with its words."""
        harmony = {**asdict(self.harmony), "hues": list(self.harmony.hues)}
        return {**asdict(self), "harmony": harmony, "words": self.words}


def look(source: Any, **reading: Any) -> Look:
    """The look of a picture: brightness, contrast, warmth, colorfulness and harmony, in figures and words.

    Parameters
    ----------
    source : a source as for `read`, Pixels, a Histogram, a Film or Shot, or a Palette. An extracted palette
        gives the look of its whole picture; another one gives the look of its weighted colors.
    reading : the options of `read`: region, mask, frame, ...

    Raises
    ------
    SourceError : the picture cannot be read. OptionError : an option is not allowed, or a palette has no colors.

    References
    ----------
    Eli Peli, 1990: "Contrast in complex images", Journal of the Optical Society of America A 7(10): RMS contrast, there
    of luminance. Li-Chen Ou and others, 2004: "A study of colour emotion and colour preference. Part I: Colour emotions
    for single colours", Color Research and Application 29(3). David Hasler and Sabine Suesstrunk, 2003: "Measuring
    colourfulness in natural images", Human Vision and Electronic Imaging VIII. Its means are exact, because histograms
    hold sums; its deviations are those of the means of bins, within which codes differ by at most 5: the value is at
    most 0.11 lower than that of the pixels (24 Kodak photos).

    Examples
    --------
    >>> import numpy as np, pochade
    >>> gray = pochade.look(np.full((2, 2, 3), 119, np.uint8))
    >>> round(gray.brightness, 2), gray.contrast, gray.colorfulness, gray.harmony.name
    (0.57, 0.0, 0.0, 'hardly any hue')
    """
    codes, weights = _colors(source, reading)
    linear = decode(codes)
    oklab = spaces["oklab"].from_linear(linear)
    brightness = _mean(oklab[:, 0], weights)
    return Look(
        brightness,
        _mean((oklab[:, 0] - brightness) ** 2, weights) ** 0.5,
        _mean(warmth(spaces["cielab"].from_linear(linear)), weights),
        colorfulness(codes, weights),
        harmony(oklab, weights),
    )


def _colors(source: Any, reading: dict[str, Any]) -> tuple[Floats, Floats]:
    """Colors as sRGB codes, float64 (n, 3), and their shares, sum 1."""
    if isinstance(source, Palette) and source.origin is None:
        total = float(sum(color.weight for color in source))
        if not total:
            raise OptionError(
                "a palette without colors, or with weights of 0 only, has no look: give a color some weight."
            )
        return source.srgb.astype(np.float64), source.weights / total
    if isinstance(source, Palette):
        assert source.origin is not None
        counted = source.origin.counted
    else:
        known = histogram_of(source)
        counted = known or histogram(source if isinstance(source, Pixels) else read(source, **reading))
    return counted.means, counted.counts / float(counted.counts.sum())


def warmth(cielab: Floats) -> Floats:
    """Warm-cool of colors, float64 (n, 3): -0.5 + 0.02 C^1.07 cos(h - 50 degrees)."""
    chroma, hue = np.hypot(cielab[:, 1], cielab[:, 2]), np.arctan2(cielab[:, 2], cielab[:, 1])
    values: Floats = -0.5 + 0.02 * chroma**1.07 * np.cos(hue - np.radians(50))
    return values


def colorfulness(codes: Floats, weights: Floats) -> float:
    """M(3) of Hasler and Suesstrunk: the deviation of red-green and yellow-blue, plus 0.3 of their mean."""
    red, green, blue = codes.T
    opponents = red - green, (red + green) / 2 - blue
    means = [_mean(values, weights) for values in opponents]
    spread = sum(_mean((values - mean) ** 2, weights) for values, mean in zip(opponents, means, strict=True))
    return math.sqrt(spread) + 0.3 * math.hypot(*means)


def _mean(values: Floats, weights: Floats) -> float:
    return float((values * weights).sum())  # the last bits of a matrix product depend on the machine


def compared(a: Look, b: Look, first: str, second: str) -> str:
    """The second look relative to the first, in a sentence."""
    more = {
        "brightness": ("lighter", "darker"),
        "contrast": ("richer in contrast", "poorer in contrast"),
        "warmth": ("warmer", "cooler"),
        "colorfulness": ("more colorful", "less colorful"),
    }
    changes = []
    for name, (above, below) in more.items():
        was, is_ = getattr(a, name), getattr(b, name)
        if abs(is_ - was) >= MIN_CHANGE[name]:
            digits = 0 if name == "colorfulness" else 2
            changes.append(f"{above if is_ > was else below} ({name} {is_:.{digits}f}, not {was:.{digits}f})")
    subject = second[0].upper() + second[1:] if second == "the second" else second
    return f"{subject} is {listed(changes)}." if changes else f"{subject} is as light, warm and colorful as {first}."


def _word(value: float, words: tuple[tuple[float, str], ...]) -> str:
    return next((word for lowest, word in reversed(words) if value >= lowest), words[0][1])
