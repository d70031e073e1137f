"""The cloud of a picture's colors, as a picture and as a page."""

import base64
import json
import re

import numpy as np
import pytest

import pochade
from pochade.draw.space import MAX_POINTS, STAGES, gamut, points_of, to_drawing


def data_of(page: str) -> dict:
    match = re.search(r"^const data = (.*);$", page, re.MULTILINE)
    assert match is not None
    return json.loads(match[1])


def test_points_are_the_colors_of_the_picture(photo):
    palette = pochade.extract(photo, 5)
    points = points_of(palette)
    assert points.shares.sum() == pytest.approx(1)
    assert np.allclose(points.shares @ points.codes, photo.reshape(-1, 3).mean(0))
    assert np.allclose(np.bincount(points.labels, points.shares), palette.weights)


def test_the_number_of_points_is_limited():
    noise = np.random.default_rng(0).integers(0, 256, (400, 400, 3), np.uint8)
    points = points_of(pochade.extract(noise, 8, method="kmeans"))
    assert 500 < len(points.shares) <= MAX_POINTS


def test_white_is_above_black_in_every_space():
    for space in STAGES:
        black, white = to_drawing(np.array([[0, 0, 0], [255, 255, 255]], np.uint8), space)
        assert white[2] > black[2]
        if space != "rgb":
            assert np.allclose(black[:2], white[:2], atol=1e-3)
    edges = gamut()
    assert edges.shape[0] == 12
    assert np.allclose(np.abs(edges[:, -1] - edges[:, 0]).sum(1), 255)


@pytest.mark.parametrize("space", STAGES)
def test_the_picture_shows_the_palette(photo, space):
    palette = pochade.extract(photo, 4)
    image = pochade.draw.cloud(palette, space=space)
    assert image.size == (2240, 1572)
    seen = {tuple(color) for _, color in image.getcolors(1 << 22)}
    assert {color.srgb for color in palette} <= seen


@pytest.mark.parametrize(("k", "picture"), [(1, (40, 30)), (36, (40, 30)), (8, (1, 1))])
def test_few_and_many_colors_are_drawn(k, picture):
    codes = np.random.default_rng(1).integers(0, 256, (*picture, 3), np.uint8)
    palette = pochade.extract(codes, k, method="kmeans")
    assert pochade.draw.cloud(palette).size == (2240, 1572)
    assert len(data_of(pochade.draw.cloud_html(palette))["palette"]) == len(palette)


def test_the_page_is_self_contained_and_has_all_spaces(photo):
    palette = pochade.extract(photo, 4)
    page = pochade.draw.cloud_html(palette, space="hsv")
    without = re.sub(r"^const data = .*$", "", page, flags=re.MULTILINE)
    assert not re.search(r"https?:|//\w|src=|href=|@import|url\(|fetch|import\(", without)
    assert len(page) < 200_000
    data = data_of(page)
    assert [space["title"] for space in data["spaces"]] == ["Oklab", "CIELAB", "HSV", "RGB"]
    assert data["spaces"][data["first"]]["title"] == "HSV"
    assert [color["hex"] for color in data["palette"]] == palette.hex


def test_the_page_has_the_coordinates_of_the_points(photo):
    palette = pochade.extract(photo, 4)
    points, data = points_of(palette), data_of(pochade.draw.cloud_html(palette))
    labels = np.frombuffer(base64.b64decode(data["labels"]), "<i2")
    assert np.array_equal(labels, points.labels)
    for space, shown in zip(STAGES, data["spaces"], strict=True):
        places = np.frombuffer(base64.b64decode(shown["places"]), "<i2").reshape(-1, 3) / 16384
        assert np.allclose(places, to_drawing(points.codes, space), atol=1e-4)


def test_a_name_cannot_inject_html(photo, tmp_path):
    from PIL import Image

    path = tmp_path / '<script>alert(1)<&".png'
    Image.fromarray(photo).save(path)
    page = pochade.draw.cloud_html(pochade.extract(path, 3))
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;&amp;&quot;.png" in page


def test_clusters_of_removed_colors_have_no_label(photo):
    from dataclasses import replace

    palette = pochade.extract(photo, 4)
    cut = replace(palette, colors=palette.colors[:2])
    points = points_of(cut)
    assert set(points.labels.tolist()) == {-1, 0, 1}
    assert pochade.draw.cloud(cut).size == (2240, 1572)


def test_the_page_is_deterministic(photo):
    first, second = (pochade.draw.cloud_html(pochade.extract(photo, 5)) for _ in range(2))
    assert first == second


def test_unknown_spaces_and_palettes_without_picture_are_refused(photo):
    for draw in (pochade.draw.cloud, pochade.draw.cloud_html):
        with pytest.raises(pochade.OptionError, match="one of oklab, cielab, hsv, rgb"):
            draw(pochade.extract(photo), space="ycbcr")
        with pytest.raises(pochade.OptionError, match="needs the palette's picture"):
            draw(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))
