"""Swatches as a matplotlib figure."""

import io
import pickle
import sys

import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex
from PIL import Image

import pochade


def test_each_color_is_a_bar_with_its_texts(flag):
    palette = pochade.extract(flag, 3)
    (axes,) = pochade.draw.figure(palette).axes
    assert [to_hex(bar.get_facecolor()) for bar in axes.patches] == palette.hex
    assert len({round(bar.get_width(), 6) for bar in axes.patches}) == 1
    texts = {text.get_text() for text in axes.texts}
    assert {*palette.hex, *palette.names, "< 0.1 %"} <= texts


def test_widths_of_bars_are_proportional_to_shares(flag):
    palette = pochade.extract(flag, 3)
    (axes,) = pochade.draw.figure(palette, widths="weight").axes
    wide = [bar.get_width() for bar in axes.patches]
    assert sum(wide) == pytest.approx(axes.get_xlim()[1])
    assert [w / sum(wide) for w in wide] == pytest.approx(list(palette.weights), abs=0.01)


def test_the_figure_needs_no_pyplot_and_no_origin():
    before = pyplot.get_fignums()
    figure = pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))
    file = io.BytesIO()
    figure.savefig(file, format="png")
    assert file.getvalue().startswith(b"\x89PNG")
    assert pyplot.get_fignums() == before


def test_the_figure_displays_itself_without_pyplot_and_can_be_pickled():
    figure = pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))
    with Image.open(io.BytesIO(figure._repr_png_())) as shown:
        assert shown.size == (960, 200)
        assert shown.convert("RGB").getpixel((480, 60)) == (0x8E, 0x1A, 0x24)
    assert pickle.loads(pickle.dumps(figure))._repr_png_() == figure._repr_png_()


def test_without_matplotlib_the_error_names_the_extra(monkeypatch):
    monkeypatch.delitem(sys.modules, "pochade.draw.notebook_figure", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(pochade.PochadeError, match=r"pip install 'pochade\[plot\]'"):
        pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))


def test_empty_palettes_and_unknown_widths_are_refused():
    with pytest.raises(pochade.OptionError, match="no color"):
        pochade.draw.figure(pochade.Palette(()))
    with pytest.raises(pochade.OptionError, match="widths='thin'"):
        pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}), widths="thin")
