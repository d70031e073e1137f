"""`frequent`: colors that are frequent in palettes by people, whatever they stand beside."""

from collections.abc import Iterator

import numpy as np

from pochade.color import Array
from pochade.suggestion.known import known
from pochade.suggestion.methods import Draft, methods
from pochade.suggestion.noise import uniform

MAX_DRAFTS = 2000
"""The most drafts that are drawn; a request needs four for each proposal."""


@methods.register("frequent")
def frequent(kept: Array, k: int, *, seed: int) -> Iterator[Draft]:
    """Colors drawn from all known palettes, each by itself."""
    for at in range(MAX_DRAFTS):
        yield Draft(drawn(seed, (3, at), k - len(kept)))


def drawn(seed: int, stream: tuple[int, ...], n: int) -> Array:
    """n colors of known palettes in Oklab, float64 (n, 3), each as likely as any other."""
    every = known()
    colors = every.oklab[np.arange(every.oklab.shape[1]) < every.sizes[:, None]]
    return colors[(uniform(seed, stream, n) * len(colors)).astype(np.int64)]
