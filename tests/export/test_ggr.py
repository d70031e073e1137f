"""GIMP's gradients, compared with Pillow's reader and GIMP's files; and the positions of the colors."""

import io

import numpy as np
import pytest
from PIL.GimpGradientFile import GimpGradientFile

from pochade import Color, FormatError, OptionError, Palette
from pochade.export.ggr import ggr, read
from pochade.export.stops import edges, stops

PALETTE = Palette((Color((255, 0, 1), 0.5), Color((0, 254, 7), 0.25), Color((9, 9, 255), 0.25)))


def sampled(content, n):
    """The gradient at n even positions, by Pillow: uint8 (n, 3)."""
    rgba, mode = GimpGradientFile(io.BytesIO(content)).getpalette(n)
    assert mode == "RGBA"
    return np.frombuffer(rgba, np.uint8).reshape(-1, 4)[:, :3]


def test_pillow_reads_the_colors_at_their_positions():
    assert np.array_equal(sampled(ggr(PALETTE), 3), PALETTE.srgb)
    assert np.array_equal(sampled(ggr(PALETTE), 5)[1], [128, 127, 4])  # halfway between the first two
    assert np.array_equal(sampled(ggr(PALETTE, spread="weight"), 6)[[0, 3, 5]], PALETTE.srgb)  # 0, 0.6, 1


def test_a_gradient_of_one_color_is_that_color():
    one = Palette((Color((1, 2, 3)),))
    assert np.array_equal(sampled(ggr(one), 3), [[1, 2, 3]] * 3)
    assert read(ggr(one)).hex == one.hex


def test_midpoints_jumps_and_hsv_blending_of_gimp_are_read():
    content = (
        b"GIMP Gradient\r\nName: Flag\r\n3\r\n"
        b"0.000000 0.100000 0.500000 1.0 0.0 0.0 1.0 1.0 1.0 1.0 0.5 1 0 0 0\r\n"
        b"0.500000 0.700000 0.750000 1.0 1.0 1.0 0.5 0.0 0.0 1.0 1.0 2 1 0 0\r\n"
        b"0.750000 0.800000 1.000000 0.0 1.0 0.0 1.0 0.0 1.0 0.0 1.0 0 2 0 0\r\n"
    )
    assert read(content).hex == ["#ff0000", "#ffffff", "#0000ff", "#00ff00"]


def test_a_gradient_of_the_first_gimp_is_read_without_a_name():
    assert read(b"GIMP Gradient\n1\n0 0.5 1 0 0 0 1 1 1 1 1 0 0\n").hex == ["#000000", "#ffffff"]


SEGMENT = "0 0.5 1 0 0 0 1 1 1 1 1 0 0"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("many\n", "line 2: 'many' is not a number of segments"),
        ("2\n0 0.2 0.5 0 0 0 1 1 1 1 1 0 0\n", "line 3: the file ends after 1 of 2"),
        (f"1\n{SEGMENT} 0\n", "line 3: a segment has 13 or 15 numbers, not 14"),
        (f"1\n{SEGMENT.replace('0.5', 'x')}\n", "line 3: 'x' is not a number"),
        (f"1\n{SEGMENT.replace('0.5', 'nan')}\n", "line 3: 'nan' is not a number"),
        (f"1\n{SEGMENT.replace('0.5', '1.5')}\n", "line 3: 0 1.5 1 is not a segment"),
        (f"2\n{SEGMENT}\n{SEGMENT}\n", "line 4: 0 0.5 1 is not a segment: it must start at 1"),
        ("1\n0 0.5 1 2 0 0 1 1 1 1 1 0 0\n", "line 3: 2 0 0 is not a color"),
        (f"1\n{SEGMENT} 1 3\n", "line 3: a color is GIMP's foreground"),
    ],
)
def test_the_error_names_the_line(body, message):
    with pytest.raises(FormatError, match=message):
        read(f"GIMP Gradient\n{body}".encode())


def test_positions_are_even_or_by_weight():
    assert stops(PALETTE, "even").tolist() == [0, 0.5, 1]
    assert stops(PALETTE, "weight") == pytest.approx([0, 0.6, 1])  # middles at 0.25, 0.625 and 0.875
    assert edges(PALETTE, "even") == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert edges(PALETTE, "weight").tolist() == [0, 0.5, 0.75, 1]


@pytest.mark.parametrize("weights", [(0, 0, 1), (0, 0, 0)])
def test_colors_of_weight_0_cannot_be_spread_by_weight(weights):
    light = Palette(tuple(Color((i, i, i), w) for i, w in enumerate(weights)))
    with pytest.raises(OptionError, match="give spread='even'"):
        ggr(light, spread="weight")
    assert read(ggr(light)).hex == light.hex
