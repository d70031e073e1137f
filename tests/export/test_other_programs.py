"""Palettes of Scribus, CorelDRAW, SwatchBooker, Sketch, Tailwind, terminals and editors, and raw tables."""

import io
import json
import struct
import zipfile

import pytest

from pochade import FormatError, Palette, load
from pochade.export import export

HARBOR = ["#0d1b2a", "#1b6f8a", "#e0c097", "#b5402e"]
RGB = [(13, 27, 42), (27, 111, 138), (224, 192, 151), (181, 64, 46)]
NAMES = ["ink", "sea", "sand", "brick"]
PALETTE = Palette.from_dict({"colors": [{"hex": h, "name": n} for h, n in zip(HARBOR, NAMES, strict=True)]})


def rows(row: str) -> str:
    """The row for each color: h is its hex, r, g and b its codes, R, G and B its channels to 1, n its name."""
    return "\n".join(
        row.format(h=h, r=r, g=g, b=b, R=r / 255, G=g / 255, B=b / 255, n=n)
        for h, (r, g, b), n in zip(HARBOR, RGB, NAMES, strict=True)
    )


SCRIBUS = [
    '<COLOR NAME="{n}" RGB="{h}" Spot="0" Register="0"/>',
    '<COLOR RGB="{h}" NAME="{n}" />',
    '<COLOR NAME="{n}" SPACE="RGB" R="{r}" G="{g}" B="{b}"/>',
    '<color name="{n}" rgb="{h}"/>',
]
COREL = [
    '<color cs="RGB" name="{n}" tints="{R},{G},{B}"/>',
    '<color name="{n}" tints="{R}, {G}, {B}" cs="sRGB" />',
    '<color name="{n}" hex="{h}" r="{r}" g="{g}" b="{b}" />',
    '<color name="{n}" r="{r}" g="{g}" b="{b}" />',
]
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize(
    "text",
    [
        *(f'{XML}<SCRIBUSCOLORS Name="Harbor">\n{rows(row)}\n</SCRIBUSCOLORS>' for row in SCRIBUS),
        f'<SCRIBUSUTF8NEW Version="1.5"><DOCUMENT>{rows(SCRIBUS[2])}<STYLE/></DOCUMENT></SCRIBUSUTF8NEW>',
        *(f'{XML}<palette name="Harbor"><colors><page>{rows(row)}</page></colors></palette>' for row in COREL),
        f"<palette>\n{rows(COREL[2])}\n</palette>",  # of coolors.co
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_palettes_in_xml_are_read(text, mark, tmp_path):
    for name in ("a.xml", "a", "a.txt"):
        (tmp_path / name).write_text(mark + text, encoding="utf-8")
        palette = load(tmp_path / name)
        assert (palette.hex, palette.names) == (HARBOR, NAMES)


def test_xml_in_the_code_page_of_windows_is_read():
    head = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    assert load(head + b'<SCRIBUSCOLORS><COLOR NAME="Gr\xfcn" RGB="#0d1b2a"/></SCRIBUSCOLORS>').names == ["Grün"]


def test_other_models_of_scribus_are_read_and_unknown_ones_listed():
    text = (
        '<SCRIBUSCOLORS><COLOR NAME="k" SPACE="CMYK" C="0" M="0" Y="0" K="100"/><COLOR NAME="c" CMYK="#ff000000"/>'
        '<COLOR NAME="white" SPACE="Lab" L="100" A="0" B="0"/><COLOR NAME="x" SPACE="Hexachrome"/></SCRIBUSCOLORS>'
    )
    palette = load(text.encode())
    assert palette.hex == ["#000000", "#00ffff", "#ffffff"]
    assert palette.omitted == ("line 1: x is in an unknown model.",)


def test_inks_of_coreldraw_are_read_as_the_palette_defines_them():
    text = (
        '<palette><colorspaces><cs name="HKS 5" fixedID="1"><color cs="CMYK" tints="0,0.3,1,0"/>'
        '<color cs="sRGB" tints="1,0.714,0"/></cs></colorspaces><colors><page><color cs="HKS 5" name="gold" tints="1"/>'
        '<color cs="LAB" tints="1,0.502,0.502"/><color cs="Gray" tints="0.5"/><color cs="CMYK" tints="0,1,1,0"/>'
        '<color cs="PANTONE 1" name="spot" tints="1"/></page></colors></palette>'
    )
    palette = load(text.encode())
    assert palette.hex == ["#ffb600", "#ffffff", "#808080", "#ff0000"]
    assert palette.names[0] == "gold"
    assert palette.omitted == ("line 1: spot is in 'PANTONE 1', which the file does not define.",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<svg/>", "line 1: the XML has the element 'svg', which is no palette. Palettes begin with resources"),
        ('<SCRIBUSCOLORS><COLOR RGB="#12"/></SCRIBUSCOLORS>', "line 1: '#12' is not a color: give #rrggbb"),
        ('<SCRIBUSCOLORS><COLOR CMYK="#123456"/></SCRIBUSCOLORS>', "give #ccmmyykk"),
        ('<SCRIBUSCOLORS><COLOR SPACE="RGB" R="1"/></SCRIBUSCOLORS>', "a color of RGB needs R, G, B"),
        ('<palette><color cs="RGB" tints="1,1"/></palette>', "line 1: 2 tints of RGB, which has 3"),
        ('<palette><color cs="RGB" tints="1,1,2"/></palette>', "line 1: 1 1 2 is not a color"),
    ],
)
def test_errors_in_xml_name_the_line(text, message, tmp_path):
    (tmp_path / "a.xml").write_text(text)
    with pytest.raises(FormatError, match=message):
        load(tmp_path / "a.xml")


def test_xml_of_android_lists_translucent_colors():
    text = (
        b'<resources><item name="a_b" type="color">#FF0D1B2A</item>\n<color name="veil">#800D1B2A</color></resources>'
    )
    palette = load(text)
    assert (palette.hex, palette.names) == (["#0d1b2a"], ["a b"])
    assert palette.omitted == ("line 2: veil is translucent: #800D1B2A.",)


def sbz(materials: str, book: str = "", **members: bytes) -> bytes:
    document = f'<SwatchBook version="0.7" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>\
<dc:title>Book</dc:title></metadata><materials>{materials}</materials>{book}</SwatchBook>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("swatchbook.xml", document)
        for name, member in members.items():
            archive.writestr(f"profiles/{name}", member)
    return content.getvalue()


def material(identifier: str, *values: tuple[str, str]) -> str:
    models = "".join(f'<values model="{model}">{numbers}</values>' for model, numbers in values)
    return f"<color><metadata><dc:identifier>{identifier}</dc:identifier></metadata>{models}</color>"


def test_a_huge_alpha_is_no_color():
    content = json.dumps({"compatibleVersion": "2.0", "colors": [{"red": 1, "green": 0, "blue": 0, "alpha": 10**400}]})
    with pytest.raises(FormatError, match="is translucent: alpha 1000"):
        load(content.encode())


def test_books_of_swatchbooker_are_read_in_the_order_of_the_book():
    content = sbz(
        material("sea", ("CMYK", "1 0 0 0"), ("sRGB", "0.105882 0.435294 0.541176"))
        + material("white", ("Lab", "100 0 0"))
        + material("black", ("GRAY", "1"))
        + material("six", ("6CLR", "1 0 0 0 0 0"))
        + "<pattern><metadata><dc:identifier>dots</dc:identifier></metadata></pattern>",
        '<book><swatch material="white"/><group><metadata><dc:title>g</dc:title></metadata><swatch material="sea"/>'
        '</group><swatch material="six"/><swatch material="dots"/><swatch material="black"/></book>',
    )
    palette = load(content)
    assert (palette.hex, palette.names) == (["#ffffff", "#1b6f8a", "#000000"], ["white", "sea", "black"])
    assert [sentence.partition(" is")[0] for sentence in palette.omitted] == ["six", "dots"]


def test_a_profile_of_swatchbooker_is_applied(display_p3):
    white = material("a", ('RGB" space="p3', "1 1 1"))
    assert load(sbz(white, p3=display_p3)).hex == ["#ffffff"]
    reddish = white.replace("1 1 1", "0.66 0.28 0.21")
    (red, green, blue) = load(sbz(reddish, p3=display_p3))[0].srgb
    assert max(abs(red - 182), abs(green - 63), abs(blue - 46)) <= 2  # color(display-p3 0.66 0.28 0.21) of CSS


@pytest.mark.parametrize("first", [{}, {"compatibleVersion": "2.0"}, {"pluginVersion": "2.22", "gradients": []}])
def test_palettes_of_sketch_are_read(first, tmp_path):
    colors = [dict(zip(("name", "red", "green", "blue", "alpha"), (n, r / 255, g / 255, b / 255, 1), strict=True))
              for n, (r, g, b) in zip(NAMES, RGB, strict=True)]  # fmt: skip
    colors.append({"name": "veil", "red": 1, "green": 0, "blue": 0, "alpha": 0.5})
    (tmp_path / "a.sketchpalette").write_text(json.dumps({**first, "colors": colors}))
    palette = load(tmp_path / "a.sketchpalette")
    assert (palette.hex, palette.names) == (HARBOR, NAMES)
    assert palette.omitted == ("veil is translucent: alpha 0.5.",)
    pure = {"compatibleVersion": "2.0", "colors": [{"red": 1, "green": 0, "blue": 0, "alpha": 1}]}
    assert load(json.dumps(pure).encode()).hex == ["#ff0000"]  # whole numbers are channels too


CONFIG = """/** @type {import('tailwindcss').Config} */
const colors = require('tailwindcss/colors')
module.exports = {
  content: ["./src/**/*.{js,ts}"],
  theme: {
    extend: {
      // the harbor
      colors: {
        ink: '#0d1b2a', /* dark */
        "sea": { DEFAULT: "#1b6f8a", 500: `#1b6f8a`, },
        ...colors.gray,
        'warm-sand': 'rgb(224, 192, 151)',
        sky: colors.sky[500],
        fade: ({ opacityValue }) => `rgb(1 2 3 / ${opacityValue})`,
        veil: 'rgb(0 0 0 / 50%)', brick: '#b5402e',
        current: 'currentColor', brand: 'var(--brand)',
      },
      fontFamily: { sans: ['Inter', 'x'] },
    },
  },
}
"""


@pytest.mark.parametrize(
    "name", ["tailwind.config.js", "tailwind.config.ts", "tailwind.config.mjs", "colors.js", "a.txt"]
)
def test_configurations_of_tailwind_are_read(name, tmp_path):
    (tmp_path / name).write_text(CONFIG)
    palette = load(tmp_path / name)
    assert palette.hex == ["#0d1b2a", "#1b6f8a", "#1b6f8a", "#e0c097", "#b5402e"]
    assert palette.names == ["ink", "sea", "sea 500", "warm sand", "brick"]
    assert [sentence.split()[0] for sentence in palette.omitted] == ["...colors.gray", "sky", "fade", "veil"]


@pytest.mark.parametrize(
    "text", ["const colors = { ink: '#0d1b2a' };", 'export default {"colors": {"ink": "#0d1b2a"}}']
)
def test_objects_of_colors_in_javascript_are_read(text):
    assert load(text.encode()).names == ["ink"]


@pytest.mark.parametrize(
    "text",
    [
        "colors: {",
        "colors: { a: ",
        "colors: {a: {b: (}",
        "colors: {{{",
        "colors: { a: ( } )",
        "colors: { a ]",
        "colors: {a:[}]",
        "colors = {a:'#12'}",
        "x",
    ],
)
def test_broken_javascript_is_refused(text):
    with pytest.raises(FormatError):
        load(text.encode(), "tailwind-config")


@pytest.mark.parametrize("size", [1, 4, 256, 336])
def test_color_tables_of_any_length_are_read(size, tmp_path):
    colors = [(i % 251, i % 7, 255 - i % 256) for i in range(size)]
    (tmp_path / "a.act").write_bytes(bytes(code for color in colors for code in color))
    assert [color.srgb for color in load(tmp_path / "a.act")] == colors


def test_a_short_color_table_may_end_with_its_count(tmp_path):
    (tmp_path / "a.act").write_bytes(bytes([13, 27, 42, 27, 111, 138]) + struct.pack(">HH", 2, 0xFFFF))
    assert load(tmp_path / "a.act").hex == HARBOR[:2]


def test_a_raw_palette_of_768_bytes_is_read_by_its_size(tmp_path):
    table = bytes(range(256)) * 3
    (tmp_path / "a.pal").write_bytes(table)
    assert load(tmp_path / "a.pal").srgb.tobytes() == table
    (tmp_path / "a.pal").write_bytes(export(PALETTE, "raw-pal"))
    assert load(tmp_path / "a.pal").hex == HARBOR
    (tmp_path / "a.pal").write_bytes(table[:-1])
    with pytest.raises(FormatError):
        load(tmp_path / "a.pal")


PYWAL = {
    "wallpaper": "/a.jpg",
    "alpha": "100",
    "special": {"background": "#0d1b2a", "foreground": "#e0c097", "cursor": "#e0c097"},
    "colors": {f"color{i}": HARBOR[i % 4] for i in range(16)},
}
TERMINALS = {
    "colors.json": json.dumps(PYWAL),
    "scheme.json": json.dumps(
        {"name": "x", "brightBlack": HARBOR[0], "red": HARBOR[1], "a": HARBOR[2], "b": HARBOR[3]}
    ),
    "kitty.conf": """# a
color0 #0d1b2a
color1  #1b6f8a
font_size 12
color2\t#e0c097
foreground #b5402e
cursor #0d1b2a
""",
    "alacritty.toml": """[colors.primary]
background='#0d1b2a'
foreground='0x1b6f8a'
[colors.normal]
red='#e0c097'
blue='#b5402e'
""",
    "wez.toml": "[colors]\nansi = ['#0d1b2a', '#1b6f8a']\nbrights = ['#e0c097', '#b5402e']\n",
    "base16.yaml": """scheme: "x"
base00: "0d1b2a"
base01: "1B6F8A" # c
base02: '#e0c097'
base03: b5402e
""",
    "tinted.yaml": """system: base16
palette:
  base00: "#0d1b2a"
  base01: "#1b6f8a"
  base02: "#e0c097"
  base03: "#b5402e"
""",
    "theme.json": """{ // dark
  "tokenColors": [{"settings": {"foreground": "#0d1b2a"}}],
  "colors": {"a.b": "#1b6f8a", "c": "#e0c097", "d": "#b5402e", "e": "#0d1b2a",}
}""",
    "x.mplstyle": "lines.linewidth: 2\naxes.prop_cycle: cycler('color', ['0d1b2a', '#1b6f8a', \"e0c097\", 'b5402e'])\n",
    "plot.json": json.dumps({"layout": {"colorway": HARBOR, "font": {"color": "#000000"}}}),
}


@pytest.mark.parametrize("name", TERMINALS)
def test_themes_of_terminals_editors_and_plots_are_read(name, tmp_path):
    (tmp_path / name).write_text(TERMINALS[name])
    assert load(tmp_path / name).hex == HARBOR
    assert load(TERMINALS[name].encode()).hex == HARBOR


def test_one_entry_does_not_refuse_a_whole_file():
    pantone = struct.pack(">HH", 1, 3) + struct.pack(">15H", 0, 65535, 0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 65535, 0, 0)
    palette = load(pantone, "aco")
    assert palette.hex == ["#ff0000", "#00ff00"]
    assert len(palette.omitted) == 1
    assert palette.omitted[0].startswith("byte 14: a color is of the color book Pantone")
    ase = export(PALETTE, "ase")
    ase = (
        ase[:8]
        + struct.pack(">I", 6)
        + struct.pack(">HI", 7, 2)
        + b"??"
        + ase[12:]
        + struct.pack(">HIH", 1, 14, 2)
        + "a\0".encode("utf-16-be")
        + b"HSB "
        + bytes(4)
    )
    palette = load(ase)
    assert palette.hex == HARBOR
    assert ["unknown kind" in palette.omitted[0], "unknown color model" in palette.omitted[1]] == [True, True]
    segments = "0 0.5 1 1 0 0 1 0 0 1 1 0 0 1 0\n"
    palette = load(f"GIMP Gradient\n1\n{segments}".encode())
    assert (palette.hex, len(palette.omitted)) == (["#0000ff"], 1)


def test_omitted_entries_do_not_change_the_value_of_a_palette():
    with_note = load(b"#b5402e\n#b5402e80\n")
    assert with_note == load(b"#b5402e\n")
    assert len(with_note.omitted) == 1
    assert with_note.sort("hue").omitted == with_note.omitted
    assert Palette(()).omitted == ()


def test_all_names_of_x11_are_known_to_gmt():
    def one(name: str) -> str:
        return load(f"0 {name} 1 {name}\n".encode(), "cpt").hex[0]

    # rgb.txt of X.Org; GMT takes these names from X11, not from CSS.
    expected = {"darkorange1": "#ff7f00", "DarkOrange3": "#cd6600", "green": "#00ff00", "gray": "#bebebe"}
    expected |= {"navyblue": "#000080", "lightgoldenrod": "#eedd82", "tomato": "#ff6347", "antiquewhite4": "#8b8378"}
    assert {name: one(name) for name in expected} == expected
