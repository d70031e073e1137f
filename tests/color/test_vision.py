"""Simulation of color vision deficiencies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.color.srgb import decode
from pochade.color.vision import DEFICIENCIES, matrix, simulate, simulate_codes
from pochade.errors import OptionError, UnknownNameError

LIGHT = st.tuples(*[st.floats(0, 1)] * 3)
SEVERITY = st.floats(0, 1)


@pytest.mark.parametrize(
    ("deficiency", "theirs"),
    [("protanopia", "Protanomaly"), ("deuteranopia", "Deuteranomaly"), ("tritanopia", "Tritanomaly")],
)
@pytest.mark.filterwarnings("ignore:.*shift paradigm")  # its warning about tritanomaly
def test_matrices_equal_those_of_an_independent_library(colour, deficiency, theirs):
    for tenth in range(11):  # between the published steps it extrapolates from the next ones
        expected = colour.blindness.matrix_cvd_Machado2009(theirs, tenth / 10)
        assert matrix(deficiency, tenth / 10) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_matrices_between_the_steps_are_interpolated_linearly(deficiency):
    low, high = matrix(deficiency, 0.3), matrix(deficiency, 0.4)
    assert matrix(deficiency, 0.325) == pytest.approx(0.75 * low + 0.25 * high)
    assert matrix(deficiency, 0.96) == pytest.approx(0.4 * matrix(deficiency, 0.9) + 0.6 * matrix(deficiency, 1.0))


def test_a_matrix_equals_that_in_the_paper():
    # Gold: Machado et al. 2009, table 1, deuteranomaly of severity 1.0
    expected = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    assert matrix("deuteranopia").tolist() == expected


@given(LIGHT, st.sampled_from(DEFICIENCIES))
def test_severity_0_changes_nothing(light, deficiency):
    assert simulate(light, deficiency, 0) == pytest.approx(np.array(light), abs=1e-12)


@given(st.floats(0, 1), st.sampled_from(DEFICIENCIES), SEVERITY)
def test_gray_stays_gray(gray, deficiency, severity):
    assert simulate([gray] * 3, deficiency, severity) == pytest.approx(np.full(3, gray), abs=3e-6)  # six digits


@given(LIGHT, SEVERITY)
def test_achromatopsia_keeps_the_luminance(light, severity):
    luminance = np.array([0.21263901, 0.71516868, 0.07219232])  # Y of IEC 61966-2-1, to eight digits
    assert simulate(light, "achromatopsia", severity) @ luminance == pytest.approx(
        np.array(light) @ luminance, abs=1e-6
    )
    assert np.ptp(simulate(light, "achromatopsia")) < 1e-12


def test_red_and_green_look_similar_with_deuteranopia():
    red, green = decode([[200, 60, 50], [110, 120, 40]])
    assert np.abs(red - green).sum() > 3 * np.abs(np.subtract(*simulate([red, green], "deuteranopia"))).sum()


def test_simulated_codes_have_the_shape_of_the_input():
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    seen = simulate_codes(picture, "tritanopia", 0.35)
    assert (seen.shape, seen.dtype) == ((5, 7, 3), np.uint8)
    assert seen[2, 3].tolist() == simulate_codes(picture[2, 3], "tritanopia", 0.35).tolist()


@pytest.mark.parametrize("severity", [-0.1, 1.5, float("nan"), "much", True])
def test_a_severity_outside_0_to_1_is_refused(severity):
    with pytest.raises(OptionError, match="from 0, normal sight, to 1"):
        simulate([0, 0, 0], "protanopia", severity)


def test_the_error_for_an_unknown_deficiency_suggests_the_nearest_name():
    with pytest.raises(UnknownNameError, match="Did you mean 'protanopia'"):
        simulate([0, 0, 0], "protanopsia")
