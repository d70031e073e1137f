"""Palettes as matplotlib takes them: colormaps and the cycle of colors."""

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
"""Places on the way at which it is measured."""

EVEN = 1e-3
"""Steps are even where the longest and the shortest differ by so much of their mean, or less."""

ROUND = 4.0
"""Standard deviation, in steps."""

ROUNDS = 500


def cmap(palette: Palette, *, smooth: bool, name: str | None, register: bool) -> "ListedColormap":
    """A matplotlib colormap; see `Palette.cmap`."""
    if not palette.k:
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
            matplotlib.colormaps.register(made, force=True)
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
    """Colors on the way through a palette, from its darkest to its lightest, at even distances in CAM16-UCS.

    Parameters
    ----------
    srgb : uint8 (m, 3), at least two colors.

    Returns
    -------
    float64 (steps, 3), encoded sRGB, 0..1. Lightness (Oklab) never falls. The way is straight in Oklab from each color
    to the next.
    """
    if len(srgb) < 2:
        raise OptionError(f"a smooth colormap needs two colors, and the palette has {len(srgb)}: leave smooth out.")
    rising = srgb[np.argsort(spaces["oklab"].value.from_linear(decode(srgb))[:, 0], kind="stable")]
    places = np.linspace(0, len(srgb) - 1, FINE)
    oklab = spaces["oklab"].value
    way = into_gamut(oklab.to_linear(_rounded(oklab.from_linear(along(rising, places, "oklab")), steps)))
    points = spaces["cam16-ucs"].value.from_linear(way)
    length = np.append(0, np.linalg.norm(np.diff(points, axis=0), axis=1).cumsum())
    at = np.linspace(0, length[-1], steps)
    # Even along the way is not even in a straight line: a step around a corner is shorter. So they take from each other.
    for _ in range(ROUNDS):
        taken = np.stack([np.interp(at, length, points[:, i]) for i in range(3)], axis=-1)
        step = np.linalg.norm(np.diff(taken, axis=0), axis=1)
        if np.ptp(step) <= EVEN * step.mean():
            break
        at = (at + np.interp(np.linspace(0, step.sum(), steps), np.append(0, step.cumsum()), at)) / 2
    codes: Array = encode_unit(np.stack([np.interp(at, length, way[:, i]) for i in range(3)], axis=-1))
    return codes.clip(0, 1)


def _rounded(points: Array, steps: int) -> Array:
    """The way with its corners rounded off over a few steps; its ends stay."""
    length = np.append(0, np.linalg.norm(np.diff(points, axis=0), axis=1).cumsum())
    places = np.linspace(0, length[-1], len(points))
    path = np.stack([np.interp(places, length, points[:, i]) for i in range(3)], axis=-1)
    sigma = ROUND * len(points) / steps
    reach = round(4 * sigma)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    before, after = 2 * path[0] - path[reach:0:-1], 2 * path[-1] - path[-2 : -reach - 2 : -1]
    padded = np.concatenate([before, path, after])
    return np.stack([np.convolve(padded[:, i], weights / weights.sum(), "valid") for i in range(3)], axis=-1)


def _missing() -> PochadeError:
    return PochadeError("colormaps and cycles need matplotlib, which is not installed: pip install 'pochade[plot]'.")
