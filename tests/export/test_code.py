"""Generated code, checked by the languages' compilers or lexers."""

import io
import itertools
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pygments.lexers
import pytest
import tinycss2
from pygments.token import Comment, Error, Keyword, Name

from pochade import Color, OptionError, Palette
from pochade.export import export

LABELS = [
    None,
    "class",
    "default",
    "Buoy red",
    "buoy red",
    "3 blue",
    "赤",
    "in",
    "null",
    "all",
    "hash code",
    "self",
    "if",
]
PALETTE = Palette(tuple(Color((7 * i, 200, 36), 1 / len(LABELS), None, label) for i, label in enumerate(LABELS)))
EMPTY = Palette(())


def text(format: str, palette: Palette = PALETTE, **options: str) -> str:
    return export(palette, format, **options).decode("ascii")


@pytest.mark.parametrize(("format", "selector"), [("css", ":root"), ("tailwind", "@theme")])
def test_css_is_a_rule_of_custom_properties(format, selector):
    (rule,) = tinycss2.parse_stylesheet(text(format), skip_whitespace=True)
    if format == "css":
        assert tinycss2.serialize(rule.prelude).strip() == selector
    else:
        assert f"@{rule.at_keyword}" == selector
    declarations = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
    assert all(d.type == "declaration" and d.name.startswith("--color-") for d in declarations)
    assert [tinycss2.serialize(d.value).strip() for d in declarations] == PALETTE.hex
    assert len({d.name for d in declarations}) == len(PALETTE)


@pytest.mark.parametrize("palette", [PALETTE, EMPTY])
def test_sass_compiles_the_variables_and_the_map(palette):
    sass = pytest.importorskip("sass")
    use = "@each $name, $color in $colors { .#{$name} { color: $color; } }\nb { order: length($colors); }"
    styled = sass.compile(string=text("scss", palette) + use)
    assert re.findall(r"color: (#\w+);", styled) == palette.hex
    assert f"order: {len(palette)};" in styled


def test_less_compiles_the_variables():
    lesscpy = pytest.importorskip("lesscpy")
    names = re.findall(r"^@([\w-]+):", text("less"), re.MULTILINE)
    assert len({*names}) == len(PALETTE)
    source = text("less") + "".join(f".x{i} {{ fill: @{name}; }}\n" for i, name in enumerate(names))
    styled = lesscpy.compile(io.StringIO(source))
    assert re.findall(r"fill: (#\w+);", styled) == PALETTE.hex


@pytest.mark.parametrize("palette", [PALETTE, EMPTY])
def test_android_colors_have_names_that_java_allows(palette):
    root = ElementTree.fromstring(text("android", palette))
    assert root.tag == "resources"
    assert [color.text.lower() for color in root] == palette.hex
    names = [color.get("name") for color in root]
    assert len({*names}) == len(palette)
    tokens = [token for name in names for token in pygments.lexers.get_lexer_by_name("java").get_tokens(f"{name} ")]
    assert not [value for kind, value in tokens if kind in Keyword or kind in Error]


# language of the lexer, and a pattern of the declared names
DECLARED = {
    "swift": ("swift", r"static let (\w+) = Color\("),
    "flutter": ("dart", r"static const Color (\w+) ="),
    "ggplot2": ("r", r"^  (\w+) = \""),
}


@pytest.mark.parametrize("format", DECLARED)
def test_every_color_has_a_name_that_the_language_allows(format):
    language, pattern = DECLARED[format]
    code = text(format)
    names = re.findall(pattern, code, re.MULTILINE)
    assert len({*names}) == len(PALETTE)
    lexer = pygments.lexers.get_lexer_by_name(language)
    assert not [value for kind, value in lexer.get_tokens(code) if kind in Error]
    for name in names:
        kinds = {kind for kind, value in lexer.get_tokens(f"x = {name}\n") if value == name}
        assert kinds, name
        assert not any(kind in Keyword or kind in Comment for kind in kinds), name
        assert any(kind in Name for kind in kinds), name


@pytest.mark.parametrize("format", ["swift", "flutter", "ggplot2", "d3"])
@pytest.mark.parametrize("palette", [PALETTE, EMPTY], ids=["colors", "none"])
def test_brackets_are_balanced(format, palette):
    open_brackets: list[str] = []
    for sign in re.sub(r'"[^"]*"', "", text(format, palette)):
        if sign in "([{":
            open_brackets.append(sign)
        elif sign in ")]}":
            assert open_brackets.pop() + sign in ("()", "[]", "{}")
    assert not open_brackets


def test_swift_and_dart_have_the_exact_codes():
    swift = re.findall(r"red: (\d+)\.0 / 255, green: (\d+)\.0 / 255, blue: (\d+)\.0 / 255", text("swift"))
    assert [tuple(map(int, found)) for found in swift] == [color.srgb for color in PALETTE]
    assert re.findall(r"Color\(0xFF(\w{6})\)", text("flutter")) == [color[1:].upper() for color in PALETTE.hex]


def test_node_imports_the_d3_module(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    (tmp_path / "palette.mjs").write_text(text("d3"))
    (tmp_path / "main.mjs").write_text(
        'import * as palette from "./palette.mjs"; console.log(JSON.stringify({...palette}))'
    )
    shown = subprocess.run([node, tmp_path / "main.mjs"], capture_output=True, check=True, timeout=300).stdout
    found = json.loads(shown)
    assert found["scheme"] == PALETTE.hex
    assert list(found["colors"].values()) == PALETTE.hex


def test_matplotlib_cycles_through_the_colors(tmp_path):
    matplotlib = pytest.importorskip("matplotlib")
    for palette in (PALETTE, Palette((Color((0x11, 0x11, 0x11)), Color((0x1E, 0x10, 0x00)))), EMPTY):
        path = tmp_path / "palette.mplstyle"
        path.write_bytes(export(palette, "matplotlib"))
        style = matplotlib.rc_params_from_file(path, use_default_template=False)
        if len(palette):
            cycle = [item["color"] for item in style["axes.prop_cycle"]]
            assert [matplotlib.colors.to_hex(color) for color in cycle] == palette.hex
        else:
            assert "axes.prop_cycle" not in style


def test_plotly_accepts_the_template():
    objects = pytest.importorskip("plotly.graph_objects")
    template = objects.layout.Template(json.loads(text("plotly")))
    assert [*template.layout.colorway] == PALETTE.hex


def test_vega_uses_the_colors_for_categories():
    config = json.loads(text("vega"))
    assert config["range"]["category"] == PALETTE.hex
    assert config["mark"]["color"] == PALETTE.hex[0]
    assert json.loads(text("vega", EMPTY)) == {"range": {"category": []}}


@pytest.mark.parametrize(
    ("format", "option", "good", "line"),
    [
        ("css", "prefix", "brand", "--brand-class:"),
        ("scss", "prefix", "brand", "$brands: ("),
        ("less", "prefix", "brand", "@brand-class:"),
        ("swift", "name", "Harbor", "enum Harbor {"),
        ("flutter", "name", "Harbor", "class Harbor {"),
        ("ggplot2", "name", "harbor", "scale_fill_harbor <-"),
    ],
)
def test_name_options_are_used_and_cannot_inject_code(format, option, good, line):
    assert line in text(format, **{option: good})
    for bad in ("", "a b", "x: red; }", "1", "ä", "-", "A-b c", "a\n"):
        with pytest.raises(OptionError, match=f"{option}=.* give a plain name"):
            export(PALETTE, format, **{option: bad})


@pytest.mark.parametrize(("format", "name"), [("swift", "Color"), ("flutter", "List"), ("ggplot2", "function")])
def test_names_of_classes_in_use_are_refused(format, name):
    with pytest.raises(OptionError, match="give a plain name"):
        export(PALETTE, format, name=name)
    assert text(format, name=name + "s")


def test_formats_differ():
    names = ["css", "tailwind", "scss", "less"]
    assert all(text(a) != text(b) for a, b in itertools.combinations(names, 2))
