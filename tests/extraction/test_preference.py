"""Preferences: keep, avoid, ignore, among, mood, and the bounds of "auto"."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade.cluster import Clusters, methods
from pochade.color.difference import differences
from pochade.color.parse import parse_color
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes

METHODS = ["prominent", "kmeans"]
BRAND = ["#e30613", "#ffffff", "#000000", "#0055a4", "#ffcc00", "#2e8b57"]


def ciede2000(a, b):
    """Differences of palette or codes a (n, 3) to each of codes b (m, 3)."""
    a, b = (np.array(c, np.uint8).reshape(-1, 3) for c in (a, b))
    return differences["ciede2000"].of_linear(decode(a)[:, None], decode(b)[None])


def lightness_and_chroma(picture, **options):
    """Their means over palettes of 5 to 8 colors: one alone may lose a lucky color to another."""
    found = np.vstack([pochade.extract(picture, k, **options).oklab for k in (5, 6, 7, 8)])
    return found[:, 0].mean(), np.hypot(*found[:, 1:].T).mean()


@pytest.fixture(scope="module")
def carpet():
    """Thirty-two patches of four lightnesses, eight hues and four chromas, with some noise: uint8 (120, 160, 3)."""
    rng = np.random.default_rng(0)
    patches = [
        (light, chroma * np.cos(hue), chroma * np.sin(hue))
        for i, light in enumerate((0.25, 0.45, 0.65, 0.85))
        for hue, chroma in ((j * np.pi / 4, (0.0, 0.04, 0.1, 0.16)[(i + j) % 4]) for j in range(8))
    ]
    oklab = np.array(patches)[rng.permutation(32)].reshape(4, 8, 3).repeat(30, 0).repeat(20, 1)
    return to_codes(spaces["oklab"].to_linear(oklab + rng.normal(0, 0.01, oklab.shape)))


@pytest.fixture
def product():
    """A red disc with a black stripe on a background of shaded light gray: uint8 (100, 100, 3)."""
    y, x = np.mgrid[:100, :100]
    codes = np.repeat((225 + y // 10 + (x * 7 + y * 3) % 5)[..., None], 3, 2).astype(np.uint8)
    disc = (x - 50) ** 2 + (y - 50) ** 2 < 900
    codes[disc] = 200, 30, 40
    codes[disc & (abs(y - 50) < 4)] = 12, 12, 12
    return codes


# keep


@pytest.mark.parametrize("method", METHODS)
def test_kept_colors_are_returned_exactly_and_the_others_complement_them(photo, method):
    kept = ["#1b7f3a", "rgb(230, 30, 40)", (90, 100, 115)]
    palette = pochade.extract(photo, 6, method=method, keep=kept)
    assert {"#1b7f3a", "#e61e28", "#5a6473"} < set(palette.hex)
    assert len(palette) == 6
    assert palette.weights.sum() == pytest.approx(1)
    free = [c.srgb for c in palette if c.hex not in ("#1b7f3a", "#e61e28", "#5a6473")]
    assert ciede2000(free, [(230, 30, 40), (90, 100, 115)]).min() > 3  # no second color near a kept one


def test_a_kept_color_has_the_share_of_its_nearest_pixels_and_their_position(flag):
    palette = pochade.extract(flag, 3, keep=["#d01020", "lime"])
    red, lime = (next(c for c in palette if c.hex == code) for code in ("#d01020", "#00ff00"))
    assert red.weight == pytest.approx(1 / 3, abs=1e-3)
    assert red.position is not None
    assert red.position[0] < 1 / 3
    assert (lime.weight, lime.position) == (0, None)


def test_a_kept_color_that_no_pixel_resembles_has_no_position():
    palette = pochade.extract(np.full((9, 9, 3), 128, np.uint8), 1, keep="magenta")
    assert [(c.hex, c.weight, c.position) for c in palette] == [("#ff00ff", 1.0, None)]


@pytest.mark.parametrize("method", METHODS)
def test_a_picture_of_one_color_gives_it_and_the_kept_colors(method):
    blue = np.full((9, 9, 3), (0, 35, 149), np.uint8)
    for k in (3, 8, "auto"):
        assert set(pochade.extract(blue, k, method=method, keep="red,gold").hex) == {"#002395", "#ff0000", "#ffd700"}
    assert pochade.extract(blue, 8, method=method, keep="#002395").hex == ["#002395"]


@pytest.mark.parametrize("init", ["farthest", "k-means++", "random"])
def test_kmeans_keeps_colors_with_every_initialization(photo, init):
    palette = pochade.extract(photo, 5, method="kmeans", init=init, keep="red")
    assert "#ff0000" in palette.hex
    assert len(palette) == 5


@pytest.mark.parametrize("space", ["rgb", "cielab"])
def test_keep_and_among_work_in_other_spaces(photo, space):
    assert "#ff0000" in pochade.extract(photo, 5, method="kmeans", space=space, keep="red").hex
    assert set(pochade.extract(photo, 3, method="kmeans", space=space, among=BRAND).hex) <= set(BRAND)


def test_a_method_that_cannot_keep_colors_names_those_that_can(photo, own_methods):
    with pytest.raises(pochade.OptionError, match=r"'halves' cannot solve around colors that stay.*'prominent'"):
        pochade.extract(photo, 4, method="halves", keep="red")


@pytest.fixture
def own_methods(monkeypatch):
    """A method "halves" that asks for nothing, for this test only."""
    monkeypatch.setattr(methods, "_entries", dict(methods._entries))

    @methods.register("halves")
    def halves(points, weights, k):
        """The points in two halves by lightness."""
        labels = (points[:, 0] > np.median(points[:, 0])).astype(np.int32)
        labels = np.unique(labels, return_inverse=True)[1].astype(np.int32)
        return Clusters(np.array([points[labels == j].mean(0) for j in range(labels.max() + 1)]), labels)


# avoid and ignore


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("avoid", ["gray", ["#6e7a85", "#8a8f9d"], "crimson"])
def test_no_color_of_the_palette_is_near_an_avoided_color(photos, method, avoid):
    away = [parse_color(c) for c in ([avoid] if isinstance(avoid, str) else avoid)]
    for photo in photos:
        palette = pochade.extract(photo, 7, method=method, avoid=avoid)
        assert ciede2000(palette.srgb, away).min() >= 10
        assert palette.weights.sum() == pytest.approx(1)


def test_a_mean_near_an_avoided_color_moves_to_a_color_of_the_picture():
    picture = np.repeat(np.linspace(80, 170, 91).round().astype(np.uint8)[None, :, None], 9, 0).repeat(3, 2)
    for method in METHODS:
        palette = pochade.extract(picture, 1, method=method, avoid="#7d7d7d")
        assert ciede2000(palette.srgb, [(125, 125, 125)]).min() >= 10
        assert palette[0].srgb[0] in picture


@pytest.mark.parametrize("method", METHODS)
def test_ignored_pixels_do_not_count(product, method):
    everything = pochade.extract(product, 3, method=method)
    assert ciede2000(everything.srgb, [(12, 12, 12)]).min() < 5
    for ignore in ("background,black", ["black", "background"], "white,black"):
        palette = pochade.extract(product, 3, method=method, ignore=ignore)
        assert [(c.hex, c.weight) for c in palette] == [("#c81e28", 1.0)]
        x, y = palette[0].position
        assert product[int(y * 100), int(x * 100)].tolist() == [200, 30, 40]
    assert pochade.extract(product, 1, ignore="background,black", region=(0, 0, 99, 99)).hex == ["#c81e28"]


def test_a_sum_of_histograms_can_ignore_colors_but_no_border(product):
    counted = pochade.histogram(pochade.read(product))
    assert pochade.extract(counted, 3, ignore="background,black").hex == ["#c81e28"]
    assert pochade.extract(counted + counted, 3, ignore="white,black").hex == ["#c81e28"]
    with pytest.raises(pochade.OptionError, match="'background' needs a picture"):
        pochade.extract(counted + counted, 3, ignore="background")


def test_a_picture_whose_border_has_many_colors_has_no_background(carpet):
    assert pochade.extract(carpet, 6, ignore="background").colors == pochade.extract(carpet, 6).colors


def test_the_background_is_the_same_in_a_mirror(product):
    for mood in (None, "dark"):
        a, b = (pochade.extract(p, 4, ignore="background", mood=mood) for p in (product, product[:, ::-1].copy()))
        assert a.hex == b.hex


@pytest.mark.parametrize(
    ("color", "kind"),
    [
        *[(color, "black") for color in ("#000000", "#201d1f")],
        *[(color, "white") for color in ("#ffffff", "#f2f0eb")],
        *[(color, "gray") for color in ("#808080", "#aaa8a4")],
        *[(color, None) for color in ("navy", "#3d2314", "beige", "slategray")],
    ],
)
def test_the_kinds_of_colors_match_common_usage(color, kind):
    codes = np.tile(parse_color(color), (8, 8, 1))
    for name in ("black", "white", "gray"):
        if name == kind:
            with pytest.raises(pochade.EmptyError, match=f"ignore='{name}' leaves nothing"):
                pochade.extract(codes, ignore=name)
        else:
            assert len(pochade.extract(codes, ignore=name)) == 1


def test_a_picture_that_is_all_background_is_empty():
    with pytest.raises(pochade.EmptyError, match="ignore='background' leaves nothing of the picture"):
        pochade.extract(np.full((20, 20, 3), 77, np.uint8), ignore="background")


def test_ignored_pixels_do_not_count_in_transparent_and_animated_pictures(product):
    rgba = np.dstack([product, np.full((100, 100), 255, np.uint8)])
    rgba[:50, :, 3] = 0
    assert pochade.extract(rgba, 3, ignore="background,black").hex == ["#c81e28"]


# among


@pytest.mark.parametrize("method", METHODS)
def test_the_palette_is_chosen_among_a_set(photo, method):
    palette = pochade.extract(photo, 4, method=method, among=BRAND)
    assert set(palette.hex) <= set(BRAND)
    assert len(palette) <= 4
    assert palette.weights.sum() == pytest.approx(1)
    assert (palette.weights > 0).all()


@pytest.mark.parametrize("method", METHODS)
def test_the_set_is_chosen_jointly_and_not_one_color_at_a_time(method):
    picture = np.zeros((10, 20, 3), np.uint8)
    picture[:, :10], picture[:, 10:] = (255, 0, 0), (0, 0, 255)
    chosen = pochade.extract(picture, 2, method=method, among=["purple", "#f00505", "#0505f0", "green"])
    assert set(chosen.hex) == {"#f00505", "#0505f0"}
    assert pochade.extract(picture, 4, method=method, among="#f00505,#0505f0,green").shortfall == (
        "2 colors instead of 4: of those given, the picture has no use for more."
    )


@pytest.mark.parametrize("method", METHODS)
def test_keep_and_among_and_avoid_combine(photo, method):
    palette = pochade.extract(photo, 3, method=method, among=BRAND, keep="gold", avoid="black")
    assert "#ffd700" in palette.hex
    assert set(palette.hex) <= {*BRAND, "#ffd700"} - {"#000000"}
    everything = pochade.extract(
        photo, "auto", method=method, among=BRAND, keep="gold", avoid="black", ignore="white", mood="bright", k_max=4
    )
    assert "#ffd700" in everything.hex
    assert len(everything) <= 4


def test_extraction_chooses_for_a_method_that_cannot(photo, own_methods):
    palette = pochade.extract(photo, 3, method="halves", among=BRAND, keep="red")
    assert "#ff0000" in palette.hex
    assert set(palette.hex) <= {*BRAND, "#ff0000"}


def test_the_palette_of_another_picture_can_be_the_set(photos):
    first = pochade.extract(photos[0], 6)
    assert set(pochade.extract(photos[1], 3, among=first).hex) <= set(first.hex)
    assert first[0].hex in pochade.extract(photos[1], 3, keep=first[0]).hex
    assert set(pochade.extract(photos[1], 3, among=first.srgb).hex) <= set(first.hex)


# mood

TURN = {"colorful": (0, 1), "muted": (0, -1), "light": (1, 0), "dark": (-1, 0), "bright": (1, 1), "deep": (-1, 1)}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("mood", TURN)
def test_a_mood_shifts_the_palette_toward_it(carpet, method, mood):
    moody, plain = (lightness_and_chroma(carpet, method=method, **wish) for wish in ({"mood": mood}, {}))
    turned = np.subtract(moody, plain)
    light, chroma = TURN[mood]
    if light:
        assert turned[0] * light > 0.02
    if chroma and not (method == "prominent" and light):  # that one is after chroma anyway
        assert turned[1] * chroma > 0.005


@pytest.mark.parametrize("method", METHODS)
def test_each_mood_gives_a_different_palette(carpet, method):
    assert len({tuple(pochade.extract(carpet, 6, method=method, mood=mood).hex) for mood in (*TURN, None)}) == 7


def test_shares_refer_to_the_picture_in_every_mood(flag):
    for method in METHODS:
        for mood in TURN:
            palette = pochade.extract(flag, 3, method=method, mood=mood)
            shares = dict(zip(palette.hex, palette.weights, strict=True))
            assert shares == pytest.approx({"#ffffff": 0.6663, "#ce1126": 1 / 3, "#002395": 2 / 5400}, abs=1e-3)


def test_a_muted_palette_has_no_vivid_color_and_a_colorful_one_no_gray(carpet):
    chromas = {mood: np.hypot(*pochade.extract(carpet, 8, mood=mood).oklab[:, 1:].T) for mood in ("muted", "colorful")}
    assert chromas["muted"].max() < 0.06
    assert chromas["colorful"].min() > 0.08


def test_a_light_palette_has_no_dark_color_and_a_dark_one_no_light(carpet):
    light, dark = (pochade.extract(carpet, 8, mood=mood).oklab[:, 0] for mood in ("light", "dark"))
    assert light.min() > 0.6
    assert dark.max() < 0.5


def test_a_colorful_palette_has_one_vivid_color_for_each_hue():
    rng = np.random.default_rng(1)
    lightness, hue = np.meshgrid((0.5, 0.65, 0.8), np.radians(np.arange(6) * 60))
    vivid = np.stack([lightness, 0.12 * np.cos(hue), 0.12 * np.sin(hue)], -1).reshape(-1, 3)
    grays = np.linspace((0.1, 0, 0), (0.95, 0, 0), 36)
    oklab = np.vstack([vivid, grays]).reshape(9, 6, 3).repeat(20, 0).repeat(20, 1)
    picture = to_codes(spaces["oklab"].to_linear(oklab + rng.normal(0, 0.008, oklab.shape)))
    palette = pochade.extract(picture, 6, mood="colorful")
    hues = np.degrees(np.arctan2(palette.oklab[:, 2], palette.oklab[:, 1]))
    assert sorted(np.rint(hues / 60).astype(int) % 6) == list(range(6))


@pytest.mark.parametrize("mood", ["colorful", "muted", "light", "dark"])
def test_the_quarter_that_fits_best_is_the_mood_of_any_picture(photo, mood):
    middling = (photo // 2 + 100).astype(np.uint8)  # neither dark, nor light, nor vivid
    light, chroma = np.subtract(*(lightness_and_chroma(middling, mood=m) for m in (mood, None)))
    assert np.dot((light, chroma), TURN[mood]) > 0.005


def test_other_colors_follow_when_those_of_a_mood_are_used_up():
    rng = np.random.default_rng(3)
    stripes = np.array([(30, 30, 34), (200, 190, 120), (150, 200, 220), (230, 150, 140), (250, 250, 250)])
    picture = np.clip(stripes.repeat(40, 0)[None] + rng.normal(0, 3, (80, 200, 3)), 0, 255).astype(np.uint8)
    palette = pochade.extract(picture, 6, mood="dark")
    assert len(palette) == 6
    assert (ciede2000(palette.srgb, stripes).min(0) < 8).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("mood", TURN)
def test_gray_pictures_stay_gray_in_every_mood(photo, method, mood):
    gray = np.repeat(photo[..., :1], 3, axis=2)
    srgb = pochade.extract(gray, 5, method=method, mood=mood, avoid="red").srgb
    assert (srgb == srgb[:, :1]).all()


# auto


@pytest.mark.parametrize("method", METHODS)
def test_auto_counts_the_colors_of_a_flag(flag, method):
    palette = pochade.extract(flag, "auto", method=method)
    assert sorted(palette.hex) == ["#002395", "#ce1126", "#ffffff"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [1, 2, 5, 9])
def test_auto_counts_flat_colors(method, n):
    named = ["red", "blue", "gold", "white", "black", "green", "magenta", "orange", "cyan"][:n]
    stripes = np.array([parse_color(c) for c in named]).repeat(12, 0)[None].repeat(20, 0)
    assert len(pochade.extract(stripes, "auto", method=method)) == n


@pytest.mark.parametrize("method", METHODS)
def test_auto_gives_few_grays_for_a_ramp_and_more_for_a_carpet(carpet, method):
    ramp = np.arange(256, dtype=np.uint8)[None, :, None].repeat(30, 0).repeat(3, 2)
    grays = pochade.extract(ramp, "auto", method=method)
    assert 3 <= len(grays) <= 5
    assert 8 <= len(pochade.extract(carpet, "auto", method=method)) <= 12


def test_auto_stays_within_its_bounds(carpet, photo):
    assert len(pochade.extract(carpet, "auto", k_max=5)) <= 5
    assert len(pochade.extract(photo, "auto", k_min=7, k_max=7)) == 7
    assert len(pochade.extract(np.zeros((3, 3, 3), np.uint8), "auto", k_min=7)) == 1
    assert "#ff00ff" in pochade.extract(photo, "auto", keep="magenta,gold,lime,aqua", k_max=4).hex


def test_auto_merges_two_similar_colors_at_any_share():
    picture = np.zeros((40, 40, 3), np.uint8)
    picture[:20], picture[20:] = (200, 30, 40), (206, 34, 46)
    assert len(pochade.extract(picture, "auto", k_min=1)) == 1


# all of it


@settings(max_examples=60)
@given(
    st.integers(0, 10**6),
    st.integers(3, 9) | st.just("auto"),
    st.fixed_dictionaries(
        {"method": st.sampled_from(METHODS)},
        optional={
            "keep": st.lists(st.tuples(*[st.integers(0, 255)] * 3), max_size=3),
            "avoid": st.sampled_from(["teal", "orange,#334455"]),
            "ignore": st.sampled_from(["black", "white,gray", "background"]),
            "among": st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=9),
            "mood": st.sampled_from(sorted(TURN)),
        },
    ),
)
def test_every_preference_keeps_the_invariants(seed, k, options):
    rng = np.random.default_rng(seed)
    side = int(rng.integers(1, 24))
    picture = rng.integers(0, rng.integers(2, 257), (side, side + 1, 3)).astype(np.uint8)
    try:
        palette = pochade.extract(picture, k, **options)
    except pochade.EmptyError:
        assert "ignore" in options or "avoid" in options
        return
    except pochade.OptionError:
        assert "avoid" in options or "ignore" in options  # which clash with keep, or leave nothing of among
        return
    kept = {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in options.get("keep", ())}
    assert kept <= set(palette.hex)
    assert 1 <= len(palette) <= (12 if k == "auto" else k)
    assert len(set(palette.hex)) == len(palette)
    assert palette.weights.sum() == pytest.approx(1, abs=1e-9)
    assert all(c.weight > 0 or c.hex in kept for c in palette)
    if "among" in options:
        assert set(palette.hex) - kept <= {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in options["among"]}
    again = pochade.Palette.from_dict(json.loads(palette.to_json()))
    assert again == palette
    wishes = dict(again.options)
    assert pochade.extract(picture, k, method=again.method, **wishes) == palette


def test_the_options_of_a_palette_as_text_reproduce_it(photo):
    palette = pochade.extract(photo, "auto", keep=[(1, 2, 3), "Red"], ignore=["white", "black"], k_max=6)
    assert palette.options == (("ignore", "white,black"), ("k_max", 6), ("keep", "#010203,#ff0000"))
    assert hash(pochade.extract(photo, "auto", **dict(palette.options))) == hash(palette)


def test_without_preferences_a_palette_has_no_options(photo):
    plain = pochade.extract(photo, 5)
    assert pochade.extract(photo, 5, keep=[], avoid=(), ignore=[]) == plain
    assert plain.options == ()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"keep": "reddish"}, "unknown CSS color in keep: 'reddish'. Did you mean 'red'"),
        ({"keep": "rot"}, "keep: 'rot'. Known: 148 names. Give one of them, or #rrggbb.$"),
        ({"keep": "#12"}, "keep: '#12' is no hex color: give #rgb or #rrggbb"),
        ({"avoid": "red,,blue"}, "avoid: '' is no color"),
        ({"avoid": [(1, 2)]}, r"avoid: \(1, 2\) is no color: give #rrggbb, a CSS name, or three whole numbers"),
        ({"among": [(1, 2, 256)]}, "among: .* is no color"),
        ({"among": [(1, 2, 0.5)]}, "among: .* is no color"),
        ({"among": [(True, 2, 3)]}, "among: .* is no color"),
        ({"keep": 7}, "keep=7 is not allowed: give a list of colors"),
        ({"keep": [None]}, "keep: None is no color"),
        ({"among": []}, "among has no colors: give 1 to 4096"),
        ({"among": ""}, "among has no colors"),
        ({"keep": "red,lime,blue", "k": 2}, "keep has 3 colors and k=2: keep at most as many"),
        ({"keep": "red,lime,blue", "k": "auto", "k_min": 1, "k_max": 2}, "keep has 3 colors and k_max=2"),
        ({"keep": "red", "avoid": "#fe0000"}, "keep has #ff0000, and avoid has #fe0000"),
        ({"among": "red,#fe0101", "avoid": "red"}, "avoid and ignore leave no color of among"),
        ({"ignore": "blak"}, "unknown kind of color to ignore: 'blak'. Did you mean 'black'"),
        ({"ignore": ""}, "unknown kind of color to ignore: ''"),
        ({"ignore": 3}, "ignore=3 is not allowed: give one or several of background, black"),
        ({"mood": "colourful"}, "unknown mood 'colourful'. Did you mean 'colorful'"),
        ({"mood": ["dark"]}, "unknown mood"),
        ({"k_min": 2}, "k_min=2 goes with k='auto' only, and k is 8"),
        ({"k_max": 20, "k": 5}, "k_max=20 goes with k='auto' only"),
        ({"k": "auto", "k_min": 9, "k_max": 4}, "k_min=9 is more than k_max=4: give bounds that do not cross"),
        ({"k": "auto", "k_min": 20}, r"k_min=20 is more than k_max=12 \(k_max by default\)"),
        ({"k": "auto", "k_max": 2}, r"k_min=3 is more than k_max=2 \(k_min by default\)"),
        ({"k": "auto", "k_min": 0}, "k_min=0 is not allowed: give a whole number from 1 to 256"),
        ({"k": "auto", "k_max": 257}, "k_max=257 is not allowed"),
        ({"k": "auto", "k_max": True}, "k_max=True is not allowed"),
    ],
)
def test_invalid_preferences_are_refused_with_the_reason(photo, given, message):
    with pytest.raises((pochade.OptionError, pochade.UnknownNameError), match=message):
        pochade.extract(photo, **given)


# what explains it


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("mood", [None, "deep"])
def test_a_preferred_palette_can_be_explained_masked_and_measured(product, method, mood):
    wishes = {"keep": "lime,#c81e28", "ignore": "background", "avoid": "navy", "mood": mood}
    palette = pochade.extract(product, 4, method=method, **wishes)
    reasons = palette.explain()
    assert [reason.hex for reason in reasons] == palette.hex
    assert "stands for no pixel" in str(reasons[palette.hex.index("#00ff00")])
    red = palette.mask(palette.hex.index("#c81e28"))
    assert red[30, 50]
    assert not red[0, 0]  # what is ignored stands for no color
    assert not palette.mask(palette.hex.index("#00ff00")).any()
    rows = palette.fidelities
    assert [row.k for row in rows] == list(range(2, 17))  # of fewer than the kept ones there is no palette
    assert all({"#00ff00", "#c81e28"} <= set(row.hex) for row in rows)
