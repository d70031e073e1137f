"""The flow between palettes is the cheapest: scipy's linear programming is the oracle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade.recoloring.transport import transport

optimize = pytest.importorskip("scipy.optimize")


def cheapest(supplies, demands, costs):
    m, n = costs.shape
    rows = np.vstack([np.kron(np.eye(m), np.ones(n)), np.kron(np.ones(m), np.eye(n))])
    return optimize.linprog(costs.ravel(), A_eq=rows, b_eq=np.concatenate([supplies, demands]), method="highs").fun


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 8), st.integers(1, 8))
def test_the_flow_costs_what_the_optimum_costs_and_brings_all_of_it(seed, m, n):
    rng = np.random.default_rng(seed)
    supplies, demands = rng.dirichlet(np.ones(m)), rng.dirichlet(np.ones(n))
    costs = rng.random((m, n))
    flow = transport(supplies, demands, costs)
    assert (flow >= 0).all()
    np.testing.assert_allclose(flow.sum(1), supplies, atol=2e-6)
    np.testing.assert_allclose(flow.sum(0), demands, atol=2e-6)
    assert (flow * costs).sum() == pytest.approx(cheapest(supplies, demands, costs), abs=3e-5)
