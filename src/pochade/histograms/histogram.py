"""The histogram: all pixels of a picture, counted exactly in bins of similar colors."""

import os
import threading
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.errors import EmptyError
from pochade.histograms.sketch import Lattice, Sketch
from pochade.kernel.threads import threads
from pochade.source.pixels import Pixels, Strip
from pochade.source.profile import Profile

PIXELS_A_THREAD = 1 << 20
"""The pixels for each thread. A second thread pays from about two million pixels on. Below, it costs 1 ms if other
libraries keep their own threads awake, and saves half of that if they do not."""


AREA = 0.004
"""The share of the picture at which a bin is an area of artwork. The bins of a photo's sky are smaller."""

LONE = 0.05
"""The solid share of a bin if the sketch has no pixel of it nor of similar bins: it is rare, so most likely an edge."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Colors and their counts, in no particular order.

    counts : uint64 (n,), above 0. sums : uint64 (n, 3), the sums of the sRGB codes.
    """

    counts: NDArray[np.uint64]
    sums: NDArray[np.uint64]

    def __len__(self) -> int:
        """The number of colors."""
        return len(self.counts)

    @cached_property
    def oklab(self) -> NDArray[np.float64]:
        """Oklab of each mean color: float64 (n, 3)."""
        return kernel.oklab(self.counts, self.sums)

    @cached_property
    def din99o(self) -> NDArray[np.float64]:
        """DIN99o of each mean color: float64 (n, 3)."""
        return kernel.din99o(self.counts, self.sums)

    @cached_property
    def means(self) -> NDArray[np.float64]:
        """The mean sRGB codes of each color: float64 (n, 3), 0..255."""
        means: NDArray[np.float64] = self.sums / self.counts[:, None].astype(np.float64)
        return means

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The share of each color: float64 (n,), sum 1."""
        weights: NDArray[np.float64] = self.counts / float(self.counts.sum())
        return weights


@dataclass(frozen=True, eq=False)
class Histogram:
    """The colors of a picture, a tile or a collection, and their positions.

    bins : uint32 (n,), rising: the occupied bins, 64 perceptual levels a channel.
    counts : uint64 (n,): a pixel counts its alpha, 255 if opaque; in an animation, times the milliseconds.
    sums : uint64 (n, 3): the sums of the sRGB codes, weighted the same way.
    sketch : real pixels on a lattice; None in a sum.
    located : int64 (n, 8), the `places` of a sum or of a converted histogram; None if they come from the sketch.

    Counts are integers, so `a + b` is exact and the same in any order.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> picture = np.zeros((4, 4, 3), np.uint8)
    >>> whole, half = (pochade.histogram(pochade.read(p)) for p in (picture, picture[:2]))
    >>> (half + half).counts == whole.counts
    array([ True])
    """

    bins: NDArray[np.uint32]
    counts: NDArray[np.uint64]
    sums: NDArray[np.uint64]
    sketch: Sketch | None = None
    located: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        """The number of occupied bins."""
        return len(self.bins)

    def __add__(self, other: "Histogram") -> "Histogram":
        return _merged(
            np.concatenate([self.bins, other.bins]),
            np.concatenate([self.counts, other.counts]),
            np.concatenate([self.sums, other.sums]),
            np.concatenate([self.places, other.places]),
        )

    def only(self, kept: NDArray[np.bool_]) -> "Histogram":
        """The histogram of some of the bins. kept : bool (n,), at least one is True."""
        sketch, located = self.sketch, self.located
        if sketch is not None:
            gone = np.zeros(kernel.LEVELS**3, bool)
            gone[self.bins[~kept]] = True
            hidden = gone[kernel.bins_of(sketch.codes)]
            alpha: NDArray[np.uint8] = np.where(hidden, 0, 255 if sketch.alpha is None else sketch.alpha)
            sketch = replace(sketch, alpha=alpha.astype(np.uint8))
        return Histogram(
            self.bins[kept], self.counts[kept], self.sums[kept], sketch, None if located is None else located[kept]
        )

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """The place of each bin: int64 (n, 8), in 1/65536 of the picture.

        The columns: the number of pixels in the sketch, the sums of their x and y, the number of solid pixels, the
        least x and y, the greatest x and y. At the border of a tile a pixel lacks a neighbor, so a sum of tiles can
        have a few more solid pixels than the whole.
        """
        if self.located is not None:
            return self.located
        assert self.sketch is not None, "a histogram has a sketch or places"
        s = self.sketch
        parts = [
            kernel.locate(codes, None if s.alpha is None else s.alpha[i], s.rows, s.columns, self.bins, s.solid[i])
            for i, codes in enumerate(s.codes)
        ]
        places = np.stack(parts)
        return np.concatenate([places[..., :4].sum(0), places[..., 4:6].min(0), places[..., 6:].max(0)], -1)

    @cached_property
    def solid(self) -> NDArray[np.float64]:
        """The share of each bin's pixels that are solid, estimated from the sketch: float64 (n,), 0..1.

        A bin of few pixels takes part of it from similar bins: theirs count as one pixel more.
        """
        pixels, solid = self.places[:, 0].astype(np.float64), self.places[:, 3].astype(np.float64)
        around, solid_around = (
            kernel.density(self.coarse_bins, np.bincount(self.parents, values, len(self.coarse)).astype(np.float64))
            for values in (pixels, solid)
        )
        prior = np.where(around > 0, solid_around / np.maximum(around, 1e-9), LONE)
        share: NDArray[np.float64] = (solid + prior[self.parents]) / (pixels + 1)
        return np.clip(share, 0, 1)

    @property
    def flatness(self) -> float:
        """The share of the picture in areas of one color: its solid pixels in bins of at least 0.4 % of the picture.

        0..1: a photo has less than 0.5, artwork of flat colors more than 0.75.
        """
        sketch = self.sketch
        if self.located is None and sketch is not None:  # the same, without locating the pixels of all bins
            flat, pixels = kernel.flat(sketch.codes, sketch.alpha, sketch.solid, self.bins[self.heavy])
            return flat / max(pixels, 1)
        return float(self.places[self.heavy, 3].sum() / max(self.places[:, 0].sum(), 1))

    @cached_property
    def heavy(self) -> NDArray[np.int64]:
        """The indices of the bins that can be areas of artwork: int64 (h,), those of at least `AREA` of the picture."""
        return kernel.heavy(self.counts, AREA)

    @cached_property
    def fine(self) -> Counts:
        """The bins as plain counts, in their order."""
        return Counts(self.counts, self.sums)

    @property
    def oklab(self) -> NDArray[np.float64]:
        """Oklab of the mean color of each bin: float64 (n, 3)."""
        return self.fine.oklab

    @property
    def means(self) -> NDArray[np.float64]:
        """The mean sRGB codes of each bin: float64 (n, 3), 0..255."""
        return self.fine.means

    @property
    def coarse(self) -> Counts:
        """The same pixels in 32 levels a channel, in order of first occurrence."""
        return self._coarsened[2]

    @property
    def coarse_bins(self) -> NDArray[np.uint32]:
        """The bin numbers of `coarse`, for 32 levels a channel: uint32 (len(coarse),)."""
        return self._coarsened[0]

    @property
    def parents(self) -> NDArray[np.int32]:
        """The index in `coarse` of each bin: int32 (n,)."""
        return self._coarsened[1]

    @cached_property
    def _coarsened(self) -> tuple[NDArray[np.uint32], NDArray[np.int32], Counts]:
        bins, parents, counts, sums = kernel.coarsen(self.bins, self.counts, self.sums)
        return bins, parents, Counts(counts, sums)


@dataclass(frozen=True, slots=True, eq=False)
class CountedPicture:
    """A picture and its histogram, so that several palettes share one count.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> pixels = pochade.read(np.zeros((2, 3, 3), np.uint8))
    >>> counted = CountedPicture(pixels, histogram(pixels))
    >>> pochade.extract(counted, 3) == pochade.extract(pixels, 3)
    True
    """

    pixels: Pixels
    histogram: Histogram


def histogram_of(source: object) -> Histogram | None:
    """The histogram of a source that is counted: a Histogram, or what has one, as a film and its shots; else None.

    A path of a collection has the sum of its pictures.

    Raises
    ------
    EmptyError : it has no colors. FormatError : the collection is broken.
    """
    if isinstance(source, str | os.PathLike):
        from pochade.histograms import summed  # it needs this module

        return summed.summed(source) if summed.is_collection(source) else None
    found = source if isinstance(source, Histogram) else getattr(source, "histogram", None)
    if not isinstance(found, Histogram):
        return None
    if not len(found):
        raise EmptyError("the histogram is empty: no pixel was counted; count a picture first.")
    return found


def histogram(pixels: Pixels) -> Histogram:
    """Count every pixel of a picture.

    Raises
    ------
    EmptyError : no pixel counts: all are transparent or outside the region and mask.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> len(pochade.histogram(pochade.read(np.zeros((2, 3, 3), np.uint8))))
    1
    """
    lattice = Lattice(pixels)
    tally = _tally()
    for strip in pixels.strips():
        _count(tally, strip)
        lattice.add(strip)
    bins, counts, sums = tally.result()
    _spare.append(tally)
    if not len(bins):
        raise EmptyError(
            f"{pixels.name or 'the picture'}: no pixel counts: all are fully transparent or outside the region or mask."
        )
    counted = Histogram(bins, counts, sums, lattice.sketch())
    return counted if pixels.profile is None else _to_srgb(counted, pixels.profile)


# Empty tallies for the next picture, none of them in use by a thread. This is module state, because the first access to
# the 2 MiB of a new tally takes a visible part of the time of a small picture.
_spare: list[kernel.Tally] = []


def _tally() -> kernel.Tally:
    try:
        return _spare.pop()
    except IndexError:
        # An allocation that is freed at once: from then on glibc keeps blocks up to this size instead of returning them
        # to the system. The arrays of a picture, some 200 kB each, cause no page faults, 20 % of the time at 200 px.
        np.empty(1 << 24, np.uint8)
        return kernel.Tally()


def _count(tally: kernel.Tally, strip: Strip) -> None:
    """Count one strip, on several threads if it is large. Integer sums do not depend on the split."""
    rows, columns = strip.codes.shape[:2]
    worth = rows * columns // PIXELS_A_THREAD
    many = min(worth, threads()) if worth > 1 else 1
    if many < 2:
        tally.add(strip.codes, strip.alpha, strip.weight)
        return
    cuts = [rows * i // many for i in range(many + 1)]
    others = [_tally() for _ in range(many - 1)]
    jobs = []
    for i, other in enumerate([tally, *others]):
        block = slice(cuts[i], cuts[i + 1])
        alpha = None if strip.alpha is None else strip.alpha[block]
        jobs.append(threading.Thread(target=other.add, args=(strip.codes[block], alpha, strip.weight)))
    for job in jobs[1:]:
        job.start()
    jobs[0].run()
    for job in jobs[1:]:
        job.join()
    for other in others:
        tally.absorb(other)
        _spare.append(other)


def _merged(
    bins: NDArray[np.uint32],
    counts: NDArray[np.uint64],
    sums: NDArray[np.uint64],
    places: NDArray[np.int64],
    sketch: Sketch | None = None,
) -> Histogram:
    """The histogram of bins with repetitions."""
    order = np.argsort(bins, kind="stable")
    first = np.flatnonzero(np.diff(bins[order], prepend=np.uint32(1 << 31)))
    near = places[order]
    located = np.concatenate(
        [
            np.add.reduceat(near[:, :4], first),
            np.minimum.reduceat(near[:, 4:6], first),
            np.maximum.reduceat(near[:, 6:], first),
        ],
        1,
    )
    return Histogram(
        bins[order][first],
        np.add.reduceat(counts[order], first),
        np.add.reduceat(sums[order], first),
        sketch,
        located,
    )


def _to_srgb(device: Histogram, profile: Profile) -> Histogram:
    """Convert a histogram from the codes of a profile to sRGB.

    Only the mean color of each bin is converted, rounded to whole codes: thousands of conversions instead of millions.
    The conversion is about linear across a bin; a flat color is exact.
    """
    from pochade.source.profile import to_srgb

    bins, codes = srgb_bins(device, profile)
    sketch = device.sketch
    if sketch is not None:
        flat = to_srgb(sketch.codes.reshape(-1, 3), profile)
        sketch = replace(sketch, codes=flat.reshape(sketch.codes.shape))
    return _merged(bins, device.counts, codes * device.counts[:, None], device.places, sketch)


def srgb_bins(device: Histogram, profile: Profile) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The sRGB bins, uint32 (n,), and codes, uint8 (n, 3), of the bins of a histogram in the codes of a profile."""
    from pochade.source.profile import to_srgb

    codes = to_srgb(np.rint(device.means).astype(np.uint8), profile)
    return kernel.bins_of(codes), codes
