"""smooth: the shortest path from the darker end, for any input order."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import Color, Palette
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.sort.smooth import _approximate, _exact, _length, shortest

CODES = st.tuples(*[st.integers(0, 255)] * 3)


def random_differences(m: int, seed: int) -> np.ndarray:
    """Differences of random colors, in millionths: int64 (m, m)."""
    linear = decode(np.random.default_rng(seed).integers(0, 256, (m, 3)).astype(np.uint8))
    away = differences["ciede2000"].of_linear(linear[:, None], linear[None])
    return np.rint(away * 1e6).astype(np.int64)


def of(codes) -> Palette:
    return Palette(tuple(Color(c, 1 / len(codes)) for c in codes))


@pytest.mark.parametrize("m", [3, 5, 7])
def test_up_to_twelve_colors_no_permutation_is_shorter(m):
    away = random_differences(m, m)
    paths = np.array(list(itertools.permutations(range(m))))
    best = away[paths[:, :-1], paths[:, 1:]].sum(1).min()
    assert _length(away, _exact(away)) == best


@pytest.mark.parametrize("seed", range(6))
def test_beyond_twelve_colors_the_path_is_within_a_percent_of_the_best(seed):
    away = random_differences(14, seed)  # the best is still computable; equal in 100 of 100 sets, up to 16 colors
    best, path = _length(away, _exact(away)), shortest(away)
    assert sorted(path) == list(range(14))
    assert best <= _length(away, path) <= 1.01 * best


def test_the_path_through_ninety_colors_is_shorter_than_a_nearest_neighbor_path():
    away = random_differences(90, 3)
    greedy = [0]
    while len(greedy) < 90:
        left = np.setdiff1d(np.arange(90), greedy)
        greedy.append(left[away[greedy[-1], left].argmin()])
    path = _approximate(away)
    assert sorted(path) == list(range(90))
    assert _length(away, path) < 0.95 * _length(away, np.array(greedy))


@settings(max_examples=25)
@given(st.lists(CODES, min_size=1, max_size=8, unique=True), st.randoms())
def test_it_begins_at_the_darker_end_for_any_input_order(codes, random):
    found = of(codes).sort("smooth")
    light = xyz_y(found)
    assert light[0] <= light[-1]
    shuffled = list(codes)
    random.shuffle(shuffled)
    assert of(shuffled).sort("smooth").hex == found.hex


def xyz_y(palette: Palette) -> np.ndarray:
    """Relative luminance, WCAG 2.2."""
    return decode(palette.srgb) @ [0.2126, 0.7152, 0.0722] + 1e-12


def test_grays_are_sorted_into_a_ramp():
    grays = [(i, i, i) for i in (90, 10, 250, 170, 130, 50, 210)]
    assert [c.srgb[0] for c in of(grays).sort("smooth")] == [10, 50, 90, 130, 170, 210, 250]
