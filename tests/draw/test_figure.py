"""Swatches by matplotlib."""

import io
import pickle
import sys

import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex
from PIL import Image

import pochade


def test_each_color_is_a_bar_with_its_words(flag):
    palette = pochade.extract(flag, 3)
    (axes,) = pochade.draw.figure(palette).axes
    assert [to_hex(bar.get_facecolor()) for bar in axes.patches] == palette.hex
    assert len({round(bar.get_width(), 6) for bar in axes.patches}) == 1
    texts = {text.get_text() for text in axes.texts}
    assert {*palette.hex, *palette.names, "< 0.1 %"} <= texts


def test_bars_are_as_wide_as_their_share(flag):
    palette = pochade.extract(flag, 3)
    (axes,) = pochade.draw.figure(palette, widths="weight").axes
    wide = [bar.get_width() for bar in axes.patches]
    assert sum(wide) == pytest.approx(axes.get_xlim()[1])
    assert [w / sum(wide) for w in wide] == pytest.approx(list(palette.weights), abs=0.01)


def test_it_needs_no_pyplot_and_no_origin():
    before = pyplot.get_fignums()
    drawn = pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))
    file = io.BytesIO()
    drawn.savefig(file, format="png")
    assert file.getvalue().startswith(b"\x89PNG")
    assert pyplot.get_fignums() == before


def test_it_shows_itself_in_a_notebook_that_has_not_met_pyplot_and_can_be_stored():
    drawn = pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))
    with Image.open(io.BytesIO(drawn._repr_png_())) as shown:
        assert shown.size == (960, 200)
        assert shown.convert("RGB").getpixel((480, 60)) == (0x8E, 0x1A, 0x24)
    assert pickle.loads(pickle.dumps(drawn))._repr_png_() == drawn._repr_png_()


def test_without_matplotlib_it_says_what_installs_it(monkeypatch):
    monkeypatch.delitem(sys.modules, "pochade.draw.notebook_figure", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(pochade.PochadeError, match=r"pip install 'pochade\[plot\]'"):
        pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(pochade.OptionError, match="no color"):
        pochade.draw.figure(pochade.Palette(()))
    with pytest.raises(pochade.OptionError, match="widths='thin'"):
        pochade.draw.figure(pochade.Palette.from_dict({"colors": ["#8e1a24"]}), widths="thin")
