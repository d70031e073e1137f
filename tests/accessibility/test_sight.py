"""Simulation of color vision deficiencies on palettes, and their mending."""

import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade.accessibility.search import clashes
from pochade.accessibility.shades import STEP, shades
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.color.vision import DEFICIENCIES, simulate_codes
from pochade.errors import OptionError, UnknownNameError

CODES = st.tuples(*[st.integers(0, 255)] * 3)
PALETTES = st.lists(CODES, min_size=1, max_size=7, unique=True)
RED_GREEN = ((0xB3, 0x31, 0x2C), (0x6B, 0x7A, 0x2A), (0xF2, 0xE8, 0xD5))


def palette(codes) -> pochade.Palette:
    return pochade.Palette.from_dict({"colors": [{"srgb": color} for color in codes]})


def apart(codes: np.ndarray, deficiency: str | None = None) -> np.ndarray:
    """CIEDE2000 of all pairs, with a deficiency if one is given."""
    seen = codes if deficiency is None else simulate_codes(codes, deficiency)  # type: ignore[arg-type]
    return differences["ciede2000"].of_linear(decode(seen)[:, None], decode(seen)[None])


def test_a_simulated_palette_keeps_everything_except_its_colors():
    found = pochade.Palette((pochade.Color((179, 49, 44), 0.7, (0.1, 0.2), "barn"), pochade.Color((1, 2, 3), 0.3)))
    seen = found.seen("tritanopia", 0.5)
    assert seen.srgb.tolist() == simulate_codes(found.srgb, "tritanopia", 0.5).tolist()
    assert [(c.weight, c.position, c.label) for c in seen] == [(0.7, (0.1, 0.2), "barn"), (0.3, None, None)]


@given(PALETTES, st.sampled_from(DEFICIENCIES))
def test_severity_0_changes_nothing_and_confuses_nothing(codes, deficiency):
    found = palette(codes)
    assert found.seen(deficiency, 0) == found
    assert found.sight([deficiency], severity=0).views[0].confused == ()


def test_confused_colors_were_distinct_before():
    view = palette(RED_GREEN).sight(["deuteranopia"]).views[0]
    (pair,) = view.confused
    assert (pair.a, pair.b) == ("#b3312c", "#6b7a2a")
    assert pair.before == pytest.approx(apart(np.array(RED_GREEN))[0, 1])
    assert pair.after == pytest.approx(apart(np.array(RED_GREEN, np.uint8), "deuteranopia")[0, 1])
    assert pair.after < 5 <= pair.before


def test_colors_that_nobody_distinguishes_are_listed_as_alike():
    found = palette([(100, 100, 100), (103, 103, 103), (250, 0, 0)]).sight()
    assert found.alike == (("#646464", "#676767"),)
    assert "#646464 and #676767 are too alike for anybody." in str(found)


def test_the_text_names_every_deficiency_in_its_weaker_form():
    lines = str(palette(RED_GREEN).sight(severity=0.6)).splitlines()
    assert [line.split(":")[0] for line in lines if not line.startswith(" ")] == [
        "Protanomaly of 60 %",
        "Deuteranomaly of 60 %",
        "Tritanomaly of 60 %",
        "Achromatopsia of 60 %",
    ]


def test_a_view_states_cause_and_frequency():
    found = palette(RED_GREEN)
    assert found.sight(["deuteranopia"]).views[0].about == "no middle-wave cones; with the weaker form 6 % of men"
    assert found.sight(["deuteranopia"], severity=0.5).views[0].about.endswith("5 % of men")


def test_the_text_names_the_first_of_many_pairs_and_counts_the_rest():
    grays = palette([(i, i, i) for i in range(0, 80, 2)])
    lines = str(grays.sight(["protanopia"])).splitlines()
    assert len(lines) == 14
    assert lines[12].startswith("So are ")
    assert lines[12].endswith(" more pairs of colors.")


@settings(max_examples=40)
@given(PALETTES)
def test_mended_colors_are_distinct_in_every_view(codes):
    before = palette(codes)
    done = before.mended()
    told = apart(before.srgb) >= 5
    np.fill_diagonal(told, False)
    if not done.left:
        for deficiency in (None, "protanopia", "deuteranopia", "tritanopia"):
            assert (apart(done.palette.srgb, deficiency)[told] >= 5).all()
    assert bool(done.left) == any(view.confused for view in _views(before, done))


def _views(before, done):
    """The views after mending, with only those confused pairs that were distinct before."""
    told = {(i, j) for i, j in itertools.combinations(range(len(before)), 2) if apart(before.srgb)[i, j] >= 5}
    at = {color: i for i, color in enumerate(done.palette.hex)}
    for view in done.palette.sight(done.deficiencies).views:
        kept = [pair for pair in view.confused if tuple(sorted((at[pair.a], at[pair.b]))) in told]
        yield type(view)(view.deficiency, view.severity, view.palette, tuple(kept))


@settings(max_examples=25)
@given(PALETTES)
def test_mending_changes_lightness_and_keeps_hue(codes):
    before = palette(codes)
    done = before.mended()
    a, b = before.oklab, done.palette.oklab
    colored = (np.hypot(a[:, 1], a[:, 2]) > 0.1) & (np.hypot(b[:, 1], b[:, 2]) > 0.1)
    turned = np.arctan2(a[:, 2], a[:, 1]) - np.arctan2(b[:, 2], b[:, 1])
    assert np.abs(np.angle(np.exp(1j * turned)))[colored] == pytest.approx(
        0, abs=0.03
    )  # the effect of rounding to codes
    assert (np.hypot(b[:, 1], b[:, 2]) < np.hypot(a[:, 1], a[:, 2]) + 0.004).all()


@pytest.mark.parametrize("seed", range(4))
def test_the_change_is_as_small_as_that_of_an_exhaustive_search(seed):
    rng = np.random.default_rng(seed)
    colors = np.array([(179, 49, 44), (107, 122, 42), (122, 96, 60)]) + rng.integers(-12, 13, (3, 3))
    before = palette(colors.tolist())
    done = before.mended(["deuteranopia"])
    all_shades = shades(before.srgb, apart(before.srgb) >= 5, [("deuteranopia", 1.0)], 5.0, reach=24)
    least = min(
        float(all_shades.cost[range(3), choice].sum())
        for choice in itertools.product(range(49), repeat=3)
        if not clashes(all_shades, np.array(choice)).any()
    )
    assert done.exact
    assert done.moves
    assert done.change == pytest.approx(least, abs=0.002 * len(done.moves))  # codes are rounded
    assert least % STEP == pytest.approx(0, abs=1e-9) or least % STEP == pytest.approx(STEP, abs=1e-9)


def test_distinct_colors_do_not_change():
    flag = palette([(0, 0, 0), (255, 255, 255), (255, 200, 0)])
    done = flag.mended()
    assert (done.palette.hex, done.moves, done.change, done.exact) == (flag.hex, (), 0, True)
    assert str(done) == "Nothing needs to change."


def test_too_many_hues_cannot_be_mended_for_achromatopsia():
    hues = np.linspace(0, 1, 24, endpoint=False)[:, None] + np.array([0, 1 / 3, 2 / 3])
    found = palette(np.rint(127 + 80 * np.cos(2 * np.pi * hues)).astype(int).tolist())
    done = found.mended(["achromatopsia"])
    assert done.left
    assert not done.exact
    assert "still confused" in str(done)


@pytest.mark.parametrize("codes", [[(90, 90, 90)], [(40, 40, 40), (120, 120, 120), (220, 220, 220)]])
def test_grays_look_the_same_in_every_view(codes):
    found = palette(codes)
    for view in found.sight().views:
        assert view.palette.hex == found.hex
        assert str(view).endswith("all colors can still be told apart.")
    assert found.mended(DEFICIENCIES).moves == ()


def test_an_empty_palette_has_nothing_to_mend():
    assert len(pochade.Palette(()).mended().palette) == 0


def test_the_json_forms_are_json():
    found = palette(RED_GREEN)
    for made in (found.sight().to_dict(), found.mended().to_dict()):
        assert json.loads(json.dumps(made)) == made


def test_bad_values_are_refused():
    found = palette(RED_GREEN)
    with pytest.raises(OptionError, match="apart=0 is not allowed"):
        found.sight(apart=0)
    with pytest.raises(OptionError, match="from 0, normal sight, to 1"):
        found.mended(severity=2)
    with pytest.raises(UnknownNameError, match="deficiency 'daltonism'"):
        found.mended(["daltonism"])  # type: ignore[list-item]
    with pytest.raises(OptionError, match="40 colors are too many to mend"):
        palette([(i, i, i) for i in range(40)]).mended()
