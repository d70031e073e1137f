"""Noise, assignment, network, likelihood and near copies."""

from itertools import permutations

import numpy as np
import pytest

import pochade
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.suggestion.assignment import assigned
from pochade.suggestion.copies import near_copy
from pochade.suggestion.known import collections, known
from pochade.suggestion.network import GRAIN, Network, features
from pochade.suggestion.noise import _mixed, gumbel, uniform


def test_the_hash_is_splitmix64() -> None:
    """The first outputs for the seed 1234567, as listed at rosettacode.org under "Pseudo-random numbers/Splitmix64"."""
    states = [(1234567 + i * 0x9E3779B97F4A7C15) % 2**64 for i in range(1, 6)]
    assert _mixed(np.array(states, np.uint64)).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_noise_has_its_distribution_and_depends_on_seed_and_stream() -> None:
    draws = uniform(1, (2,), 20000)
    assert draws.min() > 0
    assert draws.max() < 1
    assert abs(draws.mean() - 0.5) < 0.01
    assert abs(draws.std() - 12**-0.5) < 0.01
    assert abs(gumbel(1, (2,), 20000).mean() - np.euler_gamma) < 0.03
    starts = {
        float(uniform(seed, stream, 1)[0]) for seed in (0, 1, 2**64, 2**64 + 1) for stream in ((), (0,), (1,), (0, 0))
    }
    assert len(starts) == 16


def test_an_assignment_is_the_best_of_all() -> None:
    rng = np.random.default_rng(0)
    for f, m in ((1, 1), (1, 5), (2, 6), (3, 4), (4, 5)):
        costs = rng.integers(0, 30, (7, f, m)).astype(float)
        totals, columns = assigned(costs)
        for table, total, chosen in zip(costs, totals, columns, strict=True):
            assert total == min(sum(table[range(f), order]) for order in permutations(range(m), f))
            assert len(set(chosen.tolist())) == f
            assert table[range(f), chosen].sum() == total


def test_an_assignment_leaves_columns_out_that_do_not_exist() -> None:
    costs = np.array([[[1.0, 2, np.inf], [1, 3, np.inf]]])
    assert assigned(costs)[1].tolist() == [[1, 0]]


def test_probabilities_sum_to_1_and_do_not_depend_on_the_order_or_on_other_sets() -> None:
    network = Network.ours()
    oklab = spaces["oklab"].from_linear(decode(known().codes[400]))
    bits = network.bits([oklab, oklab[:0], oklab[::-1]])
    assert np.allclose((2**bits).sum(1), 1, atol=1e-3)
    assert np.abs(bits[0] - bits[2]).max() <= 1.01 / GRAIN
    assert np.array_equal(network.bits([oklab])[0], bits[0])
    assert np.array_equal(np.rint(bits * GRAIN), bits * GRAIN)


def test_a_color_lies_in_its_own_cell_and_features_are_continuous_at_gray() -> None:
    network = Network.ours()
    assert network.cells(network.oklab).tolist() == list(range(len(network.codes)))
    near_gray = np.array([[0.5, 1e-9, 0], [0.5, -1e-9, 0], [0.5, 0, 0]])
    assert np.ptp(features(near_gray), axis=0).max() < 1e-6


def test_palettes_by_people_are_likelier_together_than_colors_of_different_palettes() -> None:
    held_out = [one for after, one in zip(known().afters, known().codes, strict=True) if after.number % 7 == 0]
    fives = [one[:5] for one in held_out if len(one) >= 5][:25]
    mixed = [np.array([other[at] for at, other in enumerate(fives[i : i + 5])]) for i in range(len(fives) - 5)]
    own, others = (np.mean([pochade.Palette(one).likelihood() for one in each]) for each in (fives, mixed))
    assert own > others + 1


def test_the_likelihood_does_not_depend_on_the_order_and_has_limits() -> None:
    palette = pochade.Palette(["#12354e", "#0093a5", "#d96629", "#f5e1c8"])
    assert palette.likelihood() == pochade.Palette(palette.hex[::-1]).likelihood()
    assert pochade.Palette("#8e1a24").likelihood() == 0
    with pytest.raises(pochade.OptionError, match="1 to 10 colors, and the palette has 11"):
        pochade.Palette([(i, 0, 0) for i in range(11)]).likelihood()


def test_a_near_copy_is_found_in_any_order_and_named() -> None:
    codes = collections()["MetBrewer"].codes[11]
    after = near_copy(codes[::-1], 3)
    assert (after.collection, after.number) == ("MetBrewer", 12)
    assert near_copy(np.array([[0, 255, 0], [255, 0, 255]], np.uint8), 3) is None
