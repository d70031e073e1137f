"""Random numbers that are the same on every machine: a hash of the seed, a stream and a counter.

References
----------
Guy L. Steele Jr., Doug Lea and Christine H. Flood, 2014: "Fast Splittable Pseudorandom Number Generators". The hash is
their mix function in the version of Sebastiano Vigna's splitmix64.c (2015).
Emil Julius Gumbel, 1954: "Statistical Theory of Extreme Values and Some Practical Applications": the place of the
largest sum of log-probability and Gumbel noise is a draw.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array

_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_WORD = (1 << 64) - 1

FINE = 1 << 20
"""Gumbel noise is a multiple of 1 / FINE: the last bits of a logarithm differ between machines."""


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hash of words, uint64 (n,)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(_FIRST)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(_SECOND)
    return words ^ (words >> np.uint64(31))


def _mixed_word(word: int) -> int:
    """The hash of one word."""
    word = (word ^ word >> 30) * _FIRST & _WORD
    word = (word ^ word >> 27) * _SECOND & _WORD
    return word ^ word >> 31


def uniform(seed: int, stream: tuple[int, ...], n: int) -> Array:
    """n numbers between 0 and 1, both excluded.

    Parameters
    ----------
    seed : any whole number from 0. stream : numbers that tell apart the draws of one seed.

    Examples
    --------
    >>> uniform(0, (), 3).round(3).tolist() == uniform(0, (), 3).round(3).tolist() != uniform(1, (), 3).tolist()
    True
    """
    key = 0
    words = [seed >> shift & _WORD for shift in range(0, max(1, seed.bit_length()), 64)]
    for word in (len(words), *words, *stream):  # the seed may be longer than a word
        key = _mixed_word((key + word + 1) * _GOLDEN & _WORD)
    counter = (np.arange(1, n + 1, dtype=np.uint64) * np.uint64(_GOLDEN)) + np.uint64(key)
    return ((_mixed(counter) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def gumbel(seed: int, stream: tuple[int, ...], n: int) -> Array:
    """n numbers of the standard Gumbel distribution, multiples of 1 / FINE."""
    noise: Array = np.rint(-np.log(-np.log(uniform(seed, stream, n))) * FINE) / FINE
    return noise
