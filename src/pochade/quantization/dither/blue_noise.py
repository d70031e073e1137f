"""Blue noise: a mask without a pattern, and without clumps.

It is computed on first use, in 0.1 s, by void and cluster in integers, so it is the same on every machine.

References
----------
Ulichney 1993, "The void-and-cluster method for dither array generation", SPIE 1913; sigma 1.5 is his.
"""

import functools

import numpy as np
from numpy.typing import NDArray

from pochade.quantization.dither import Dither, register

SIDE = 64
"""Large enough to hide the period."""

SIGMA = 1.5

STEP = 10
"""Distance of the first points in cells; as in Ulichney's paper they are a tenth of all."""


@functools.cache
def mask() -> NDArray[np.uint8]:
    """The mask: uint8 (64, 64), 0..15, each equally often."""
    levels: NDArray[np.uint8] = (ranks() * 16 // SIDE**2).astype(np.uint8)
    levels.flags.writeable = False
    return levels


def ranks() -> NDArray[np.int64]:
    """The order in which the cells are lit: int64 (64, 64), 0..4095, each once."""
    field = _Field()
    for at in range(0, SIDE**2, STEP):  # a deterministic start, which the swaps even out
        field.put(at * 1103 % SIDE**2)
    while True:
        cluster = field.tightest()
        field.take(cluster)
        void = field.emptiest()
        field.put(void)
        if void == cluster:
            break
    order = np.empty(SIDE**2, np.int64)
    first = field.copy()
    for rank in range(int(first.lit.sum()) - 1, -1, -1):
        cluster = first.tightest()
        first.take(cluster)
        order[cluster] = rank
    for rank in range(int(field.lit.sum()), SIDE**2):
        void = field.emptiest()
        field.put(void)
        order[void] = rank
    return order.reshape(SIDE, SIDE)


class _Field:
    """Lit cells on a torus, and the crowding of each cell."""

    def __init__(self) -> None:
        away = np.minimum(np.arange(SIDE), SIDE - np.arange(SIDE))
        far = away[:, None] ** 2 + away**2
        bump = np.rint(np.exp(-far / (2 * SIGMA**2)) * (1 << 24)).astype(np.int64)
        self._bumps = np.tile(bump, (2, 2))
        self.lit = np.zeros(SIDE**2, bool)
        self.crowd = np.zeros((SIDE, SIDE), np.int64)

    def copy(self) -> "_Field":
        other = _Field()
        other.lit, other.crowd = self.lit.copy(), self.crowd.copy()
        return other

    def put(self, cell: int) -> None:
        self.lit[cell] = True
        self.crowd += self._around(cell)

    def take(self, cell: int) -> None:
        self.lit[cell] = False
        self.crowd -= self._around(cell)

    def _around(self, cell: int) -> NDArray[np.int64]:
        y, x = SIDE - cell // SIDE, SIDE - cell % SIDE
        return self._bumps[y : y + SIDE, x : x + SIDE]

    def tightest(self) -> int:
        """The most crowded lit cell, the first of equals."""
        return int(np.where(self.lit, self.crowd.ravel(), -1).argmax())

    def emptiest(self) -> int:
        """The least crowded dark cell, the first of equals."""
        return int(np.where(self.lit, np.iinfo(np.int64).max, self.crowd.ravel()).argmin())


register(
    Dither(
        "blue-noise", "An even grain without a pattern, the same in every frame: calm, also where it moves.", mask=mask
    )
)
