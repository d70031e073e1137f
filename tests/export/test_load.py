"""Loading of palettes: files of other programs, detection of formats, and errors with their place."""

import json
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pochade
from pochade import Color, FormatError, OptionError, Palette, SourceError, TooLargeError, load
from pochade.export import export, exporters

HEXES = ["#8e1a24", "#ffffff"]
LINES = "".join(f"{color}\n" for color in HEXES).encode()

UNIT = st.floats(0, 1)
PLACES = st.none() | st.tuples(UNIT, UNIT)
COLORS = st.builds(Color, st.tuples(*[st.integers(0, 255)] * 3), UNIT, PLACES, st.none() | st.text(min_size=1))


@given(st.lists(COLORS, max_size=5))
def test_a_palette_loaded_from_json_equals_the_original(colors):
    named = Palette.from_dict(Palette(tuple(colors)).to_dict())  # drops labels that equal the nearest CSS name
    assert load(export(named, "json")) == named


@given(st.lists(COLORS.filter(lambda c: (c.label or "").isprintable()), min_size=1, max_size=5))
def test_csv_and_tokens_keep_names_weights_and_positions(colors):
    colors = [c for c in colors if c.label is None or c.label.strip() == c.label]
    palette = load(export(Palette(tuple(colors)), "json"))
    for format in ("csv", "dtcg") if colors else ():
        assert load(export(palette, format)) == palette


def test_json_keeps_the_options_of_an_extraction(photo):
    palette = pochade.extract(photo, 5, method="kmeans", region=(0, 0, 100, 90), seed=3, keep="red")
    assert load(export(palette, "json")) == palette
    assert hash(load(export(palette, "json"))) == hash(palette)


@pytest.mark.parametrize(
    ("content", "hexes"),
    [
        (LINES, HEXES),
        (b"\xef\xbb\xbf8E1A24\r\nFFF\r\n", ["#8e1a24", "#ffffff"]),
        (b"[[142, 26, 36],\n [255, 255, 255]]", HEXES),
        (b'["#8e1a24", "#fff"]', HEXES),
        (b"https://coolors.co/8e1a24-ffffff", HEXES),
        (b"https://coolors.co/palette/8E1A24-ffffff?ref=x\n", HEXES),
        (b"coolors.co/visualizer/8e1a24-ffffff/", HEXES),
        (b"red,green,blue\n142,26,36\n255,255,255\n", HEXES),
        (b"\xef\xbb\xbfName;HEX;Note\r\nBuoy;8e1a24;a\r\n;#FFFFFF;\r\n", HEXES),
        (b"blue\tred\tgreen\n36\t142\t26\n\n255\t255\t255\n", HEXES),
        (b":root { --gap: 4px; --a: #8e1a24; /* --b: red; */ --c: hsl(0 0% 100%) }", HEXES),
        (b".dark{--a:rgb(142, 26, 36)!important;--b:var(--a);--c:oklch(1 0 0);--d:#0008}", HEXES),
        (b"// $x: red;\n$a: #8E1A24 !default;\n$map: (a: $a);\n$w: white;\n$font: 'x';", HEXES),
        (b'{"colors": ["#8e1a24", {"srgb": [255, 255, 255]}]}', HEXES),
        (b'{"a": {"$type": "color", "$value": "#8e1a24"}, "b": {"$type": "color", "$value": "#ffffffff"}}', HEXES),
        (
            b'<resources><color name="a">#ff8E1A24</color><color>#FFF</color><color>@a/b</color></resources>',
            HEXES,
        ),
    ],
)
def test_files_of_other_programs_are_detected_and_read(content, hexes):
    assert load(content).hex == hexes
    assert load(content).weights.sum() == pytest.approx(1)


def test_tokens_in_every_notation_are_read():
    def token(value, **more):
        return {"$value": value, **more}

    components = {"colorSpace": "srgb", "components": [142 / 255, 26 / 255, 36 / 255]}
    tokens = {
        "$description": "the brand",
        "brand": {
            "$type": "color",
            "red": {"500": token(components)},
            "white": token({"colorSpace": "hsl", "components": ["none", 0, 100], "alpha": 1}),
            "far": token({"colorSpace": "display-p3", "components": [1, 0, 0], "hex": "#ff0000"}),
            "shade": token({**components, "alpha": 0.5}),
            "same": token("{brand.red.500}"),
            "gap": token({"value": 4, "unit": "px"}, **{"$type": "dimension"}),
        },
        "old": token("#010203", **{"$type": "color"}),
    }
    palette = load(json.dumps(tokens).encode())
    assert palette.hex == ["#8e1a24", "#ffffff", "#ff0000", "#010203"]
    assert palette.names == ["brand red 500", "brand white", "brand far", "old"]


def test_names_other_than_the_nearest_css_name_become_labels():
    palette = load(b":root { --color-buoy-red: #8e1a24; --color-white: #ffffff }")
    assert [color.label for color in palette] == ["buoy red", None]
    assert load(b"name,hex\nBoje,#8e1a24\nwhite,#ffffff").names == ["Boje", "white"]


@pytest.mark.parametrize(
    ("format", "content", "where"),
    [
        ("hex", b"#ffffff\n\n#12345\n", r"line 3: '#12345' is not a color"),
        ("hex", b"#ffffff\xff", "byte 7: not UTF-8 text"),
        ("hex", b"", "the file has no colors"),
        ("json", b'{"colors": [\n"#12"]}', "'#12' is no hex color"),
        ("json", b'{"colors":\n [}', "line 2: not valid JSON"),
        ("json", b'{"colors": []}\n{"colors": []}\n', "line 2: a second palette"),
        ("json", b'{"colors": [{"hex": "#fff", "weight": NaN}]}', "NaN is not a number"),
        ("json", b'{"colors": [{"hex": "#fff", "weight": 7}]}', "weight 7 is outside"),
        ("json", b'{"colors": [{"hex": "#fff", "position": [0.5]}]}', "not a palette"),
        ("json", b'{"colors": [{"srgb": [1.5, 0, 0]}]}', "not a palette"),
        ("json", b'{"colors": [], "width": "wide"}', "width is 'wide'"),
        ("json", b"[" * 200_000, "nested too deeply"),
        ("array", b"{}", "not an array"),
        ("array", b"[[1, 2, 3], [1, 2, 256]]", r"color 2: \[1, 2, 256\]"),
        ("array", b"[[0.5, 0.2, 0.1]]", "whole numbers"),
        ("csv", b"a,b\n1,2\n", "line 1: the header has neither hex nor red"),
        ("csv", b"hex,name\n#fff,x\n#ggg,y\n", "line 3: '#ggg'"),
        ("csv", b"hex,name\n#fff,x,y\n", "line 2: 3 cells under 2 columns"),
        ("csv", b'hex\n"#fff', "line 2: not valid CSV: unexpected end"),
        ("csv", b"red,green,blue\n1,2,256\n", "line 2: '256' is not an sRGB code"),
        ("csv", b"hex,weight\n#fff,50%\n", "line 2: '50%' is not a share"),
        ("csv", b"source,hex\na.png,#fff\nb.png,#000\n", "palettes of 2 pictures"),
        ("css", b":root {\n--a: red;\n\n--b: #12345; }", "line 4: '#12345' is no color"),
        ("css", b"body { margin: 0 }", "the file has no colors"),
        ("scss", b"// a\n$b: rgb(1 2);", "line 2: 'rgb.1 2.' is no color"),
        ("dtcg", b"[]", "not an object of design tokens"),
        ("dtcg", b'{"a": {"b": {"$type": "color", "$value": 7}}}', "token a.b: 7 is not a color"),
        (
            "dtcg",
            b'{"a": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 2]}}}',
            "token a: components",
        ),
        ("dtcg", b'{"a": {"$type": "color", "$value": {"colorSpace": "xyz"}}}', "colorSpace 'xyz' is not one of"),
        ("dtcg", b'{"a":' * 40 + b"1" + b"}" * 40, "nested more than 32 deep"),
        ("android", b'<resources>\n<color name="a">red</color></resources>', "line 2: 'red' is not a color"),
        ("android", b"<resources>", "line 1: not valid XML"),
        ("coolors", b"https://coolors.co/8e1a2", "is not a palette of coolors.co"),
    ],
)
def test_the_error_names_the_place(format, content, where):
    with pytest.raises(FormatError, match=where):
        load(content, format)


def test_an_error_names_the_file(tmp_path):
    path = tmp_path / "a.hex"
    path.write_bytes(b"#fff\nred\n")
    with pytest.raises(FormatError, match=r"a\.hex: line 2: 'red'"):
        load(path)


def test_the_content_decides_among_the_formats_of_a_suffix(tmp_path):
    for name, content in {"a.json": b'{"a": {"$type": "color", "$value": "#8e1a24"}}', "b": b"8e1a24\n"}.items():
        (tmp_path / name).write_bytes(content)
        assert load(tmp_path / name).hex == ["#8e1a24"]
    (tmp_path / "c.json").write_bytes(export(Palette((Color((142, 26, 36)),)), "array"))
    assert load(tmp_path / "c.json").hex == ["#8e1a24"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.css", LINES, r"a\.css: the file has no colors\. The content looks like that of hex"),
        ("a.hex", b"GIMP Palette\n1 2 3\n", r"a\.hex: its suffix is that of hex, but its content that of gpl"),
        (
            "a.act",
            b"RIFF\x1c\0\0\0PAL data\x0c\0\0\0\0\3\2\0\1\2\3\0\4\5\6\0",
            "that of act, but its content that of riff-pal",
        ),
        ("a.act", b"#8e1a24\n#ffffff\n!!", r"byte 0: text, but an ACT file has bytes.*looks like that of hex"),
        ("a.pal", b"GIMP Palette\n1 2 3\n", "its content that of gpl: rename the file, or give the format"),
        ("a.ase", b"JASC-PAL\n0100\n1\n1 2 3\n", "that of ase, but its content that of jasc-pal"),
        ("a.paintnet.txt", b"8e1a24ff\n1b6f8aff\n", r"line 1: the alpha is at the end, RRGGBBAA.*give the format hex"),
        ("a.gpl", b'{"colors": ["#8e1a24"]}', "line 1: found .*The content looks like that of json"),
    ],
)
def test_suffix_and_content_must_agree(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FormatError, match=message):
        load(path)


def test_a_suffix_that_several_formats_share_leaves_the_choice_to_the_content(tmp_path):
    path = tmp_path / "a.txt"
    for content in (
        b"GIMP Palette\n142 26 36\n",
        b":root { --a: #8e1a24 }",
        b'["#8e1a24"]',
        b"FF8E1A24\n",
        b"8e1a24ff\n",
    ):
        path.write_bytes(content)
        assert load(path).hex == ["#8e1a24"], content


def test_errors_for_unreadable_sources_list_the_readable_formats(tmp_path):
    with pytest.raises(OptionError, match="neither suffix nor content identifies the format"):
        load(b"\x00\x01")
    with pytest.raises(OptionError, match=r"svg is write-only.*android, .*json"):
        load(b"<svg/>", "svg")
    with pytest.raises(SourceError, match=r"nowhere\.hex: cannot be read: No such file"):
        load(tmp_path / "nowhere.hex")
    with pytest.raises(SourceError, match="cannot be read"):
        load(tmp_path, "hex")
    with pytest.raises(FormatError, match=r"example\.org.*is not a palette of coolors\.co"):
        load("https://example.org/palette.ase")


def test_an_address_of_coolors_is_parsed_not_fetched():
    palette = Palette((Color((142, 26, 36)), Color((255, 255, 255))))
    assert load(palette.coolors).hex == palette.hex


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("hex", b"fff\n" * 10_001),
        ("csv", b"hex\n" + b"fff\n" * 10_001),
        ("array", json.dumps([[1, 2, 3]] * 10_001).encode()),
        ("css", b"--a:red;" * 10_001),
        ("json", json.dumps({"colors": ["#fff"] * 10_001}).encode()),
        ("dtcg", json.dumps({str(i): {"$type": "color", "$value": "#fff"} for i in range(10_001)}).encode()),
        ("hex", b"fff\n" * (2 << 20) + b"\n"),
    ],
)
def test_too_many_colors_or_bytes_are_refused(format, content):
    with pytest.raises(TooLargeError):
        load(content, format)


def test_files_of_10_000_colors_are_within_the_size_limit():
    colors = np.random.default_rng(0).integers(0, 256, (10_000, 3)).tolist()
    palette = Palette(tuple(Color((r, g, b), 1 / 3e4, (1 / 3, 2 / 3)) for r, g, b in colors))
    for format in ("json", "dtcg", "csv"):
        assert len(load(export(palette, format))) == 10_000


def test_repetitive_files_take_linear_time():
    assert load(b"$a:" * 100_000 + b";$a: red;", "scss").hex == ["#ff0000"]
    with pytest.raises(OptionError):
        load(b"red " * 500_000 + b"!")
    with pytest.raises(FormatError):
        load(b"--a: rgb(" + b"1 " * 1_000_000 + b")", "css")
    assert load(b"--a:" * 100_000 + b"red;--b: red", "css").hex == ["#ff0000"]


def test_formats_are_imported_on_first_use():
    code = "import sys, pochade; assert 'pochade.export' not in sys.modules; pochade.load(b'#fff')"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)


@pytest.mark.parametrize(
    "content", [b"hex\n#8e1a" + b"1" * 100_000 + b"\n", b'{"colors": ["' + b"x" * 100_000 + b'"]}']
)
def test_an_error_repeats_only_a_little_of_the_file(content):
    with pytest.raises(FormatError) as refused:
        load(content)
    assert len(str(refused.value)) < 600
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("entry", [one for one in exporters.entries if isinstance(one.about.magic, re.Pattern)])
def test_no_search_for_a_format_begins_with_white_space_of_many_lines(entry) -> None:
    """At each line it would run through all empty lines that follow: 80 kB of them took 6 seconds."""
    pattern = entry.about.magic.pattern.decode()
    assert not (entry.about.magic.flags & re.MULTILINE and pattern.startswith(r"^\s*")), entry.name
