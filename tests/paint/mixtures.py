"""The mixtures of revigo/ as opaque layers, and what a model says of those that it has not seen."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, decode_unit, encode_unit, to_codes
from pochade.paint.kubelka_munk import coefficients, inside, opaque, outside, ratio_of
from pochade.paint.spectrum import linear_of, smoothest

Array = NDArray[np.float64]

DATA = Path(__file__).parent / "revigo"

PIGMENTS = {
    "cochineal": ("04A", "04B", "04C", "04D", "04E"),
    "minium": ("05A", "05B", "05C", "05D", "05E"),
    "vermilion": ("06A", "06B", "06C", "06D", "06E"),
    "viridian": ("09A", "09B", "09C", "09D", "09E"),
    "emerald green": ("10A", "10B", "10C", "10D", "10E"),
    "ultramarine": ("11A", "11B", "11C", "11D", "11E"),
    "cobalt blue": ("12A", "12B", "12C", "12D"),
    "Prussian blue": ("13A", "13B", "13C", "13F"),
    "chrome yellow": ("14A", "14B", "14C", "14D", "14E"),
    "chrome orange": ("15A", "15C", "15D", "15E"),
    "eosin with lead": ("03A", "03B", "03C", "03D", "03E"),
    "eosin": ("02A", "02B", "02C"),
}
"""Of each pigment: the paint alone, its tint of about 10 % in zinc white, and the mixtures that no model sees. (Chrome
orange has a tint of 50 %.)"""

WHITE, WITH_BLACK = "07A", ("07C", "07D", "07E", "07F")
"""Zinc white, and its mixtures with bone black, from which K and S of the black follow: nobody measured it alone."""

ALIKE = 0.004
"""The largest difference over black and over white at which a layer is opaque."""


@cache
def _measured() -> dict[str, Array]:
    rows = (DATA / "revigo-aggregated-palette-spectral-data.txt").read_text().splitlines()[1:]
    return {row.split("\t")[0]: np.array(row.split("\t")[1:32], float) / 100 for row in rows}


@cache
def shares() -> dict[str, Array]:
    """The shares by mass of pigment, white and black in each mixture."""
    rows = (DATA / "revigo-mixture-specifications.txt").read_text().split("\n")
    named = (row.strip().split("\t") for row in rows if row.strip())
    parts = {name: np.array(text.split("|")[1].split("-"), float) for name, text in named}
    return {name: each / each.sum() for name, each in parts.items()}


@cache
def layer(name: str) -> Array:
    """The reflectance inside an opaque layer of a mixture, from those over black and over white.

    Kubelka 1948: c = (1 + R G - a (R + G)) / (R - G) is the same for both grounds G, which gives a. An opaque layer has
    the reflectance a - sqrt(a^2 - 1).
    """
    ground_b, ground_w, over_b, over_w = (inside(_measured()[f"{name}_{part}"]) for part in ("b", "w", "ob", "ow"))
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = over_b - ground_b + 1e-9, over_w - ground_w + 1e-9
        above = (1 + over_b * ground_b) / first - (1 + over_w * ground_w) / second
        a = above / ((over_b + ground_b) / first - (over_w + ground_w) / second)
    a = np.where(np.isfinite(a) & (a > 1.0005), a, 1.0005)
    endless = a - np.sqrt(a * a - 1)
    return np.clip(np.where(np.abs(over_w - over_b) < ALIKE, (over_b + over_w) / 2, endless), 1e-4, 0.999)


def by_color(inner: Array) -> Array:
    """The smoothest layer with the same sRGB codes: what is known of a paint from a photo of it."""
    return inside(smoothest(decode(to_codes(linear_of(outside(inner))))))


def held_out() -> Iterator[tuple[str, str, str, Array]]:
    """Paint, tint and name of each of the 31 mixtures, and its shares of paint, white and black."""
    for paint, tint, *rest in PIGMENTS.values():
        for name in rest:
            yield paint, tint, name, shares()[name]


def two_constants(known: Callable[[Array], Array] = lambda inner: inner) -> dict[str, Array]:
    """The layer of each mixture as the model of pochade has it. known : what is known of a measured layer."""
    white = known(layer(WHITE))
    black_k, black_s = _black(known)
    mixed = {}
    for paint, tint, name, (own, rest, dark) in held_out():
        k, s = coefficients(known(layer(paint)), known(layer(tint)), white, float(shares()[tint][0]))
        mixed[name] = opaque((own * k + rest * ratio_of(white) + dark * black_k) / (own * s + rest + dark * black_s))
    return mixed


def rivals() -> dict[str, dict[str, Array]]:
    """The CIELAB of each mixture by simple means of masstones, by name."""
    white, (k, s) = layer(WHITE), _black(lambda inner: inner)
    black = opaque(k / np.maximum(s, 1e-4))
    answers: dict[str, dict[str, Array]] = {name: {} for name in ("sRGB", "linear", "geometric", "single constant")}
    for paint, _, name, parts in held_out():
        layers = np.stack([layer(paint), white, black])
        linear = linear_of(outside(layers))
        ratio = parts @ ratio_of(layers)
        geometric = np.exp(parts @ np.log(np.clip(layers, 1e-3, 1)))
        answers["sRGB"][name] = _cielab(decode_unit(parts @ encode_unit(linear)))
        answers["linear"][name] = _cielab(parts @ linear)
        answers["geometric"][name] = cielab_of(geometric)
        answers["single constant"][name] = cielab_of(opaque(ratio))
    return answers


def errors(answers: dict[str, Array]) -> dict[str, float]:
    """CIEDE2000 of each mixture's CIELAB from the measured one."""
    ciede2000 = differences["ciede2000"]
    return {name: float(ciede2000(cielab_of(layer(name)), color)) for name, color in answers.items()}


def cielab_of(inner: Array) -> Array:
    """CIELAB of an opaque layer."""
    return _cielab(linear_of(outside(inner)))


def _cielab(linear: Array) -> Array:
    return spaces["cielab"].from_linear(linear)


def _black(known: Callable[[Array], Array]) -> tuple[Array, Array]:
    """K and S of bone black: nonnegative least squares over its mixtures with white, wavelength by wavelength."""
    white = ratio_of(known(layer(WHITE)))
    rows, goals = [], []
    for name in WITH_BLACK:
        rest, dark = shares()[name]
        ratio = ratio_of(known(layer(name)))
        weight = 1 / (ratio + 0.05)
        rows.append(np.stack([np.full_like(ratio, dark), -ratio * dark]) * weight)
        goals.append((ratio - white) * rest * weight)
    matrix, goal = np.array(rows), np.array(goals)
    answers = np.array([_nonnegative(matrix[:, :, i], goal[:, i]) for i in range(matrix.shape[2])])
    return answers[:, 0], answers[:, 1]


def _nonnegative(matrix: Array, goal: Array) -> Array:
    """Nonnegative least squares of two unknowns."""
    both = np.linalg.lstsq(matrix, goal, rcond=None)[0]
    if (both >= 0).all():
        return both
    singles = [np.zeros(2), np.zeros(2)]
    for i, single in enumerate(singles):
        column = matrix[:, i]
        single[i] = max(0.0, float(column @ goal / (column @ column)))
    return min(singles, key=lambda single: float(np.square(matrix @ single - goal).sum()))
