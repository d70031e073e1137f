"""Every order sorts by its key, for any palette, and loses no data."""

from pathlib import Path

import numpy as np
import pytest
from coloraide import Color as Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade import Color, Palette
from pochade.sort import orders

PAGE = Path(__file__).parent.parent.parent / "docs" / "orders.md"
CODES = st.tuples(*[st.integers(0, 255)] * 3)
PALETTES = st.lists(CODES, min_size=1, max_size=9, unique=True).map(
    lambda codes: Palette(tuple(Color(c, (i + 1) / 10, (c[0] / 255, c[1] / 255)) for i, c in enumerate(codes)))
)
ANY = [name for name in orders.names if name != "prominence"]


def oklch(color: Color) -> tuple[float, float, float]:
    lightness, chroma, hue = Oracle(color.hex).convert("oklch").coords(nans=False)
    return lightness, chroma, hue


@pytest.mark.parametrize("by", ANY)
@settings(max_examples=25)
@given(palette=PALETTES)
def test_sorting_keeps_all_data_of_every_color(by, palette):
    found = palette.sort(by)
    assert sorted(map(str, found)) == sorted(map(str, palette))
    assert set(found) == set(palette)
    assert found.sort(by).hex == found.hex
    assert palette.sort(by, reverse=True).colors == found.colors[::-1]


@settings(max_examples=40)
@given(palette=PALETTES)
def test_colors_are_sorted_by_the_key_of_the_order(palette):
    def check(by, key):
        values = [key(color) for color in palette.sort(by)]
        assert (np.diff(values) > -1e-4).all()  # the constants of coloraide differ slightly

    check("lightness", lambda c: oklch(c)[0])
    check("chroma", lambda c: oklch(c)[1])
    check("luminance", lambda c: Oracle(c.hex).luminance())
    check("weight", lambda c: -c.weight)
    check("position", lambda c: c.position[0])
    names = palette.sort("name").names
    assert names == sorted(names)


@settings(max_examples=40)
@given(palette=PALETTES)
def test_hues_go_around_the_circle_once_and_grays_follow(palette):
    found = [oklch(color) for color in palette.sort("hue")]
    gray = [chroma < 0.03 for _, chroma, _ in found]
    assert gray == sorted(gray)
    assert (np.diff([lightness for (lightness, chroma, _) in found if chroma < 0.03]) > -1e-4).all()
    hues = [hue for _, chroma, hue in found if chroma >= 0.03]
    steps = np.mod(np.diff(hues), 360)
    assert steps.sum() <= 360
    if len(hues) > 1:
        left_out = (hues[0] - hues[-1]) % 360
        assert left_out >= steps.max() - 0.1 or (left_out > 59.9 and hues[0] < hues[-1])


def test_if_hues_join_purple_and_red_the_order_begins_after_the_widest_gap():
    pinks_and_greens = ["#30a040", "#8040c0", "#c030a0", "#e02060", "#e02020"]
    palette = Palette.from_dict({"colors": sorted(pinks_and_greens)})
    # green to purple is 158 degrees, red to green 117, and magenta to pink 31
    assert palette.sort("hue").hex == [*pinks_and_greens[1:], pinks_and_greens[0]]


def test_a_rainbow_without_purple_begins_with_red():
    rainbow = ["#e02020", "#f08020", "#e8d020", "#30a040", "#2080d0", "#5040c0"]
    shuffled = Palette.from_dict({"colors": ["#808080", *rainbow[3:], "#ffffff", *rainbow[:3], "#202020"]})
    assert shuffled.sort("hue").hex == [*rainbow, "#202020", "#808080", "#ffffff"]


def test_shades_of_one_hue_go_from_dark_to_light():
    reds = [(i, 0, 0) for i in (255, 60, 128, 90, 200)]
    palette = Palette(tuple(Color(codes) for codes in [*reds, (0, 0, 255)]))
    assert [c.srgb[0] for c in palette.sort("hue")] == [60, 90, 128, 200, 255, 0]


def test_colors_with_equal_keys_keep_their_order():
    palette = Palette(tuple(Color((i, i, i), 0.25) for i in (7, 3, 9)))
    assert palette.sort("weight").hex == palette.hex
    assert palette.sort("chroma").hex == palette.hex


def test_colors_without_a_place_come_last_and_a_palette_without_places_is_refused():
    colors = (Color((1, 1, 1)), Color((2, 2, 2), 1, (0.5, 0.9)), Color((3, 3, 3), 1, (0.5, 0.1)), Color((4, 4, 4)))
    assert [c.srgb[0] for c in Palette(colors).sort("position")] == [3, 2, 1, 4]
    with pytest.raises(pochade.OptionError, match="needs places in the picture"):
        Palette(colors[:1]).sort("position")


def test_prominence_sorts_as_the_reasons_do(photo):
    palette = pochade.extract(photo, 6)
    ranked = palette.sort("hue").sort("prominence")
    prominence = [reason.prominence for reason in ranked.explain()]
    assert prominence == sorted(prominence, reverse=True)
    assert pochade.extract(photo, 6, keep="white").sort("name").sort("prominence").hex[-1] == "#ffffff"


def test_extract_sorts_by_share_and_weight_restores_its_order(photo):
    palette = pochade.extract(photo, 6)
    assert palette.weights.tolist() == sorted(palette.weights, reverse=True)
    assert palette.sort("hue").hex != palette.hex
    assert palette.sort("hue").sort("weight") == palette


def test_a_loaded_palette_cannot_be_sorted_by_prominence(photo):
    loaded = Palette.from_dict(pochade.extract(photo, 3).to_dict())
    with pytest.raises(pochade.OptionError, match="loaded or made by hand"):
        loaded.sort("prominence")


def test_a_sorted_palette_keeps_its_reasons_and_masks(photo):
    palette = pochade.extract(photo, 5)
    by_luminance = palette.sort("luminance")
    by_hex = {reason.hex: reason.share for reason in palette.explain()}
    assert [reason.share for reason in by_luminance.explain()] == [by_hex[h] for h in by_luminance.hex]
    i = palette.hex.index(by_luminance.hex[0])
    np.testing.assert_array_equal(by_luminance.mask(0), palette.mask(i))


def test_an_unknown_order_is_refused_with_the_known_ones():
    with pytest.raises(pochade.UnknownNameError, match=r"unknown order 'huge'. Did you mean 'hue'.*smooth, weight"):
        Palette.from_dict({"colors": ["#fff"]}).sort("huge")


@pytest.mark.parametrize("by", [*ANY])
def test_an_empty_palette_can_be_sorted(by):
    assert Palette(()).sort(by) == Palette(())


def test_the_table_on_the_page_equals_the_registry():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [f"| `{entry.name}` | {entry.summary} |" for entry in orders.entries]
