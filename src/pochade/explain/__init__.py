"""The reason for each color of a palette, in figures and words, and the fidelity of palettes of each k."""

import numpy as np
from numpy.typing import NDArray

from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.explain.place import Place, places
from pochade.explain.reason import Nearest, Reason
from pochade.explain.words import SUPERLATIVES
from pochade.palette import Palette
from pochade.palette.origin import Origin

__all__ = ["Nearest", "Place", "Reason", "explain"]


def explain(palette: Palette, origin: Origin) -> tuple[Reason, ...]:
    """The reason for each color of a palette, in its order."""
    answer = origin.answer
    indices = origin.indices(palette.srgb)
    parts = _parts(origin)
    color_places = places(origin, indices, palette.positions)
    nearest = _nearest(palette)
    marks = _marks(palette)
    return tuple(
        Reason(
            color.hex,
            palette.names[i],
            color.weight,
            float(answer.prominence[at]),
            parts[at],
            color_places[i],
            nearest[i],
            marks[i],
            palette.method or "",
        )
        for i, (at, color) in enumerate(zip(indices, palette.colors, strict=True))
    )


def _parts(origin: Origin) -> list[tuple[tuple[str, float], ...]]:
    """For each color the parts whose product is its prominence: its share, then one part for each factor.

    The part of a factor is its mean over the pixels of the color, divided by its mean over the picture; both are
    weighted by the parts before it.
    """
    counted, answer = origin.counted, origin.answer
    asking = answer.asking or {}
    m = len(answer.codes)
    inside = answer.labels >= 0
    labels, mass = answer.labels[inside], counted.counts.astype(np.float64)[inside]
    sums = np.bincount(labels, mass, m)
    parts = [("share", sums / sums.sum())]
    for name, factor in asking.items():
        fine = factor if len(factor) == len(counted) else factor[counted.parents]
        mass = mass * fine[inside]
        after = np.bincount(labels, mass, m)
        parts.append((name, after / np.where(sums > 0, sums, 1) * (sums.sum() / after.sum())))
        sums = after
    product = np.prod([part for _, part in parts], axis=0)
    if not np.allclose(product, answer.prominence):  # the method has a criterion that it does not report
        return [(("share", float(share)),) for share in parts[0][1]]
    return [tuple((name, float(part[j])) for name, part in parts) for j in range(m)]


def _nearest(palette: Palette) -> list[Nearest | None]:
    """The nearest other color of each, by CIEDE2000; None if there is no other."""
    if len(palette) < 2:
        return [None] * len(palette)
    cielab = spaces["cielab"].from_linear(decode(palette.srgb))
    away = differences["ciede2000"](cielab[:, None], cielab[None])
    np.fill_diagonal(away, np.inf)
    return [Nearest(palette.hex[j], float(away[i, j])) for i, j in enumerate(away.argmin(1).tolist())]


def _marks(palette: Palette) -> list[tuple[str, ...]]:
    """The superlatives of each color among the others."""
    light, a, b = palette.oklab.T
    measures: dict[str, NDArray[np.float64]] = {
        "most": palette.weights,
        "chromatic": np.hypot(a, b),
        "light": light,
        "dark": -light,
    }
    marks: list[list[str]] = [[] for _ in range(len(palette))]
    if len(palette) > 1:
        for name, least in SUPERLATIVES.items():
            values = measures[name]
            first, second = np.argsort(-values, kind="stable")[:2].tolist()
            if values[first] - values[second] > least:
                marks[first].append(name)
    return [tuple(mark) for mark in marks]
