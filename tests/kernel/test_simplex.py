"""The compiled transport and its twin give the same bits, and the costs of POT's network simplex."""

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


KERNEL = [pytest.param(twin, id="twin")]
if compiled:
    KERNEL.append(pytest.param(compiled, id="compiled"))


@st.composite
def problems(draw, most=14):
    """Shares, some of them 0 or equal, and costs, some of them 0 or equal."""
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
@settings(max_examples=150)
@given(problems())
def test_both_kernels_give_the_same_flows(problem):
    np.testing.assert_array_equal(twin.transport(*problem), compiled.transport(*problem))


@pytest.mark.parametrize("transport", KERNELS)
@settings(max_examples=150)
@given(problem=problems())
def test_the_cost_is_the_least_cost_of_pot(transport, problem):
    a, b, costs = problem
    flow = transport(a, b, costs)
    expected = float(np.sum(ot.emd(a, b, costs) * costs))
    assert np.sum(flow * costs) == pytest.approx(expected, rel=1e-9, abs=1e-11 * costs.max())


@pytest.mark.parametrize("transport", KERNELS)
@settings(max_examples=100)
@given(problem=problems())
def test_flows_sum_to_the_shares_and_are_not_negative(transport, problem):
    a, b, costs = problem
    flow = transport(a, b, costs)
    assert flow.min() >= 0
    np.testing.assert_allclose(flow.sum(1), a, rtol=0, atol=1e-13)
    np.testing.assert_allclose(flow.sum(0), b, rtol=0, atol=1e-13)
    assert not flow[a == 0].any()
    assert not flow[:, b == 0].any()
    assert np.count_nonzero(flow) <= np.count_nonzero(a) + np.count_nonzero(b) - 1


@pytest.mark.parametrize("transport", KERNELS)
@settings(max_examples=50)
@given(problem=problems())
def test_transport_to_equal_shares_costs_nothing(transport, problem):
    a, _, _ = problem
    away = np.abs(np.subtract.outer(np.arange(len(a)), np.arange(len(a)))).astype(float)
    np.testing.assert_allclose(transport(a, a, away), np.diag(a), rtol=0, atol=1e-13)
    assert np.sum(transport(a, a, away) * away) == 0


@pytest.mark.parametrize("transport", KERNELS)
def test_a_small_case_has_the_flows_computed_by_hand(transport):
    """0.3 of the first row must change its column, at a cost of 4; a detour costs 0.3 x (4 + 3)."""
    flow = transport(np.array([0.8, 0.2]), np.array([0.5, 0.5]), np.array([[0.0, 4.0], [3.0, 0.0]]))
    np.testing.assert_allclose(flow, [[0.5, 0.3], [0.0, 0.2]], rtol=0, atol=1e-13)


@pytest.mark.parametrize("transport", KERNELS)
def test_costs_of_any_magnitude_are_allowed(transport):
    for size in (0.0, 1e-300, 1e300):
        flow = transport(np.array([0.5, 0.5]), np.array([0.5, 0.5]), np.array([[size, 0.0], [0.0, size]]))
        if size:
            np.testing.assert_array_equal(flow, [[0, 0.5], [0.5, 0]])
        assert flow.sum() == 1


@pytest.mark.parametrize("transport", KERNELS)
def test_wrong_shapes_weights_and_costs_are_refused(transport):
    for shape in ((2, 3), (3, 2), (2, 2, 1)):
        with pytest.raises(ValueError, match=r"costs|dimensions"):
            transport(np.ones(2) / 2, np.ones(2) / 2, np.ones(shape))
    with pytest.raises(ValueError, match="sum above 0"):
        transport(np.zeros(2), np.ones(2) / 2, np.ones((2, 2)))
    with pytest.raises(ValueError, match="costs"):
        transport(np.zeros(0), np.ones(2) / 2, np.ones((0, 2)))
    for wrong in (-0.1, np.nan, np.inf):
        costs, weights = np.ones((2, 2)), np.array([0.5, wrong])
        with pytest.raises(ValueError, match="at least 0"):
            transport(weights, np.ones(2) / 2, costs)
        with pytest.raises(ValueError, match="at least 0"):
            transport(np.ones(2) / 2, weights, costs)
        costs[1, 0] = wrong
        with pytest.raises(ValueError, match="costs be finite"):
            transport(np.ones(2) / 2, np.ones(2) / 2, costs)


@st.composite
def sets(draw):
    """The weights of one set and of several others, their ends, the costs, and the turned ones."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    m, sizes = draw(st.integers(1, 9)), draw(st.lists(st.integers(1, 9), max_size=6))
    ends = np.cumsum(sizes, dtype=np.int64)
    costs = np.rint(rng.random((m, sum(sizes))) * draw(st.sampled_from([2, 1000])))
    return (
        rng.random(m) + 0.1,
        rng.random(sum(sizes)) + 0.1,
        ends,
        costs,
        rng.integers(0, 2, len(sizes), dtype=np.uint8),
    )


@pytest.mark.skipif(not compiled, reason="no compiled kernel on this machine")
@settings(max_examples=100)
@given(sets())
def test_both_kernels_give_the_same_fares(case):
    np.testing.assert_array_equal(twin.fares(*case), compiled.fares(*case))


@pytest.mark.parametrize("kernel", KERNEL)
@settings(max_examples=60)
@given(case=sets())
def test_fares_are_the_least_costs_of_pot(kernel, case):
    a, b, ends, costs, turned = case
    start, fares = 0, kernel.fares(a, b, ends, costs, turned)
    for end, fare in zip(ends.tolist(), fares.tolist(), strict=True):
        weights = b[start:end] / b[start:end].sum()
        expected = ot.emd2(a / a.sum(), weights, np.ascontiguousarray(costs[:, start:end]))
        assert fare == pytest.approx(expected, rel=1e-9, abs=1e-9)
        start = end


@pytest.mark.parametrize("kernel", KERNEL)
def test_a_fare_equals_the_turned_fare_back_to_the_bit(kernel):
    rng = np.random.default_rng(4)
    for _ in range(50):
        a, b, costs = rng.random(7), rng.random(8), rng.random((7, 8))
        there = kernel.fares(a, b, np.array([8]), costs, np.array([0], np.uint8))
        back = kernel.fares(b, a, np.array([7]), np.ascontiguousarray(costs.T), np.array([1], np.uint8))
        assert there[0] == back[0]


@pytest.mark.parametrize("kernel", KERNEL)
def test_sets_of_wrong_shapes_are_refused(kernel):
    a, b, one = np.ones(2), np.ones(3), np.zeros(1, np.uint8)
    for ends, costs, turned in (
        (np.array([2]), np.ones((2, 3)), one),
        (np.array([3]), np.ones((2, 2)), one),
        (np.array([0, 3]), np.ones((2, 3)), np.zeros(2, np.uint8)),
        (np.array([4, 3]), np.ones((2, 3)), np.zeros(2, np.uint8)),
        (np.array([3]), np.ones((2, 3)), np.zeros(2, np.uint8)),
        (np.array([], np.int64), np.ones((2, 3)), one[:0]),
    ):
        with pytest.raises(ValueError, match=r"must (be|have)"):
            kernel.fares(a, b, ends, costs, turned)
    with pytest.raises(ValueError, match="costs be finite"):
        kernel.fares(a, b, np.array([3]), np.full((2, 3), np.nan), one)


@pytest.mark.parametrize("kernel", KERNEL)
@settings(max_examples=30)
@given(seed=st.integers(0, 2**32))
def test_straight_distances_are_those_of_numpy(kernel, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
    expected = np.linalg.norm(x[:, None] - y, axis=2)
    np.testing.assert_allclose(kernel.straight(x, y), expected, rtol=1e-14)
    np.testing.assert_array_equal(kernel.straight(x, y), twin.straight(x, y))
    with pytest.raises(ValueError, match=r"\(n, 3\)"):
        kernel.straight(x[:, :2].copy(), y)


def test_large_problems_are_solved():
    rng = np.random.default_rng(0)
    a, b, costs = rng.random(120), rng.random(150), rng.random((120, 150))
    expected = float(np.sum(ot.emd(a / a.sum(), b / b.sum(), costs) * costs))
    assert np.sum(chosen(a, b, costs) * costs) == pytest.approx(expected, rel=1e-9)
