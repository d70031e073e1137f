"""Photoshop's swatches, compared with bytes written by hand from Adobe's specification."""

import struct

import pytest

from pochade import Color, FormatError, Palette
from pochade.export.aco import aco, read


def first(*colors):
    return struct.pack(">HH", 1, len(colors)) + b"".join(struct.pack(">H4H", *color) for color in colors)


def second(*colors):
    body = b""
    for name, *color in colors:
        text = (name + "\0").encode("utf-16-be")
        body += struct.pack(">H4HI", *color, len(text) // 2) + text
    return struct.pack(">HH", 2, len(colors)) + body


def test_both_versions_are_written_as_specified():
    expected = first((0, 65535, 0, 257, 0)) + second(("red", 0, 65535, 0, 257, 0))
    assert aco(Palette((Color((255, 0, 1), label="red"),))) == expected


def test_version_1_alone_and_version_2_alone_are_read():
    assert read(first((0, 65535, 0, 257, 0))).hex == ["#ff0001"]
    alone = read(second(("rød", 0, 65535, 0, 257, 0)))
    assert (alone.hex, alone.names) == (["#ff0001"], ["rød"])


def test_version_2_wins_if_the_versions_differ():
    assert read(first((0, 0, 0, 0, 0)) + second(("a", 0, 65535, 0, 0, 0))).hex == ["#ff0000"]


@pytest.mark.parametrize(
    ("color", "codes"),
    [
        ((1, 21845, 65535, 65535, 0), (0, 255, 0)),  # HSB: hue of 1/3 turn
        ((2, 0, 65535, 65535, 65535), (0, 255, 255)),  # CMYK: 0 is full ink
        ((7, 6000, 65536 - 3500, 65536 - 500, 0), (42, 161, 152)),  # coloraide 4: Color("lab", [60, -35, -5])
        ((8, 0, 0, 0, 0), (255, 255, 255)),  # grayscale: no ink
        ((8, 7500, 0, 0, 0), (64, 64, 64)),  # Photoshop's own "75% Gray"
    ],
)
def test_each_specified_space_is_read(color, codes):
    assert read(first(color))[0].srgb == codes


def test_8_bit_codes_in_the_upper_byte_are_read_exactly():
    shifted = first(*((0, r << 8, g << 8, b << 8, 0) for r, g, b in [(255, 142, 1), (0, 26, 36)]))
    assert read(shifted).hex == ["#ff8e01", "#001a24"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\0", "byte 0: a header is cut short"),
        (b"\0\3\0\1", "byte 0: unknown version 3"),
        (b"\0\1\0\1\0\0", "byte 4: a color is cut short: 10 bytes"),
        (first((3, 0, 0, 0, 0)), "byte 4: a color is of the color book Pantone"),
        (first((9, 0, 0, 0, 0)), "byte 4: a color is in space 9"),
        (first((7, 20000, 0, 0, 0)), "byte 4: 200 0 0 is not a CIELAB color"),
        (first((0, 0, 0, 0, 0)) * 2, "only version 2 may"),
        (struct.pack(">HH5HI", 2, 1, 0, 0, 0, 0, 0, 1 << 31), "byte 18: a name is cut short"),
    ],
)
def test_the_error_names_the_byte(content, message):
    with pytest.raises(FormatError, match=message):
        read(content)
