"""The roles of a palette's colors."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pochade
from pochade.color.contrast import wcag
from pochade.errors import OptionError
from pochade.theme.roles import NAMES, PROFILES, Profile

CODES = st.tuples(*[st.integers(0, 255)] * 3)
PALETTES = st.lists(CODES, min_size=1, max_size=12, unique=True)

# Gold: AndroidX Palette 1.0.0, Target: least, best and largest saturation, then lightness.
ANDROID = {
    "light vibrant": ((0.35, 1, 1), (0.55, 0.74, 1)),
    "vibrant": ((0.35, 1, 1), (0.3, 0.5, 0.7)),
    "dark vibrant": ((0.35, 1, 1), (0, 0.26, 0.45)),
    "light muted": ((0, 0.3, 0.4), (0.55, 0.74, 1)),
    "muted": ((0, 0.3, 0.4), (0.3, 0.5, 0.7)),
    "dark muted": ((0, 0.3, 0.4), (0, 0.26, 0.45)),
}


def palette(*colors: str, weights: list[float] | None = None) -> pochade.Palette:
    shares = weights or [1 / len(colors)] * len(colors)
    given = [{"hex": color, "weight": weight} for color, weight in zip(colors, shares, strict=True)]
    return pochade.Palette.from_dict({"colors": given})


def hsl(color: pochade.Color) -> tuple[float, float]:
    """Saturation and lightness, from exact fractions: colors at the limit of a profile fit it."""
    top, low = max(color.srgb), min(color.srgb)
    widest = 255 - abs(top + low - 255)
    return float(Fraction(top - low, widest or 1)), float(Fraction(top + low, 510))


def fits(color: pochade.Color, profile: Profile) -> bool:
    saturation, lightness = hsl(color)
    inside = profile.saturation[0] <= saturation <= profile.saturation[2]
    return inside and profile.lightness[0] <= lightness <= profile.lightness[2] and 0.05 < lightness < 0.95


def test_profiles_and_their_order_equal_those_of_android():
    assert {name: (profile.saturation, profile.lightness) for name, profile in PROFILES.items()} == ANDROID
    assert list(PROFILES) == list(ANDROID)


def test_each_of_six_fitting_colors_has_its_role():
    colors = ["#f0a0a8", "#d92b3a", "#701018", "#c9c2b8", "#807a70", "#3c4046"]
    found = palette(*colors).roles()
    assert [role.hex for role in found][:6] == colors
    assert all(role.found for role in found)


@given(PALETTES)
def test_every_role_has_a_color_and_found_colors_fit(codes):
    found = pochade.Palette.from_dict({"colors": [{"srgb": color} for color in codes]})
    roles = found.roles()
    assert [role.name for role in roles] == list(NAMES)
    used = [role.hex for role in roles if role.name in PROFILES and role.found]
    assert len(used) == len(set(used))
    for name, profile in PROFILES.items():
        role = roles[name]
        assert role.color in found.colors
        assert not role.found or fits(role.color, profile)
        if not role.found:  # all fitting colors are used
            assert {color.hex for color in found if fits(color, profile)} <= set(used)
    assert roles["text"].found == (wcag(roles["text"].color.srgb, roles["background"].color.srgb) >= 4.5)


def test_a_color_at_the_limit_of_a_role_fits_it():
    found = palette("#00001a", "#0f0f23").roles()  # saturation 20 / 50, and 0.40 or less is muted
    assert (found["dark muted"].hex, found["dark muted"].found) == ("#0f0f23", True)


def test_a_color_that_fits_two_roles_gets_the_first_and_the_other_says_so():
    found = palette("#b02030").roles()  # lightness 0.41: vibrant and dark vibrant
    assert (found["vibrant"].found, found["dark vibrant"].found) == (True, False)
    assert found["dark vibrant"].hex == "#b02030"
    assert found["dark vibrant"].reason == "It has another role already, and no other color fits."


def test_of_two_similar_colors_the_larger_gets_the_role():
    found = palette("#cc3344", "#cc4433", weights=[0.1, 0.9]).roles()
    assert found["vibrant"].hex == "#cc4433"
    assert palette("#cc3344", "#cc4433", weights=[0.9, 0.1]).roles()["vibrant"].hex == "#cc3344"


def test_a_saturated_near_black_is_not_dark_vibrant():
    found = palette("#0a0000", "#f5f5f5", weights=[0.9, 0.1]).roles()
    assert hsl(found["dark vibrant"].color)[0] == 1
    assert not found["dark vibrant"].found


@pytest.mark.parametrize("color", ["#808080", "#000000", "#ffffff"])
def test_a_single_gray_is_the_nearest_for_every_role_with_a_reason(color):
    found = palette(color).roles()
    assert {role.hex for role in found} == {color}
    assert {role.name for role in found if role.found} <= {"muted", "background"}
    assert all(role.reason.endswith(".") for role in found)
    assert "black would do" in found["text"].reason or color == "#000000"


def test_the_background_covers_most_and_the_text_contrasts_with_it():
    found = palette("#20242c", "#c8242b", "#f2e8d5", weights=[0.2, 0.1, 0.7]).roles()
    assert (found["background"].hex, found["text"].hex, found["accent"].hex) == ("#f2e8d5", "#20242c", "#c8242b")


def test_the_accent_has_the_most_different_hue_even_if_others_are_more_vivid():
    autumn = palette("#4d311b", "#b2591d", "#d09b3e", "#388d91", weights=[0.5, 0.3, 0.19, 0.01])
    assert autumn.roles()["accent"].hex == "#388d91"


def test_a_palette_with_weights_of_0_has_roles():
    assert len(palette("#808080", "#ff0000", weights=[0, 0]).roles()) == len(NAMES)


def test_a_role_that_the_palette_lacks_is_searched_in_the_picture(photo):
    codes = np.full((64, 64, 3), (120, 122, 125), np.uint8)
    codes[:32] = 60, 62, 64
    codes[:4, :10] = 205, 30, 45
    one = pochade.extract(codes, 1)
    vibrant = one.roles()["vibrant"]
    assert (vibrant.hex, vibrant.found, vibrant.source) == ("#cd1e2d", True, "picture")
    stored = pochade.Palette.from_dict(one.to_dict())
    assert not stored.roles()["vibrant"].found
    assert "No color of the palette has saturation 0.35 or more" in stored.roles()["vibrant"].reason


def test_if_options_forbid_sixteen_colors_roles_come_from_the_palette():
    codes = np.zeros((8, 8, 3), np.uint8)
    codes[:4] = 200, 30, 40
    found = pochade.extract(codes, 2, among=["red", "black"])
    assert found.roles()["vibrant"].hex == "#ff0000"


def test_the_json_form_has_a_field_for_each_role():
    made = palette("#808080", "#c8242b").roles().to_dict()
    assert json.loads(json.dumps(made)) == made
    assert list(made) == [name.replace(" ", "_") for name in NAMES]
    assert made["vibrant"] == {
        "hex": "#c8242b",
        "name": "firebrick",
        "weight": 0.5,
        "found": True,
        "source": "palette",
        "reason": "It has saturation 0.69 and lightness 0.46 in HSL, and covers 50 % of the picture.",
    }


def test_a_palette_without_colors_has_no_roles():
    with pytest.raises(OptionError, match="without colors"):
        pochade.Palette(()).roles()


def test_an_unknown_role_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="light vibrant"):
        palette("#808080").roles()["primary"]  # type: ignore[index]
