"""The colors of films, by their tags and without."""

import runpy
from pathlib import Path

import numpy as np
import pytest

import pochade

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
MATRICES, drawn, flat, picture, yuv_of = (clips[name] for name in ("MATRICES", "drawn", "flat", "picture", "yuv_of"))

av = pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")

COLOR = (200, 60, 30)


def near(film, color=COLOR, most=1):
    means = film.histogram.means
    assert len(means) == 1
    assert np.abs(np.rint(means[0]) - color).max() <= most, means[0]


@pytest.mark.parametrize("sampling", ["quarter", "all"])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", MATRICES)
def test_a_flat_color_comes_back_within_a_code(tmp_path, matrix, full, sampling):
    tags = {"colorspace": MATRICES[matrix][0], "color_range": 2 if full else 1}
    path = drawn(tmp_path / "a.mkv", [flat(COLOR, matrix, full=full)] * 3, "yuv420p", tags=tags)
    film = pochade.film(path, sampling=sampling, resume=False)
    near(film)
    assert film.coding.to_dict()["assumed"] == ["primaries", "transfer"]


@pytest.mark.parametrize(("height", "matrix"), [(480, "601"), (720, "709")])
def test_a_film_without_tags_is_709_from_720_rows_and_limited(tmp_path, height, matrix):
    frame = flat(COLOR, matrix, full=False, height=height)
    film = pochade.film(drawn(tmp_path / "a.mkv", [frame] * 2, "yuv420p"), resume=False)
    near(film)
    assert film.coding.to_dict()["matrix"] == f"BT.{matrix}"
    assert film.to_dict()["color"]["assumed"] == ["matrix", "range", "primaries", "transfer"]


@pytest.mark.parametrize("format", ["yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p12le", "yuv420p9le"])
def test_every_depth_and_subsampling_is_read(tmp_path, format):
    bits = int("".join(part for part in format.split("p")[1] if part.isdigit()) or 8)
    frame = av.VideoFrame(64, 48, format)
    for plane, code in zip(frame.planes, yuv_of(COLOR, "709", full=False, bits=bits), strict=True):
        plane.update(np.full(plane.buffer_size // (2 if bits > 8 else 1), code, np.uint16 if bits > 8 else np.uint8))
    tags = {"colorspace": 1, "color_range": 1}
    near(pochade.film(drawn(tmp_path / "a.mkv", [frame], pix_fmt=format, tags=tags), resume=False))


@pytest.mark.parametrize(("codec", "format"), [("png", "rgb24"), ("ffv1", "bgr0")])
def test_rgb_films_are_exact(tmp_path, codec, format):
    frame = av.VideoFrame.from_ndarray(picture(COLOR)).reformat(format=format)
    film = pochade.film(
        drawn(tmp_path / ("a.mov" if codec == "png" else "a.mkv"), [frame] * 2, codec=codec, pix_fmt=format),
        resume=False,
    )
    assert film.palette(1).hex == ["#c83c1e"]
    assert film.coding.to_dict()["matrix"] == "RGB"


def test_a_gray_film_is_gray(tmp_path):
    frame = np.full((48, 64), 126, np.uint8)
    film = pochade.film(drawn(tmp_path / "a.mkv", [frame] * 2, "gray", tags={"color_range": 2}), resume=False)
    near(film, (126, 126, 126))
    assert film.coding.to_dict()["matrix"] == "gray"


def test_transparent_pixels_do_not_count(tmp_path):
    frame = np.zeros((48, 64, 4), np.uint8)
    frame[..., :3], frame[:24, :, 3] = COLOR, 255
    frame[24:, :, :3] = 0, 0, 255
    path = drawn(
        tmp_path / "a.mov", [av.VideoFrame.from_ndarray(frame, format="rgba")] * 2, codec="png", pix_fmt="rgba"
    )
    near(pochade.film(path, resume=False))


@pytest.mark.parametrize(("curve", "code"), [(16, 595), (18, 769)])
def test_hdr_white_at_203_nits_is_white(tmp_path, curve, code):
    """BT.2408, 2.1: 58 % of PQ; 75 % of HLG is reference white: here as 10-bit luma, limited range."""
    code = {16: round(64 + 876 * 0.5807), 18: round(64 + 876 * 0.75)}[curve]
    frame = av.VideoFrame(64, 48, "yuv420p10le")
    for plane, sample in zip(frame.planes, (code, 512, 512), strict=True):
        plane.update(np.full(plane.buffer_size // 2, sample, np.uint16))
    tags = {"colorspace": 9, "color_range": 1, "color_primaries": 9, "color_trc": curve}
    film = pochade.film(drawn(tmp_path / "a.mkv", [frame] * 2, pix_fmt="yuv420p10le", tags=tags), resume=False)
    near(film, (255, 255, 255), 3)
    assert film.coding.to_dict()["primaries"] == "BT.2020"


def test_wide_primaries_are_converted_as_in_still_pictures(tmp_path):
    from pochade.source.encoding import Encoding
    from pochade.source.tags.code_points import BT2020

    color = (140, 120, 100)
    tags = {"colorspace": 9, "color_range": 2, "color_primaries": 9, "color_trc": 13}
    film = pochade.film(drawn(tmp_path / "a.mkv", [flat(color, "2020", full=True)], "yuv420p", tags=tags), resume=False)
    expected = Encoding(BT2020, "sRGB").to_srgb(np.array([color], np.uint8))[0]
    near(film, expected, 1.5)
