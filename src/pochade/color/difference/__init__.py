"""Color differences: how far apart two colors look.

Each module of this package registers one formula. A formula takes the coordinates of the space that it was
made for, which it names; `Difference.of_linear` converts first.

>>> from pochade.color.srgb import decode, parse_hex
>>> red, brick = decode(parse_hex("#ff0000")), decode(parse_hex("#b22222"))
>>> round(float(differences["ciede2000"].of_linear(red, brick)), 1)
16.3

All against all is a matter of broadcasting: `difference(points[:, None], palette)` is (n, m).
"""

import inspect
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.registry import NoFacts, Registry

# Pairs in one block: a dozen temporaries of 128 kB stay in a core's own cache, and a distance matrix of
# thousands of colors needs no memory besides itself. The best of 2^10 .. 2^22 for CIEDE2000.
_BLOCK = 1 << 14


@dataclass(frozen=True)
class Difference:
    """A color difference.

    name : as the user writes it, "ciede2000".
    space : the space whose coordinates it takes, "cielab".
    function : coordinates (..., 3) and (..., 3) to differences, float64, broadcast.
    euclidean : it is the straight distance in its space; a tree, a matrix product or Ward's method may serve.
    symmetric : the order of the two does not matter; where it does, the first is the reference.
    """

    name: str
    space: str
    function: Callable[..., Array]
    euclidean: bool = False
    symmetric: bool = True

    @property
    def summary(self) -> str:
        """The docstring of the function, for lists."""
        return inspect.getdoc(self.function) or ""

    def __call__(self, a: Array, b: Array, **options: Any) -> Array:
        """The differences of coordinates in `space`, worked out in blocks.

        Parameters
        ----------
        a, b : float64 (..., 3), `space`; they are broadcast.
        options : what the function has, the lightness of `cmc` for one.
        """
        shape = np.broadcast_shapes(a.shape, b.shape)[:-1]
        if not shape:
            return self.function(a, b, **options)
        out: Array = np.empty(shape)
        long = int(np.argmax(shape))  # put last, for loops over a short last axis are slow
        turned, a, b = (
            np.moveaxis(each[(None,) * (out.ndim + extra - each.ndim)], long, out.ndim - 1)
            for each, extra in ((out, 0), (a, 1), (b, 1))
        )
        for block in _blocks(turned.shape):
            turned[block] = self.function(_part(a, block), _part(b, block), **options)
        return out

    def of_linear(self, a: Array, b: Array, **options: Any) -> Array:
        """The differences of linear-light sRGB colors (..., 3); they are broadcast."""
        convert = spaces[self.space].from_linear
        return self(convert(a), convert(b), **options)


def _blocks(shape: tuple[int, ...]) -> Iterator[tuple[slice, ...]]:
    """Slices that cover an array of this shape, of about `_BLOCK` elements each."""
    lengths, room = [], _BLOCK
    for length in reversed(shape):
        lengths.append(max(1, min(length, room)))
        room //= lengths[-1]
    steps = [range(0, n, step) for n, step in zip(shape, reversed(lengths), strict=True)]
    for starts in itertools.product(*steps):
        yield tuple(slice(start, start + r.step) for start, r in zip(starts, steps, strict=True))


def _part(colors: Array, block: tuple[slice, ...]) -> Array:
    """The colors of a block; an axis of length 1 is broadcast, not cut."""
    return colors[tuple(cut if n > 1 else slice(None) for cut, n in zip(block, colors.shape, strict=False))]


differences: Registry[Difference, NoFacts] = Registry("difference", "pochade.color.difference")


def register(difference: Difference) -> None:
    """Register a difference under its own name."""
    differences.add(difference.name, difference)


def euclidean(a: Array, b: Array) -> Array:
    """The straight distance; channel by channel, more than twice as fast as over a last axis of 3."""
    squared: Array = np.square(a[..., 0] - b[..., 0])
    squared += np.square(a[..., 1] - b[..., 1])
    squared += np.square(a[..., 2] - b[..., 2])
    return np.sqrt(squared)
