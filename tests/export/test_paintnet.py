"""Paint.NET's palettes, and files of other programs."""

import pytest

from pochade import Color, FormatError, OptionError, Palette
from pochade.export import load
from pochade.export.paintnet import paintnet, read


def test_a_palette_is_written_with_names_as_comments():
    palette = Palette((Color((142, 26, 36), 0.5, label="red; brick"), Color((0, 254, 1), 0.5, label="green")))
    assert paintnet(palette) == b"; paint.net Palette File\r\nFF8E1A24 ; red; brick\r\nFF00FE01 ; green\r\n"
    assert [color.label for color in read(paintnet(palette))] == ["red; brick", "green"]


def test_files_of_other_programs_are_read():
    lospec = b";paint.net Palette File\r\n;Palette Name: a\r\n;Colors: 2\r\nFF8e1a24\r\n8000FE01\r\n"
    assert read(lospec).hex == read(b"8e1a24\n\n 00fe01 \n").hex == ["#8e1a24", "#00fe01"]
    assert [color.label for color in read(lospec)] == [None, None]


@pytest.mark.parametrize("content", [b"; hello\r\n\r\n  FF8E1A24 \r\n", b"\xef\xbb\xbffF8e1a24 ; brick\n", b"FF8E1A24"])
def test_a_text_file_is_detected_by_its_eight_digits(content, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert load(path).hex == ["#8e1a24"]
    path.write_bytes(b"hello " + content)
    with pytest.raises(OptionError, match="give the format"):
        load(path)


@pytest.mark.parametrize("line", ["red", "#8e1a24", "8e1a2", "FF8E1A2400", "FF8E1A24 green"])
def test_the_error_names_the_line(line):
    with pytest.raises(FormatError, match=f"line 3: '{line}' is not a color: give AARRGGBB"):
        read(f"; comment\nFFFFFFFF\n{line}\n".encode())
