"""By how many bits the colors of a palette are likelier together than alone."""

import numpy as np

from pochade.color import Array
from pochade.errors import OptionError
from pochade.suggestion.network import Network

MAX_COLORS = 10
"""The largest palettes that the network has seen."""


def likelihood(oklab: Array, network: Network | None = None) -> float:
    """log2 of the probability of the colors together over that of each alone, by the masked network.

    The probability together is a product: of the first color, of the second after the first, and so on. The network
    does not give every order the same product, so this is the mean over the m orders that begin the circle of lightness
    at each of its colors; the order in which the colors are given does not count.

    Parameters
    ----------
    oklab : float64 (m, 3), m from 1 to 10.

    Raises
    ------
    OptionError : the palette has no color, or more than 10.
    """
    m = len(oklab)
    if not 1 <= m <= MAX_COLORS:
        raise OptionError(
            f"likelihood() is for 1 to {MAX_COLORS} colors, and the palette has {m}: give a slice of it, palette[:5]."
        )
    network = network or Network.ours()
    ring = oklab[np.lexsort((oklab[:, 2], oklab[:, 1], oklab[:, 0]))]
    ring = np.concatenate([ring, ring])
    cells = network.cells(ring)
    before = [ring[start : start + size] for start in range(m) for size in range(1, m)]
    after = [cells[start + size] for start in range(m) for size in range(1, m)]
    if not before:
        return 0.0
    bits = network.bits([*before, oklab[:0]])
    together = bits[np.arange(len(after)), after] - bits[-1, after]
    return float(together.sum()) / m
