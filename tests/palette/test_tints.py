"""Tints and shades, with Tailwind CSS 4's own colors as the measure of a good scale."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade import Color, OptionError, Palette, UnknownNameError
from pochade.color.contrast import wcag
from pochade.palette.tints import STEPS, contrasts, step_of, tints

# Step 600 of Tailwind CSS 4.1 (MIT License), oklch(58.6% 0.253 17.585), and its steps 50, 200, 400, 800, 950: the
# lightness of theme.css in thousandths.
ROSE, ROSE_LIGHTNESS = "#ec003f", {50: 969, 200: 892, 400: 712, 800: 455, 950: 271}
codes = st.tuples(*[st.integers(0, 255)] * 3)


def lightness(scale: dict[int, Color]) -> list[float]:
    return [color.to("oklch")[0] for color in scale.values()]


@settings(deadline=None)
@given(codes)
def test_every_scale_has_the_color_itself_and_falls_in_lightness(srgb: tuple[int, int, int]) -> None:
    own = Color(srgb, 0.25, (0.5, 0.5), "mine")
    scale = tints(own)
    assert tuple(scale) == STEPS
    assert scale[step_of(own)] == own
    assert np.all(np.diff(lightness(scale)) < -0.01)
    nearest = min(scale, key=lambda step: abs(scale[step].to("oklch")[0] - own.to("oklch")[0]))
    assert nearest == step_of(own)


@settings(deadline=None)
@given(codes)
def test_hue_stays_where_a_step_has_a_hue(srgb: tuple[int, int, int]) -> None:
    hue = Color(srgb).to("oklch")[2]
    for color in tints(srgb).values():
        _, chroma, own = color.to("oklch")
        if chroma > 0.05 and Color(srgb).to("oklch")[1] > 0.02:
            assert abs((own - hue + 180) % 360 - 180) < 4  # codes are whole numbers


@pytest.mark.parametrize("gray", range(0, 256, 15))
def test_steps_of_a_gray_are_gray(gray: int) -> None:
    assert all(len(set(color.srgb)) == 1 for color in tints((gray,) * 3).values())


@pytest.mark.parametrize("paper", ["#fbfaf8", "#2a2625", "#f5f5f7"])
def test_neutrals_stay_neutral(paper: str) -> None:
    own = Color(tuple(bytes.fromhex(paper[1:]))).to("oklch")[1]
    assert max(color.to("oklch")[1] for color in tints(paper).values()) < own + 0.004


@pytest.mark.parametrize("color", ["#8e1a24", "#e30613", "#fee2e2", "#0000ff", "#12355b", "#3c7a6f", "#ff00ff"])
def test_chroma_falls_at_both_ends(color: str) -> None:
    chroma = [one.to("oklch")[1] for one in tints(color).values()]
    peak = int(np.argmax(chroma))
    assert 0 < peak < len(STEPS) - 1
    assert chroma[0] < 0.35 * chroma[peak]
    assert chroma[-1] < 0.8 * chroma[peak]
    assert np.all(np.diff(chroma[: peak + 1]) > -0.01)
    assert np.all(np.diff(chroma[peak:]) < 0.01)


def test_lightness_is_near_tailwinds() -> None:
    scale = tints(ROSE)
    assert step_of(ROSE) == 600
    assert all(abs(scale[step].to("oklch")[0] - expected / 1000) < 0.05 for step, expected in ROSE_LIGHTNESS.items())


def test_every_form_of_a_color_has_the_same_scale() -> None:
    expected = [color.hex for color in tints("teal").values()]
    for form in ("#008080", (0, 128, 128), np.array([0, 128, 128], np.uint8), Color((0, 128, 128))):
        assert [color.hex for color in pochade.tints(form).values()] == expected


@pytest.mark.parametrize("wrong", [(0, 0), (0, 0, 256), (0, 0, 1.5), 5, None, "12345", (True, 0, 0), []])
def test_what_is_no_color_is_refused(wrong: object) -> None:
    with pytest.raises(OptionError, match="is no color"):
        tints(wrong)  # type: ignore[arg-type]


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="tael"):
        tints("tael")


@settings(deadline=None)
@given(codes)
def test_contrasts_are_those_of_wcag_rounded_down(srgb: tuple[int, int, int]) -> None:
    for name, ink in (("black", 0), ("white", 255)):
        assert 0 <= float(wcag([ink] * 3, srgb)) - contrasts(Color(srgb))[name] < 0.01 + 1e-9


def test_the_tints_of_a_palette_as_json() -> None:
    told = Palette.from_dict({"colors": [{"hex": "#8e1a24", "name": "brick"}, "#fff"]}).tints().to_dict()["tints"]
    assert [(one["name"], one["step"]) for one in told] == [("brick", 800), ("white", 50)]
    assert told[0]["steps"]["800"] == {"hex": "#8e1a24", "black": 2.32, "white": 9.03}
    assert [*told[1]["steps"]] == [str(step) for step in STEPS]
    assert Palette(()).tints().to_dict() == {"tints": []}
