"""Dithers spread the error of few colors, so that from a distance they look like more. One a file."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.registry import NoFacts, Registry

__all__ = ["Dither", "dithers", "register"]


@dataclass(frozen=True)
class Dither:
    """A dither: taps, a mask, or neither.

    name : as the user writes it. summary : its use and its source; lists show it.
    taps : of an error diffusion: (pixels onward, rows down, share of the error); at most 16.
    mask : of an ordered dither: a function that returns uint8 (s, s), 0..15.
    """

    name: str
    summary: str
    taps: tuple[tuple[int, int, float], ...] = ()
    mask: Callable[[], NDArray[np.uint8]] | None = None


dithers: Registry[Dither, NoFacts] = Registry("dither", "pochade.quantization.dither")


def register(dither: Dither) -> None:
    """Register a dither under its own name."""
    dithers.add(dither.name, dither)
