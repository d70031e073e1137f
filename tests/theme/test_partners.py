"""Partners of a color: of the picture first, real pixels, otherwise generated and marked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade.theme.partners import MAX_OFF, SCHEMES, partners


def hue_of(codes):
    return pochade.Color(tuple(codes)).to("oklch")[2]


def apart(a, b):
    return abs((a - b + 180) % 360 - 180)


@pytest.fixture
def picture():
    """Gray with a red, a teal and an orange field, and one pixel of violet."""
    codes = np.full((100, 200, 3), 128, np.uint8)
    codes[:40, :60], codes[:40, 60:120], codes[:40, 120:180] = (200, 40, 40), (20, 130, 130), (200, 130, 30)
    codes[80, 80] = 130, 40, 200
    return codes


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_color_of_the_picture_is_a_pixel_at_its_position_with_a_hue_near_the_schemes(picture, scheme):
    hue = hue_of((200, 40, 40))
    answer = pochade.extract(picture, 3).partners("#c82828", scheme)
    assert tuple(one.angle for one in answer) == SCHEMES[scheme]
    for one in answer:
        off = apart(hue_of(one.srgb), hue + one.angle)
        if one.in_picture:
            x, y = one.position
            assert tuple(picture[int(y * 100), int(x * 200)]) == one.srgb
            assert one.off == pytest.approx(off, abs=0.06)
            assert one.off <= MAX_OFF
        else:
            assert one.position is None
            assert off < 3  # the rounding to codes


def test_the_opposite_of_red_is_the_teal_of_the_picture(picture):
    (one,) = pochade.extract(picture, 3).partners((200, 40, 40))
    assert (one.hex, one.in_picture) == ("#148282", True)


def test_a_hue_that_only_a_speck_has_is_generated():
    codes = np.full((300, 300, 3), (200, 40, 40), np.uint8)
    codes[151, 151] = 20, 130, 130  # on the lattice of the sketch
    (one,) = pochade.extract(codes, 2).partners("#c82828")
    assert not one.in_picture
    codes[140:160, 140:160] = 20, 130, 130
    (one,) = pochade.extract(codes, 2).partners("#c82828")
    assert (one.hex, one.in_picture) == ("#148282", True)


def test_a_generated_color_keeps_lightness_and_chroma_if_screens_can_show_it():
    gray = pochade.extract(np.full((4, 4, 3), 90, np.uint8), 1)
    color = pochade.Color((140, 90, 80))
    lightness, chroma, hue = color.to("oklch")
    for one in gray.partners(color, "square"):
        assert not one.in_picture
        own = pochade.Color(one.srgb).to("oklch")
        assert own[:2] == pytest.approx((lightness, chroma), abs=0.004)
        assert apart(own[2], hue + one.angle) < 2


def test_a_sum_of_pictures_offers_colors_without_positions(picture):
    together = pochade.histogram(pochade.read(picture)) + pochade.histogram(pochade.read(picture[:40]))
    (one,) = pochade.extract(together, 3).partners("#c82828")
    assert (one.hex, one.in_picture, one.position) == ("#148282", True, None)


def test_a_palette_without_a_picture_offers_its_own_colors():
    palette = pochade.Palette.from_dict({"colors": ["#c82828", "#148282"]})
    assert [one.hex for one in palette.partners("#c82828")] == ["#148282"]


def test_transparent_pixels_are_no_partners():
    codes = np.zeros((10, 10, 4), np.uint8)
    codes[:, :5], codes[:, 5:] = (200, 40, 40, 255), (20, 130, 130, 0)
    (one,) = pochade.extract(codes, 2).partners("#c82828")
    assert not one.in_picture


@pytest.mark.parametrize("color", ["#808080", "black", (255, 255, 255)])
def test_a_gray_has_no_partners(color):
    with pytest.raises(pochade.OptionError, match=r"is a gray and has no partners: give a color with a hue"):
        pochade.Palette.from_dict({"colors": ["#f00"]}).partners(color)


def test_a_wrong_color_or_scheme_is_refused():
    palette = pochade.Palette.from_dict({"colors": ["#f00"]})
    with pytest.raises(pochade.UnknownNameError, match=r"'traid'.*Did you mean 'triad'"):
        palette.partners("#f00", "traid")
    with pytest.raises(pochade.OptionError, match="color has 2 colors: give one"):
        palette.partners("#f00,#0f0")
    with pytest.raises(pochade.PochadeError, match="color"):
        palette.partners("no color")


@settings(deadline=None, max_examples=50)
@given(st.tuples(*[st.integers(0, 255)] * 3), st.sampled_from([*SCHEMES]), st.integers(0, 2**32 - 1))
def test_every_color_with_a_hue_has_a_partner_for_each_angle(codes, scheme, seed):
    color = pochade.Color(codes)
    pixels = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), np.uint8)
    palette = pochade.extract(pixels, 2)
    if color.to("oklch")[1] < 0.04:
        with pytest.raises(pochade.OptionError):
            partners(palette, color, scheme)
        return
    answer = partners(palette, color, scheme)
    assert len(answer) == len(SCHEMES[scheme])
    assert all(list(one.srgb) in pixels.reshape(-1, 3).tolist() for one in answer if one.in_picture)
