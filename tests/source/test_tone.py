"""HDR light mapped to the range of sRGB."""

import numpy as np
import pytest

from pochade.source import read
from pochade.source.curves import CURVES, pq_signal
from pochade.source.encoding import Encoding
from pochade.source.picture import Picture
from pochade.source.pixels import Strip
from pochade.source.tags.code_points import BT2020
from pochade.source.tone import toned, with_peak


def gray(*light):
    return np.repeat(np.array(light, float)[:, None], 3, 1)


def test_reference_white_of_a_picture_of_1000_nits_is_where_the_eetf_puts_it():
    # BT.2408, annex 5: with w = PQ(203) / PQ(1000) = .5807 / .7518 = .7724 and the knee k = 1.5 w - .5, white lies at
    # T = (w - k) / (1 - k) = 1/3 of the spline, where P = (20 k + 4 (1 - k) + 7 w) / 27 = .7387; PQ .5553 is 159 cd/m2.
    assert toned(gray(1.0), 1000 / 203)[0, 0] * 203 == pytest.approx(159, abs=0.3)


@pytest.mark.parametrize("peak", [1.2, 3.0, 1000 / 203, 10_000 / 203])
def test_the_peak_becomes_white_and_dark_light_stays(peak):
    light = np.linspace(0, peak, 2000)
    mapped = toned(gray(*light), peak)[:, 0]
    assert mapped[-1] == pytest.approx(1)
    assert (np.diff(mapped) > 0).all()
    assert np.diff(mapped).max() < 1.01 * peak / 1999  # no jump, and nothing becomes brighter
    end = pq_signal(np.array(peak))
    knee = CURVES["PQ"]((1.5 * pq_signal(np.array(1.0)) / end - 0.5) * end)
    below = light < knee
    assert below.any()
    assert np.array_equal(mapped[below], light[below])


def test_light_up_to_white_is_not_changed():
    light = np.random.default_rng(0).random((100, 3))
    assert toned(light, 1.0) is light


def test_the_proportions_of_red_green_and_blue_stay():
    light = np.array([[4.0, 2.0, 1.0], [0.1, 3.0, 0.0]])
    mapped = toned(light, 5.0)
    assert np.allclose(mapped / mapped.max(-1, keepdims=True), light / light.max(-1, keepdims=True))


def test_black_stays_black():
    assert toned(gray(0.0), 5.0).tolist() == [[0, 0, 0]]


def picture_of(codes, alpha=None, profile=None):
    codes = np.asarray(codes, np.uint8)
    return Picture(
        codes.shape[1],
        codes.shape[0],
        lambda box: iter([Strip(codes, alpha)]),
        profile=profile or Encoding(BT2020, "PQ"),
    )


def peak_of(picture) -> float:
    profile = with_peak(picture).profile
    assert isinstance(profile, Encoding)
    assert profile.peak is not None
    return profile.peak


def test_the_peak_is_the_brightest_light_of_the_picture():
    codes = np.zeros((10, 10, 3), np.uint8)
    codes[0, :5] = 192, 10, 10  # PQ: .7529, 1011 cd/m2
    assert peak_of(picture_of(codes)) * 203 == pytest.approx(1011, rel=0.01)


def test_a_picture_below_white_has_white_as_its_peak():
    assert peak_of(picture_of(np.full((4, 4, 3), 100))) == 1


def test_a_few_glints_and_transparent_pixels_do_not_count():
    codes = np.full((200, 200, 3), 120, np.uint8)
    codes[0, :3] = 255  # 3 of 40,000
    assert peak_of(picture_of(codes)) == 1
    codes[:, :100] = 255
    alpha = np.full((200, 200), 255, np.uint8)
    alpha[:, :100] = 0
    assert peak_of(picture_of(codes, alpha)) == 1


def test_a_transparent_picture_has_a_peak():
    assert peak_of(picture_of(np.zeros((2, 2, 3)), np.zeros((2, 2), np.uint8))) == 1


def test_other_pictures_are_not_read_for_a_peak():
    def blocks(box):
        raise AssertionError("the pixels are read")

    for profile in (None, b"icc", Encoding(BT2020, "PQ", peak=2.0)):
        picture = Picture(2, 2, blocks, profile=profile)
        assert with_peak(picture) is picture


def test_a_region_has_the_colors_of_the_whole_picture():
    import io
    import struct
    import zlib

    from PIL import Image

    codes = np.full((40, 40, 3), 120, np.uint8)
    codes[:20] = 200
    file = io.BytesIO()
    Image.fromarray(codes).save(file, "PNG")
    data = file.getvalue()
    chunk = b"cICP" + bytes((9, 16, 0, 1))
    data = data[:33] + struct.pack(">L", 4) + chunk + struct.pack(">L", zlib.crc32(chunk)) + data[33:]
    assert read(data).profile == read(data, region=(0, 20, 40, 40)).profile
    assert read(data).profile.peak > 5
