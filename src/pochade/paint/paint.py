"""Paint: a tube, by two swatches of it or by its coefficients."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from pochade.color import Array
from pochade.color.srgb import decode, to_codes
from pochade.errors import OptionError, PochadeError
from pochade.paint.kubelka_munk import inside, opaque, outside, ratio_of
from pochade.paint.spectrum import BANDS, WAVELENGTHS, linear_of, smoothest
from pochade.palette import Color

Swatch = str | Sequence[float] | Mapping[float, float]
"""A swatch as a CSS color, or as a reflectance curve: 31 numbers 0..1 for 400 to 700 nm by 10, or a mapping from
ascending wavelengths to such numbers."""

Ratio = str | tuple[float, float]
"""Parts of paint and of white, by weight: "1:9" or (1, 9)."""

MAX_GAP = 20
"""The largest distance of two wavelengths of a curve, in nanometers; curves of paints bend within 50."""

MAX_RATIO = 1000
"""The most parts of paint for one of white, and of white for one of paint: others cannot be weighed."""

MOST = 1_000_000
"""The largest K or S; the least is 1 / MOST. Paints have 0.001 to 1,000."""

_RATIO = re.compile(r"\s*([0-9.]+)\s*:\s*([0-9.]+)\s*")


@dataclass(frozen=True)
class Paint:
    """A paint as it comes out of its tube.

    name : unlike those of the other paints of its box.
    masstone : its color alone, opaque and dry. tint : the color of one mix with white, as dry. Each is a CSS color,
        such as one from a photo, or a reflectance curve: 31 numbers 0..1 for 400 to 700 nm by 10, or a mapping from
        wavelengths to numbers, such as `{390: 0.05, 400: 0.06, ...}`. The white of a box has no tint.
    ratio : the parts of paint and of white in the tint, by weight: "1:9" or (1, 9).
    absorption, scattering : instead of swatches, K and S at 400 to 700 nm by 10, relative to the S of white, which is
    1.

    Raises
    ------
    OptionError, UnknownNameError : a swatch is no color and no curve, a ratio is 0, or something is missing. The
        message names the paint.

    Examples
    --------
    >>> blue = Paint("ultramarine", "#3a3467", "#7482bd", "1:9")
    >>> blue.color.hex, blue.parts_of_tint
    ('#3a3467', (1.0, 9.0))
    """

    name: str
    masstone: Swatch | None = None
    tint: Swatch | None = None
    ratio: Ratio | None = None
    absorption: tuple[float, ...] | None = field(default=None, kw_only=True)
    scattering: tuple[float, ...] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the fields, all that can be checked without the white of the box."""
        if not isinstance(self.name, str) or not self.name.strip():
            raise OptionError(f"a paint has the name {self.name!r}: give a text that is not empty.")
        for field_name in ("masstone", "tint", "absorption", "scattering"):
            given = getattr(self, field_name)
            if given is not None and not isinstance(given, str | Mapping):
                object.__setattr__(self, field_name, _numbers(self.name, field_name, given))
        self.check()

    def __repr__(self) -> str:
        return f"<Paint {self.name} {self.color.hex}>"

    def check(self) -> None:
        """OptionError if the fields contradict each other, or one has a value that is not allowed."""
        if (self.absorption is None) != (self.scattering is None):
            raise self.refusal("has only one of absorption and scattering: give both.")
        if (self.masstone is None) == (self.absorption is None):
            raise self.refusal("needs a masstone, or absorption and scattering, and not both.")
        if self.absorption is not None and self.tint is not None:
            raise self.refusal("has a tint beside absorption and scattering: leave one out.")
        if self.tint is None and self.ratio is not None:
            raise self.refusal(f"has the ratio {self.ratio!r}, and no tint: give the tint, or leave the ratio out.")
        if self.tint is not None and self.ratio is None:
            raise self.refusal('has a tint without a ratio: give the parts of paint and white, such as "1:9".')
        _ = self.inner, self.parts_of_tint, self.inner_tint

    def refusal(self, words: str) -> OptionError:
        """The error about this paint."""
        return OptionError(f"the paint {self.name!r} {words}")

    @cached_property
    def inner(self) -> Array:
        """The reflectance inside an opaque layer: float64 (31,), 0..1."""
        if self.masstone is not None:
            return inside(_curve(self, "masstone", self.masstone))
        absorption, scattering = np.array(self.absorption), np.array(self.scattering)
        for word, values in (("absorption", absorption), ("scattering", scattering)):
            if values.shape != (BANDS,) or not ((values >= 1 / MOST) & (values <= MOST)).all():
                raise self.refusal(
                    f"needs {BANDS} numbers from {1 / MOST:g} to {MOST:,} as {word}, for 400 to 700 nm by 10."
                )
        return opaque(absorption / scattering)

    @cached_property
    def inner_tint(self) -> Array | None:
        """The reflectance inside an opaque layer of the tint: float64 (31,), 0..1; None without a tint."""
        return None if self.tint is None else inside(_curve(self, "tint", self.tint))

    @cached_property
    def parts_of_tint(self) -> tuple[float, float] | None:
        """The parts of paint and of white in the tint, by weight; None without a tint."""
        if self.ratio is None:
            return None
        match = _RATIO.fullmatch(self.ratio) if isinstance(self.ratio, str) else None
        given = match.groups() if match else () if isinstance(self.ratio, str) else self.ratio
        try:
            paint, white = (float(part) for part in given)
        except (TypeError, ValueError, OverflowError):
            paint = white = 0.0
        if not (0 < paint < math.inf and 0 < white < math.inf):
            raise self.refusal(f'has the ratio {self.ratio!r}: give parts of paint and white above 0, such as "1:9".')
        if not 1 / MAX_RATIO <= paint / white <= MAX_RATIO:
            raise self.refusal(f"has the ratio {self.ratio!r}: give one from 1:{MAX_RATIO} to {MAX_RATIO}:1.")
        return paint, white

    @property
    def is_white(self) -> bool:
        """Whether it is the white of its box: it has no tint, or scatters 1 at every wavelength."""
        if self.scattering is not None:
            return set(self.scattering) == {1.0}
        return self.tint is None

    @property
    def color(self) -> Color:
        """Its color alone, in daylight: that of the masstone; of a curve, the nearest sRGB codes."""
        if isinstance(self.masstone, str):
            red, green, blue = _codes(self, "masstone", self.masstone).tolist()
            return Color((red, green, blue))
        return color_of(linear_of(outside(self.inner)))

    def to_dict(self) -> dict[str, Any]:
        """Its name and the hex of its color."""
        return {"name": self.name, "hex": self.color.hex}

    @property
    def absorbs(self) -> Array:
        """K / S: float64 (31,)."""
        return ratio_of(self.inner)


def color_of(linear: Array, like: Color | None = None) -> Color:
    """The color of linear-light sRGB, clipped to its gamut; `like` is a color whose other fields it has."""
    from dataclasses import replace

    red, green, blue = to_codes(linear).tolist()
    return replace(like, srgb=(red, green, blue)) if like else Color((red, green, blue))


def _numbers(name: str, field_name: str, given: Any) -> tuple[float, ...]:
    """A sequence of numbers as a tuple of floats."""
    try:
        values = [*given]
        if isinstance(given, bytes) or any(isinstance(value, str | bool) for value in values):
            raise TypeError
        return tuple(float(value) for value in values)
    except (TypeError, ValueError, OverflowError):
        raise OptionError(
            f"the paint {name!r} has a {field_name} that is no list of numbers: give a CSS color, {BANDS} numbers from "
            "0 to 1 for 400 to 700 nm by 10, or a mapping from wavelengths to numbers."
        ) from None


def _curve(paint: Paint, word: str, swatch: Swatch) -> Array:
    """The reflectance of a swatch: float64 (31,), 0..1."""
    if isinstance(swatch, str):
        return smoothest(decode(_codes(paint, word, swatch)))
    if isinstance(swatch, Mapping):
        wavelengths = np.array(_numbers(paint.name, word, swatch.keys()))
        values = np.array(_numbers(paint.name, word, swatch.values()))
    else:
        wavelengths, values = WAVELENGTHS, np.array(swatch)
        if len(values) != BANDS:
            raise paint.refusal(
                f"has {len(values)} numbers as {word}: give {BANDS}, for 400 to 700 nm by 10, or a mapping from "
                "wavelengths to numbers."
            )
    check_wavelengths(f"the paint {paint.name!r} has a {word}", wavelengths)
    if not np.isfinite(values).all() or values.min() < 0:
        raise paint.refusal(f"has a {word} with the reflectance {_worst(values)}: give numbers from 0 to 1.")
    if values.max() > 1:
        percent = "divide percent by 100." if values.max() > 1.5 else "1 is all light."
        raise paint.refusal(
            f"has a {word} with the reflectance {values.max():g}: give fractions from 0 to 1; {percent}"
        )
    curve: Array = np.interp(WAVELENGTHS, wavelengths, values)
    return curve


def _worst(values: Array) -> float:
    bad = values[~np.isfinite(values) | (values < 0)]
    return float(bad[0])


def check_wavelengths(where: str, wavelengths: Array) -> None:
    """OptionError if wavelengths do not ascend from 400 nm or less to 700 or more, in small steps."""
    if len(wavelengths) < 2 or not np.isfinite(wavelengths).all() or (np.diff(wavelengths) <= 0).any():
        raise OptionError(f"{where} whose wavelengths do not ascend: give them in nanometers, from small to large.")
    first, last = float(wavelengths[0]), float(wavelengths[-1])
    if first > WAVELENGTHS[0] or last < WAVELENGTHS[-1]:
        micro = " These may be micrometers: multiply them by 1000." if last < 10 else ""
        raise OptionError(
            f"{where} from {first:g} to {last:g} nm: give a curve from 400 nm or less to 700 or more.{micro}"
        )
    if np.diff(wavelengths).max() > MAX_GAP:
        raise OptionError(f"{where} with steps of up to {np.diff(wavelengths).max():g} nm: give {MAX_GAP} or less.")


def _codes(paint: Paint, word: str, text: str) -> Any:
    from pochade.color.parse import parse_color

    try:
        return parse_color(text)
    except PochadeError as error:
        raise paint.refusal(f"has the {word} {text!r}: {error}") from None
