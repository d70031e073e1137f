"""Properties of every registered format: difficult palettes, and damaged files."""

import dataclasses
import functools
import os
import plistlib
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pochade import Color, FormatError, OptionError, Palette, PochadeError
from pochade.export import export, exporters, format_of, load, save

FORMATS = exporters.names
READ_BACK = [entry.name for entry in exporters.entries if entry.about.read is not None]
THEMES = [format for format in READ_BACK if exporters.entry(format).about.theme]
PALETTE_FILES = [format for format in READ_BACK if format not in THEMES]
WRITE_ONLY = {"d3", "flutter", "ggplot2", "html", "pdf", "png", "svg", "swift"}  # code and pictures

NAMES = [
    "", " ", "a", "default", "class", "__proto__", "3 blue mice", "2026", 'say "red"', "it's", "\\", "a\nb",
    "\x00\x1b[31m", "</color>", "]]>", "*/ }", "-->", "&amp;", "Käse", "красный", "赤", "\u202ered", "\ud800", "🎨",
    "x" * 500, "%s {0} $x", "Same", "same", "same 2", "SAME",
]  # fmt: skip
DIFFICULT = Palette(tuple(Color((i, 2 * i, 255 - i), 1 / len(NAMES), None, name) for i, name in enumerate(NAMES)))
PALETTES = {
    "one": Palette((Color((142, 26, 36)),)),
    "usual": Palette((Color((142, 26, 36), 0.25, (0.5, 0.75)), Color((255, 255, 255), 0.75)), source="boxer.jpg"),
    "many": Palette(tuple(Color((i, 255 - i, i // 2), 1 / 256) for i in range(256))),
    "difficult": DIFFICULT,
}


def written(palette: Palette, format: str) -> bytes:
    """The exported file; skips the test if the format refuses the palette."""
    try:
        return export(palette, format)
    except OptionError as refused:
        pytest.skip(str(refused))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("palette", PALETTES)
def test_an_export_is_deterministic(palette, format):
    content = written(PALETTES[palette], format)
    assert content
    again = Palette(tuple(dataclasses.replace(color) for color in PALETTES[palette]), source=PALETTES[palette].source)
    assert export(again, format) == content


@pytest.mark.parametrize("format", FORMATS)
def test_a_palette_without_colors_is_written_or_refused(format):
    assert isinstance(written(Palette(()), format), bytes)


@pytest.mark.parametrize("format", FORMATS)
def test_a_path_that_cannot_be_written_leaves_nothing(format, tmp_path):
    with pytest.raises(PochadeError, match="cannot be written"):
        save(PALETTES["usual"], tmp_path / "nowhere" / "palette", format)
    with pytest.raises(PochadeError, match="it is a folder"):
        save(PALETTES["usual"], tmp_path, format)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("format", FORMATS)
def test_the_suffix_selects_the_format_unless_it_is_by_name_only(format):
    about = exporters.entry(format).about
    assert about.suffix.startswith(".")
    assert about.suffix == about.suffix.lower()
    assert "/" in about.media_type
    assert exporters.entry(format).summary.endswith(".")
    try:
        owner = format_of("a/palette" + about.suffix.upper())
    except OptionError:
        owner = None  # .txt selects no format
    assert (owner == format) is about.by_suffix


def test_every_format_is_read_back_except_code_and_pictures():
    assert {*FORMATS} - {*READ_BACK} == WRITE_ONLY


@pytest.mark.parametrize("format", THEMES)
def test_loading_a_theme_gives_each_of_its_colors_once(format, tmp_path):
    content = written(PALETTES["usual"], format)
    theme = load(content, format)
    assert theme.omitted == ()
    # Less than two colors of a terminal or an interface would make no theme.
    assert len(set(theme.hex)) > 8
    if format != "theme-css":
        assert len(set(theme.hex)) == len(theme)
    if format == "iterm2":
        keys = plistlib.loads(content).values()
        codes = [[round(255 * key[f"{name} Component"]) for name in ("Red", "Green", "Blue")] for key in keys]
        stated = {"#" + bytes(one).hex() for one in codes}
    else:
        stated = {"#" + digits for digits in re.findall("(?:#|=)([0-9a-f]{6})\\b", content.decode())}
    assert {*theme.hex} == stated


@pytest.mark.parametrize("format", PALETTE_FILES)
@pytest.mark.parametrize("palette", PALETTES)
def test_loading_restores_the_colors_in_order(palette, format, tmp_path):
    original = PALETTES[palette]
    content = written(original, format)
    assert load(content, format).hex == original.hex
    path = tmp_path / f"palette{exporters.entry(format).about.suffix}"
    path.write_bytes(content)
    assert load(path, format) == load(content, format)


@pytest.mark.parametrize("format", READ_BACK)
def test_a_file_is_recognized_by_its_name_or_content(format, tmp_path):
    content = written(PALETTES["usual"], format)
    path = tmp_path / f"palette{exporters.entry(format).about.suffix}"
    path.write_bytes(content)
    assert load(path) == load(content, format)
    if exporters.entry(format).about.magic is not None:
        assert load(content) == load(content, format)


@pytest.mark.parametrize("format", PALETTE_FILES)
def test_a_loaded_palette_is_written_the_same_again(format):
    """The first export may change names and drop weights, the second changes nothing."""
    once = load(written(DIFFICULT, format), format)
    twice = load(export(once, format), format)
    assert export(twice, format) == export(once, format)
    assert load(export(twice, format), format) == twice


def assert_valid_or_refused(format: str, content: bytes) -> None:
    """The content loads as a valid palette, or raises FormatError."""
    try:
        palette = load(content, format)
    except FormatError:
        return
    assert len(palette) <= max(len(content), 1)
    for color in palette:
        assert len(color.srgb) == 3
        assert all(type(code) is int and 0 <= code <= 255 for code in color.srgb)
        assert 0 <= color.weight <= 1
    assert Palette.from_dict(palette.to_dict()) == palette


ANY_BYTES = st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
DAMAGE = st.binary(max_size=8) | st.sampled_from([b"\xff" * 4, b'"', b"{", b"-1", b"9" * 30, b"<"])
FUZZ = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("format", READ_BACK)
@FUZZ
@given(content=ANY_BYTES)
@example(content=b"")
@example(content=b"\xff\xfe#\x008\x00")
@example(content=b"[" * 100_000)
@example(content=b'{"a":' * 100_000)
@example(content=b'{"colors": ' + b"[" * 900 + b"]" * 900 + b"}")
@example(content=b"<a>" * 10_000)
@example(content=b'<!DOCTYPE a [<!ENTITY b "b">]><resources><color name="a">&b;</color></resources>')
@example(content=b"1" * 5000)
@example(content=b'{"colors": [{"hex": "#8e1a24", "weight": NaN, "position": [1]}]}')
@example(content=b'{"colors": [{"srgb": [1e999, 0, 0]}]}')
def test_any_bytes_are_loaded_or_refused(format, content):
    assert_valid_or_refused(format, content)
    magic = exporters.entry(format).about.magic
    if isinstance(magic, bytes):
        assert_valid_or_refused(format, magic + content)


@pytest.mark.parametrize("format", READ_BACK)
def test_a_truncated_file_is_loaded_or_refused(format):
    content = written(PALETTES["usual"], format)
    for end in range(0, len(content), max(1, len(content) // 300)):
        assert_valid_or_refused(format, content[:end])


@functools.cache
def to_damage(format: str) -> bytes:
    return export(Palette(DIFFICULT.colors[:6] + PALETTES["usual"].colors[:1]), format)


@pytest.mark.parametrize("format", READ_BACK)
@FUZZ
@given(data=st.data())
def test_a_damaged_file_is_loaded_or_refused(format, data):
    content = bytearray(to_damage(format))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content)))
        end = at + data.draw(st.integers(0, 8))
        content[at:end] = data.draw(DAMAGE)
    assert_valid_or_refused(format, bytes(content))
