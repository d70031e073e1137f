"""quantize(): a picture with few colors."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.errors import OptionError
from pochade.extraction.check import READING, check, check_names
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS, Colors, read_colors, read_every_color
from pochade.histograms.histogram import Histogram, histogram
from pochade.option import Within, check_options, whole
from pochade.palette import Color, Palette
from pochade.palette.origin import again
from pochade.quantization.bands import flattened
from pochade.quantization.dither import dithers
from pochade.quantization.formats.entries import MAX_ENTRIES, bits_of
from pochade.quantization.merging import Fewer
from pochade.quantization.order import given_order, table_palette
from pochade.quantization.palette import least_error_palette
from pochade.quantization.reduction import Light, Settings, reduced
from pochade.quantization.result import Quantized
from pochade.source import read
from pochade.source.pixels import Pixels, notes_of

DEFAULT_COLORS = 16
"""The default k of quantize()."""


def quantize(
    source: Any,
    k: Annotated[int | None, Within(1, MAX_COLORS)] = None,
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
    k : number of colors, 1 to 256; 16 by default. A picture with fewer distinct colors gets fewer; `len()` of the
        result counts them. An indexed picture with at most k colors keeps them, in the order of its table.
    palette : the colors, 1 to 256, in an order that files keep; by default `method` finds them in the picture. k,
        method, space and seed are refused with it.
    method : as for `extract()`; by default the colors of least mean CIEDE2000, which the methods of `extract()` do not
        look for. space, seed : of the method, as for `extract()`.
    difference : the formula that decides the nearest color. "oklab" is exact; others are computed once for each bin of
        the histogram, none wider than 5 codes.
    dither : "none", "floyd-steinberg", "atkinson", "sierra", "bayer" or "blue-noise".
    strength : of the dither, from 0 (none) to 1.
    light : the units of the dither's errors: "perceptual", sRGB codes, in which steps look even; "linear", linear
        light, so that from a distance the mixture has the brightness of the picture.
    background : a color under transparent pixels; the result is opaque.
    options : of `read()` (scale, region, mask, frame, ...) and of the method.

    Raises
    ------
    SourceError : the picture cannot be read. OptionError, UnknownNameError : an option is not allowed.

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
    ).to(DEFAULT_COLORS if k is None else k)


@dataclass(frozen=True, eq=False)
class Task:
    """A picture that was read and counted, with the options of quantize(); for one k or for many.

    fixed_palette : the caller's palette. fixed_order : its colors in their order, equal ones too: uint8 (n, 4).
    search_options : options of `extract()`. size : bytes of the picture's file. notes : as of a palette.
    """

    pixels: Pixels
    counted: Histogram
    settings: Settings
    fixed_palette: Palette | None
    fixed_order: NDArray[np.uint8] | None
    search_options: dict[str, Any]
    size: int | None
    reopen: Callable[[], Pixels]
    notes: tuple[str, ...] = ()

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
        """The task for the parameters of quantize()."""
        settings = _settings(difference, dither, strength, light)
        space, seed = "oklab" if space is None else space, 0 if seed is None else whole(seed)
        _check(method, space, seed, options)
        fixed_palette, fixed_order = (None, None) if palette is None else _read_palette(palette)
        under = None if background is None else read_colors("background", [background])
        reading = {name: value for name, value in options.items() if name in READING}
        if isinstance(source, Histogram):
            raise OptionError("a Histogram has no pixels: give the picture.")
        opened = source if isinstance(source, Pixels) else read(source, **reading)
        reopened = again(source, opened, reading)
        assert reopened is not None

        def on_background(pixels: Pixels) -> Pixels:
            return pixels if under is None else flattened(pixels, under[0])

        search_options = {name: value for name, value in options.items() if name not in READING}
        search_options |= {"method": method, "space": space, "seed": seed}
        pixels = on_background(opened)
        return cls(
            pixels,
            histogram(pixels),
            settings,
            fixed_palette,
            fixed_order,
            search_options,
            _size(source, opened),
            lambda: on_background(reopened()),
            notes_of(opened, options.get("frame")),
        )

    def to(self, k: int) -> Quantized:
        """The picture with k colors, or with the caller's palette."""
        check_options(quantize, k=k)
        k = whole(k)
        palette, order, fewer = self.fixed_palette, None, None
        if palette is not None:
            order, k = self.fixed_order, len(palette)
        elif self._table is not None and len(self._table[0]) <= k:
            palette, order = self._table
            clear = int((order[:, 3] == 0).any())
            if bits_of(len(order)) > bits_of(min(k + clear, MAX_ENTRIES)):
                order = order[:0]  # its unused entries would cost bits; the colors keep their order
        if palette is None:
            palette, fewer = _searched(self.search_options, self.pixels, self.counted, k), self._fewer
        palette = replace(palette, notes=self.notes)
        frames = reduced(self.pixels, self.counted, palette.srgb, self.settings)
        options = {name: getattr(self.settings, name) for name in Settings.__slots__}
        options |= {"method": None if self.fixed_palette else self.search_options["method"]}
        return Quantized(palette, frames, k, self.size, options, self.reopen, self.pixels.metadata, order, fewer)

    @cached_property
    def _table(self) -> tuple[Palette, NDArray[np.uint8]] | None:
        """The colors of an indexed picture and its table, if these are all its colors and no method was chosen."""
        return None if self.search_options["method"] else table_palette(self.pixels)

    @cached_property
    def _fewer(self) -> Fewer:
        """The same picture with another k. It reads the picture again, so that no result keeps a decoded one."""
        options = self.search_options
        return Fewer(self.reopen, lambda pixels, counted, k: _searched(options, pixels, counted, k).srgb, self.settings)


def _searched(search_options: dict[str, Any], pixels: Pixels, counted: Histogram, k: int) -> Palette:
    """The palette of a picture."""
    if search_options["method"] is None:
        return least_error_palette(pixels, counted, k)
    return extract(counted, k, **search_options)


def _check_alone(**options: Any) -> None:
    """Refuse options that find colors if the caller gives the palette."""
    for name, value in options.items():
        if value is not None:
            raise OptionError(f"{name} is not allowed with palette, which fixes the colors: leave one of them out.")


def _check(method: str | None, space: str, seed: int, options: dict[str, Any]) -> None:
    """Refuse what extract() would refuse, before the picture is read."""
    if method is not None:
        check_names(quantize, options, methods.entry(method), extract)
        check(MAX_COLORS, method=method, space=space, seed=seed, **options)
        return
    check_names(quantize, options, None, more=" Options of a method need the method's name.")
    if space != "oklab" or seed != 0:
        raise OptionError("space and seed belong to a method: give `method` too, such as 'kmeans'.")


def _settings(difference: str, dither: str, strength: float, light: Light) -> Settings:
    differences[difference]
    dithers[dither]
    check_options(quantize, strength=strength, light=light)
    return Settings(difference, dither, float(strength), light)


def _read_palette(palette: Palette | Colors) -> tuple[Palette, NDArray[np.uint8]]:
    """The caller's palette without equal colors, and its order; OptionError if it has no color or too many."""
    every = read_every_color("palette", palette)
    codes = [*dict.fromkeys(map(tuple, every.tolist()))]
    if not 1 <= len(codes) <= MAX_COLORS:
        raise OptionError(
            f"the palette has {len(codes) or 'no'} colors: give 1 to {MAX_COLORS}, as indexed pictures hold."
        )
    if isinstance(palette, Palette) and len(codes) == len(palette):
        return palette, given_order(every)
    return Palette.from_dict({"colors": [{"srgb": color} for color in codes]}), given_order(every)


def _size(source: Any, pixels: Pixels) -> int | None:
    """The size of the picture's file in bytes; None if it came from no file, or the file is gone."""
    if isinstance(source, bytes | bytearray | memoryview):
        return len(source)
    try:
        return os.path.getsize(pixels.name) if pixels.name else None
    except (OSError, ValueError):
        return None
