"""The origin of a palette: the pixels of each color, and the fidelity of other k."""

import copy
import dataclasses
import io
import json
import os
import pickle
import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade import Palette
from pochade.batch import extract_many
from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.color.srgb import decode, parse_hex
from pochade.explain.fidelity import fidelities
from pochade.palette.origin import Answer

ADOBE = runpy.run_path(str(Path(__file__).parents[1] / "source" / "test_profiles.py"))["ADOBE"]


WAYS = [
    lambda palette: palette.fidelities,
    lambda palette: palette.explain(),
    lambda palette: palette.labels(),
    lambda palette: palette.mask(0),
]


def shares(palette: Palette) -> np.ndarray:
    labels = palette.labels()
    return np.array([(labels == i).sum() for i in range(len(palette))]) / (labels >= 0).sum()


@pytest.mark.parametrize("method", methods.names)
def test_masks_cover_every_pixel_once_and_agree_with_the_weights(photo, method):
    palette = pochade.extract(photo, 6, method=method)
    masks = [palette.mask(i) for i in range(len(palette))]
    assert all(mask.shape == photo.shape[:2] and mask.dtype == bool for mask in masks)
    assert (np.sum(masks, axis=0) == 1).all()
    np.testing.assert_allclose(np.mean(masks, axis=(1, 2)), palette.weights)
    np.testing.assert_array_equal(palette.mask(-1), masks[-1])
    with pytest.raises(IndexError):
        palette.mask(len(palette))


def test_a_mask_covers_exactly_its_flat_color(flag):
    palette = pochade.extract(flag, 3)
    for i, color in enumerate(palette):
        np.testing.assert_array_equal(palette.mask(i), (flag == color.srgb).all(2))


def test_pixels_that_do_not_count_are_in_no_mask(photo):
    alpha = np.full(photo.shape[:2], 255, np.uint8)
    alpha[:, :50] = 0
    alpha[:, 50:60] = 7
    counts = np.zeros_like(alpha, bool)
    counts[:50, :100] = True
    palette = pochade.extract(np.dstack([photo, alpha]), 5, region=(20, 10, 150, 110), mask=counts)
    there = np.zeros_like(counts)
    there[10:50, 50:100] = True
    np.testing.assert_array_equal(palette.labels() >= 0, there)


@pytest.mark.parametrize("turn", range(1, 9))
def test_masks_have_the_orientation_of_the_displayed_picture(tmp_path, photo, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    Image.fromarray(photo).save(tmp_path / "a.png", exif=exif)
    palette = pochade.extract(tmp_path / "a.png", 4)
    from PIL import ImageOps

    shown = np.asarray(ImageOps.exif_transpose(Image.open(tmp_path / "a.png")))
    assert palette.labels().shape == shown.shape[:2] == (palette.height, palette.width)
    red = min(range(len(palette)), key=lambda i: np.abs(palette.srgb[i].astype(int) - (230, 30, 40)).sum())
    np.testing.assert_array_equal(palette.mask(red), shown[..., 0] - shown[..., 1].astype(int) > 100)


def test_masks_of_an_animation_cover_its_first_frame():
    frames = [Image.new("RGB", (6, 4), color) for color in ("#ff0000", "#0000ff")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    palette = pochade.extract(file.getvalue(), 2)
    assert [palette.mask(i).all() for i in range(2)] == [color == "#ff0000" for color in palette.hex]


def test_masks_of_a_picture_with_a_profile_agree_with_the_weights(tmp_path, photo):
    Image.fromarray(photo).save(tmp_path / "a.png", icc_profile=ADOBE)
    palette = pochade.extract(tmp_path / "a.png", 6)
    assert (palette.labels() >= 0).all()
    np.testing.assert_allclose(shares(palette), palette.weights)


def test_a_speck_of_a_picture_with_a_profile_has_a_position(tmp_path):
    picture = np.full((1500, 1100, 3), 90, np.uint8)
    picture[1234, 321] = 0, 200, 0
    Image.fromarray(picture).save(tmp_path / "a.png", icc_profile=ADOBE)
    palette = pochade.extract(tmp_path / "a.png", 2)
    speck = min(range(2), key=lambda i: palette[i].weight)
    assert palette[speck].position == ((321 + 0.5) / 1100, (1234 + 0.5) / 1500)
    assert np.argwhere(palette.mask(speck)).tolist() == [[1234, 321]]


def test_the_origin_is_not_part_of_the_value_of_a_palette(photo):
    palette = pochade.extract(photo, 4)
    other = pochade.extract(photo.copy(), 4)
    assert palette.origin is not None
    assert palette == other
    assert hash(palette) == hash(other)
    assert "rigin" not in repr(palette) + palette.to_json()
    assert pickle.loads(pickle.dumps(palette)) == palette
    assert len(pickle.dumps(palette)) < 2000


@pytest.mark.parametrize("way", WAYS, ids=["fidelities", "explain", "labels", "mask"])
def test_a_palette_without_an_origin_refuses_to_explain_itself(photo, way):
    palette = pochade.extract(photo, 4)
    assert palette.fidelities
    (batch,) = extract_many([photo], jobs=1, k=4)
    lost = [
        pickle.loads(pickle.dumps(palette)),
        copy.copy(palette),
        Palette.from_dict(json.loads(palette.to_json())),
        batch.palette,
    ]
    for other in lost:
        assert other == palette
        with pytest.raises(pochade.OptionError, match=r"Call extract\(\) on the picture again"):
            way(other)


def test_a_sorted_or_shortened_palette_keeps_its_masks(photo):
    palette = pochade.extract(photo, 5)
    back = dataclasses.replace(palette, colors=palette.colors[:0:-1])
    np.testing.assert_array_equal(back.mask(0), palette.mask(4))
    assert back.explain()[0].hex == palette.hex[4]
    assert (back.labels() == -1).sum() == palette.mask(0).sum()
    other = dataclasses.replace(palette, colors=(pochade.Color((1, 2, 3)),))
    with pytest.raises(pochade.OptionError, match="#010203 was not found by extract"):
        other.labels()


def test_a_changed_file_is_refused(tmp_path, photo):
    path = tmp_path / "a.png"
    Image.fromarray(photo).save(path)
    palette = pochade.extract(path, 4)
    assert (palette.labels() >= 0).all()
    Image.fromarray(photo[::-1]).save(path)
    os.utime(path, (1, 1))
    with pytest.raises(pochade.SourceError, match=r"a\.png: it has changed"):
        palette.labels()
    path.unlink()
    with pytest.raises(pochade.SourceError, match="has changed"):
        palette.mask(0)
    assert palette.explain()  # needs no pixels


def test_a_palette_of_a_file_stores_no_pixels_and_finds_it_from_another_folder(tmp_path, photo, monkeypatch):
    Image.fromarray(photo).save(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)
    palette = pochade.extract("a.png", 4)
    held = [cell.cell_contents for cell in palette.origin.reopen.__closure__]
    assert not any(isinstance(one, np.ndarray | pochade.Pixels) for one in held)
    monkeypatch.chdir("/")
    assert (palette.labels() >= 0).all()


def test_the_pixels_of_a_stream_are_kept(photo):
    file = io.BytesIO()
    Image.fromarray(photo).save(file, "PNG")
    file.seek(0)
    palette = pochade.extract(file, 4)
    np.testing.assert_allclose(shares(palette), palette.weights)


def test_a_palette_of_histograms_explains_itself_and_has_no_pixels(photos):
    counted = [pochade.histogram(pochade.read(photo)) for photo in photos]
    palette = pochade.extract(counted[0] + counted[1], 5)
    assert len(palette.fidelities) == 16
    assert all(reason.place.words.startswith("on average") for reason in palette.explain())
    with pytest.raises(pochade.OptionError, match="histogram, which has no pixels"):
        palette.mask(0)


@pytest.mark.parametrize("method", methods.names)
def test_fidelity_equals_that_of_extracted_palettes(photo, method):
    palette = pochade.extract(photo, 5, method=method, seed=3)
    rows = palette.fidelities
    assert [row.k for row in rows] == list(range(1, 17))
    ciede2000 = differences["ciede2000"].of_linear
    for row in (rows[0], rows[4], rows[11]):
        alone = pochade.extract(photo, row.k, method=method, seed=3)
        assert list(row.hex) == alone.hex
        colors = decode(np.array([parse_hex(color) for color in row.hex]))
        pixels = decode(photo[::2, ::2].reshape(-1, 3))
        mean = ciede2000(pixels[:, None], colors[None]).min(1).mean()
        # a bin stands for its pixels, without the noise within it
        assert row.difference == pytest.approx(mean, abs=0.35)
    assert rows[0].difference > rows[15].difference
    assert all(0 <= row.covered <= 1 for row in rows)


def test_fidelity_is_perfect_if_all_flat_colors_are_in_the_palette(flag):
    rows = pochade.extract(flag, 8).fidelities
    assert [row.colors for row in rows] == [1, 2] + 14 * [3]
    assert rows[2].difference == pytest.approx(0, abs=1e-9)
    assert rows[2].covered == pytest.approx(1)
    assert repr(rows[2]) == "<Fidelity k=3: 3 colors, 0.0 away, 100% covered>"
    assert repr(rows[0]).startswith("<Fidelity k=1: 1 color, ")
    assert rows[0].covered < 1


def test_a_palette_without_an_accent_does_not_cover_its_prominence():
    picture = np.full((200, 200, 3), 128, np.uint8)
    picture[20:24, 30:34] = 200, 30, 30
    for method, least, most in (("kmeans", 0.999, 0.9999), ("prominent", 0.7, 0.99)):
        palette = pochade.extract(picture, 2, method=method)
        red = palette.explain()[palette.hex.index("#c81e1e")]
        alone = fidelities(dataclasses.replace(palette.origin, solve=lambda k, p=palette: gray(p)))
        assert alone[0].covered == pytest.approx(1 - red.prominence)
        assert least < alone[0].covered < most


def gray(palette: Palette) -> Answer:
    """The answer of a palette with only its grays."""
    answer = palette.origin.answer
    return dataclasses.replace(answer, codes=answer.codes[np.ptp(answer.codes, axis=1) == 0])


def test_a_k_that_the_options_do_not_allow_has_no_row(photo):
    palette = pochade.extract(photo, 4)
    solve = palette.origin.solve

    def keeping_three(k: int) -> Answer:
        if k < 3:
            raise pochade.OptionError("more colors to keep than k")
        return solve(k)

    origin = dataclasses.replace(palette.origin, solve=keeping_three)
    assert [row.k for row in dataclasses.replace(palette, origin=origin).fidelities] == list(range(3, 17))
