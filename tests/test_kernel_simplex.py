"""The compiled transport and its twin say the same, to the bit, and what POT's network simplex says."""

import importlib

import numpy as np
import ot
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade.kernel import simplex as twin
from pochade.kernel import transport as chosen

try:
    compiled = importlib.import_module("pochade.kernel._simplex")
except ImportError:
    compiled = None
KERNELS = [pytest.param(twin.transport, id="twin")]
if compiled:
    KERNELS.append(pytest.param(compiled.transport, id="compiled"))


@st.composite
def problems(draw, most=14):
    """Shares, some 0 and some equal, and costs, some of which are equal, or 0."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    m, n = draw(st.integers(1, most)), draw(st.integers(1, most))
    a, b = rng.random(m) ** 3 + 1e-3, rng.random(n) ** 3 + 1e-3
    if draw(st.booleans()):
        a, b = np.ones(m), np.ones(n)
    if draw(st.booleans()):
        a[1 + rng.integers(m) :], b[: rng.integers(n)] = 0, 0
    costs = rng.random((m, n)) * 10.0 ** draw(st.integers(-3, 3))
    if draw(st.booleans()):
        costs = np.rint(3 * costs / costs.max())
    return a / a.sum(), b / b.sum(), costs


@pytest.mark.skipif(not compiled, reason="no compiled kernel on this machine")
@settings(deadline=None, max_examples=150)
@given(problems())
def test_both_kernels_move_the_same(problem):
    np.testing.assert_array_equal(twin.transport(*problem), compiled.transport(*problem))


@pytest.mark.parametrize("transport", KERNELS)
@settings(deadline=None, max_examples=150)
@given(problem=problems())
def test_the_cost_is_what_pot_finds_the_least(transport, problem):
    a, b, costs = problem
    flow = transport(a, b, costs)
    expected = float(np.sum(ot.emd(a, b, costs) * costs))
    assert np.sum(flow * costs) == pytest.approx(expected, rel=1e-9, abs=1e-11 * costs.max())


@pytest.mark.parametrize("transport", KERNELS)
@settings(deadline=None, max_examples=100)
@given(problem=problems())
def test_all_of_each_share_is_moved_and_nothing_is_negative(transport, problem):
    a, b, costs = problem
    flow = transport(a, b, costs)
    assert flow.min() >= 0
    np.testing.assert_allclose(flow.sum(1), a, rtol=0, atol=1e-13)
    np.testing.assert_allclose(flow.sum(0), b, rtol=0, atol=1e-13)
    assert not flow[a == 0].any()
    assert not flow[:, b == 0].any()
    assert np.count_nonzero(flow) <= np.count_nonzero(a) + np.count_nonzero(b) - 1


@pytest.mark.parametrize("transport", KERNELS)
@settings(deadline=None, max_examples=50)
@given(problem=problems())
def test_what_stays_where_it_is_costs_nothing(transport, problem):
    a, _, _ = problem
    away = np.abs(np.subtract.outer(np.arange(len(a)), np.arange(len(a)))).astype(float)
    np.testing.assert_allclose(transport(a, a, away), np.diag(a), rtol=0, atol=1e-13)
    assert np.sum(transport(a, a, away) * away) == 0


@pytest.mark.parametrize("transport", KERNELS)
def test_the_larger_part_goes_the_shorter_way(transport):
    """By hand: 0.3 of the first row must leave its column, at 4; the other way round costs 0.3 x (4 + 3)."""
    flow = transport(np.array([0.8, 0.2]), np.array([0.5, 0.5]), np.array([[0.0, 4.0], [3.0, 0.0]]))
    np.testing.assert_allclose(flow, [[0.5, 0.3], [0.0, 0.2]], rtol=0, atol=1e-13)


@pytest.mark.parametrize("transport", KERNELS)
def test_costs_of_any_size_serve(transport):
    for size in (0.0, 1e-300, 1e300):
        flow = transport(np.array([0.5, 0.5]), np.array([0.5, 0.5]), np.array([[size, 0.0], [0.0, size]]))
        if size:
            np.testing.assert_array_equal(flow, [[0, 0.5], [0.5, 0]])
        assert flow.sum() == 1


@pytest.mark.parametrize("transport", KERNELS)
def test_what_cannot_be_moved_is_refused(transport):
    for shape in ((2, 3), (3, 2), (2, 2, 1)):
        with pytest.raises(ValueError, match=r"costs|dimensions"):
            transport(np.ones(2) / 2, np.ones(2) / 2, np.ones(shape))
    with pytest.raises(ValueError, match="sum above 0"):
        transport(np.zeros(2), np.ones(2) / 2, np.ones((2, 2)))
    with pytest.raises(ValueError, match="costs"):
        transport(np.zeros(0), np.ones(2) / 2, np.ones((0, 2)))


def test_large_ones_are_solved_too():
    rng = np.random.default_rng(0)
    a, b, costs = rng.random(120), rng.random(150), rng.random((120, 150))
    expected = float(np.sum(ot.emd(a / a.sum(), b / b.sum(), costs) * costs))
    assert np.sum(chosen(a, b, costs) * costs) == pytest.approx(expected, rel=1e-9)
