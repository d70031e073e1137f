"""Deficient color vision, simulated."""

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
@pytest.mark.filterwarnings("ignore:.*shift paradigm")  # how it speaks of tritanomaly
def test_matrices_are_those_of_an_independent_library(colour, deficiency, theirs):
    for tenth in range(11):  # between the published steps it prolongs the step after, not the line between the two
        expected = colour.blindness.matrix_cvd_Machado2009(theirs, tenth / 10)
        assert matrix(deficiency, tenth / 10) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_between_the_steps_lies_the_straight_line(deficiency):
    low, high = matrix(deficiency, 0.3), matrix(deficiency, 0.4)
    assert matrix(deficiency, 0.325) == pytest.approx(0.75 * low + 0.25 * high)
    assert matrix(deficiency, 0.96) == pytest.approx(0.4 * matrix(deficiency, 0.9) + 0.6 * matrix(deficiency, 1.0))


def test_a_matrix_is_the_one_that_the_paper_prints():
    # Gold: Machado et al. 2009, table 1, deuteranomaly of severity 1.0
    expected = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    assert matrix("deuteranopia").tolist() == expected


@given(LIGHT, st.sampled_from(DEFICIENCIES))
def test_severity_0_is_normal_sight(light, deficiency):
    assert simulate(light, deficiency, 0) == pytest.approx(np.array(light), abs=1e-12)


@given(st.floats(0, 1), st.sampled_from(DEFICIENCIES), SEVERITY)
def test_gray_stays_gray(gray, deficiency, severity):
    assert simulate([gray] * 3, deficiency, severity) == pytest.approx(np.full(3, gray), abs=3e-6)  # six digits


@given(LIGHT, SEVERITY)
def test_achromatopsia_leaves_the_luminance(light, severity):
    luminance = np.array([0.21263901, 0.71516868, 0.07219232])  # Y of IEC 61966-2-1, to eight digits
    assert simulate(light, "achromatopsia", severity) @ luminance == pytest.approx(
        np.array(light) @ luminance, abs=1e-6
    )
    assert np.ptp(simulate(light, "achromatopsia")) < 1e-12


def test_red_and_green_come_close_without_middle_cones():
    red, green = decode([[200, 60, 50], [110, 120, 40]])
    assert np.abs(red - green).sum() > 3 * np.abs(np.subtract(*simulate([red, green], "deuteranopia"))).sum()


def test_codes_have_the_shape_of_what_is_given():
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    seen = simulate_codes(picture, "tritanopia", 0.35)
    assert (seen.shape, seen.dtype) == ((5, 7, 3), np.uint8)
    assert seen[2, 3].tolist() == simulate_codes(picture[2, 3], "tritanopia", 0.35).tolist()


@pytest.mark.parametrize("severity", [-0.1, 1.5, float("nan"), "much", True])
def test_a_severity_outside_0_to_1_is_refused(severity):
    with pytest.raises(OptionError, match="from 0, normal sight, to 1"):
        simulate([0, 0, 0], "protanopia", severity)


def test_an_unknown_deficiency_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'protanopia'"):
        simulate([0, 0, 0], "protanopsia")
