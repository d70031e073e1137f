"""Photoshop's color tables of 768 and 772 bytes."""

import struct

import pytest

from pochade import Color, FormatError, Palette
from pochade.export.act import act, read


def test_a_table_is_written_as_specified():
    content = act(Palette((Color((1, 2, 3), 0.5), Color((4, 5, 6), 0.5))))
    assert content == bytes([1, 2, 3, 4, 5, 6]) + bytes(762) + b"\0\2\xff\xff"


def test_a_table_of_256_colors_is_read_with_and_without_a_count():
    table = bytes(i // 3 for i in range(768))
    assert len(read(table)) == len(read(table + struct.pack(">HH", 256, 0xFFFF))) == 256


def test_padding_of_a_table_without_a_count_is_one_color():
    assert read(bytes([1, 2, 3]) + bytes(765)).hex == ["#010203", "#000000"]
    assert read(bytes([9, 9, 9]) * 256).hex == ["#090909"]


def test_the_transparent_color_is_skipped():
    table = bytes([1, 2, 3, 4, 5, 6, 7, 8, 9]).ljust(768, b"\0")
    assert read(table + struct.pack(">HH", 3, 1)).hex == ["#010203", "#070809"]


def test_the_error_for_a_wrong_size_or_count_names_the_byte():
    with pytest.raises(FormatError, match=r"byte 770: .* 768 or 772"):
        read(bytes(770))
    with pytest.raises(FormatError, match=r"byte 768: .* 257 colors"):
        read(bytes(768) + struct.pack(">HH", 257, 0))
