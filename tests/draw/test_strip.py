"""The palette as a strip under its picture."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

import pochade
from pochade.draw.strip import HEIGHT, MARGIN, pieces

SVG = "{http://www.w3.org/2000/svg}"


def band(image, palette) -> np.ndarray:
    """The row of pixels in the middle of the strip."""
    codes = np.asarray(image)
    rows = [codes[y, 2 * MARGIN : -2 * MARGIN] for y in range(codes.shape[0] - 2 * (MARGIN + HEIGHT), codes.shape[0])]
    return max(rows, key=lambda row: len({tuple(c) for c in row.tolist()} & {c.srgb for c in palette}))


def test_widths_are_proportional_to_shares(flag):
    palette = pochade.extract(flag, 3)
    row = band(pochade.draw.strip(palette), palette)
    for color in palette:
        wide = (row == color.srgb).all(1).mean()
        assert wide == pytest.approx(color.weight, abs=0.012)
        assert wide > 0.003


def test_widths_can_be_equal(flag):
    palette = pochade.extract(flag, 3)
    row = band(pochade.draw.strip(palette, widths="equal"), palette)
    for color in palette:
        assert (row == color.srgb).all(1).mean() == pytest.approx(1 / 3, abs=0.005)


def test_the_picture_is_above_the_strip(flag):
    image = np.asarray(pochade.draw.strip(pochade.extract(flag, 3)))
    y = 2 * (MARGIN + 100)
    assert image[y, 2 * (MARGIN + 100)].tolist() == [0xCE, 0x11, 0x26]
    assert image[y, -2 * (MARGIN + 100)].tolist() == [255, 255, 255]


def test_pieces_fill_the_width_with_a_minimum_each(flag):
    found = pieces(pochade.extract(flag, 3), 100)
    assert sum(width for width, _ in found) == pytest.approx(100)
    assert min(width for width, _ in found) >= 3
    many = pochade.extract(np.random.default_rng(0).integers(0, 255, (40, 40, 3), np.uint8), 60, method="kmeans")
    assert sum(width for width, _ in pieces(many, 100)) == pytest.approx(100)


def test_the_svg_has_picture_colors_and_labels(flag):
    palette = pochade.extract(flag, 3)
    root = ET.fromstring(pochade.draw.strip_svg(palette))
    (image,) = root.iter(f"{SVG}image")
    assert image.get("href", "").startswith("data:image/jpeg;base64,")
    assert set(palette.hex) <= {rect.get("fill") for rect in root.iter(f"{SVG}rect")}
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert "#ffffff" in texts
    assert "#002395" not in texts  # two pixels: too narrow for a label


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 4), (900, 40)])
def test_a_strip_shows_pictures_of_any_shape(shape):
    picture = np.random.default_rng(0).integers(0, 255, (*shape, 3), np.uint8)
    image = pochade.draw.strip(pochade.extract(picture, 36, method="kmeans"))
    assert 800 <= image.width <= 1920
    assert image.height <= 2200


def test_strips_are_deterministic(photo):
    first, second = (pochade.draw.strip(pochade.extract(photo, 5)).tobytes() for _ in range(2))
    assert first == second


def test_unknown_widths_and_palettes_without_picture_are_refused(photo):
    with pytest.raises(pochade.OptionError, match="give one of weight, equal"):
        pochade.draw.strip(pochade.extract(photo), widths="wide")
    for lost in (
        pochade.Palette.from_dict({"colors": ["#8e1a24"]}),
        pochade.extract(pochade.histogram(pochade.read(photo))),
    ):
        with pytest.raises(pochade.OptionError, match=r"call extract\(\) on the picture"):
            pochade.draw.strip(lost)
