"""From what the pass kept to histograms in sRGB, exactly, and to means in linear light."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.srgb import decode
from pochade.films.coding import Coding
from pochade.films.packing import Planar, unpack
from pochade.films.passage import inward
from pochade.films.record import Part, ShotRecord
from pochade.histograms.histogram import Histogram
from pochade.source.picture import Box
from pochade.source.tone import PEAK_SHARE

Chosen = tuple[ShotRecord, Box]
"""A shot, or a part of one, and its picture in the frame without bars."""

_FAR = 1 << 62


def histogram_of(chosen: Sequence[Chosen], codings: Sequence[Coding]) -> Histogram:
    """The exact sum of shots, converted to sRGB by the mean of each bin."""
    tallies = dict[int, kernel.PlaneTally]()
    for record, box in chosen:
        for part in record.parts:
            if (tally := tallies.get(part.coding)) is None:
                tally = tallies[part.coding] = kernel.PlaneTally()
            for shown in _shown(part, record, box):
                tally.absorb(shown.bins, shown.counts, shown.sums, part.weight)
    found, counts, sums = [], [], []
    for i, tally in sorted(tallies.items()):
        planar = Planar(*tally.result())
        codes = codings[i].to_srgb(planar.means)
        found.append(kernel.bins_of(np.rint(codes).astype(np.uint8)))
        counts.append(planar.counts)
        sums.append(np.rint(codes * planar.counts[:, None]).astype(np.uint64))
    bins, counted, summed = _joined(np.concatenate(found), np.concatenate(counts), np.concatenate(sums))
    located = np.zeros((len(bins), 8), np.int64)
    located[:, 4:6], located[:, 6:] = _FAR, -1
    for record, _ in chosen:
        _locate(record, bins, located)
    return Histogram(bins, counted, summed, None, located)


def _joined(
    bins: NDArray[np.uint32], counts: NDArray[np.uint64], sums: NDArray[np.uint64]
) -> tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.uint64]]:
    """Counts and sums whose bins rise, each bin once."""
    if not len(bins):
        return bins.astype(np.uint32), counts, sums
    order = np.argsort(bins, kind="stable")
    rising = bins[order]
    starts = np.flatnonzero(np.diff(rising, prepend=rising[0] + 1))
    return (
        rising[starts].astype(np.uint32),
        np.add.reduceat(counts[order], starts),
        np.add.reduceat(sums[order], starts, 0),
    )


def _shown(part: Part, record: ShotRecord, box: Box) -> Iterator[Planar]:
    """The counts of what frames show, and the share of the black around that is no bar."""
    yield unpack(part.inside)
    total, shown = part.area
    width, height = record.extent.size
    left, top, right, bottom = inward(box, (width, height))
    missing = total // (width * height) * max(0, right - left) * max(0, bottom - top) - shown
    around = total - shown
    if missing <= 0 or around <= 0:
        return
    outside = unpack(part.outside)
    if missing >= around:
        yield outside
        return
    counts = (outside.counts.astype(np.float64) * missing / around).round().astype(np.uint64)
    kept = counts > 0
    codes = np.rint(outside.sums[kept] / outside.counts[kept, None] * counts[kept, None]).astype(np.uint64)
    yield Planar(outside.bins[kept], counts[kept], codes)


def _locate(record: ShotRecord, bins: NDArray[np.uint32], located: NDArray[np.int64]) -> None:
    """Add the places of a shot's still to those of the bins: where its colors lie, and whether in areas."""
    import io

    from PIL import Image

    with Image.open(io.BytesIO(record.still)) as image:
        codes = np.asarray(image.convert("RGB"))[::2, ::2]
    rows, columns = np.arange(codes.shape[0]), np.arange(codes.shape[1])
    solid = np.zeros(codes.shape[:2], np.uint8)
    kernel.contrast(codes, rows, columns, solid)
    known = np.zeros(kernel.LEVELS**3, bool)
    known[bins] = True
    alpha = np.where(known[kernel.bins_of(codes)], 255, 0).astype(np.uint8)
    if not alpha.any():
        return
    flat = (solid <= 12).astype(np.uint8)
    place_y = ((2 * rows + 1) * 32768 // len(rows)).astype(np.int64)
    place_x = ((2 * columns + 1) * 32768 // len(columns)).astype(np.int64)
    more = kernel.locate(
        np.where(alpha[..., None] > 0, codes, codes[alpha > 0][0]), alpha, place_y, place_x, bins, flat
    )
    located[:, :4] += more[:, :4]
    located[:, 4:6] = np.minimum(located[:, 4:6], more[:, 4:6])
    located[:, 6:] = np.maximum(located[:, 6:], more[:, 6:])


def parts_in(records: Sequence[ShotRecord], start: Fraction, end: Fraction) -> list[tuple[int, ShotRecord]]:
    """The parts whose middle lies in a slice of time, or the one around its middle: the shot's index, and its part."""
    found = []
    middle = (start + end) / 2
    around: list[tuple[int, ShotRecord]] = []
    for i, record in enumerate(records):
        if record.end <= start or record.start >= end:
            continue
        inside = [part for part in record.parts if start <= (part.start + part.end) / 2 < end]
        if inside:
            found.append((i, replace(record, parts=inside)))
        near = [part for part in record.parts if part.start <= middle < part.end]
        if near:
            around.append((i, replace(record, parts=near)))
    return found or around


def means(
    records: Sequence[ShotRecord], boxes: Sequence[Box], codings: Sequence[Coding], edges: Sequence[float]
) -> NDArray[np.float64]:
    """The mean linear light of each slice between edges, in seconds: float64 (n, 3).

    The light of a frame is that of its small copy, scaled so that a part of a shot has its exact mean.
    """
    starts, ends, lights = [], [], []
    for record, box in zip(records, boxes, strict=True):
        light = record.lights.astype(np.float64)
        at = 0
        for part in record.parts:
            here = slice(at, at + part.frames)
            exact = part_light(part, record, box, codings)
            light[here] *= (exact + 1e-9) / (light[here].mean(0) + 1e-9)
            at += part.frames
        starts.append(record.times)
        ends.append(np.append(record.times[1:], float(record.end)))
        lights.append(light)
    first, last, light = np.concatenate(starts), np.concatenate(ends), np.concatenate(lights).clip(0, 1)
    seen = np.concatenate([np.zeros((1, 3)), ((last - first)[:, None] * light).cumsum(0)])
    knots = np.append(first, last[-1])
    levels = np.stack([np.interp(edges, knots, seen[:, channel]) for channel in range(3)], 1)
    result: NDArray[np.float64] = np.diff(levels, axis=0) / np.maximum(np.diff(edges), 1e-9)[:, None]
    return result


def part_light(part: Part, record: ShotRecord, box: Box, codings: Sequence[Coding]) -> NDArray[np.float64]:
    """The exact mean linear light of a part: float64 (3,)."""
    light, count = np.zeros(3), 0.0
    for planar in _shown(part, record, box):
        linear = decode(codings[part.coding].to_srgb(planar.means))
        light += (linear * planar.counts[:, None]).sum(0)
        count += float(planar.counts.sum())
    return light / max(count, 1.0)


def with_peaks(records: Sequence[ShotRecord], codings: Sequence[Coding]) -> list[Coding]:
    """The codings; those of HDR with the brightest light of the film, but for a share of PEAK_SHARE."""
    found = list(codings)
    for i, coding in enumerate(codings):
        if not coding.encoding.hdr:
            continue
        tally = kernel.PlaneTally()
        for record in records:
            for part in record.parts:
                if part.coding == i:
                    inside = unpack(part.inside)
                    tally.absorb(inside.bins, inside.counts, inside.sums, part.weight)
        planar = Planar(*tally.result())
        if not len(planar.bins):
            continue
        most = coding.encoding.display_signals(coding.signals(planar.means)).max(-1)
        order = np.argsort(most, kind="stable")
        share = planar.counts[order].astype(np.float64).cumsum()
        reached = share >= (1 - PEAK_SHARE) * share[-1]
        found[i] = coding.with_peak(max(1.0, float(most[order][reached.argmax()])))
    return found
