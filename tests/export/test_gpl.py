"""GIMP's palettes, compared with Pillow's reader and files of other programs."""

import pytest
from PIL.GimpPaletteFile import GimpPaletteFile

from pochade import Color, FormatError, OptionError, Palette
from pochade.export import export
from pochade.export.gpl import gpl, read

PALETTE = Palette(
    (Color((142, 26, 36), 0.5, label="brick  red"), Color((0, 254, 1), 0.5, label="#2")), source="a\nb.jpg"
)


def test_a_palette_is_written_in_the_layout_of_gimp():
    expected = b"GIMP Palette\nName: a b.jpg\nColumns: 0\n#\n142  26  36\tbrick  red\n  0 254   1\t#2\n"
    assert gpl(PALETTE) == expected
    assert b"\nName: Boxer\nColumns: 4\n" in gpl(PALETTE, name="Boxer", columns=4)


def test_pillow_reads_the_same_colors():
    assert GimpPaletteFile.frombytes(gpl(PALETTE)).getpalette() == (PALETTE.srgb.tobytes(), "RGB")


@pytest.mark.parametrize(
    "content",
    [
        b"GIMP Palette\n142 26 36\tred\n0 254 1\n",  # of the first GIMP: no headers
        b"GIMP Palette\r\nName: x\r\nColumns: 3\r\n#\r\n# 1 2 3\r\n142  26\t36 red\r\n\r\n0 254 1 Untitled\r\n",
        b"\xef\xbb\xbfGIMP Palette\nName: x\n#\n142 26 36\tred\n0 254 1\tUntitled",
        b"GIMP Palette\nChannels: RGBA\n#\n142 26 36 255 red\n0 254 1 0 Untitled\n",  # of Aseprite
    ],
)
def test_files_of_other_programs_are_read(content):
    palette = read(content)
    assert palette.hex == ["#8e1a24", "#00fe01"]
    assert [color.label for color in palette] == ["red", None]


def test_names_in_the_windows_code_page_are_read():
    assert read(b"GIMP Palette\n142 26 36 B\xe4renrot\n")[0].label == "Bärenrot"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"GIMP Gradient\n", "line 1: found 'GIMP Gradient', but a GIMP palette begins with 'GIMP Palette'"),
        (b"GIMP Palette\nName: a\n1 2\n", "line 3: '1 2' is not a color"),
        (b"GIMP Palette\n1 2 3\nName: late\n", "line 3"),
        (b"GIMP Palette\n-1 2 3\n", "line 2: '-1 2 3' is not a color"),
        (b"GIMP Palette\n1 2 9999999999999999\n", "line 2"),
    ],
)
def test_the_error_names_the_line(content, message):
    with pytest.raises(FormatError, match=message):
        read(content)


def test_more_columns_than_gimp_shows_are_refused():
    with pytest.raises(OptionError, match="columns=65 is not allowed: give a whole number from 0 to 64"):
        export(PALETTE, "gpl", columns=65)
