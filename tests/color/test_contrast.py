"""Contrast: WCAG's ratio and APCA's Lc."""

import coloraide
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.color.contrast import apca, luminance, wcag
from pochade.color.srgb import parse_hex

CODES = st.tuples(*[st.integers(0, 255)] * 3)

# Gold: W3C, "Understanding Success Criterion 1.4.3" (#777777 on white has 4.47:1, which fails; #767676 is the
# lightest gray that passes). Pure red and blue are computed by hand: 1.05 / 0.2626 and 1.05 / 0.1222.
# All are truncated to two places.
WCAG = [
    ("#777777", "#ffffff", 4.47),
    ("#767676", "#ffffff", 4.54),
    ("#000000", "#ffffff", 21.0),
    ("#ff0000", "#ffffff", 3.99),
    ("#0000ff", "#ffffff", 8.59),
]

# Gold: the values in apca-w3 0.1.9, by which its author checks implementations of 0.0.98G-4g.
APCA = [
    ("#888888", "#ffffff", 63.056469930209424),
    ("#ffffff", "#888888", -68.54146436644962),
    ("#000000", "#aaaaaa", 58.146262578561334),
    ("#aaaaaa", "#000000", -56.24113336839742),
    ("#112233", "#ddeeff", 91.66830811481631),
    ("#ddeeff", "#112233", -93.06770049484275),
    ("#112233", "#444444", 8.32326136957393),
    ("#444444", "#112233", -7.526878460278154),
]


@pytest.mark.parametrize(("a", "b", "expected"), WCAG)
def test_wcag_ratios_equal_the_published_values(a: str, b: str, expected: float) -> None:
    assert np.floor(wcag(parse_hex(a), parse_hex(b)) * 100) / 100 == pytest.approx(expected)


@pytest.mark.parametrize(("text", "background", "expected"), APCA)
def test_apca_equals_the_values_of_its_author(text: str, background: str, expected: float) -> None:
    assert apca(parse_hex(text), parse_hex(background)) == pytest.approx(expected, abs=1e-10)


@given(CODES, CODES)
def test_wcag_agrees_with_an_independent_library(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    one, other = (coloraide.Color("srgb", [code / 255 for code in codes]) for codes in (a, b))
    # coloraide uses the Y row of the sRGB matrix; WCAG rounds its coefficients to four places
    assert wcag(a, b) == pytest.approx(one.contrast(other, method="wcag21"), rel=1e-3)


@given(CODES, CODES)
def test_wcag_ratio_is_symmetric_and_between_1_and_21(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    ratio = float(wcag(a, b))
    assert ratio == float(wcag(b, a))
    assert 1 <= ratio <= 21 + 1e-9
    assert wcag(a, a) == 1


@given(CODES, CODES)
def test_apca_has_opposite_signs_for_dark_and_light_text(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    lc, back = float(apca(a, b)), float(apca(b, a))
    assert lc * back <= 0
    assert -108 <= lc <= 106.1
    assert apca(a, a) == 0


def test_broadcasting_compares_all_pairs() -> None:
    codes = np.random.default_rng(1).integers(0, 256, (256, 3), dtype=np.uint8)
    ratios, lc = wcag(codes[:, None], codes), apca(codes[:, None], codes)
    assert ratios.shape == lc.shape == (256, 256)
    assert ratios[3, 5] == wcag(codes[3], codes[5])
    assert lc[3, 5] == pytest.approx(apca(codes[3], codes[5]))


def test_codes_may_be_fractions() -> None:
    assert luminance([127.4, 0, 0]) < luminance([127.6, 0, 0])
    assert apca([127.4, 0, 0], [255, 255, 255]) > apca([127.6, 0, 0], [255, 255, 255])
