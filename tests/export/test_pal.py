"""The two formats with the suffix .pal."""

import struct

import pytest

from pochade import Color, FormatError, Palette
from pochade.export.jasc_pal import jasc_pal
from pochade.export.jasc_pal import read as read_jasc
from pochade.export.riff_pal import read as read_riff
from pochade.export.riff_pal import riff_pal

PALETTE = Palette((Color((255, 0, 1), 0.5), Color((2, 3, 4), 0.5)))
DATA = struct.pack("<HH", 0x0300, 2) + bytes([255, 0, 1, 0, 2, 3, 4, 0])


def test_jasc_is_written_with_cr_lf():
    assert jasc_pal(PALETTE) == b"JASC-PAL\r\n0100\r\n2\r\n255 0 1\r\n2 3 4\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"JASC-PAL\n0100\n2\n255 0 1\n2 3 4",
        b"JASC-PAL\r0100\r2\r255 0 1\r2\t3 4\r",
        b"JASC-PAL\r\n0100\r\n2\r\n255 0 1 255\r\n2 3 4 0\r\n\r\nmore",
    ],
)
def test_jasc_of_other_programs_is_read(content):
    assert read_jasc(content).hex == PALETTE.hex


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"GIMP Palette", "line 1: found 'GIMP Palette'"),
        (b"JASC-PAL\n0200\n", "line 2: unknown version '0200'"),
        (b"JASC-PAL\n0100\nmany\n", "line 3: 'many' is not a number of colors"),
        (b"JASC-PAL\n0100\n2\n1 2 3\n256 0 0", "line 5: '256 0 0' is not a color"),
        (b"JASC-PAL\n0100\n2\n1 2 3\n1 2", "line 5: '1 2' is not a color"),
        (b"JASC-PAL\n0100\n2\n1 2 3", "line 4: the file ends after 1 of 2"),
        ("JASC-PAL\n0100\n1\n\u0661 2 3".encode(), "line 4"),  # a Unicode digit, but not ASCII
    ],
)
def test_the_error_for_jasc_names_the_line(content, message):
    with pytest.raises(FormatError, match=message):
        read_jasc(content)


def test_riff_is_written_as_specified():
    assert riff_pal(PALETTE) == b"RIFF" + struct.pack("<I", 24) + b"PAL data" + struct.pack("<I", 12) + DATA


def chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def test_riff_with_other_chunks_a_wrong_size_and_flags_is_read():
    flagged = DATA[:7] + b"\4" + DATA[8:]
    content = b"RIFF\0\0\0\0PAL " + chunk(b"plth", b"odd") + chunk(b"LIST", b"") + chunk(b"data", flagged) + b"more"
    assert read_riff(content).hex == PALETTE.hex


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"RIFF\0\0\0\0WAVE", "byte 8: found b'WAVE'"),
        (b"RIFF\0\0\0\0PAL ", "byte 12: the file ends without the chunk `data`"),
        (b"RIFF\0\0\0\0PAL " + chunk(b"junk", b"odd")[:-1], "byte 23: the file ends"),
        (b"RIFF\0\0\0\0PAL " + chunk(b"data", b"\0\1\1\0"), "byte 20: unknown version 0x0100"),
        (
            b"RIFF\0\0\0\0PAL " + chunk(b"data", DATA[:-1]),
            "byte 24: a palette is cut short: 8 bytes expected, 7 left",
        ),
    ],
)
def test_the_error_for_riff_names_the_byte(content, message):
    with pytest.raises(FormatError, match=message):
        read_riff(content)
