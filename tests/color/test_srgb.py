import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.color.srgb import decode, encode, parse_hex, to_codes, to_hex
from pochade.errors import OptionError

# IEC 61966-2-1: the linear part below code 10.31; for half, computed by hand, ((0.5 + 0.055) / 1.055)^2.4.
GOLD = [(0, 0.0), (10, 10 / 255 / 12.92), (127.5, 0.21404114048223255), (255, 1.0)]


@pytest.mark.parametrize(("code", "light"), GOLD)
def test_decoding_follows_the_standard(code: float, light: float) -> None:
    assert decode(code) == pytest.approx(light, abs=1e-15)
    assert encode(light) == pytest.approx(code, abs=1e-12)


def test_every_code_survives_the_round_trip() -> None:
    codes = np.arange(256, dtype=np.uint8)
    np.testing.assert_array_equal(to_codes(decode(codes)), codes)


def test_codes_as_uint8_and_as_floats_give_the_same_light() -> None:
    codes = np.arange(256)
    np.testing.assert_array_equal(decode(codes.astype(np.uint8)), decode(codes.astype(np.float64)))


@given(st.floats(-500, 500))
def test_any_code_inside_or_outside_the_gamut_survives_the_round_trip(code: float) -> None:
    assert encode(decode(code)) == pytest.approx(code, abs=1e-5)


def test_where_the_branches_join_a_round_trip_errs_by_less_than_a_hundred_thousandth_of_a_code() -> None:
    codes = np.linspace(10.31, 10.32, 10001)
    error = np.abs(encode(decode(codes)) - codes)
    assert 1e-9 < error.max() < 1e-5
    assert error[[0, -1]].max() < 1e-12


def test_light_outside_the_gamut_is_clipped_to_the_nearest_code() -> None:
    np.testing.assert_array_equal(to_codes([-0.2, 0.5, 7.0]), [0, 188, 255])


def test_codes_are_rounded_not_truncated() -> None:
    np.testing.assert_array_equal(to_codes(decode([99.4, 99.6, 254.7])), [99, 100, 255])


def test_changing_a_decoded_array_does_not_affect_the_next_call() -> None:
    first = decode(np.uint8([255, 0, 0]))
    first[:] = 9
    np.testing.assert_array_equal(decode(np.uint8([255, 0, 0])), [1, 0, 0])


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_codes_survive_the_round_trip_through_hex(codes: tuple[int, int, int]) -> None:
    assert tuple(parse_hex(to_hex(codes))) == codes
    assert to_hex(np.array(codes, dtype=np.uint8)) == to_hex(codes)


def test_short_hex_repeats_each_digit_and_case_does_not_matter() -> None:
    assert parse_hex("#1Af").tolist() == [0x11, 0xAA, 0xFF]


@pytest.mark.parametrize("text", ["", "#", "8e1a24", "#8e1a2", "#8e1a2400", "#8e1a2g", "#8e1a24\n", "# 8e1a2", "#१२३"])
def test_the_error_for_invalid_hex_says_what_to_give(text: str) -> None:
    with pytest.raises(OptionError, match="#rgb or #rrggbb"):
        parse_hex(text)
