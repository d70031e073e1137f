"""The forms of a palette: in notebooks, printed by rich, as arrays and tables."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from pochade import Color, Palette

NAMED = Palette(
    (Color((142, 26, 36), 0.9996, label='<b>"Wine"</b>'), Color((255, 255, 255), 0.0004)), source="a & b.jpg"
)


def test_the_html_is_a_list_with_a_name():
    page = ET.fromstring(NAMED._repr_html_())
    assert (page.tag, page.get("aria-label")) == ("ul", "Palette of a & b.jpg")
    texts = [" ".join(item.itertext()) for item in page]  # as a screen reader says it
    assert texts == ['<b>"Wine"</b> #8e1a24 100.0%', "white #ffffff <0.1%"]


def test_the_html_leaves_the_color_of_text_to_the_notebook():
    styles = [part.get("style", "") for part in ET.fromstring(NAMED._repr_html_()).iter()]
    assert not any(";color:" in style or style.startswith("color:") for style in styles)


def test_the_svg_equals_the_export():
    assert NAMED._repr_svg_().encode() == NAMED.export("svg")
    ET.fromstring(NAMED._repr_svg_())


def test_rich_prints_swatches():
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=60)
    console.print(NAMED)
    shown = console.file.getvalue()
    assert "48;2;142;26;36m" in shown
    assert "#8e1a24" in shown
    assert '<b>"Wine"</b>' in shown  # not taken for markup


def test_rich_without_colors_prints_text():
    console = Console(file=io.StringIO(), width=60)
    console.print(NAMED)
    assert console.file.getvalue().split()[:2] == ["#8e1a24", "100.0%"]


def test_a_palette_is_an_array_of_codes():
    found = np.asarray(NAMED)
    assert (found.dtype, found.tolist()) == (np.uint8, [[142, 26, 36], [255, 255, 255]])
    assert np.asarray(NAMED, float).dtype == np.float64
    found[0] = 0  # its own: the palette does not change
    assert NAMED[0].srgb == (142, 26, 36)
    assert np.array(NAMED, copy=True).shape == (2, 3)
    assert np.asarray(Palette(())).shape == (0, 3)
    assert np.mean(NAMED, axis=0).tolist() == [198.5, 140.5, 145.5]


@pytest.mark.skipif(int(np.__version__.split(".")[0]) < 2, reason="copy=False means this since NumPy 2")
def test_an_array_without_a_copy_is_refused():
    with pytest.raises(ValueError, match="copy"):
        np.array(NAMED, copy=False)


def test_pandas_accepts_the_colors_as_rows():
    frame = pd.DataFrame(NAMED.to_dict()["colors"])
    assert frame.columns.tolist() == ["hex", "srgb", "weight", "position", "name", "accent"]
    assert frame.hex.tolist() == NAMED.hex


def test_a_color_has_coordinates_in_any_space():
    color = Color((142, 26, 36))
    assert color.to("oklab") == color.oklab
    assert color.to("rgb") == pytest.approx((142 / 255, 26 / 255, 36 / 255))
