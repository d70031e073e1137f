"""The search for the cheapest shades."""

import itertools

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pochade.accessibility.search import cheapest, clashes, descend
from pochade.accessibility.shades import Shades, shades


@st.composite
def tables(draw):
    """Up to four colors of up to five shades, any two of which may clash."""
    m, c = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    cost = np.concatenate([np.zeros((m, 1)), np.sort(rng.integers(1, 9, (m, c - 1)), axis=1)], axis=1).astype(float)
    fits = rng.random((m, c, m, c)) < draw(st.floats(0.2, 0.9))
    fits &= fits.transpose(2, 3, 0, 1)
    for i in range(m):
        fits[i, :, i] = True
    return Shades(np.arange(c), np.zeros((m, c, 3), np.uint8), cost, fits)


def valid_choices(table: Shades) -> dict[tuple[int, ...], float]:
    """Every choice without clashes, with its cost."""
    m, c = table.cost.shape
    choices = itertools.product(range(c), repeat=m)
    return {
        choice: float(table.cost[np.arange(m), choice].sum())
        for choice in choices
        if not clashes(table, np.array(choice)).any()
    }


@settings(max_examples=150)
@given(tables())
def test_no_valid_choice_is_cheaper_than_the_result(table):
    all_of_them = valid_choices(table)
    assume(all_of_them)
    start = np.array(max(all_of_them, key=lambda choice: all_of_them[choice]))
    found, proven = cheapest(table, start)
    assert proven
    assert all_of_them[tuple(found.tolist())] == min(all_of_them.values())


@settings(max_examples=100)
@given(tables())
def test_a_descent_never_adds_clashes(table):
    found = descend(table)
    assert clashes(table, found).sum() <= clashes(table, np.zeros(len(table.cost), np.intp)).sum()


def test_the_first_shade_is_the_color_itself_and_none_is_beyond_black_or_white():
    codes = np.array([(250, 250, 250), (10, 0, 0), (255, 255, 255)], np.uint8)
    made = shades(codes, np.zeros((3, 3), bool), [], 5.0, reach=20)
    assert made.steps.tolist()[:5] == [0, -1, 1, -2, 2]
    assert (made.codes[:, 0] == codes).all()
    assert made.cost[:, 0].tolist() == [0, 0, 0]
    assert np.isinf(made.cost[2, made.steps > 0]).all()
    assert np.isinf(made.cost[1]).any()
