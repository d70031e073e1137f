"""Hues go into a template and nowhere else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade.recoloring.harmony import TEMPLATES, harmonized


def wheel(hues, chroma=0.1):
    angle = np.deg2rad(np.asarray(hues, float))
    return np.column_stack([np.full(len(angle), 0.6), chroma * np.cos(angle), chroma * np.sin(angle)])


def outside(oklab, name, turn):
    """How many degrees the hues lie outside of a template, by its definition."""
    hues = np.rad2deg(np.arctan2(oklab[:, 2], oklab[:, 1]))
    away = [np.abs((hues - turn - center + 180) % 360 - 180) - width / 2 for center, width in TEMPLATES[name]]
    return np.min(away, axis=0)


@settings(max_examples=30)
@given(st.lists(st.floats(0, 359), min_size=1, max_size=8), st.sampled_from([*TEMPLATES]))
def test_every_hue_ends_in_the_template_with_its_lightness_and_chroma(hues, name):
    before = wheel(hues)
    after, used, turn = harmonized(before, np.full(len(hues), 1 / len(hues)), name)
    assert used == name
    assert outside(after, name, turn).max() < 1e-6
    np.testing.assert_allclose(after[:, 0], before[:, 0])
    np.testing.assert_allclose(np.hypot(after[:, 1], after[:, 2]), 0.1)


def test_auto_chooses_a_template_that_already_fits():
    _, name, _ = harmonized(wheel([40, 44, 220, 224]), np.full(4, 0.25), "auto")
    assert name == "I"  # two narrow sectors that face each other; i and V hold only half of them


def test_an_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(pochade.UnknownNameError, match="Known: I, L, T, V, X, Y, auto, i"):
        harmonized(wheel([1]), np.ones(1), "Z")
