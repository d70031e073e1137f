"""quantize(): from a picture to the same picture with few colors."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.errors import OptionError
from pochade.extraction.check import READING, check, check_names
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS as MOST
from pochade.extraction.preference import Colors, read_colors
from pochade.histograms.histogram import Histogram, histogram
from pochade.option import Within, check_options, whole
from pochade.palette import Color, Palette
from pochade.palette.origin import again
from pochade.quantization.bands import flattened
from pochade.quantization.dither import dithers
from pochade.quantization.found import found
from pochade.quantization.quantized import Quantized
from pochade.quantization.reduction import Light, Wanted, reduced
from pochade.source import read
from pochade.source.pixels import Pixels

USUAL = 16
"""The k of quantize() where none is said."""


def quantize(
    source: Any,
    k: Annotated[int | None, Within(1, MOST)] = None,
    *,
    palette: Palette | Colors | None = None,
    method: str | None = None,
    space: str | None = None,
    seed: Annotated[int | None, Within(0)] = None,
    difference: str = "oklab",
    dither: str = "none",
    strength: Annotated[float, Within(0, 1)] = 1.0,
    light: Light = "perceptual",
    background: str | Color | None = None,
    **options: Any,
) -> Quantized:
    """A picture with only the colors of a palette.

    Parameters
    ----------
    source : as for `extract()`, but no Histogram. An animation gets one palette for all frames.
    k : how many colors, 1 to 256; 16 where it is not said. The picture has fewer where it had no more that differ.
    palette : the colors to take, 1 to 256; without it they are those that `method` finds in the picture. Beside it k,
        method, space and seed have no say, and are refused.
    method : as for `extract()`; by default the colors that leave the least mean CIEDE2000 are looked for, which no
        method of a palette to look at is after. space, seed : for a method, as for `extract()`.
    difference : by which the nearest color is found. "oklab" is exact; others are worked out for each of the bins in
        which colors are counted, none wider than 5 codes.
    dither : "none", "floyd-steinberg", "atkinson", "sierra", "bayer" or "blue-noise".
    strength : of the dither, from 0 (none) to 1.
    light : in what errors are evened out: "perceptual" in sRGB codes, in which steps look even; "linear" in the light
        itself, so that from afar the mixture has the brightness of the picture.
    background : a color to put under transparent pixels; the picture is opaque then.
    options : what `read()` takes (scale, region, mask, frame, ...) and what the method takes.

    Raises
    ------
    SourceError : the picture cannot be had. OptionError, UnknownNameError : an option is not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> picture = np.array([[[250, 0, 0], [240, 9, 9], [0, 0, 250]]], np.uint8)
    >>> quantize(picture, palette="red, blue").indexes
    array([[0, 0, 1]], dtype=uint8)
    """
    if palette is not None:
        _check_alone(k=k, method=method, space=space, seed=seed)
    return Task.of(
        source,
        palette=palette,
        method=method,
        space=space,
        seed=seed,
        difference=difference,
        dither=dither,
        strength=strength,
        light=light,
        background=background,
        **options,
    ).to(USUAL if k is None else k)


@dataclass(frozen=True, eq=False)
class Task:
    """A picture that is read and counted, and how it is wanted; for one k or for many."""

    pixels: Pixels
    counted: Histogram
    wanted: Wanted
    given: Palette | None
    finding: dict[str, Any]
    size: int | None
    reopen: Callable[[], Pixels]

    @classmethod
    def of(
        cls,
        source: Any,
        *,
        palette: Palette | Colors | None = None,
        method: str | None = None,
        space: str | None = None,
        seed: int | None = None,
        difference: str = "oklab",
        dither: str = "none",
        strength: float = 1.0,
        light: Light = "perceptual",
        background: str | Color | None = None,
        **options: Any,
    ) -> "Task":
        """The task that quantize()'s parameters mean."""
        wanted = _wanted(difference, dither, strength, light)
        space, seed = "oklab" if space is None else space, 0 if seed is None else whole(seed)
        _check(method, space, seed, options)
        given = None if palette is None else _given(palette)
        ground = None if background is None else read_colors("background", [background])
        reading = {name: value for name, value in options.items() if name in READING}
        if isinstance(source, Histogram):
            raise OptionError("a Histogram has no pixels to reduce: give the picture.")
        opened = source if isinstance(source, Pixels) else read(source, **reading)
        lasting = again(source, opened, reading)
        assert lasting is not None

        def shown(pixels: Pixels) -> Pixels:
            return pixels if ground is None else flattened(pixels, ground[0])

        finding = {name: value for name, value in options.items() if name not in READING}
        finding |= {"method": method, "space": space, "seed": seed}
        pixels = shown(opened)
        return cls(pixels, histogram(pixels), wanted, given, finding, _size(source, opened), lambda: shown(lasting()))

    def to(self, k: int) -> Quantized:
        """The picture with k colors, or with those that were given."""
        check_options(quantize, k=k)
        k = whole(k)
        palette = self.given or self._found(k)
        wanted = self.wanted
        frames = reduced(self.pixels, self.counted, palette.srgb, wanted)
        made = {name: getattr(wanted, name) for name in Wanted.__slots__}
        made |= {"method": None if self.given else self.finding["method"]}
        asked = len(palette) if self.given else k
        return Quantized(palette, frames, asked, self.size, made, self.reopen)

    def _found(self, k: int) -> Palette:
        if self.finding["method"] is None:
            return found(self.pixels, self.counted, k)
        return extract(self.counted, k, **self.finding)


def _check_alone(**given: Any) -> None:
    """Refuse what says how colors are found, beside those that are given."""
    for name, value in given.items():
        if value is not None:
            raise OptionError(f"{name} is not allowed with palette, which gives the colors: leave one of them out.")


def _check(method: str | None, space: str, seed: int, options: dict[str, Any]) -> None:
    """Refuse, before anything is read, what extract() would."""
    if method is not None:
        check_names(quantize, options, methods.entry(method), extract)
        check(MOST, method=method, space=space, seed=seed, **options)
        return
    check_names(quantize, options, None, more=" Options of a method need the method's name.")
    if space != "oklab" or seed != 0:
        raise OptionError("space and seed are a method's: give `method` too, such as 'kmeans'.")


def _wanted(difference: str, dither: str, strength: float, light: Light) -> Wanted:
    differences[difference]
    dithers[dither]
    check_options(quantize, strength=strength, light=light)
    return Wanted(difference, dither, float(strength), light)


def _given(palette: Palette | Colors) -> Palette:
    codes: NDArray[np.uint8] | None = read_colors("palette", palette)
    assert codes is not None
    if not 1 <= len(codes) <= MOST:
        raise OptionError(f"the palette has {len(codes) or 'no'} colors: give 1 to {MOST}, as indexed pictures hold.")
    if isinstance(palette, Palette) and len(codes) == len(palette):
        return palette
    return Palette.from_dict({"colors": [{"srgb": color} for color in codes.tolist()]})


def _size(source: Any, pixels: Pixels) -> int | None:
    """The bytes of the file that a picture came from; None where it was none, or is not at hand."""
    if isinstance(source, bytes | bytearray | memoryview):
        return len(source)
    try:
        return os.path.getsize(pixels.name) if pixels.name else None
    except (OSError, ValueError):
        return None
