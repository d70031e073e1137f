"""GMT's color palette tables, in the notations of GMT and cpt-city."""

import pytest

from pochade import Color, FormatError, Palette
from pochade.export.cpt import cpt, read

PALETTE = Palette(
    (Color((255, 0, 1), 0.5, label="red"), Color((0, 254, 7), 0.25, label="green"), Color((9, 9, 255), 0.25, label="b"))
)
BEYOND = b"B\t255\t0\t1\nF\t9\t9\t255\nN\t128\t128\t128\n"


def test_a_smooth_table_is_written_in_the_layout_of_cpt_city():
    slices = b"0\t255\t0\t1\t0.5\t0\t254\t7\n0.5\t0\t254\t7\t1\t9\t9\t255\n"
    assert cpt(PALETTE) == b"# COLOR_MODEL = RGB\n" + slices + BEYOND


def test_stripes_keep_names_and_by_weight_also_shares():
    striped = cpt(PALETTE, steps=True, spread="weight")
    assert b"\n0\t255\t0\t1\t0.5\t255\t0\t1\t;red\n0.5\t0\t254\t7\t0.75\t" in striped
    palette = read(striped)
    assert palette.colors == PALETTE.colors
    assert read(cpt(PALETTE, steps=True)).weights == pytest.approx([1 / 3] * 3)


def test_one_color_is_one_slice():
    one = Palette((Color((1, 2, 3)),))
    assert read(cpt(one)).hex == read(cpt(one, steps=True)).hex == ["#010203"]


@pytest.mark.parametrize(
    ("body", "colors"),
    [
        ("0 255 0 0 10 0 255 0\n10 0 255 0 20 0 0 255\n", ["#ff0000", "#00ff00", "#0000ff"]),
        ("-5 255/0/0 0 white\n0 black 5 #0f0\n", ["#ff0000", "#ffffff", "#000000", "#00ff00"]),  # a hinge
        ("0 red 1 blue L\n1 blue 2 gray ;deep water\n", ["#ff0000", "#0000ff", "#bebebe"]),
        ("0 0 1 255\n", ["#000000", "#ffffff"]),  # grays
        ("0 127.5/0/0 1 gray50\n", ["#800000", "#7f7f7f"]),
        ("0 red@50 1 blue@50\n", ["#ff0000", "#0000ff"]),  # transparency
        ("0 120-1-1 1 240-1-0.5\n", ["#00ff00", "#000080"]),
        ("# COLOR_MODEL = +HSV\n0 0 1 1 1 360 0.5 1\n", ["#ff0000", "#ff8080"]),
        ("# COLOR_MODEL = CMYK\n0 0 100 100 0 1 100 0 0 20\n", ["#ff0000", "#00cccc"]),
        ("0 0/100/100/0 1 white\n", ["#ff0000", "#ffffff"]),
        ("0 red 1 red\n1 - 2 -\n2 blue 3 blue\n", ["#ff0000", "#0000ff"]),
        ("0 red 1 blue\nB black\nF white\nN 128\n", ["#ff0000", "#0000ff"]),
        ("1\t166/206/227\n2\t31/120/180\n", ["#a6cee3", "#1f78b4"]),  # keys, not a scale
    ],
)
def test_each_notation_is_read(body, colors):
    for content in (body, f"# a comment\r\n#\n{body}".replace("\n", "\r\n")):
        assert read(content.encode()).hex == colors


def test_keys_and_labels_become_names():
    assert read(b"0 red ;lava\nsea blue\n7 white\n").names == ["lava", "sea", "white"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("0 1 2 3 4\n", "line 1: '0 1 2 3 4' is not a slice"),
        ("\n0 reddish 1 blue\n", "line 2: 'reddish' is not a color"),
        ("0 300/0/0 1 blue\n", "line 1: 1.17647 0 0 is not a color"),
        ("0 1/2 1 blue\n", "line 1: '1/2' is not a color"),
        ("0 red 1 p300/5\n", "line 1"),
        ("1 red 0 blue\n", "line 1: the slice ends at 0, which is not above its start 1"),
        ("0 red 1 blue\n2 red 3 blue\n", "line 2: the slice begins at 2, but the previous slice ends at 1"),
        ("zero red 1 blue\n", "line 1: 'zero' is not a number"),
        ("# COLOR_MODEL = LAB\n", "line 1: unknown color model 'lab'"),
        ("0 400-1-1 1 red\n", "line 1"),
        ("0 1.2.3-1-1 1 red\n", "line 1: '1.2.3' is not a number"),
        ("B red\n", "the file has no colors"),
    ],
)
def test_the_error_names_the_line(body, message):
    with pytest.raises(FormatError, match=message):
        read(body.encode())
