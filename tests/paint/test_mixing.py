"""The mixing model: light, layers, coefficients, and mixtures that somebody measured."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade.color.srgb import decode
from pochade.paint.kubelka_munk import coefficients, inside, opaque, outside, ratio_of
from pochade.paint.mixes import mixes_of
from pochade.paint.spectrum import WAVELENGTHS, linear_of, smoothest

mixtures = runpy.run_path(str(Path(__file__).with_name("mixtures.py")))

codes = st.tuples(*[st.integers(0, 255)] * 3)


def test_the_light_and_the_observer_are_those_of_colour_science():
    colour = pytest.importorskip("colour")
    shape = colour.SpectralShape(400, 700, 10)
    observer = colour.MSDS_CMFS["CIE 1931 2 Degree Standard Observer"].copy().align(shape).values
    daylight = colour.SDS_ILLUMINANTS["D65"].copy().align(shape).values[:, None]
    curve = np.linspace(0.1, 0.9, 31) ** 2
    xyz = (curve[:, None] * observer * daylight).sum(0) / (observer * daylight).sum(0)
    white = np.array([0.3127 / 0.3290, 1, (1 - 0.3127 - 0.3290) / 0.3290])
    assert np.allclose(linear_of(curve), colour.XYZ_to_sRGB(xyz * white, apply_cctf_encoding=False), atol=2e-4)


@given(codes)
@settings(max_examples=30)
def test_the_smoothest_curve_has_the_color_and_stays_within_0_and_1(triple):
    curve = smoothest(decode(np.array(triple, np.uint8)))
    assert np.allclose(linear_of(curve), decode(np.array(triple, np.uint8)).clip(0.003, 0.997), atol=1e-6)
    assert ((curve > 0) & (curve < 1)).all()


def test_the_smoothest_curve_of_a_gray_is_level():
    assert np.ptp(smoothest(np.full(3, 0.4))) < 1e-6


def test_the_surface_and_the_layer_can_be_undone():
    measured = np.linspace(0.03, 0.95, 31)
    assert np.allclose(outside(inside(measured)), measured)
    inner = np.linspace(0.01, 0.99, 31)
    assert np.allclose(opaque(ratio_of(inner)), inner)


def test_known_coefficients_come_back_from_masstone_and_tint():
    bend = (WAVELENGTHS - 550) / 150
    white_k, own_s = np.full(31, 0.002), 0.3 * np.exp(0.3 * bend)
    own_k = 1.5 * own_s * (1.2 + np.sin(3 * bend))
    masstone, white = opaque(own_k / own_s), opaque(white_k)
    tint = opaque((0.1 * own_k + 0.9 * white_k) / (0.1 * own_s + 0.9))
    k, s = coefficients(masstone, tint, white, 0.1)
    assert np.allclose(k / s, own_k / own_s)
    mixed, truth = ((0.4 * a + 0.6 * white_k) / (0.4 * b + 0.6) for a, b in ((k, s), (own_k, own_s)))
    assert np.abs(opaque(mixed) - opaque(truth)).max() < 0.02


@pytest.mark.parametrize(
    ("view", "mean", "median", "ninety"),
    [("spectra", 3.7, 3.1, 6.2), ("colors", 4.2, 3.2, 7.1)],
)
def test_mixtures_that_the_model_has_not_seen_come_out_as_measured(view, mean, median, ninety):
    known = (lambda inner: inner) if view == "spectra" else mixtures["by_color"]
    answers = {name: mixtures["cielab_of"](one) for name, one in mixtures["two_constants"](known).items()}
    apart = np.array(list(mixtures["errors"](answers).values()))
    assert len(apart) == 31
    assert (apart.mean(), np.median(apart)) <= (mean, median)
    assert np.percentile(apart, 90) <= ninety + 0.05


def test_the_model_halves_the_error_of_simple_means():
    ours = {name: mixtures["cielab_of"](one) for name, one in mixtures["two_constants"]().items()}
    mean = np.mean(list(mixtures["errors"](ours).values()))
    for name, colors in mixtures["rivals"]().items():
        assert np.mean(list(mixtures["errors"](colors).values())) > 2 * mean, name


def test_mixes_are_whole_parts_without_a_common_divisor():
    from pochade.paint.boxes import boxes

    mixes = mixes_of(boxes["zorn"](), 3, 6, stock=True)
    assert [len(parts) for parts in mixes.parts] == [1, 11, 19]
    for parts in mixes.parts[1:]:
        assert (parts.sum(1) <= 6).all()
        assert (np.gcd.reduce(parts, axis=1) == 1).all()
    assert [one.name for one in mixes.ingredients][4:] == ["yellow oxide tint", "red tint", "black tint"]


def test_paint_spans_the_lightness_of_paint():
    from pochade.paint.boxes import boxes

    lightness = np.concatenate([one[:, 0] for one in mixes_of(boxes["kimera"](), 3, 8, stock=False).cielab])
    assert (round(lightness.min()), round(lightness.max())) == (19, 97)
