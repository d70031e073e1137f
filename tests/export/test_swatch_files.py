"""Properties of every swatch format."""

import contextlib
import tracemalloc
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import Color, FormatError, OptionError, Palette
from pochade.export import export, exporters, format_of, load

NAMED = ["aco", "ase", "gpl", "kpl", "paintnet", "soc"]
NAMELESS = ["act", "jasc-pal", "procreate", "riff-pal"]
GRADIENTS = ["cpt", "ggr"]
ALL = NAMED + NAMELESS + GRADIENTS
# Formats in which no prefix of a file is a valid file.
PREFIX_FREE = ["ase", "kpl", "procreate", "riff-pal", "soc"]

BOXER = Palette(
    (
        Color((142, 26, 36), 0.5, label="Bärenrot 赤"),
        Color((0, 254, 1), 0.25, label='<gr&"en> ; # 1'),
        Color((7, 128, 255), 0.25, label="Ω 🎨 blue"),
    ),
    source="boxer.jpg",
)

codes = st.tuples(*[st.integers(0, 255)] * 3)
names = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1, max_size=20).filter(
    lambda name: name == name.strip() and name.lower() not in ("untitled", "unnamed", "unnamed color", "unnamed swatch")
)


def read(content: bytes, format: str) -> Palette:
    return exporters.entry(format).about.read(content)


def palette_of(colors, labels=None) -> Palette:
    return Palette(tuple(Color(c, 1 / len(colors), label=labels and labels[i]) for i, c in enumerate(colors)))


@pytest.mark.parametrize("format", ALL)
@given(st.lists(codes, min_size=1, max_size=30, unique=True))
@settings(max_examples=40)
def test_colors_are_restored_exactly(format, colors):
    assert read(export(palette_of(colors), format), format).hex == palette_of(colors).hex


@pytest.mark.parametrize("format", NAMED)
@given(st.lists(names, min_size=1, max_size=10))
@settings(max_examples=40)
def test_names_in_any_script_are_restored(format, labels):
    palette = palette_of([(i, 2 * i, 255 - i) for i in range(len(labels))], labels)
    assert [color.label for color in read(export(palette, format), format)] == labels


@pytest.mark.parametrize("format", NAMED)
def test_control_characters_in_names_become_spaces(format):
    strange = palette_of([(1, 2, 3)], ["a\nb\x00c\ud800d\u2028e\ufffe"])
    assert read(export(strange, format), format)[0].label == "a b c d e"


@pytest.mark.parametrize("format", NAMED)
def test_a_color_without_a_label_is_written_with_the_nearest_name(format):
    assert "crimson" in {color.label for color in read(export(palette_of([(220, 20, 60)]), format), format)}


@pytest.mark.parametrize("format", ALL)
def test_the_bytes_do_not_depend_on_the_time(format, monkeypatch):
    first = export(BOXER, format)
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert export(BOXER, format) == first


@pytest.mark.parametrize("format", ALL)
def test_a_file_is_detected_by_its_suffix_and_its_content(format, tmp_path):
    path = tmp_path / f"a{exporters.entry(format).about.suffix}"
    path.write_bytes(export(BOXER, format))
    assert load(path).hex == BOXER.hex
    if exporters.entry(format).about.magic is not None:
        assert load(path.read_bytes()).hex == BOXER.hex


def test_pal_is_written_as_jasc_and_read_as_either(tmp_path):
    assert format_of("a.pal") == "jasc-pal"
    for format in ("jasc-pal", "riff-pal"):
        (tmp_path / "a.pal").write_bytes(export(BOXER, format))
        assert load(tmp_path / "a.pal").hex == BOXER.hex


@pytest.mark.parametrize(
    ("format", "most"),
    [("act", 256), ("jasc-pal", 256), ("paintnet", 96), ("procreate", 30), ("riff-pal", 65535), ("aco", 65535)],
)
def test_too_many_colors_are_refused_with_the_limit(format, most):
    many = palette_of([(i // 65536, i // 256 % 256, i % 256) for i in range(most + 1)])
    with pytest.raises(OptionError, match=f"at most {most} colors"):
        export(many, format)
    full = Palette(many.colors[:256]) if most > 256 else Palette(many.colors[:most])
    assert read(export(full, format), format).hex == full.hex


@pytest.mark.parametrize("format", ALL)
def test_a_file_without_colors_is_refused(format):
    with pytest.raises(FormatError):
        read(export(Palette(()), format), format)
    with pytest.raises(FormatError):
        read(b"", format)


def refusal(content: bytes, format: str) -> str | None:
    """The message with which the reader refuses the content, or None."""
    try:
        read(content, format)
    except FormatError as error:
        return str(error)
    return None


@pytest.mark.parametrize("format", ALL)
def test_the_error_for_a_truncated_file_names_the_place(format):
    content = export(BOXER, format)
    messages = [refusal(content[:size], format) for size in range(len(content) - 1)]
    assert None not in messages or format not in PREFIX_FREE
    assert not [
        text
        for text in messages
        if text and not any(word in text for word in ("byte ", "line ", "the file has no colors"))
    ]


@pytest.mark.parametrize("format", ALL)
@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=60)
def test_noise_raises_only_format_errors(format, noise, headed):
    magic = {
        "ase": b"ASEF\0\1\0\0",
        "riff-pal": b"RIFF    PAL data",
        "gpl": b"GIMP Palette\n",
        "ggr": b"GIMP Gradient\n",
    }
    with contextlib.suppress(FormatError):
        read((magic.get(format, b"") if headed else b"") + noise, format)


@pytest.mark.parametrize("format", ALL)
@given(st.data())
@settings(max_examples=100)
def test_a_damaged_file_raises_only_format_errors(format, data):
    content = bytearray(export(BOXER, format))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FormatError):
        found = read(bytes(content), format)
        assert all(0 <= code <= 255 for color in found for code in color.srgb)
        assert abs(sum(color.weight for color in found) - 1) < 1e-9
        assert not any(unicodedata.category(c) == "Cc" for color in found for c in color.label or "")


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("ase", b"ASEF\0\1\0\0\xff\xff\xff\xff"),
        ("ase", b"ASEF\0\1\0\0\0\0\0\1\0\1\xff\xff\xff\xff\xff\xff"),
        ("aco", b"\0\2\xff\xff\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff"),
        ("riff-pal", b"RIFF\xff\xff\xff\xffPAL data\xff\xff\xff\xff\0\3\xff\xff"),
        ("jasc-pal", b"JASC-PAL\r\n0100\r\n999999999\r\n"),
        ("ggr", b"GIMP Gradient\nName: a\n999999999\n"),
    ],
)
def test_a_count_that_lies_takes_no_memory(format, content):
    exporters.names  # noqa: B018  # all modules are loaded
    tracemalloc.start()
    with pytest.raises(FormatError):
        read(content, format)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000
