"""A picture follows its palette: smoothly, in gamut, and only where it should."""

import io
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import pochade
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.files import encode_png
from pochade.kernel.lut import UNIT
from pochade.recoloring.lut import SIZE, nodes
from pochade.recoloring.transfer import HALVINGS, curve, monotone, reach, within
from pochade.recoloring.weights import Influence

apart = differences["ciede2000"].of_linear
oklab = spaces["oklab"].from_linear
RED, BLUE = "#b3312c", "#1a4c8e"
colors = st.tuples(*[st.integers(0, 255)] * 3)


def scene():
    """A gray ramp above, a red that gets darker on the left below, a blue and a green on the right, uint8."""
    codes = np.zeros((64, 96, 3), np.uint8)
    codes[:32] = np.linspace(20, 235, 96).astype(np.uint8)[None, :, None]
    shade = np.linspace(0.35, 1, 48)[None, :, None]
    codes[32:, :48] = np.rint(np.array([179, 49, 44]) * shade)
    codes[32:, 48:72] = 40, 90, 150
    codes[32:, 72:] = 70, 140, 60
    return codes


@pytest.fixture(scope="module")
def red_to_blue():
    return pochade.recolor(scene(), {RED: BLUE})


def test_an_empty_edit_gives_the_same_bytes():
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 256, (50, 40, 4), dtype=np.uint8)
    for change in ({}, {"#b3312c": "#b3312c"}):
        made = pochade.recolor(codes, change)
        np.testing.assert_array_equal(made.image, codes)
        assert made.changes == {}


def test_the_edited_color_is_exact_and_other_hues_stay(red_to_blue):
    image = red_to_blue.image
    assert apart(decode(image[40, 47]), decode(np.array([26, 76, 142], np.uint8))) < 0.5
    for x in (60, 85):  # blue and green
        assert apart(decode(image[40, x]), decode(scene()[40, x])) < 2.5
    assert red_to_blue.changes == {RED: BLUE}


@settings(max_examples=12)
@given(st.lists(colors, min_size=5, max_size=5))
def test_colors_edited_together_are_all_exact(new):
    opened = pochade.recolor(scene(), {})
    made = opened.again(dict(zip(opened.palette.hex, new, strict=True)))
    arrived = made.lut.apply(opened.palette.srgb).astype(int)
    assert np.abs(arrived - np.array(new)).max(1).tolist().count(0) >= 4
    assert np.abs(arrived - np.array(new)).max() <= 3


def test_grays_stay_when_a_chromatic_color_is_edited(red_to_blue):
    np.testing.assert_array_equal(red_to_blue.image[:32], scene()[:32])
    np.testing.assert_array_equal(red_to_blue.lut.moves[np.arange(SIZE), np.arange(SIZE), np.arange(SIZE)], 0)


@pytest.mark.parametrize("old", ["#404040", "#9e9e9e"])
def test_an_edited_gray_tints_no_gray_beyond_its_neighbors_in_the_palette(old):
    ramp = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, 2)
    made = pochade.recolor(ramp, {old: "#2d5fc4"})
    grays = sorted(color.srgb[0] for color in made.palette)
    at = grays.index(int(old[1:3], 16))
    beyond = [v for v in range(256) if not (grays[at - 1] - 8 < v < grays[at + 1] + 8)]  # a step of the lattice
    np.testing.assert_array_equal(made.image[0, beyond], ramp[0, beyond])


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_each_color_has_weight_1_at_itself_and_0_at_the_others(seed, k):
    rng = np.random.default_rng(seed)
    centers = rng.random((k, 3)) * (0.8, 0.4, 0.4) + (0.1, -0.2, -0.2)
    influence = Influence.of(centers)
    np.testing.assert_allclose(influence.weights(centers), np.eye(k), atol=1e-9)
    weights = influence.weights(rng.random((50, 3)) * (1, 0.8, 0.8) - (0, 0.4, 0.4))
    assert weights.min() >= 0
    assert weights.sum(1).max() <= 1 + 1e-9


def test_shades_of_the_edited_color_follow_and_keep_their_order(red_to_blue):
    shades = oklab(decode(red_to_blue.image[40, :48]))
    assert (np.diff(shades[:, 0]) > -0.01).all()
    assert (shades[:, 2] < -0.02).all()  # blue, the darkest too


def test_a_shade_that_is_mapped_to_itself_stays():
    codes = np.zeros((20, 20, 3), np.uint8)
    codes[:, :10], codes[:, 10:] = (179, 49, 44), (96, 28, 26)
    followed = pochade.recolor(codes, {RED: BLUE}, k=2).image[0, 15]
    held = pochade.recolor(codes, {RED: BLUE, "#601c1a": "#601c1a"}).image[0, 15]
    assert followed[2] > followed[0]
    assert np.abs(held.astype(int) - [96, 28, 26]).max() <= 4


@settings(max_examples=12)
@given(colors)
def test_the_table_has_no_seams_and_stays_in_gamut(new):
    """Neighbors on the lattice drift apart by less than a small part of what an edit may move, which is up to 1."""
    lut = pochade.recolor(scene(), {RED: new}).lut
    before, after = oklab(decode(nodes().reshape(*[SIZE] * 3, 3))), oklab(decode(lut.codes))
    for axis in range(3):
        step, own = (np.sqrt((np.diff(points, axis=axis) ** 2).sum(-1)) for points in (after, before))
        assert (step - own).max() < 0.15
    to = nodes().reshape(lut.moves.shape) + lut.moves / UNIT
    assert to.min() > -0.01
    assert to.max() < 255.01


@settings(max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.integers(0, 2**32))
def test_the_tone_curve_never_falls(before, seed):
    rng = np.random.default_rng(seed)
    x = np.linspace(0, 1, 101)
    values = np.array(before)
    y = curve(x, values, rng.random(len(values)), rng.random(len(values)) < 0.5)
    assert (np.diff(y) >= -1e-12).all()


def test_reach_ends_at_the_boundary_of_srgb():
    rng = np.random.default_rng(2)
    linear = spaces["oklab"].to_linear
    points = oklab(rng.random((300, 3)) ** 2)
    angle = rng.random(300) * 2 * np.pi
    way = np.column_stack([np.zeros(300), np.cos(angle), np.sin(angle)])  # longer than sRGB is wide
    part = reach(points, way, 0.0)[:, None]
    assert (part < 1).all()
    inside, beyond = linear(points + part * way), linear(points + (part + 2**-HALVINGS) * way)
    assert inside.min() > -1e-9
    assert inside.max() < 1 + 1e-9
    assert ((beyond < 0) | (beyond > 1)).any(1).all()
    np.testing.assert_array_equal(within(points), points)
    brought = linear(within(points + way))
    assert brought.min() > -1e-3
    assert brought.max() < 1 + 1e-3


def test_a_tone_curve_reaches_the_edited_color_and_pushes_the_others_along():
    before, after = np.array([0.3, 0.5, 0.7]), np.array([0.3, 0.8, 0.7])
    y = curve(before, before, after, np.array([False, True, False]))
    np.testing.assert_allclose(y, [0.3, 0.8, 0.8], atol=1e-6)
    assert monotone(np.array([2.0, 1.0]), np.array([1.0, 3.0])).tolist() == [1.25, 1.25]


def test_a_global_tone_keeps_the_order_of_grays():
    ramp = pochade.recolor(scene(), {RED: "#ff8f80"}, tone="global").image[0].astype(int)
    assert (np.diff(ramp, axis=0) >= 0).all()
    assert (ramp.max(1) - ramp.min(1)).max() <= 1
    assert ramp.sum() > scene()[0].astype(int).sum()


def test_both_kernels_give_the_same_picture(red_to_blue):
    from pochade.kernel import lut

    flat = scene().reshape(-1, 3)
    np.testing.assert_array_equal(lut.displace(flat, red_to_blue.lut.moves).reshape(64, 96, 3), red_to_blue.image)


def test_alpha_is_kept_and_transparent_pixels_do_not_count():
    codes = np.dstack([scene(), np.full((64, 96), 255, np.uint8)])
    codes[:10, :, 3], codes[10:20, :, 3] = 0, 99
    made = pochade.recolor(codes, {RED: BLUE})
    np.testing.assert_array_equal(made.image[..., 3], codes[..., 3])


def test_the_exif_turn_is_applied(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(scene()).save(tmp_path / "a.png", exif=exif)
    assert pochade.recolor(tmp_path / "a.png", {}).image.shape == (96, 64, 3)


def test_again_equals_a_new_call(red_to_blue):
    again = red_to_blue.again({RED: "#2c8e31"})
    np.testing.assert_array_equal(again.image, pochade.recolor(scene(), {RED: "#2c8e31"}).image)
    with pytest.raises(pochade.OptionError, match="#123456 is not in the palette"):
        red_to_blue.again({"#123456": "red"})


def test_a_picture_takes_the_hues_of_another():
    made = pochade.recolor(scene(), like=pochade.Palette.from_dict({"colors": ["#e0a030", "#5b6770"]}))
    red = oklab(decode(made.image[40, 47]))
    assert 40 < np.rad2deg(np.arctan2(red[2], red[1])) < 80  # the ocher has 76, the red had 26
    sent = dict(re.findall(r"100% of (#\w+) went to (#\w+)", made.reason))
    assert sent[max(sent, key=lambda hex: int(hex[1:3], 16) - int(hex[3:5], 16))] == "#e0a030"  # the reddest


def test_a_color_that_the_picture_lacks_does_not_change_when_others_are_matched():
    navy = pochade.Palette.from_dict({"colors": ["#000080"]})
    made = pochade.recolor(np.full((4, 4, 3), (136, 37, 33), np.uint8), palette=["#882521", "#00ffff"], like=navy)
    assert made.palette.weights.tolist() == [1, 0]
    assert made.changes.keys() == {"#882521"}


@pytest.mark.parametrize("like", [["#e0a030", "#5b6770"], "#e0a030, #5b6770", [(224, 160, 48), (91, 103, 112)]])
def test_like_takes_every_form_of_a_palette(like):
    wanted = pochade.recolor(scene(), like=pochade.Palette.from_dict({"colors": ["#e0a030", "#5b6770"]}))
    np.testing.assert_array_equal(pochade.recolor(scene(), like=like).image, wanted.image)


def test_a_file_named_like_a_color_is_read_as_a_picture(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pochade.recolor(scene(), {}).save("red.png")
    (tmp_path / "red.png").rename("red")
    assert pochade.recolor(scene(), like="red").reason == pochade.recolor(scene(), like=scene()).reason


def test_a_picture_matched_to_itself_hardly_changes():
    made = pochade.recolor(scene(), like=scene())
    assert np.abs(made.image.astype(int) - scene()).mean() < 1


def test_harmony_changes_hues_and_leaves_lightness():
    made = pochade.recolor(scene(), harmonize="i")
    before, after = oklab(decode(scene())), oklab(decode(made.image))
    assert np.abs(before[..., 0] - after[..., 0]).max() < 0.05
    assert made.reason == "The hues were brought into harmony: one hue."


def test_the_cube_file_is_read_by_colour_science_as_the_same_table(red_to_blue, tmp_path):
    colour = pytest.importorskip("colour.io.luts", reason="colour-science is not installed")
    path = tmp_path / "look.cube"
    red_to_blue.save(path)
    table = colour.read_LUT(str(path))
    assert table.size == SIZE
    np.testing.assert_allclose(table.table * 255, red_to_blue.lut.codes, atol=1e-3)
    made = table.apply(scene() / 255) * 255
    assert np.abs(made - red_to_blue.image).max() < 12  # trilinear there, tetrahedral here
    assert np.abs(made - red_to_blue.image).mean() < 0.7


def test_pillow_applies_the_same_table(red_to_blue):
    from PIL import ImageFilter

    flat = (red_to_blue.lut.codes / 255).transpose(2, 1, 0, 3).reshape(-1, 3)
    made = Image.fromarray(scene()).filter(ImageFilter.Color3DLUT(SIZE, [tuple(row) for row in flat.tolist()]))
    assert np.abs(np.asarray(made).astype(int) - red_to_blue.image).mean() < 0.7


def test_the_hald_picture_holds_the_new_color_of_every_node(red_to_blue):
    level = 4  # 16 nodes, 17 codes apart, so each is a code
    hald = red_to_blue.lut.hald(level)
    assert hald.shape == (64, 64, 3)
    flat, side = hald.reshape(-1, 3), level * level
    for red, green, blue in ((0, 0, 0), (15, 3, 7), (5, 14, 11), (11, 3, 3)):
        code = np.array([red, green, blue], np.uint8) * 17
        expected = red_to_blue.lut.apply(code[None])[0]
        assert np.abs(flat[red + side * green + side * side * blue] / 257 - expected).max() < 0.51


def test_the_identity_hald_picture_is_the_standard_one():
    """Red runs fastest, in even steps to 65535."""
    flat = pochade.recolor(scene(), {}).lut.hald(5).reshape(-1, 3)
    along = np.rint(np.arange(25) * 65535 / 24)
    np.testing.assert_array_equal(flat[:25, 0], along)
    np.testing.assert_array_equal(flat[: 25 * 25 : 25, 1], along)
    np.testing.assert_array_equal(flat[:: 25 * 25, 2], along)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_png_of_8_or_16_bits_is_read_exactly_by_other_libraries(dtype):
    pyvips = pytest.importorskip("pyvips", reason="libvips is not installed")
    codes = np.random.default_rng(0).integers(0, np.iinfo(dtype).max + 1, (5, 7, 3)).astype(dtype)
    np.testing.assert_array_equal(pyvips.Image.new_from_buffer(encode_png(codes), "").numpy(), codes)


@pytest.mark.parametrize("color", ["#ffffff", "#000000", "#777777"])
def test_one_color_becomes_another(color):
    codes = np.full((3, 3, 3), int(color[1:3], 16), np.uint8)
    made = pochade.recolor(codes, {color: "#8e1a24"})
    assert np.abs(made.image.astype(int) - [142, 26, 36]).max() <= 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "give one of"),
        ({"change": {}, "like": "a.png"}, "give one of"),
        ({"change": {"red": "nocolor"}}, "unknown CSS color"),
        ({"change": {"red": (1, 2)}}, "is no color"),
        ({"change": {"red": (1, 2, 300)}}, "is no color"),
        ({"change": "red=blue"}, "give a mapping"),
        ({"change": {"red": "blue", "#f00": "white"}}, "#ff0000 twice"),
        ({"change": {}, "tone": "loud"}, "local, global"),
        ({"change": {}, "mask": scene()}, "mask is not allowed"),
        ({"like": pochade.Palette(())}, "without colors"),
        ({"like": pochade.Palette((pochade.Color((1, 2, 3), 0.0),))}, "all its weights are 0"),
        ({"like": []}, "without colors"),
        ({"like": ["#f00", "bleu"]}, "unknown CSS color in like: 'bleu'. Did you mean 'blue'"),
        ({"like": "nosuch.png"}, "no such file"),
        ({"harmonize": "Z"}, "unknown template"),
        ({"change": {}, "ton": "local"}, "unknown option of recolor: 'ton'. Did you mean 'tone'"),
    ],
)
def test_bad_options_are_refused_with_the_allowed_values(given, said):
    with pytest.raises(pochade.PochadeError, match=said):
        pochade.recolor(scene(), **given)


def test_hald_levels_and_cube_titles_that_no_program_reads_are_refused(red_to_blue):
    with pytest.raises(pochade.OptionError, match="2 to 16"):
        red_to_blue.lut.hald(17)
    with pytest.raises(pochade.OptionError, match="quotation"):
        red_to_blue.lut.cube(title='a"b')


def test_suffixes_that_cannot_hold_the_picture_are_refused(red_to_blue, tmp_path):
    codes = np.dstack([scene(), np.full((64, 96), 128, np.uint8)])
    with pytest.raises(pochade.OptionError, match="transparent"):
        pochade.recolor(codes, {}).save(tmp_path / "a.jpg")
    with pytest.raises(pochade.OptionError, match="suffix"):
        red_to_blue.save(tmp_path / "a.xyz")
    red_to_blue.save(tmp_path / "a.png")
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "a.png")), red_to_blue.image)


def test_a_given_palette_is_edited_unchanged():
    given = ["#285a96", RED, "#808080"]
    made = pochade.recolor(scene(), {RED: BLUE}, palette=given)
    assert made.palette.hex == given
    assert [color.hex for color in made.after] == ["#285a96", BLUE, "#808080"]
    assert made.palette.weights.sum() == pytest.approx(1)
    np.testing.assert_array_equal(pochade.recolor(scene(), {}, palette=given).again({RED: BLUE}).image, made.image)
    assert pochade.recolor(scene(), harmonize="i", palette=", ".join(given)).palette.hex == given


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({"red": "blue"}, {"palette": [RED, "white"]}, "#ff0000 is not in the palette: give some of #b3312c, #ffffff"),
        ({}, {"palette": ""}, "the palette has no colors"),
        ({RED: BLUE}, {"palette": RED, "keep": "white"}, "keep is not allowed"),
        ({RED: BLUE}, {"keep": "white"}, "keep is not allowed"),
        ({RED: BLUE}, {"k": 0}, "k=0 is not allowed"),
    ],
)
def test_a_palette_that_cannot_be_edited_is_refused(change, options, said):
    with pytest.raises(pochade.OptionError, match=said):
        pochade.recolor(scene(), change, **options)


def test_a_notebook_shows_the_new_picture_scaled():
    made = pochade.recolor(np.full((700, 1200, 3), (142, 26, 36), np.uint8), {RED: RED})
    with Image.open(io.BytesIO(made._repr_png_())) as image:
        assert (image.size, image.getpixel((0, 0))) == ((600, 350), tuple(made.image[0, 0]))
