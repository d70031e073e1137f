"""smooth: the shortest way, from the darker end, whatever order the colors came in."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import Color, Palette
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.sort.smooth import _exact, _found, _length, shortest

CODES = st.tuples(*[st.integers(0, 255)] * 3)


def differing(m: int, seed: int) -> np.ndarray:
    """Differences of random colors, in millionths: int64 (m, m)."""
    linear = decode(np.random.default_rng(seed).integers(0, 256, (m, 3)).astype(np.uint8))
    away = differences["ciede2000"].of_linear(linear[:, None], linear[None])
    return np.rint(away * 1e6).astype(np.int64)


def of(codes) -> Palette:
    return Palette(tuple(Color(c, 1 / len(codes)) for c in codes))


@pytest.mark.parametrize("m", [3, 5, 7])
def test_up_to_twelve_colors_no_permutation_is_shorter(m):
    away = differing(m, m)
    ways = np.array(list(itertools.permutations(range(m))))
    best = away[ways[:, :-1], ways[:, 1:]].sum(1).min()
    assert _length(away, _exact(away)) == best


@pytest.mark.parametrize("seed", range(6))
def test_beyond_twelve_the_way_is_within_a_percent_of_the_best(seed):
    away = differing(14, seed)  # where the best can still be worked out; measured: equal in 100 of 100, up to 16 colors
    best, found = _length(away, _exact(away)), shortest(away)
    assert sorted(found) == list(range(14))
    assert best <= _length(away, found) <= 1.01 * best


def test_the_way_past_ninety_colors_is_shorter_than_going_on_to_the_nearest():
    away = differing(90, 3)
    greedy = [0]
    while len(greedy) < 90:
        left = np.setdiff1d(np.arange(90), greedy)
        greedy.append(left[away[greedy[-1], left].argmin()])
    found = _found(away)
    assert sorted(found) == list(range(90))
    assert _length(away, found) < 0.95 * _length(away, np.array(greedy))


@settings(max_examples=25)
@given(st.lists(CODES, min_size=1, max_size=8, unique=True), st.randoms())
def test_it_begins_at_the_darker_end_whatever_came_first(codes, random):
    found = of(codes).sort("smooth")
    light = xyz_y(found)
    assert light[0] <= light[-1]
    shuffled = list(codes)
    random.shuffle(shuffled)
    assert of(shuffled).sort("smooth").hex == found.hex


def xyz_y(palette: Palette) -> np.ndarray:
    """Relative luminance, WCAG 2.2."""
    return decode(palette.srgb) @ [0.2126, 0.7152, 0.0722] + 1e-12


def test_steps_of_gray_come_out_as_a_ramp():
    grays = [(i, i, i) for i in (90, 10, 250, 170, 130, 50, 210)]
    assert [c.srgb[0] for c in of(grays).sort("smooth")] == [10, 50, 90, 130, 170, 210, 250]
