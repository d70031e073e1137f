"""Style sheets: exports of coolors.co and color.adobe.com, CSS Color 4, Sass, Less and Tailwind."""

import pytest

from pochade import FormatError, Palette, load
from pochade.export import export

HARBOR = ["#0d1b2a", "#1b6f8a", "#e0c097", "#b5402e"]
NAMES = ["ink", "sea", "sand", "brick"]
HSL = ["211, 53%, 11%", "195, 67%, 32%", "34, 54%, 74%", "8, 59%, 45%"]  # as coolors.co rounds the four colors
RGB = ["13, 27, 42", "27, 111, 138", "224, 192, 151", "181, 64, 46"]


def block(sigil: str, values: list[str]) -> str:
    return "".join(f"{sigil}{name}: {value};\n" for name, value in zip(NAMES, values, strict=True))


HEX_BLOCK = [f"{color}ff" for color in HARBOR]
HSL_BLOCK = [f"hsla({value}, 1)" for value in HSL]
RGB_BLOCK = [f"rgba({value}, 1)" for value in RGB]
COOLORS_CSS = f"/* CSS HEX */\n{block('--', HEX_BLOCK)}\n/* CSS HSL */\n{block('--', HSL_BLOCK)}"
COOLORS_SCSS = (
    f"/* SCSS HEX */\n{block('$', HEX_BLOCK)}\n/* SCSS HSL */\n{block('$', HSL_BLOCK)}\n/* SCSS RGB */\n"
    f"{block('$', RGB_BLOCK)}\n/* SCSS Gradient */\n$gradient-top: linear-gradient(0deg, {', '.join(HEX_BLOCK)});\n"
    f"$gradient-radial: radial-gradient({', '.join(HEX_BLOCK)});\n"
)


@pytest.mark.parametrize(
    "text",
    [
        COOLORS_CSS,
        COOLORS_SCSS,
        COOLORS_CSS + "\n" + COOLORS_SCSS,
        f"/* HSL */\n{block('$', HSL_BLOCK)}\n/* RGB */\n{block('$', RGB_BLOCK)}",  # the exact notation comes later
        "/* HSL */\n" + block("$", [v.replace(",", "%,", 1) for v in HSL_BLOCK]) + block("$", RGB_BLOCK),  # of 2020
        f":root {{\n{COOLORS_CSS}}}\n{COOLORS_SCSS}",
        COOLORS_CSS.replace("\n", "\r\n").upper().replace("HSLA", "hsla"),
        "\ufeff" + COOLORS_CSS,
    ],
)
@pytest.mark.parametrize("suffix", [".css", ".scss", ".txt", ""])
def test_exports_of_coolors_have_each_color_once(text, suffix, tmp_path):
    path = tmp_path / f"palette{suffix}"
    path.write_text(text, encoding="utf-8", newline="")
    palette = load(path)
    assert palette.hex == HARBOR
    assert [name.lower() for name in palette.names] == NAMES
    assert palette.omitted == ()


CLASSES = "".join(f".Harbor-{i}-hex {{ color: {c.upper()}; }}\n" for i, c in enumerate(HARBOR, 1))
CLASSES_RGBA = "".join(f".Harbor-{i}-rgba {{ color: rgba({c}, 1); }}\n" for i, c in enumerate(RGB, 1))
# color.adobe.com writes whole numbers without percent signs.
ADOBE_HSL = ["210, 52, 10", "194, 67, 32", "33, 54, 73", "8, 59, 44"]
CLASSES_HSLA = "".join(f".Harbor-{i}-hsla {{ color: hsla({c}, 1); }}\n" for i, c in enumerate(ADOBE_HSL, 1))
LESS = "".join(f"@Harbor-{i}-hex: {c.upper()};\n" for i, c in enumerate(HARBOR, 1))
LESS_HSLA = "".join(f"@Harbor-{i}-hsla: hsla({c}, 1);\n" for i, c in enumerate(ADOBE_HSL, 1))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"/* Color Theme Swatches in Hex */\n{CLASSES}", "a.css"),
        (f"{CLASSES}/* in RGBA */\n{CLASSES_RGBA}/* in HSLA */\n{CLASSES_HSLA}", "a.css"),
        (f"{CLASSES_HSLA}{CLASSES_RGBA}{CLASSES}", "a.css"),
        (f"{CLASSES}{CLASSES_HSLA}".replace("{ ", "{\n  ").replace(" }", "\n}"), "a.css"),
        (f"/* Color Theme Swatches in Hex */\n{LESS}", "a.less"),
        (f"{LESS}\n{LESS_HSLA}", "a.less"),
        (f"{LESS_HSLA}\n{LESS}", "a"),
    ],
)
def test_exports_of_adobe_color_have_each_color_once(text, name, tmp_path):
    (tmp_path / name).write_text(text)
    palette = load(tmp_path / name)
    assert palette.hex == HARBOR
    assert palette.names == [f"Harbor {i}" for i in range(1, 5)]


MODERN = b""":root {
 --a: #b5402e; --b: lab(44% 45 34); --c: lch(44% 56 37); --d: color(display-p3 0.66 0.28 0.21);
 --e: hwb(8 18% 29%); --f: oklch(0.53 0.15 32); --g: color(srgb 0.71 0.25 0.18);
 --h: color-mix(in srgb, red, blue); --i: RebeccaPurple; --j: rgb(181 64 46 / 0.5); --k: #b5402e80;
 --l: 180 64 46; --m: light-dark(#fff, #000); --n: transparent; --o: currentColor; --p: rgb(var(--l));
 --q: 4px; --r: var(--a); --s: linear-gradient(red, blue); --t: 0 1px 2px #0003; --u: initial;
}"""


def test_css_color_4_is_read_and_what_is_no_fixed_color_is_listed():
    palette = load(MODERN, "css")
    assert palette.names == list("abcdefgi")
    assert palette.hex[0] == palette.hex[6] == "#b5402e"
    assert all(max(abs(a - b) for a, b in zip(color.srgb, (181, 64, 46), strict=True)) <= 6 for color in palette[:7])
    listed = {sentence.split()[2]: sentence for sentence in palette.omitted}
    assert list(listed) == ["--h", "--j", "--k", "--l", "--m", "--n", "--o", "--p"]
    assert listed["--h"] == "line 4: --h is computed: color-mix(in srgb, red, blue)."
    assert "is translucent" in listed["--j"]
    assert "is translucent" in listed["--n"]
    assert "depends on other values" in listed["--p"]


@pytest.mark.parametrize(
    ("text", "names", "hexes"),
    [
        ("$map: (\n 'ink': #0d1b2a, // dark\n sea: rgb(27, 111, 138),\n 'deep': ('500': #fff, '900': #000)\n);",
         ["ink", "sea", "deep 500", "deep 900"], ["#0d1b2a", "#1b6f8a", "#ffffff", "#000000"]),
        ("$ink: #0d1b2a\n$sea: #1b6f8a !default\n", ["ink", "sea"], HARBOR[:2]),  # the indented syntax
        ("@colors: { ink: #0d1b2a; sea: #1b6f8a }", ["ink", "sea"], HARBOR[:2]),
        ("@import 'a';\n@theme inline { --color-*: initial; --color-ink: #0D1B2A; --gap: 4px }", ["ink"], ["#0d1b2a"]),
        (":root{--ink: var(--theirs, #0d1b2a); --b: var(--ink, red); --sea: var( --x , rgb(27 111 138))}",
         ["ink", "sea"], HARBOR[:2]),
        (":root{--a:#fff}\n.dark{--a:#000}", ["a", "a"], ["#ffffff", "#000000"]),
        (":root{--a:#fff}\n.b{--a:#FFF}\n.c{--a:white}", ["a"], ["#ffffff"]),
        (":root{--a:#b5402e; --a:color(display-p3 0.7 0.28 0.21)}", ["a"], ["#b5402e"]),
        (":root{--a:#b5402e}\n@supports (color: lab(0 0 0)) {:root{--a:lab(44% 80 60)}}", ["a"], ["#b5402e"]),
        ("@media (min-width: 1px) { .a { --sea : #1B6F8A } } ", ["sea"], ["#1b6f8a"]),
        ("a:hover { --x: url(data:image/png;base64,AA==); --sea: #1b6f8a }", ["sea"], ["#1b6f8a"]),
        ("/* --no: red; */ --sea: /* blue */ #1b6f8a /* ; */;", ["sea"], ["#1b6f8a"]),
        (".a { border: 1px solid #1b6f8a } .b { background: linear-gradient(#0d1b2a, rgb(255 255 255)) }",
         ["a", "b", "b"], ["#1b6f8a", "#0d1b2a", "#ffffff"]),
        ("body { background: #0d1b2a; color: #fff } h1 { color: #FFF } h2 { margin: 0 }",
         ["black", "white"], ["#0d1b2a", "#ffffff"]),
    ],
)  # fmt: skip
def test_style_sheets_of_all_kinds_are_read(text, names, hexes):
    palette = load(text.encode())
    assert palette.hex == hexes
    assert palette.names == names


@pytest.mark.parametrize(
    "value", ["darken($a, 5%)", "rgba($a, .5)", "mix($a, $a)", "lighten(@a, 5%)", "color.scale($a)"]
)
def test_computed_colors_of_sass_and_less_are_listed(value):
    palette = load(f"$a: #b5402e;\n$b: {value};\n$c: $a;".encode())
    assert palette.hex == ["#b5402e"]
    (sentence,) = palette.omitted
    assert sentence.startswith("line 2: $b ")
    assert value in sentence


def test_a_file_of_translucent_colors_says_so():
    with pytest.raises(FormatError, match=r"no colors: 2 entries are left out: line 1: --a is translucent: #0008\."):
        load(b"--a: #0008;\n--b: rgb(0 0 0 / 10%);")


def test_less_is_read_back():
    palette = Palette.from_dict({"colors": HARBOR})
    assert load(export(palette, "less"), "less").hex == load(export(palette, "less")).hex == HARBOR


def test_a_variable_with_another_value_is_another_color():
    assert load(b"$a: #fff; $a: rgb(0, 0, 0);").hex == ["#ffffff", "#000000"]


def test_many_values_of_one_name_take_linear_time():
    content = "".join(f"--a: #{i:06x};" for i in range(10_000)).encode()
    assert len(load(content)) == 10_000


def test_deep_and_repetitive_style_sheets_take_linear_time():
    assert load(b"a{" * 50_000 + b"--x:#fff;" + b"}" * 50_000).hex == ["#ffffff"]
    assert load(b"$m: (" + b"a:(" * 20_000 + b"b: #fff" + b")" * 20_000 + b"); $z: #000;", "scss").hex[-1] == "#000000"
    assert load(b"/* " * 100_000 + b"*/ --x: #fff;").hex == ["#ffffff"]
