"""Where shots end: cuts, and gradual changes.

Two differences of neighboring frames are taken: of the pixels of small copies in Oklab, which moving things change, and
of histograms, which a change of light changes. A cut changes both, so their geometric mean has a peak. A gradual change
is a step between two steadier stretches, whose frames lie between them.

References
----------
John S. Boreczky and Lawrence A. Rowe, 1996: "Comparison of video shot boundary detection techniques", Journal of
Electronic Imaging 5(2). Brandon Castellano, PySceneDetect, 0.7: a threshold that follows its neighbors.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.films.coding import Coding

Floats = NDArray[np.float32]
Shares = tuple[float, float, float, float]

ROWS, COLUMNS, SAMPLES = 36, 64, 4
"""The size of a small copy, and the side of the square of samples behind each of its pixels."""

NODES = 33
"""Nodes on a side of the table from samples to Oklab; between them it errs by less than one code of 8 bits."""

BALANCE = 30.0
"""Brings the difference of histograms, 0..1, to the size of that of pixels, in hundredths of Oklab."""

NEIGHBORS, RATIO, FLOOR = 2, 3.0, 5.0
"""A cut is RATIO times the mean of its neighbors, NEIGHBORS a side, and at least FLOOR. Tuned on the films of
benchmarks/shots.py."""

RISE, LEAST = 1.5, 3.0
"""The least ratio of the change of pixels at a cut to that of its neighbors, and the least change, in hundredths of
Oklab."""

SHORTEST = 4
"""Frames of the shortest shot between two cuts."""

FLASH = 4
"""Frames of the longest flash."""

CONTEXT = 64
"""Frames on each side of a stretch that a decision may need."""

BARS = 48
"""Frames in which the bars of a film are looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """What is kept of a frame until its shot is known.

    oklab : float32 (36, 64, 3), Oklab times 100. coarse : float32 (9, 16, 3), its means. levels : uint16 (36, 64), the
    bin of each pixel. light : float64 (3,), the mean linear light. change : the difference from the frame before.
    bars : rows and columns of the copy that are not bars: top, bottom, left, right.
    """

    oklab: Floats
    coarse: Floats
    levels: NDArray[np.uint16]
    histogram: Floats
    light: NDArray[np.float64]
    change: float
    bars: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The first frame of a shot. length : frames of the change, 0 for a cut; then `frame` is in its middle."""

    frame: int
    length: int = 0


class Eye:
    """Looks at the frames of a film, one after another."""

    def __init__(self) -> None:
        self._tables: dict[Coding, Floats] = {}
        self._known: tuple[Coding, Floats] | None = None
        self._last: Glance | None = None
        self._number = 0
        self._boxes: dict[Shares, int] = {}

    def see(self, small: Floats, coding: Coding, box: Shares) -> Glance:
        """The glance at a frame.

        small : float32 (36, 64, 3), samples. box : the part that is not black, as shares of the sides: left, top,
        right, bottom.
        """
        oklab, levels, coarse, light = kernel.glance(self._table(coding), small)
        bars = self._bars(box)
        histogram = kernel.smoothed(levels, *bars)
        change, last = 0.0, self._last
        if last is not None:
            before = last.histogram if last.bars == bars else kernel.smoothed(last.levels, *bars)
            apart = kernel.pixels_apart(oklab, last.oklab, *bars)
            change = math.sqrt(apart * BALANCE * kernel.colors_apart(histogram, before))
        self._last = Glance(oklab, coarse, levels, histogram, light, change, bars)
        return self._last

    def _bars(self, box: Shares) -> tuple[int, int, int, int]:
        """What any of the last frames shows, in rows and columns of the copy."""
        self._number += 1
        self._boxes[box] = self._number
        if len(self._boxes) > 1:
            self._boxes = {one: seen for one, seen in self._boxes.items() if self._number - seen <= BARS}
        shown = [one for one in self._boxes if one[2] > one[0]] or [(0.0, 0.0, 1.0, 1.0)]
        lefts, tops, rights, bottoms = zip(*shown, strict=True)
        left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
        y0, y1 = math.ceil(top * ROWS - 0.01), math.floor(bottom * ROWS + 0.01)
        x0, x1 = math.ceil(left * COLUMNS - 0.01), math.floor(right * COLUMNS + 0.01)
        return (y0, y1, x0, x1) if y1 - y0 >= 4 and x1 - x0 >= 4 else (0, ROWS, 0, COLUMNS)

    def _table(self, coding: Coding) -> Floats:
        if self._known is None or coding is not self._known[0]:
            if coding not in self._tables:
                self._tables[coding] = _table_of(coding)
            self._known = coding, self._tables[coding]
        return self._known[1]


def cuts(glances: Sequence[Glance], ratio: float = RATIO, floor: float = FLOOR) -> list[int]:
    """The frames that begin after a cut."""
    change = np.array([glance.change for glance in glances])
    found: list[int] = []
    for t in np.flatnonzero(change >= floor).tolist():
        if t == 0 or (found and t - found[-1] < SHORTEST):
            continue
        near = np.concatenate([change[max(1, t - NEIGHBORS) : t], change[t + 1 : t + 1 + NEIGHBORS]])
        usual = near.mean() if len(near) else 0.0
        if change[t] >= ratio * usual and _rises(glances, t) and not _is_flash(glances, t):
            found.append(t)
    return found


def _rises(glances: Sequence[Glance], t: int) -> bool:
    """Whether the pixels change more than in the frames around: in the fade of a flat picture only histograms jump."""
    around = [i for i in range(t - NEIGHBORS, t + NEIGHBORS + 1) if 1 <= i < len(glances) and i != t]
    steps = [_apart(glances[i].oklab, glances[i - 1].oklab) for i in around]
    usual = sum(steps) / len(steps) if steps else 0.0
    return _apart(glances[t].oklab, glances[t - 1].oklab) >= max(RISE * usual, LEAST)


def _is_flash(glances: Sequence[Glance], t: int) -> bool:
    """Whether the frames soon after look like the one before, or this frame like those before a flash."""
    step = _apart(glances[t].oklab, glances[t - 1].oklab)
    later = (_apart(glances[t + k].oklab, glances[t - 1].oklab) for k in range(1, FLASH + 1) if t + k < len(glances))
    before = (_apart(glances[t].oklab, glances[t - k].oklab) for k in range(2, FLASH + 2) if t - k >= 0)
    return any(far < 0.5 * step for far in later) or any(far < 0.5 * step for far in before)


def may_cut(changes: Sequence[float], ratio: float = RATIO, floor: float = FLOOR) -> bool:
    """Whether the last of the changes can be a cut, before those after it are known."""
    *before, last = changes[-3:]
    return last >= floor and last >= ratio * sum(before) / (2 * NEIGHBORS)


def _apart(one: Floats, other: Floats) -> float:
    """The mean distance of pixels."""
    return kernel.pixels_apart(one, other, 0, ROWS, 0, COLUMNS)


def _table_of(coding: Coding) -> Floats:
    """From samples to Oklab times 100, levels of sRGB, and linear light: float32 (33, 33, 33, 9)."""
    side = np.linspace(0, 255, NODES)
    means = np.stack(np.meshgrid(side, side, side, indexing="ij"), -1).reshape(-1, 3)
    codes = coding.to_srgb(means)
    linear = decode(codes)
    oklab = spaces["oklab"].from_linear(linear.copy()) * 100
    table = np.concatenate([oklab, (codes / 16).clip(0, 15.99), linear], 1).astype(np.float32)
    return np.ascontiguousarray(table.reshape(NODES, NODES, NODES, 9))


HALVES = 5, 8, 12, 16
"""Half the frames of the windows in which a gradual change is looked for."""

STEP, STEADY, DIRECT, ALIKE = 6.0, 2.0, 0.6, 0.92
"""A gradual change is a step of at least STEP hundredths of Oklab, STEADY times those just before and after it; its
pixels go DIRECT of the way from the one picture to the other without turning back; and the pictures do not correlate as
two of one scene in other light do, ALIKE. Tuned on the drawn films of benchmarks/shots.py."""

MIN_HISTOGRAM = 0.5
"""The least difference of histograms, 0..1, of a gradual change."""

BLACK = 8.0
"""Mean Oklab lightness, in hundredths, below which a picture is black between two fades."""


def gradual(glances: Sequence[Glance], at_cuts: Sequence[int]) -> list[Boundary]:
    """The gradual changes, each at its middle, away from cuts."""
    n = len(glances)
    if n < 2 * HALVES[0] + 2:
        return []
    small = np.stack([glance.coarse for glance in glances]).reshape(n, -1, 3).astype(np.float64)
    moved = np.sqrt((np.diff(small, axis=0) ** 2).sum(2))
    path = np.concatenate([np.zeros((1, moved.shape[1])), moved.cumsum(0)])
    cut_before = np.zeros(n + 1, np.int64)
    cut_before[[t + 1 for t in at_cuts]] = 1
    cut_before = cut_before.cumsum()  # cuts up to a frame
    lightness = small[..., 0].mean(1)
    score, half = np.zeros(n), np.zeros(n, np.int64)
    for k in HALVES:
        t = np.arange(k, n - k)
        if not len(t):
            break
        # the cheap and strict conditions first: few frames meet them
        t = t[cut_before[t + k + 1] == cut_before[t - k + 1]]
        colors = [kernel.colors_apart(glances[i + k].histogram, glances[i - k].histogram) for i in t.tolist()]
        t = t[np.array(colors) >= MIN_HISTOGRAM]
        if not len(t):
            continue
        before, after = small[t - k], small[t + k]
        step = np.sqrt(((after - before) ** 2).sum(2)).mean(1)
        ways = path[t + k] - path[t - k]
        direct = step / np.maximum(ways.mean(1), 1e-9)
        early, late = np.maximum(t - 2 * k, 0), np.minimum(t + 2 * k, n - 1)
        drift = np.maximum(
            np.where(cut_before[t - k + 1] == cut_before[early + 1], _steps(small[early], before), 0),
            np.where(cut_before[late + 1] == cut_before[t + k + 1], _steps(after, small[late]), 0),
        )
        fits = (step >= STEP) & (step >= STEADY * drift) & (direct >= DIRECT)
        fits &= _correlation(before[..., 0], after[..., 0]) < ALIKE
        fits |= _fades(lightness, t, k)
        beyond, back = small[np.minimum(t + k + FLASH + 1, n - 1)], small[np.maximum(t - k - FLASH - 1, 0)]
        fits &= (_steps(before, beyond) > step / 2) & (_steps(back, after) > step / 2)  # else a flash at its end
        better = fits & (step * np.minimum(direct, 1) > score[t])
        score[t[better]], half[t[better]] = (step * np.minimum(direct, 1))[better], k
    return _peaks(score, half)


def _steps(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    steps: NDArray[np.float64] = np.sqrt(((one - other) ** 2).sum(2)).mean(1)
    return steps


def _fades(lightness: NDArray[np.float64], t: NDArray[np.int64], k: int) -> NDArray[np.bool_]:
    """Whether the picture is black in the middle, and both ends are not."""
    fades: NDArray[np.bool_] = (lightness[t] < BLACK) & (lightness[t - k] > 2 * BLACK) & (lightness[t + k] > 2 * BLACK)
    return fades


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b = one - one.mean(1, keepdims=True), other - other.mean(1, keepdims=True)
    both: NDArray[np.float64] = (a * b).sum(1) / np.maximum(np.sqrt((a * a).sum(1) * (b * b).sum(1)), 1e-9)
    return both


def _peaks(score: NDArray[np.float64], half: NDArray[np.int64]) -> list[Boundary]:
    """The middle of the best frames of each stretch with a score."""
    found: list[Boundary] = []
    at = np.flatnonzero(score)
    for run in np.split(at, np.flatnonzero(np.diff(at) > 5) + 1) if len(at) else []:
        best = run[score[run] >= 0.9 * score[run].max()]
        middle = int(best[len(best) // 2])
        found.append(Boundary(middle, int(2 * half[middle])))
    return found


def boundaries(glances: Sequence[Glance], ratio: float = RATIO, floor: float = FLOOR) -> list[Boundary]:
    """The first frame of every shot but the first, in order."""
    sharp = cuts(glances, ratio, floor)
    slow = [one for one in gradual(glances, sharp) if all(abs(one.frame - t) > one.length // 2 for t in sharp)]
    return sorted([*(Boundary(t) for t in sharp), *slow], key=lambda one: one.frame)
