import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces

oklch = spaces["oklch"]


@given(st.floats(0.02, 0.98), st.floats(0, 0.4), st.floats(0, 360))
def test_mapping_into_the_gamut_keeps_lightness_and_hue(lightness: float, chroma: float, hue: float) -> None:
    before = oklch.to_linear(np.array([lightness, chroma, hue]))
    after = into_gamut(before)
    assert ((after >= 0) & (after <= 1)).all()
    mapped = oklch.from_linear(after)
    assert abs(mapped[0] - lightness) < 1e-4
    if mapped[1] > 1e-3:
        assert abs((mapped[2] - hue + 180) % 360 - 180) < 0.2
    assert mapped[1] <= chroma + 1e-4


@given(st.lists(st.tuples(*[st.floats(0, 1)] * 3), min_size=1, max_size=5))
def test_colors_inside_the_gamut_do_not_change(colors: list[tuple[float, float, float]]) -> None:
    np.testing.assert_array_equal(into_gamut(np.array(colors)), colors)


def test_colors_lighter_than_white_become_white_and_darker_than_black_black():
    np.testing.assert_allclose(
        into_gamut(np.array([[1.5, 1.5, 1.5], [-0.2, -0.2, -0.2]])), [[1, 1, 1], [0, 0, 0]], atol=1e-9
    )
