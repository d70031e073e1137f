"""Colors of drawings in every notation that people and programs write, through variables and style sheets.

Expected colors are those of the specification (computed by coloraide 8, gamut mapping "oklch-chroma"), unless the text
of the drawing gives them in hex.
"""

import re
from base64 import b64encode
from urllib.parse import quote

import pytest

from pochade.errors import FormatError, TooLargeError
from pochade.source import read, svg_selectors, svg_style
from pochade.source.svg_sheet import media_matches
from pochade.source.svg_tree import safe_svg

pytest.importorskip("resvg_py")

LINKS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(body: str) -> bytes:
    """A drawing in which [[fill="red"]] is a square with these attributes, which covers all."""
    shapes = re.sub(r"\[\[(.*?)\]\]", r'<rect width="10" height="10" \1/>', body)
    return f'<svg {LINKS} viewBox="0 0 10 10">{shapes}</svg>'.encode()


@pytest.fixture
def middle(assemble):
    """A function from the body of a drawing to the hex and the alpha of the pixel in its middle."""

    def pixel(body: str) -> tuple[str, int]:
        codes, alpha = assemble(read(drawing(body)))
        row, column = codes.shape[0] // 2, codes.shape[1] // 2
        return "#" + bytes(codes[row, column].tolist()).hex(), int(alpha[row, column])

    return pixel


@pytest.mark.parametrize(
    ("value", "hex"),
    [
        ("#1B6F8A", "#1b6f8a"),
        ("#1b6f8aff", "#1b6f8a"),
        ("RebeccaPurple", "#663399"),
        ("rgb(200 30 40)", "#c81e28"),
        ("rgb(200 30 40 / 100%)", "#c81e28"),
        ("rgba(200, 30, 40, 1)", "#c81e28"),
        ("hsl(0.9turn 69% 33%)", "#8e1a60"),
        ("hwb(193 11% 46%)", "#1c728a"),
        ("lab(50% 40 30)", "#bb5846"),
        ("lch(50% 40 30)", "#b25d57"),
        ("oklab(0.53 0.127 0.079)", "#b2422f"),
        ("oklch(0.53 0.15 32)", "#b2422e"),
        ("OKLCH(53% 37.5% 32deg)", "#b2422e"),
        ("color(srgb 0.1059 0.4353 0.5412)", "#1b6f8a"),
        ("color(display-p3 0.9804 0.9804 0.9804)", "#fafafa"),
        ("color(display-p3 0.21281 0.42892 0.53024)", "#1b6f8a"),
        ("color(a98-rgb .5 .3 .2)", "#8f4b2e"),
        ("color(xyz .2 .3 .2)", "#53a570"),
        ("color-mix(in oklab, red 25%, blue)", "#5147d2"),
        ("color-mix(in srgb, oklch(1 0 0) 20%, #000)", "#333333"),
        ("light-dark(#c81e28, rgb(1 2 3))", "#c81e28"),
        ("#c81e28 icc-color(press, 0.1, 0.9, 0.8, 0)", "#c81e28"),  # SVG 1.1, section 11.2
        ("param(fill) #c81e28", "#c81e28"),  # QGIS
        ("url(#nothing) oklch(0.53 0.15 32)", "#b2422e"),
    ],
)
@pytest.mark.parametrize(
    "place", ["attribute", "style", "sheet", "variable", "currentcolor", "stroke", "stop", "flood"]
)
def test_a_color_is_drawn_wherever_it_stands(middle, value, hex, place):
    if place not in ("attribute", "style", "sheet", "variable") and ("url" in value or "param" in value):
        pytest.skip("only a paint may be a reference")
    body = {
        "attribute": f'[[fill="{value}"]]',
        "style": f'[[style="stroke:none;fill:{value}"]]',
        "sheet": f'<style>.a{{fill:{value}}}</style>[[class="a"]]',
        "variable": f'<style>:root{{--a:{value}}}</style>[[fill="var(--a)"]]',
        "currentcolor": f'<g color="{value}">[[fill="currentcolor"]]</g>',
        "stroke": f'<path d="M0 5H10" stroke-width="9" fill="none" stroke="{value}"/>',
        "stop": f'<linearGradient id="g"><stop stop-color="{value}"/></linearGradient>[[fill="url(#g)"]]',
        "flood": f'<filter id="f"><feFlood flood-color="{value}"/></filter>[[filter="url(#f)"]]',
    }[place]
    assert middle(body) == (hex, 255)


@pytest.mark.parametrize(("value", "alpha"), [("rgb(200 30 40 / 40%)", 102), ("oklch(0.5 0.1 20 / 0.2)", 51)])
def test_a_translucent_color_keeps_its_alpha(middle, value, alpha):
    assert middle(f'[[fill="{value}"]]')[1] == alpha


# As Figma writes a file in Display P3: the same numbers twice. An sRGB screen shows the hex.
@pytest.mark.parametrize(
    ("body", "hex"),
    [
        ('[[fill="#1B6F8A" style="fill:#1B6F8A;fill:color(display-p3 0.1059 0.4353 0.5412);"]]', "#1b6f8a"),
        ('[[fill="#1B6F8A" style="fill:color(display-p3 0.1059 0.4353 0.5412);fill-opacity:1"]]', "#1b6f8a"),
        (
            '<path d="M10 5H0" stroke="#FAFAFA" stroke-width="9" style="stroke:#FAFAFA;'
            'stroke:color(display-p3 0.9804 0.9804 0.9804);stroke-opacity:1"/>',
            "#fafafa",
        ),
        (
            '<radialGradient id="g"><stop stop-color="#B5402E" style="stop-color:#B5402E;'
            'stop-color:color(display-p3 0.7098 0.2510 0.1804);stop-opacity:1"/></radialGradient>[[fill="url(#g)"]]',
            "#b5402e",
        ),
        ('[[fill="color(display-p3 0.1059 0.4353 0.5412)"]]', "#00718d"),  # nothing else is stated
        ('[[style="fill:red;fill:color(display-p3 0.21281 0.42892 0.53024)"]]', "#1b6f8a"),  # another color
    ],
)
def test_a_display_p3_color_with_the_numbers_of_an_srgb_color_is_that(middle, body, hex):
    assert middle(body)[0] == hex


@pytest.mark.parametrize(
    ("sheet", "body", "hex"),
    [
        (".a{fill:blue} .a{fill:red}", '[[class="a"]]', "#ff0000"),
        ("#x{fill:red} .a{fill:blue}", '[[class="a" id="x"]]', "#ff0000"),
        (".a{fill:red!important} #x{fill:blue}", '[[class="a" id="x" style="fill:lime"]]', "#ff0000"),
        ("rect{fill:blue}", '[[fill="lime" style="fill:red"]]', "#ff0000"),
        ("rect{fill:red}", '[[fill="blue"]]', "#ff0000"),
        (".a,.b{fill:red}", '[[class="c b"]]', "#ff0000"),
        ("g > rect.a:not(.b){fill:red}", '<g>[[class="a"]]</g>', "#ff0000"),
        ("g rect:nth-child(2n){fill:red}", "<g>[[]][[]]</g>", "#ff0000"),
        ("circle + rect{fill:red}", '<circle r="1"/>[[]]', "#ff0000"),
        ("circle ~ rect{fill:red}", '<circle r="1"/><g/>[[]]', "#ff0000"),
        ("[data-layer^='lo' i]{fill:red}", '[[data-layer="LOGO"]]', "#ff0000"),
        (":is(#y, .a):first-of-type{fill:red}", '[[class="a"]]', "#ff0000"),
        (":where(#x){fill:blue} rect{fill:red}", '[[id="x"]]', "#ff0000"),
        (".a:hover{fill:blue} .a{fill:red}", '[[class="a"]]', "#ff0000"),
        ("@media screen{rect{fill:red}} @media print{rect{fill:blue}}", "[[]]", "#ff0000"),
        ("rect{fill:red} @media (prefers-color-scheme: dark){rect{fill:blue}}", "[[]]", "#ff0000"),
        ("rect{fill:red} @media (color-gamut: p3){rect{fill:color(display-p3 0 1 0)}}", "[[]]", "#ff0000"),
        ("@supports (color: lab(0 0 0)){rect{fill:red}} @supports not (x: y){rect{fill:blue}}", "[[]]", "#ff0000"),
        ("@layer a{rect{fill:blue}} rect{fill:red} @layer b{rect{fill:lime}}", "[[]]", "#ff0000"),
        ("@layer b, a; @layer a{rect{fill:red}} @layer b{rect{fill:lime}}", "[[]]", "#ff0000"),
        ("g{ & rect{fill:red} }", "<g>[[]]</g>", "#ff0000"),
        (".a{fill:red; fill:nonsense}", '[[class="a"]]', "#ff0000"),
        ("/* a */ <!-- .a{fill:red} --> .b{", '[[class="a"]]', "#ff0000"),
        ("rect{width:10px;height:10px;fill:red}", "<rect/>", "#ff0000"),
        ("g{fill:red} rect{fill:unset}", "<g>[[]]</g>", "#ff0000"),
        ("g{fill:red} rect{fill:initial}", "<g>[[]]</g>", "#000000"),
        ("@font-face{font-family:a;src:url(a)} svg|rect{fill:red}", "[[]]", "#ff0000"),
    ],
)
def test_style_sheets_cascade_as_in_browsers(middle, sheet, body, hex):
    text = sheet.replace("&", "&amp;").replace("<", "&lt;")
    assert middle(f"<style>{text}</style>{body}")[0] == hex


@pytest.mark.parametrize(
    ("body", "hex"),
    [
        ('<g style="--a:#1b6f8a">[[fill="var(--a)"]]</g>', "#1b6f8a"),
        ('<g style="--a:red"><g style="--a:#1b6f8a">[[fill="var(--a)"]]</g></g>', "#1b6f8a"),
        ('[[style="fill:var(--b, var(--c, #1b6f8a))"]]', "#1b6f8a"),
        ('[[style="--a:var(--b);--b:#1b6f8a;fill:var(--a)"]]', "#1b6f8a"),
        ('[[style="--h:120;fill:hsl(var(--h) 100% 25%)"]]', "#008000"),
        ('[[style="--Case:blue;--case:#1b6f8a;fill:var(--case)"]]', "#1b6f8a"),
        ("<style>@property --a{initial-value:#1b6f8a}</style>" + '[[fill="var(--a)"]]', "#1b6f8a"),
        ('[[style="fill:#1b6f8a;--o:1;opacity:var(--o)"]]', "#1b6f8a"),
        ('<symbol id="s">[[fill="var(--a)"]]</symbol><use href="#s" style="--a:#1b6f8a"/>', "#1b6f8a"),
        (
            '<defs><g id="s" fill="var(--a)">[[]]</g><g id="t"><use xlink:href="#s"/></g></defs>'
            '<use xlink:href="#t" style="--a:red" opacity="0"/><use xlink:href="#t" style="--a:#1b6f8a"/>',
            "#1b6f8a",
        ),
        (
            '<symbol id="s"><linearGradient id="g"><stop stop-color="var(--a)"/></linearGradient>'
            '[[fill="url(#g)"]]</symbol><use href="#s" style="--a:#1b6f8a"/>',
            "#1b6f8a",
        ),
        ('<g id="s"><use href="#s" style="--a:red"/>[[fill="var(--a, #1b6f8a)"]]</g>', "#1b6f8a"),
    ],
)
def test_variables_are_inherited_through_groups_and_uses(middle, body, hex):
    assert middle(body)[0] == hex


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('[[fill="bogus"]]', "fill 'bogus' of its element 'rect'"),
        ('[[fill="/* none */"]]', "it is empty"),
        ('[[fill="#12345"]]', "'#12345' is no color"),
        ('[[id="x" stroke="device-cmyk(0 1 1 0)"]]', r"stroke 'device-cmyk\(0 1 1 0\)' of its element 'rect x'"),
        ('[[fill="CanvasText"]]', "CanvasText.*no color of CSS"),
        ('[[fill="color(rec2100-pq 1 0 0)"]]', "rec2100-pq.*display-p3"),
        ('[[fill="oklch(from red l c h)"]]', "relative colors"),
        ('[[fill="var(--a)"]]', "gives the variable --a no value"),
        ('[[fill="red" style="fill:var(--a)"]]', "gives the variable --a no value"),
        ('[[style="--a:var(--b);--b:var(--a);fill:var(--a)"]]', "gives the variable --a no value"),
        ("<style>stop{stop-color:hue(3)}</style><linearGradient><stop/></linearGradient>", r"hue\(3\)"),
        ("<style>rect:has(a){fill:red}</style>" + "[[]]", "selector :has"),
        (
            '<defs><g><linearGradient id="g"><stop stop-color="var(--a)"/></linearGradient></g></defs>',
            "gives the variable",
        ),
        ('<symbol id="s">[[fill="var(--a)"]]</symbol><use href="#s"/>', "gives the variable --a no value"),
        ('[[fill="red" filter="drop-shadow(0 0 1px hue(3))" stroke="hue(3)"]]', r"hue\(3\)"),
    ],
)
def test_a_color_that_cannot_be_resolved_is_refused_and_not_drawn_black(body, words):
    with pytest.raises(FormatError, match=words):
        read(drawing(body))


@pytest.mark.parametrize(
    "body",
    [
        '[[fill=""]]',
        "[[]]" + '<animate attributeName="x" fill="freeze"/>',
        "[[]]" + '<i:layer xmlns:i="inkscape" color="bogus"/>',
        '[[fill="currentColor"]]',
        '<symbol id="s">[[fill="var(--a)"]]</symbol>[[]]',
        '[[style="stroke-width:var(--a)"]]',
        "<style type='text/less'>@a: b;</style>" + "[[]]",
    ],
)
def test_what_states_no_color_of_a_shape_is_not_refused(middle, body):
    assert middle(body) == ("#000000", 255)  # SVG 2: the initial fill is black


@pytest.mark.parametrize("encode", [lambda data: "," + quote(data), lambda data: ";base64," + b64encode(data).decode()])
def test_the_colors_of_a_drawing_in_a_drawing_are_resolved(middle, encode):
    inner = drawing('[[style="--a:oklch(0.53 0.15 32);fill:var(--a)"]]').replace(
        b"<svg", b'<svg width="10" height="10"', 1
    )
    outer = '<image width="10" height="10" href="data:image/svg+xml{}"/>'
    assert middle(outer.format(encode(inner))) == ("#b2422e", 255)
    with pytest.raises(FormatError, match="fill 'bogus'"):
        middle(outer.format(encode(drawing('[[fill="bogus"]]'))))


def test_drawings_in_drawings_are_limited():
    data = drawing("[[]]")
    for _ in range(10):
        data = drawing(f'<image href="data:image/svg+xml;base64,{b64encode(data).decode()}"/>')
    with pytest.raises(FormatError, match="nested more than 8 deep"):
        safe_svg(data, "a.svg")


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        *(("", True), ("all", True), ("screen and (min-width: 600px)", True), ("(max-width: 600px)", False)),
        *(("print, screen", True), ("not print", True), ("only screen", True), ("print", False)),
        *(("(prefers-color-scheme:light)", True), ("(color-gamut: srgb)", True), ("(color-gamut: p3)", False)),
        *(("(min-width: 20em) and (prefers-color-scheme: dark)", False), ("(unknown: 1)", False)),
    ],
)
def test_media_queries_are_answered_for_a_light_srgb_screen(query, holds):
    assert media_matches(query) is holds


def test_the_work_for_style_sheets_is_limited(monkeypatch):
    monkeypatch.setattr(svg_selectors, "MAX_STEPS", 100_000)
    sheet = "".join(f"a g g .a{i % 9}" + "{fill:red}" for i in range(3000))
    shapes = "<g>" * 40 + '<rect class="a1 a2 a3 a4"/>' * 1000 + "</g>" * 40
    with pytest.raises(TooLargeError, match="style sheets need more than"):
        safe_svg(drawing(f"<style>{sheet}</style>{shapes}"), "a.svg")


def test_the_copies_for_variables_are_limited(monkeypatch):
    monkeypatch.setattr(svg_style, "MAX_COPIES", 1000)
    groups = "".join(f'<g id="a{i + 1}">' + f'<use href="#a{i}"/>' * 6 + "</g>" for i in range(7))
    body = f'<defs><rect id="a0" fill="var(--a)"/>{groups}</defs><use href="#a7" style="--a:red"/>'
    with pytest.raises(TooLargeError, match="copies of more than"):
        safe_svg(drawing(body), "a.svg")


def test_variables_that_double_are_limited():
    style = "--a0:1 1;" + "".join(f"--a{i + 1}:var(--a{i}) var(--a{i});" for i in range(60))
    with pytest.raises(FormatError, match="the variable --a60 no value"):
        safe_svg(drawing(f'[[style="{style}fill:var(--a60)"]]'), "a.svg")
