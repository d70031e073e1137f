"""A ground joins its picture, is calm, and carries text."""

import numpy as np
import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import pochade
from pochade.backdrop.choice import BANDS, CALM
from pochade.color.contrast import wcag
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, parse_hex

oklab = spaces["oklab"].value.from_linear
SMALL = (120, 200)


def framed(border, inner=(200, 60, 40)):
    codes = np.full((60, 90, 3), border, np.uint8)
    codes[20:40, 30:60] = inner
    return codes


def sunset():
    codes = np.zeros((60, 90, 3), np.uint8)
    top, bottom = np.array([60, 90, 150]), np.array([190, 110, 60])
    codes[:] = np.rint(np.linspace(top, bottom, 60))[:, None]
    return codes


def test_a_border_of_one_light_color_goes_on_without_an_edge():
    found = pochade.background(framed((246, 244, 239)), size=SMALL, radius=0)
    assert (found.kind, found.mode, found.hex) == ("solid", "light", ("#f6f4ef",))
    assert "no edge" in found.reason
    left = np.abs(np.diff(found.image.astype(int), axis=1)).max(2)
    assert left[:, :30].max() == 0


def test_a_border_of_one_dark_color_gives_a_dark_ground_of_it():
    found = pochade.background(framed((20, 24, 38)), size=SMALL)
    assert (found.kind, found.mode, found.hex) == ("solid", "dark", ("#141826",))


def test_a_sky_and_a_ground_give_a_gradient_between_their_hues():
    found = pochade.background(sunset(), size=SMALL)
    assert found.kind == "gradient"
    first, last = (oklab(decode(parse_hex(code))) for code in (found.hex[0], found.hex[-1]))
    assert first[2] < 0 < last[2]  # from blue to orange
    np.testing.assert_allclose(oklab(decode(found.ground[2, 5]))[0], first[0], atol=0.02)


def test_a_border_of_several_colors_gives_a_field():
    codes = np.zeros((60, 90, 3), np.uint8)
    codes[:, :45], codes[:, 45:] = (150, 40, 40), (40, 60, 150)
    found = pochade.background(codes, size=SMALL)
    assert found.kind == "field"
    left, right = (oklab(decode(found.ground[:, at])).mean(0) for at in (2, -3))
    assert left[1] > right[1]  # red on its side
    assert left[2] > right[2]  # blue on the other


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 2**32),
    st.sampled_from(["auto", "solid", "gradient", "field"]),
    st.sampled_from(["auto", "light", "dark"]),
)
def test_every_ground_is_calm_and_its_text_is_legible_on_every_pixel(seed, kind, mode):
    rng = np.random.default_rng(seed)
    patches = rng.integers(0, 256, (4, 6, 3), dtype=np.uint8)
    codes = np.asarray(Image.fromarray(patches).resize((90, 60), rng.choice([0, 3])))
    found = pochade.background(codes, kind=kind, mode=mode, size=(64, 96))
    assert wcag(found.ground, parse_hex(found.text)).min() >= 4.5
    points = oklab(decode(found.ground))
    assert np.hypot(points[..., 1], points[..., 2]).max() < 1.6 * CALM[found.mode] + 0.01
    low, high = BANDS[found.mode]
    assert low - 0.02 < points[..., 0].min() <= points[..., 0].max() < high + 0.02
    assert mode in ("auto", found.mode)
    assert kind in ("auto", found.kind)


def test_a_gray_border_takes_a_tint_of_the_palette():
    codes = np.full((60, 90, 3), 120, np.uint8)
    codes[:, 40:50] = 200, 60, 40
    codes[:4, 40:50] = codes[-4:, 40:50] = 120
    ground = oklab(decode(parse_hex(pochade.background(codes, kind="solid", size=SMALL).hex[0])))
    assert 0 < np.rad2deg(np.arctan2(ground[2], ground[1])) < 60  # the red's


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ("story", (1920, 1080)),
        ("square", (1080, 1080)),
        ("slide", (1080, 1920)),
        ("300x200", (200, 300)),
        ((40, 60), (60, 40)),
    ],
)
def test_the_ground_has_the_size_that_is_asked_for(size, shape):
    assert pochade.background(framed(30), size=size).image.shape == (*shape, 3)


def test_the_picture_stands_in_the_middle_within_its_margin_with_round_corners():
    made = pochade.background(framed((20, 24, 38), (255, 0, 0)), size=(200, 200), margin=0.1, radius=0.1, mode="light")
    image = made.image.astype(int)
    inside = (np.abs(image - made.ground) > 40).any(2)
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    assert (columns[0], columns[-1]) == (20, 179)
    assert abs((rows[0] + rows[-1]) - 199) <= 1
    assert len(rows) == round(160 * 60 / 90)
    assert not inside[rows[0], columns[0]]


def test_transparent_parts_show_the_ground():
    codes = np.dstack([framed((20, 24, 38)), np.full((60, 90), 255, np.uint8)])
    codes[:10, :, 3] = 0
    made = pochade.background(codes, size=(90, 60), margin=0, radius=0)
    np.testing.assert_array_equal(made.image[:9], made.ground[:9])


def test_a_wholly_flat_and_a_tiny_picture_have_a_ground():
    for codes in (np.full((1, 1, 3), 200, np.uint8), np.zeros((1, 300, 3), np.uint8)):
        assert pochade.background(codes, kind="field", size=(32, 32)).image.shape == (32, 32, 3)


@pytest.mark.parametrize("kind", ["solid", "gradient", "field"])
def test_the_css_is_valid_and_says_text_and_ground(kind):
    found = pochade.background(sunset(), kind=kind, size=SMALL)
    rules = tinycss2.parse_declaration_list(found.css, skip_whitespace=True)
    assert not [rule for rule in rules if rule.type == "error"]
    names = [rule.name for rule in rules]
    assert names[:2] == ["color", "background-color"]
    assert names.count("background-image") == {"solid": 0, "gradient": 2, "field": 1}[kind]
    assert all(code in found.css for code in found.hex)


def test_the_same_call_gives_the_same_bytes():
    one, other = (pochade.background(sunset(), kind="field", size=SMALL).image for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_a_ground_is_saved_as_its_suffix_says(tmp_path):
    found = pochade.background(sunset(), size=SMALL)
    found.save(tmp_path / "a.png")
    found.save(tmp_path / "a.css")
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "a.png")), found.image)
    assert (tmp_path / "a.css").read_text() == found.css
    with pytest.raises(pochade.OptionError, match=r"\.png, \.jpg"):
        found.save(tmp_path / "a.gif")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "stripes"}, "auto, solid, gradient, field"),
        ({"mode": "dim"}, "auto, light, dark"),
        ({"size": "huge"}, "story, square, slide"),
        ({"size": "9x9"}, "16 to 8192"),
        ({"size": (1.5, 100)}, "16 to 8192"),
        ({"margin": 0.6}, "0 to 0.45"),
        ({"radius": -1}, "0 to 0.45"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(given, said):
    with pytest.raises(pochade.OptionError, match=said):
        pochade.background(sunset(), **given)
