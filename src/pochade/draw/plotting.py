"""Palettes for matplotlib: colormaps and color cycles."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, encode_unit
from pochade.errors import OptionError, PochadeError
from pochade.palette import Palette
from pochade.palette.gradient import along

if TYPE_CHECKING:
    from cycler import Cycler
    from matplotlib.colors import ListedColormap

STEPS = 256
"""Number of colors of a smooth map, as in matplotlib's colormaps."""

SAMPLES = 16384
"""Samples of the path to measure its length."""

MAX_UNEVENNESS = 1e-3
"""Steps are even if the longest and the shortest differ by at most this part of their mean."""

SIGMAS = (4.0, 8.0, 16.0)
"""Standard deviations of the Gaussian that rounds corners, in steps; the first that allows even steps is used."""

REFINEMENTS = 2
MAX_ITERATIONS = 200


def cmap(palette: Palette, *, smooth: bool, name: str | None, register: bool) -> "ListedColormap":
    """A matplotlib colormap; see `Palette.cmap`."""
    if not len(palette):
        raise OptionError("a colormap needs a color, and the palette has none.")
    try:
        import matplotlib
        from matplotlib.colors import ListedColormap
    except ImportError:
        raise _missing_matplotlib() from None
    colors = even(palette.srgb) if smooth else palette.srgb / 255
    colormap = ListedColormap(colors.tolist(), name=name or "pochade")
    if register:
        try:
            matplotlib.colormaps.unregister(colormap.name)  # replacing a map of an earlier call would warn
            matplotlib.colormaps.register(colormap)
        except ValueError:
            raise OptionError(
                f"name={colormap.name!r} is one of matplotlib's own colormaps: give another name."
            ) from None
    return colormap


def cycler(palette: Palette) -> "Cycler[str, str]":
    """A color cycle of matplotlib; see `Palette.cycler`."""
    try:
        from cycler import cycler as cycle
    except ImportError:
        raise _missing_matplotlib() from None
    return cycle(color=palette.hex)


def even(srgb: NDArray[np.uint8], steps: int = STEPS) -> Array:
    """Colors along a path through a palette, from the darkest to the lightest, at even distances in CAM16-UCS.

    Parameters
    ----------
    srgb : uint8 (m, 3), at least two colors.

    Returns
    -------
    float64 (steps, 3), encoded sRGB, 0..1. Oklab lightness never decreases. The path between colors is straight
    in Oklab.
    """
    if len(srgb) < 2:
        raise OptionError(f"a smooth colormap needs two colors, and the palette has {len(srgb)}: use smooth=False.")
    rising = srgb[np.argsort(spaces["oklab"].from_linear(decode(srgb))[:, 0], kind="stable")]
    straight = into_gamut(along(rising, np.linspace(0, len(srgb) - 1, SAMPLES), "oklab"))
    path = _resample(spaces["oklab"].from_linear(straight))[0]
    for sigma in SIGMAS:
        linear, unevenness = _space_evenly(_round_corners(path, sigma / steps), steps)
        if unevenness <= MAX_UNEVENNESS:
            break
    return encode_unit(linear).clip(0, 1)


def _resample(path: Array) -> tuple[Array, Array, Array]:
    """A path in Oklab, resampled evenly in CAM16-UCS: in Oklab, in linear light, and in CAM16-UCS."""
    for again in range(
        REFINEMENTS + 1
    ):  # near black a small step in Oklab is a large step in CAM16-UCS, so once is not enough
        linear = spaces["oklab"].to_linear(path).clip(0, 1)
        points = spaces["cam16-ucs"].from_linear(linear)
        if again < REFINEMENTS:
            length = _arc_lengths(points)
            path = _interpolate(np.linspace(0, length[-1], len(path)), path, length)
    return path, linear, points


def _space_evenly(path: Array, steps: int) -> tuple[Array, float]:
    """Colors at even distances, in linear light, and the range of the distances relative to their mean.

    Even arc lengths do not give even distances: a step around a corner is shorter.
    """
    _, linear, points = _resample(path)
    length = _arc_lengths(points)
    at = np.linspace(0, length[-1], steps)
    for _ in range(MAX_ITERATIONS):
        reached = _arc_lengths(_interpolate(at, points, length))
        step = np.diff(reached)
        unevenness = float(np.ptp(step) / max(step.mean(), 1e-12))
        if unevenness <= MAX_UNEVENNESS:
            break
        at = (at + np.interp(np.linspace(0, reached[-1], steps), reached, at)) / 2
    return _interpolate(at, linear, length), unevenness


def _arc_lengths(points: Array) -> Array:
    """The arc length at each point, 0 at the first."""
    return np.append(0, np.linalg.norm(np.diff(points, axis=0), axis=1).cumsum())


def _interpolate(places: Array, points: Array, known: Array) -> Array:
    """Points (n, 3) at `places`, interpolated between `points` at `known` places."""
    return np.stack([np.interp(places, known, points[:, i]) for i in range(3)], axis=-1)


def _round_corners(path: Array, sigma: float) -> Array:
    """The path with corners rounded by a Gaussian of `sigma` of its length; its ends stay."""
    deviation = sigma * len(path)
    reach = round(4 * deviation)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    before, after = 2 * path[0] - path[reach:0:-1], 2 * path[-1] - path[-2 : -reach - 2 : -1]
    padded = np.concatenate([before, path, after])
    return np.stack([np.convolve(padded[:, i], weights / weights.sum(), "valid") for i in range(3)], axis=-1)


def _missing_matplotlib() -> PochadeError:
    return PochadeError("colormaps and cycles need matplotlib, which is not installed: pip install 'pochade[plot]'.")
