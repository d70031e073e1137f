"""What is kept of a shot: exact counts, a still, and the light of its frames."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pochade.films.bars import Extent

TICKS = 48_000
"""Units of time in a second. A frame of a count weighs its duration in these, a whole number."""


@dataclass(slots=True, eq=False)
class Part:
    """A stretch of a shot with one coding, in which every frame weighs the same.

    inside, outside : packed counts of what frames show, and of the black around. area : the pixels of both that were
    counted, and of what frames show. weight : of a frame, in TICKS. coding : its index in the film.
    """

    inside: bytes
    outside: bytes
    frames: int
    area: tuple[int, int]
    weight: int
    coding: int
    start: Fraction
    end: Fraction


@dataclass(slots=True, eq=False)
class ShotRecord:
    """A shot as the pass leaves it.

    first, frames : its first frame and their number. transition : frames of the change before it, 0 for a cut.
    times : float64 (frames,), starts in seconds. lights : float32 (frames, 3), mean linear light. still : an upright
    JPEG. turn : quarter turns against the clock that bring its frames upright.
    """

    first: int
    frames: int
    start: Fraction
    end: Fraction
    transition: int
    parts: list[Part]
    extent: Extent
    times: NDArray[np.float64]
    lights: NDArray[np.float32]
    still: bytes
    turn: int = 0
