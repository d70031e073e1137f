"""Color differences: measures of how different two colors look.

Each module of this package registers one formula. A formula takes coordinates of one color space, which it names.
`Difference.of_linear` converts linear light to that space first.

>>> from pochade.color.srgb import decode, parse_hex
>>> red, brick = decode(parse_hex("#ff0000")), decode(parse_hex("#b22222"))
>>> round(float(differences["ciede2000"].of_linear(red, brick)), 1)
16.3

The arguments are broadcast: `difference(points[:, None], palette)` compares all pairs and is (n, m).
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

# Pairs in one block. A dozen temporaries of 128 kB fit into a core's own cache, and a distance matrix of thousands of
# colors needs hardly any memory besides its own. This was the fastest of 2^10 .. 2^22 for CIEDE2000.
_BLOCK = 1 << 14


@dataclass(frozen=True)
class Difference:
    """A color difference.

    name : the name that users write, such as "ciede2000".
    space : the space of the coordinates, such as "cielab".
    function : from two arrays of coordinates (..., 3), broadcast, to differences (...), float64.
    euclidean : whether it is the straight distance in its space; trees, matrix products and Ward's method require that.
    symmetric : whether the order of the two colors is irrelevant. If not, the first color is the reference.
    """

    name: str
    space: str
    function: Callable[..., Array]
    euclidean: bool = False
    symmetric: bool = True

    @property
    def summary(self) -> str:
        """The docstring of the function, for listings."""
        return inspect.getdoc(self.function) or ""

    def __call__(self, a: Array, b: Array, **options: Any) -> Array:
        """The differences of coordinates in `space`, computed in blocks.

        Parameters
        ----------
        a, b : float64 (..., 3), coordinates in `space`, broadcast.
        options : options of the function, such as `lightness` of `cmc`.
        """
        shape = np.broadcast_shapes(a.shape, b.shape)[:-1]
        if not shape:
            return self.function(a, b, **options)
        out: Array = np.empty(shape)
        long = int(np.argmax(shape))  # moved last, because NumPy is slow if the last axis is short
        turned, a, b = (
            np.moveaxis(each[(None,) * (out.ndim + extra - each.ndim)], long, out.ndim - 1)
            for each, extra in ((out, 0), (a, 1), (b, 1))
        )
        for block in _blocks(turned.shape):
            turned[block] = self.function(_part(a, block), _part(b, block), **options)
        return out

    def of_linear(self, a: Array, b: Array, **options: Any) -> Array:
        """The differences of linear-light sRGB colors (..., 3), broadcast."""
        convert = spaces[self.space].from_linear
        return self(convert(a), convert(b), **options)


def _blocks(shape: tuple[int, ...]) -> Iterator[tuple[slice, ...]]:
    """Slices of about `_BLOCK` elements that cover an array of this shape."""
    lengths, room = [], _BLOCK
    for length in reversed(shape):
        lengths.append(max(1, min(length, room)))
        room //= lengths[-1]
    steps = [range(0, n, step) for n, step in zip(shape, reversed(lengths), strict=True)]
    for starts in itertools.product(*steps):
        yield tuple(slice(start, start + r.step) for start, r in zip(starts, steps, strict=True))


def _part(colors: Array, block: tuple[slice, ...]) -> Array:
    """The colors of a block. An axis of length 1 is broadcast, so it is not sliced."""
    return colors[tuple(cut if n > 1 else slice(None) for cut, n in zip(block, colors.shape, strict=False))]


differences: Registry[Difference, NoFacts] = Registry("difference", "pochade.color.difference")


def register(difference: Difference) -> None:
    """Register a difference under its own name."""
    differences.add(difference.name, difference)


def euclidean(a: Array, b: Array) -> Array:
    """The straight distance, summed channel by channel: more than twice as fast as over a last axis of 3."""
    squared: Array = np.square(a[..., 0] - b[..., 0])
    squared += np.square(a[..., 1] - b[..., 1])
    squared += np.square(a[..., 2] - b[..., 2])
    return np.sqrt(squared)
