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
"""Colors of a smooth map: as many as matplotlib's own."""

FINE = 16384
"""Samples of the path for measuring its length."""

EVEN = 1e-3
"""Steps are even if the longest and the shortest differ by at most this part of their mean."""

ROUND = (4.0, 8.0, 16.0)
"""Standard deviations of the rounding of corners, in steps; the first that allows even steps is used."""

REFINED = 2
TURNS = 200


def cmap(palette: Palette, *, smooth: bool, name: str | None, register: bool) -> "ListedColormap":
    """A matplotlib colormap; see `Palette.cmap`."""
    if not len(palette):
        raise OptionError("a colormap needs a color, and the palette has none.")
    try:
        import matplotlib
        from matplotlib.colors import ListedColormap
    except ImportError:
        raise _missing() from None
    colors = even(palette.srgb) if smooth else palette.srgb / 255
    made = ListedColormap(colors.tolist(), name=name or "pochade")
    if register:
        try:
            matplotlib.colormaps.unregister(made.name)  # an earlier one of ours; replacing it would warn
            matplotlib.colormaps.register(made)
        except ValueError:
            raise OptionError(f"name={made.name!r} is one of matplotlib's own colormaps: give another.") from None
    return made


def cycler(palette: Palette) -> "Cycler[str, str]":
    """matplotlib's cycle of colors; see `Palette.cycler`."""
    try:
        from cycler import cycler as cycle
    except ImportError:
        raise _missing() from None
    return cycle(color=palette.hex)


def even(srgb: NDArray[np.uint8], steps: int = STEPS) -> Array:
    """Colors along a path through a palette, from its darkest to its lightest, at even distances in CAM16-UCS.

    Parameters
    ----------
    srgb : uint8 (m, 3), at least two colors.

    Returns
    -------
    float64 (steps, 3), encoded sRGB, 0..1. Lightness (Oklab) never falls. The path is straight in Oklab from each
    color to the next.
    """
    if len(srgb) < 2:
        raise OptionError(f"a smooth colormap needs two colors, and the palette has {len(srgb)}: leave smooth out.")
    rising = srgb[np.argsort(spaces["oklab"].from_linear(decode(srgb))[:, 0], kind="stable")]
    straight = into_gamut(along(rising, np.linspace(0, len(srgb) - 1, FINE), "oklab"))
    path = _measured(spaces["oklab"].from_linear(straight))[0]
    for sigma in ROUND:
        found, unevenness = _spaced(_rounded(path, sigma / steps), steps)
        if unevenness <= EVEN:
            break
    return encode_unit(found).clip(0, 1)


def _measured(path: Array) -> tuple[Array, Array, Array]:
    """A path in Oklab, resampled evenly in CAM16-UCS: the path, its colors in linear light, and in CAM16-UCS."""
    for again in range(REFINED + 1):  # near black a step in Oklab is a leap in CAM16-UCS, so once is not enough
        linear = spaces["oklab"].to_linear(path).clip(0, 1)
        points = spaces["cam16-ucs"].from_linear(linear)
        if again < REFINED:
            length = _along(points)
            path = _at(np.linspace(0, length[-1], len(path)), path, length)
    return path, linear, points


def _spaced(path: Array, steps: int) -> tuple[Array, float]:
    """Colors at even distances, linear light, and by how much of the mean the distances differ at most.

    Even arc lengths are not even distances: a step around a corner is shorter.
    """
    _, linear, points = _measured(path)
    length = _along(points)
    at = np.linspace(0, length[-1], steps)
    for _ in range(TURNS):
        reached = _along(_at(at, points, length))
        step = np.diff(reached)
        unevenness = float(np.ptp(step) / max(step.mean(), 1e-12))
        if unevenness <= EVEN:
            break
        at = (at + np.interp(np.linspace(0, reached[-1], steps), reached, at)) / 2
    return _at(at, linear, length), unevenness


def _along(points: Array) -> Array:
    """The arc length at each point, 0 at the first."""
    return np.append(0, np.linalg.norm(np.diff(points, axis=0), axis=1).cumsum())


def _at(places: Array, points: Array, known: Array) -> Array:
    """Points (n, 3), interpolated between others at known places."""
    return np.stack([np.interp(places, known, points[:, i]) for i in range(3)], axis=-1)


def _rounded(path: Array, much: float) -> Array:
    """An even path with its corners rounded by a Gaussian, `much` of its length; its ends stay."""
    sigma = much * len(path)
    reach = round(4 * sigma)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    before, after = 2 * path[0] - path[reach:0:-1], 2 * path[-1] - path[-2 : -reach - 2 : -1]
    padded = np.concatenate([before, path, after])
    return np.stack([np.convolve(padded[:, i], weights / weights.sum(), "valid") for i in range(3)], axis=-1)


def _missing() -> PochadeError:
    return PochadeError("colormaps and cycles need matplotlib, which is not installed: pip install 'pochade[plot]'.")
