"""A background joins its picture, is calm, and carries text."""

import io

import numpy as np
import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import pochade
from pochade.backgrounds.choice import BANDS, MAX_CHROMA
from pochade.color.contrast import wcag
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, parse_hex

oklab = spaces["oklab"].from_linear
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


def test_a_border_of_one_light_color_continues_without_an_edge():
    found = pochade.background(framed((246, 244, 239)), size=SMALL, radius=0)
    assert (found.kind, found.mode, found.hex) == ("solid", "light", ("#f6f4ef",))
    assert "no edge" in found.reason
    left = np.abs(np.diff(found.image.astype(int), axis=1)).max(2)
    assert left[:, :30].max() == 0


def test_a_border_of_one_dark_color_gives_that_background():
    found = pochade.background(framed((20, 24, 38)), size=SMALL)
    assert (found.kind, found.mode, found.hex) == ("solid", "dark", ("#141826",))


def test_a_sky_above_land_gives_a_gradient_between_their_hues():
    found = pochade.background(sunset(), size=SMALL)
    assert found.kind == "gradient"
    first, last = (oklab(decode(parse_hex(code))) for code in (found.hex[0], found.hex[-1]))
    assert first[2] < 0 < last[2]  # from blue to orange
    np.testing.assert_allclose(oklab(decode(found.bare[2, 5]))[0], first[0], atol=0.02)


def test_a_border_of_several_colors_gives_a_field():
    codes = np.zeros((60, 90, 3), np.uint8)
    codes[:, :45], codes[:, 45:] = (150, 40, 40), (40, 60, 150)
    found = pochade.background(codes, size=SMALL)
    assert found.kind == "field"
    left, right = (oklab(decode(found.bare[:, at])).mean(0) for at in (2, -3))
    assert left[1] > right[1]  # red on its side
    assert left[2] > right[2]  # blue on the other


@settings(max_examples=25)
@given(
    st.integers(0, 2**32),
    st.sampled_from(["auto", "solid", "gradient", "field"]),
    st.sampled_from(["auto", "light", "dark"]),
)
def test_every_background_is_calm_and_its_text_legible_on_every_pixel(seed, kind, mode):
    rng = np.random.default_rng(seed)
    patches = rng.integers(0, 256, (4, 6, 3), dtype=np.uint8)
    codes = np.asarray(Image.fromarray(patches).resize((90, 60), rng.choice([0, 3])))
    found = pochade.background(codes, kind=kind, mode=mode, size=(64, 96))
    assert wcag(found.bare, parse_hex(found.text)).min() >= 4.5
    points = oklab(decode(found.bare))
    assert np.hypot(points[..., 1], points[..., 2]).max() < 1.6 * MAX_CHROMA[found.mode] + 0.01
    low, high = BANDS[found.mode]
    assert low - 0.02 < points[..., 0].min() <= points[..., 0].max() < high + 0.02
    assert mode in ("auto", found.mode)
    assert kind in ("auto", found.kind)


def test_a_gray_border_takes_a_tint_of_the_palette():
    codes = np.full((60, 90, 3), 120, np.uint8)
    codes[:, 40:50] = 200, 60, 40
    codes[:4, 40:50] = codes[-4:, 40:50] = 120
    background = oklab(decode(parse_hex(pochade.background(codes, kind="solid", size=SMALL).hex[0])))
    assert 0 < np.rad2deg(np.arctan2(background[2], background[1])) < 60  # the red's


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
def test_the_background_has_the_requested_size(size, shape):
    assert pochade.background(framed(30), size=size).image.shape == (*shape, 3)


def test_the_picture_is_centered_inside_its_margin_with_round_corners():
    made = pochade.background(framed((20, 24, 38), (255, 0, 0)), size=(200, 200), margin=0.1, radius=0.1, mode="light")
    image = made.image.astype(int)
    inside = (np.abs(image - made.bare) > 40).any(2)
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    assert (columns[0], columns[-1]) == (20, 179)
    assert abs((rows[0] + rows[-1]) - 199) <= 1
    assert len(rows) == round(160 * 60 / 90)
    assert not inside[rows[0], columns[0]]


def bar(made, length):
    """The middle row of a strip and the rows it covers: pixels that differ from the bare background."""
    differs = (made.image != made.bare).any(2)
    rows = np.flatnonzero(differs.any(1))
    first = rows[np.flatnonzero(np.diff(rows) > 1)[-1] + 1]
    middle = (first + rows[-1]) // 2
    columns = np.flatnonzero(differs[first : rows[-1] + 1].any(0))
    assert len(columns) == length
    return made.image[middle, columns[0] : columns[-1] + 1], slice(first, rows[-1] + 1)


def test_a_strip_has_equal_swatches_and_the_width_of_the_picture():
    made = pochade.background(sunset(), size=(400, 600), kind="solid", mode="light", strip=True, k=5)
    row, _ = bar(made, 400 - 2 * 32)
    palette = pochade.extract(sunset(), 5)
    at = [round((i + 0.5) * len(row) / 5) for i in range(5)]
    np.testing.assert_array_equal(row[at], palette.srgb)
    widths = [(row[2:-2] == code).all(1).sum() for code in palette.srgb]
    assert max(widths) - min(widths) <= 5  # the line at both ends


@settings(max_examples=25)
@given(
    st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=8, unique=True),
    st.sampled_from(["light", "dark"]),
    st.floats(0, 0.45),
)
def test_every_swatch_shows_even_on_a_background_of_its_color(codes, mode, radius):
    asked = {"size": (300, 400), "kind": "solid", "mode": mode, "radius": radius}
    equal = tuple(parse_hex(pochade.background(sunset(), **asked).hex[0]).tolist())
    pans = [equal, *(code for code in codes if code != equal)]
    made = pochade.background(sunset(), strip=True, palette=pans, **asked)
    row, rows = bar(made, 300 - 2 * 24)
    assert [tuple(row[round((i + 0.5) * len(row) / len(pans))]) for i in range(len(pans))] == pans
    seen = wcag(made.image[rows], made.bare[rows])
    left = (made.image.shape[1] - len(row)) // 2
    for i in range(len(pans)):
        pan = seen[:, left + i * len(row) // len(pans) : left + (i + 1) * len(row) // len(pans)]
        assert pan.max(0).min() > 1.1 if 0 < i < len(pans) - 1 else pan.max() > 1.1


def test_the_picture_fills_the_room_alone_and_is_centered_with_its_strip():
    plain, made = (
        pochade.background(framed((20, 24, 38), (255, 0, 0)), size="square", kind="solid", mode="light", strip=strip)
        for strip in (False, True)
    )
    for one in (plain, made):
        rows = np.flatnonzero((one.image != one.bare).any((1, 2)))
        assert abs(rows[0] + rows[-1] - 1079) <= 1
    again = pochade.background(framed((20, 24, 38), (255, 0, 0)), size="square", kind="solid", mode="light")
    np.testing.assert_array_equal(plain.image, again.image)
    np.testing.assert_array_equal(plain.bare, made.bare)


def test_a_strip_is_wider_than_a_very_narrow_picture():
    codes = np.full((300, 3, 3), 90, np.uint8)
    made = pochade.background(codes, size="square", strip=True, palette="red, lime, blue, white", mode="dark")
    row, rows = bar(made, 2 * (rows_of := round(0.07 * (1080 - 2 * 86))))
    assert rows.stop - rows.start == rows_of
    assert [tuple(one) for one in row[rows_of // 4 :: rows_of // 2][:4]] == [
        (255, 0, 0),
        (0, 255, 0),
        (0, 0, 255),
        (255, 255, 255),
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"palette": "red"}, "palette is for the strip: give strip=True"),
        ({"strip": True, "palette": []}, "palette has no colors"),
        (
            {"strip": True, "palette": [(i, 0, 0) for i in range(60)], "size": (60, 60)},
            "60 colors has no room in 50 pixels",
        ),
        ({"strip": 1}, "strip=1 is not allowed: give true or false"),
    ],
    ids=str,
)
def test_an_impossible_strip_is_refused(options, said):
    with pytest.raises(pochade.OptionError, match=said):
        pochade.background(framed(30), **options)


@pytest.mark.parametrize("size", [(16, 16), (16, 300), (300, 16)])
@pytest.mark.parametrize("margin", [0, 0.45])
def test_a_strip_fits_into_a_tiny_room(size, margin):
    made = pochade.background(framed(30), size=size, margin=margin, radius=0.45, strip=True, palette="red, blue")
    assert made.image.shape == (*size[::-1], 3)


def test_transparent_parts_show_the_background():
    codes = np.dstack([framed((20, 24, 38)), np.full((60, 90), 255, np.uint8)])
    codes[:10, :, 3] = 0
    made = pochade.background(codes, size=(90, 60), margin=0, radius=0)
    np.testing.assert_array_equal(made.image[:9], made.bare[:9])


def test_flat_and_tiny_pictures_have_a_background():
    for codes in (np.full((1, 1, 3), 200, np.uint8), np.zeros((1, 300, 3), np.uint8)):
        assert pochade.background(codes, kind="field", size=(32, 32)).image.shape == (32, 32, 3)


@pytest.mark.parametrize("kind", ["solid", "gradient", "field"])
def test_the_css_is_valid_and_declares_text_and_background(kind):
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


def test_the_suffix_decides_the_saved_format(tmp_path):
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
def test_bad_options_are_refused_with_the_allowed_values(given, said):
    with pytest.raises(pochade.OptionError, match=said):
        pochade.background(sunset(), **given)


def test_a_notebook_shows_a_scaled_picture():
    made = pochade.background(np.full((40, 60, 3), 250, np.uint8), size="1200X630")
    assert made.size == (1200, 630)
    with Image.open(io.BytesIO(made._repr_png_())) as image:
        assert image.size == (600, 315)


def test_a_misspelled_option_names_background():
    with pytest.raises(pochade.UnknownNameError, match=r"option of background: 'margn'\. Did you mean 'margin'"):
        pochade.background(np.full((40, 60, 3), 250, np.uint8), margn=0.1)
