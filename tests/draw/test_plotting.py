"""Colormaps and color cycles, and palettes in seaborn and plotly."""

import subprocess
import sys
import warnings
from types import ModuleType

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import OptionError, Palette, PochadeError
from pochade.color.spaces import spaces
from pochade.color.srgb import decode_unit
from pochade.draw.plotting import even

matplotlib.use("Agg")
WINE = Palette.from_dict({"colors": ["#8e1a24", "#f4e3c1", "#204a87", "#101820"]})


def test_the_listed_map_has_the_colors_in_order():
    colormap = WINE.cmap()
    assert colormap.N == 4
    assert [matplotlib.colors.to_hex(colormap(i)) for i in range(4)] == WINE.hex


def test_the_smooth_map_goes_from_the_darkest_to_the_lightest():
    colormap = WINE.cmap(smooth=True, name="wine")
    assert (colormap.N, colormap.name) == (256, "wine")
    assert matplotlib.colors.to_hex(colormap(0.0)) == "#101820"
    assert matplotlib.colors.to_hex(colormap(1.0)) == "#f4e3c1"


@pytest.fixture
def colour() -> ModuleType:
    """colour-science, without its warnings of missing extras and its changes of NumPy's print options."""
    with warnings.catch_warnings(), np.printoptions():
        warnings.simplefilter("ignore")
        import colour
    return colour


def distances(colour: ModuleType, encoded: np.ndarray) -> np.ndarray:
    """Distances between neighbors in CAM16-UCS, by colour-science."""
    xyz = colour.sRGB_to_XYZ(encoded) * 100
    white = np.array([95.047, 100, 108.883])
    cam = colour.XYZ_to_CAM16(xyz, white, 64 / np.pi / 5, 20, colour.VIEWING_CONDITIONS_CAM16["Average"])
    points = colour.JMh_CAM16_to_CAM16UCS(np.stack([cam.J, cam.M, cam.h], axis=-1))
    return np.linalg.norm(np.diff(points, axis=0), axis=1)


def test_steps_of_the_smooth_map_are_even_by_colour_science(colour):
    for palette in (WINE, WINE.gradient(9, "oklch")):
        steps = distances(colour, even(palette.srgb))
        assert np.abs(steps / steps.mean() - 1).max() < 0.01


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=2, max_size=16, unique=True))
def test_steps_are_even_and_lightness_never_decreases(colors: list[tuple[int, int, int]]) -> None:
    smooth = even(np.array(colors, np.uint8))
    linear = decode_unit(smooth)
    steps = np.linalg.norm(np.diff(spaces["cam16-ucs"].from_linear(linear), axis=0), axis=1)
    assert np.abs(steps / steps.mean() - 1).max() < 0.01
    assert np.diff(spaces["oklab"].from_linear(linear)[:, 0]).min() > -1e-3


def test_a_map_is_registered_on_request_under_a_free_name():
    WINE.cmap(smooth=True, name="pochade-wine", register=True)
    try:
        assert matplotlib.colormaps["pochade-wine"].N == 256
        WINE.cmap(name="pochade-wine", register=True)  # our own map may be replaced
        assert matplotlib.colormaps["pochade-wine"].N == 4
    finally:
        matplotlib.colormaps.unregister("pochade-wine")
    with pytest.raises(OptionError, match="'viridis' is one of matplotlib's own"):
        WINE.cmap(name="viridis", register=True)


def test_colormaps_of_too_few_colors_are_refused():
    with pytest.raises(OptionError, match="the palette has none"):
        Palette(()).cmap()
    with pytest.raises(OptionError, match="needs two colors"):
        Palette.from_dict({"colors": ["#fff"]}).cmap(smooth=True)


def test_axes_cycle_through_the_palette():
    with plt.rc_context({"axes.prop_cycle": WINE.cycler()}):
        figure, axes = plt.subplots()
        lines = [axes.plot([0, 1])[0].get_color() for _ in range(5)]
        plt.close(figure)
    assert lines == [*WINE.hex, WINE.hex[0]]


def test_seaborn_accepts_the_palette():
    import seaborn as sns

    assert sns.color_palette(WINE.hex).as_hex() == WINE.hex
    axes = sns.barplot(x=["a", "b", "c", "d"], y=[1, 2, 3, 4], hue=["a", "b", "c", "d"], palette=WINE.hex, saturation=1)
    try:
        assert [matplotlib.colors.to_hex(bar.get_facecolor()) for bar in axes.patches[:4]] == WINE.hex
    finally:
        plt.close("all")


def test_plotly_accepts_the_palette():
    import plotly.graph_objects as go

    figure = go.Figure(layout={"colorway": WINE.hex})
    assert list(figure.layout.colorway) == WINE.hex
    scale = [[i / (len(WINE) - 1), color] for i, color in enumerate(WINE.hex)]
    heat = go.Heatmap(z=[[0, 1]], colorscale=scale)
    assert [color for _, color in heat.colorscale] == WINE.hex


def test_without_matplotlib_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "cycler", None)
    with pytest.raises(PochadeError, match=r"pip install 'pochade\[plot\]'"):
        WINE.cmap()
    with pytest.raises(PochadeError, match=r"pip install 'pochade\[plot\]'"):
        WINE.cycler()


def test_large_libraries_are_imported_on_first_use():
    code = "import sys, pochade; pochade.Palette.from_dict({'colors': ['#fff', '#000']}).gradient(3)\n"
    code += "print([m for m in ('matplotlib', 'reportlab', 'pymupdf_fonts', 'rich', 'PIL') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
