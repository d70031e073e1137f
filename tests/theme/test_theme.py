"""Themes: every pair has its guaranteed contrast for any palette; hues come from the picture; gray stays gray."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import Color, OptionError, Palette
from pochade.color.contrast import wcag
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, parse_hex
from pochade.theme import theme

CODES = st.tuples(*[st.integers(0, 255)] * 3)
KINDS = ["terminal", "interface"]


def palette_of(*colors: str) -> Palette:
    return Palette.from_dict({"colors": list(colors)})


def oklch(color: str) -> np.ndarray:
    return spaces["oklch"].from_linear(decode(parse_hex(color)))


def apart(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


SEA = palette_of("#12355b", "#d72638", "#f5e9d0", "#3c7a6f", "#e8a33d")
GRAY = palette_of("#101010", "#808080", "#e0e0e0")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dark", [True, False])
@given(colors=st.lists(st.tuples(CODES, st.floats(0.01, 1)), min_size=1, max_size=12))
@settings(max_examples=60)
def test_every_pair_has_its_guaranteed_contrast(kind, dark, colors):
    made = theme(Palette(tuple(Color(codes, weight) for codes, weight in colors)), kind, dark=dark)
    for pair in made.pairs:  # measured on the hex codes, not taken from the theme
        ratio = float(wcag(parse_hex(made[pair.text]), parse_hex(made[pair.background])))
        assert ratio >= pair.least >= 3
        assert pair.least >= 4.5 or pair.text == "border"


@pytest.mark.parametrize("dark", [True, False])
def test_every_text_color_of_a_terminal_has_a_guarantee(dark):
    made = theme(SEA, "terminal", dark=dark)
    promised = {pair.text for pair in made.pairs if pair.background == "background"}
    assert promised == {"foreground", "orange", "brown", *(f"color{n}" for n in range(1, 16))}
    assert made["color0"] == made["background"]
    light = {name: float(oklch(color)[0]) for name, color in made.hex.items()}
    assert (light["background"] < 0.25) if dark else (light["background"] > 0.9)


def test_terminal_slots_keep_the_hues_of_the_palette():
    made = theme(SEA, "terminal")
    for slot, given_ in (("color1", "#d72638"), ("color4", "#12355b"), ("color3", "#e8a33d")):
        assert apart(oklch(made[slot])[2], oklch(given_)[2]) < 3


def test_a_readable_color_does_not_change():
    assert theme(SEA, "interface", dark=False)["primary"] == "#12355b"
    assert theme(SEA, "interface", dark=True)["accent"] != "#12355b"


def test_a_hue_that_the_picture_lacks_stays_near_its_name():
    made = theme(palette_of("#1b4f9c", "#0d2a52", "#a9c4ea"), "interface")
    for name, hue in (("error", 27), ("success", 145)):
        assert apart(oklch(made[name])[2], hue) <= 16


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dark", [True, False])
def test_a_gray_picture_gives_a_gray_theme(kind, dark):
    made = theme(GRAY, kind, dark=dark)
    for color in made.hex.values():
        assert np.ptp(parse_hex(color).astype(int)) <= 1
    accents = [made[f"color{n}"] for n in range(1, 7)] if kind == "terminal" else [made["primary"], made["accent"]]
    assert len(set(accents)) == len(accents)


def test_the_json_form_has_kind_colors_and_pairs():
    given_ = SEA.theme("interface").to_dict()
    assert given_["kind"] == "interface"
    assert set(given_["colors"]) >= {
        *("background", "surface", "text", "muted", "border"),
        *("primary", "accent", "success", "warning", "error", "on-primary"),
    }
    assert all(pair["ratio"] >= pair["promised"] for pair in given_["pairs"])


def test_an_empty_palette_and_an_unknown_kind_are_refused():
    with pytest.raises(OptionError, match="needs at least one color"):
        theme(Palette(()))
    with pytest.raises(OptionError, match="'terminal' or 'interface'"):
        theme(SEA, "desktop")
