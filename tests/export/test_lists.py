"""Lists of colors that people keep in text files, with names, comments and separators of all kinds."""

import pytest

from pochade import FormatError, OptionError, load
from pochade.export.hex import read

HARBOR = ["#0d1b2a", "#1b6f8a", "#e0c097", "#b5402e"]
RGB = [(13, 27, 42), (27, 111, 138), (224, 192, 151), (181, 64, 46)]
NAMES = ["Ink", "Sea blue", "Sand", "Brick 2"]


def each(line: str) -> str:
    """The line for each color of the harbor: h is its hex digits, r, g and b its codes, n its name."""
    return "\n".join(
        line.format(h=color[1:], H=color[1:].upper(), r=r, g=g, b=b, n=name)
        for color, (r, g, b), name in zip(HARBOR, RGB, NAMES, strict=True)
    )


NAMELESS = [
    *(separator.join(HARBOR) for separator in (", ", " ", ";", "|", "\t")),
    *(separator.join(color[1:] for color in HARBOR) for separator in ("-", ",")),
    *(
        each(line)
        for line in """{h}/{H}/#{H}/#{h},/'#{h}',/"{h}",/0x{H}/- #{h}/* {h}/1. #{h}/{h}ff/#{H}FF/{r}, {g}, {b}
        {r} {g} {b}/{r};{g};{b}/{r}\t{g}\t{b}/({r}, {g}, {b})/[{r}, {g}, {b}],/rgb({r}, {g}, {b})/rgb({r} {g} {b})
        {r}, {g}, {b}, 255""".replace("\n        ", "/").split("/")
    ),
]
NAMED = [
    *(
        "#{h} {n}",
        "#{h}  {n}",
        "#{H}\t{n}",
        "#{h}, {n}",
        "#{h}; {n}",
        "#{h} - {n}",
        "#{h}: {n}",
        "{h} {n}",
        "{h} ; {n}",
    ),
    *("#{h} // {n}", "{n}: #{h}", "{n} = #{h}", "{n} #{h}", "{n}, #{h}", "{n}\t#{h}", '"{n}": "#{h}",', "{n}: {h}"),
    *("| {n} | `#{h}` |", "{n}: {r}, {g}, {b}", "{r} {g} {b} {n}", "{r}, {g}, {b}, {n}", "{r}\t{g}\t{b}\t\t{n}"),
    *("{n}: R {r}, G {g}, B {b}", "{n} R={r} G={g} B={b}", "red: {r} green: {g} blue: {b} {n}"),
    *("{n}: rgb({r}, {g}, {b})", "#{h} rgb({r},{g},{b}) {n}", "{n} (#{h})", "- {n}: #{h}"),
]


@pytest.mark.parametrize("text", NAMELESS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lists_without_names(text, end, tmp_path):
    for suffix in (".txt", ".hex", ""):
        path = tmp_path / f"harbor{suffix}"
        path.write_bytes(text.replace("\n", end).encode())
        palette = load(path)
        assert palette.hex == HARBOR
        assert [color.label for color in palette] == [None] * 4


@pytest.mark.parametrize("line", NAMED)
@pytest.mark.parametrize(
    "head", ["", "\ufeff", "; my colors\n\n", "# Palette: Harbor\n#\n", "// a\n/* b\n c */\n", "! x\n"]
)
def test_lists_with_names(line, head, tmp_path):
    path = tmp_path / "harbor.txt"
    path.write_text(head + each(line) + "\n", encoding="utf-8")
    palette = load(path)
    assert palette.hex == HARBOR
    assert [color.label for color in palette] == NAMES


TITLES = ["Harbor\n", "Harbor at dusk\n======\n\n", "colors:\n", "[Colors]\n", "Harbor\nby Ann\n\nWarm:\n"]


@pytest.mark.parametrize("title", [*TITLES, "| Name | Hex |\n|---|---|\n"])
@pytest.mark.parametrize("line", ["#{h} {n}", "  - '#{h}' {n}", "{n} = #{h}", "| {n} | `#{h}` |", "{r}, {g}, {b} {n}"])
def test_a_title_and_headings_are_skipped(title, line, tmp_path):
    (tmp_path / "harbor.txt").write_text(title + each(line) + "\n")
    palette = load(tmp_path / "harbor.txt")
    assert palette.hex == HARBOR
    assert [color.label for color in palette] == NAMES
    halves = each(line).split("\n")
    (tmp_path / "harbor.txt").write_text("\n".join([title, *halves[:2], "", "Cold:", "---", *halves[2:]]))
    assert load(tmp_path / "harbor.txt").hex == HARBOR


def test_numbers_from_0_to_1_are_read():
    assert load(b"0 0.5 1\n1 1 1\n").hex == ["#0080ff", "#ffffff"]
    assert load(b"1 1 1\n0 0 0\n").hex == ["#010101", "#000000"]  # whole numbers are codes


def test_the_file_of_names_of_x11_is_read():
    assert load(b"! $Xorg$\n255 250 250\t\tsnow\n112 128 144\t\tslate gray\n").names == ["snow", "slate gray"]


def test_text_in_utf_16_is_read(tmp_path):
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        text = "#0d1b2a Bärenblau\r\n#1b6f8a\r\n"
        (tmp_path / "a.txt").write_bytes((text if encoding == "utf-16" else "\ufeff" + text).encode(encoding))
        assert load(tmp_path / "a.txt").names[0] == "Bärenblau"


def test_alpha_comes_last_as_in_css(tmp_path):
    (tmp_path / "a.hex").write_text("0d1b2aff\n1b6f8a80\n#b5402e\n#fff8\n")
    palette = load(tmp_path / "a.hex")
    assert palette.hex == ["#0d1b2a", "#b5402e"]
    assert palette.omitted == ("line 2: 1b6f8a80 is translucent.", "line 4: #fff8 is translucent.")


def test_alpha_first_of_paintnet_in_a_hex_file_is_refused_with_the_remedy(tmp_path):
    (tmp_path / "a.hex").write_text("FF0d1b2a\nFF1b6f8a\n")
    with pytest.raises(FormatError, match=r"2 entries are left out.*give the format paintnet"):
        load(tmp_path / "a.hex")
    assert load(tmp_path / "a.hex", "paintnet").hex == HARBOR[:2]


@pytest.mark.parametrize(
    "line", ["red", "#12345", "#0d1b2g", "1, 2", "256, 0, 0", "hello there", "rgb(1 2)", "12 13 14 15 16"]
)
def test_other_lines_are_refused_with_their_number(line):
    with pytest.raises(FormatError, match="line 2: "):
        read(f"#ffffff\n{line}\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        "hello FF8E1A24",
        "decade 1",
        "a,b\n1,2",
        "",
        "\n\n# only a comment\n",
        "#sunset #beach",
        "one\ntwo\nthree\nfour\n#ffffff",
        "A text\nabout #fff\nand more\n",
    ],
)
def test_other_texts_are_no_list(text):
    with pytest.raises(OptionError, match="identifies the format"):
        load(text.encode())


CODE = """/* CSV */
0d1b2a,1b6f8a

/* With # */
#0d1b2a, #1b6f8a

/* Array */
["0d1b2a","1b6f8a"]

/* Object */
{"Ink":"0d1b2a","Sea":"1b6f8a"}

/* Extended Array */
[{"name":"Ink","hex":"0d1b2a","rgb":[13,27,42],"hsl":[211,53,11]},{"name":"Sea","hex":"1b6f8a","rgb":[27,111,138]}]

/* XML */
<palette>
  <color name="Ink" hex="0d1b2a" r="13" g="27" b="42" />
  <color name="Sea" hex="1b6f8a" r="27" g="111" b="138" />
</palette>
"""


def test_code_of_coolors_has_each_color_once(tmp_path):
    (tmp_path / "a.txt").write_text(CODE)
    for palette in (load(tmp_path / "a.txt"), load(CODE.replace("\n", "\r\n").encode())):
        assert (palette.hex, palette.names) == (HARBOR[:2], ["Ink", "Sea"])
    for part in CODE.split("\n\n"):  # each form on its own
        assert load(part.partition("\n")[2].encode()).hex == HARBOR[:2]
