"""Read the colors of style sheets: CSS, Sass, Less and the themes of Tailwind, with one parser.

References
----------
W3C: "CSS Syntax Module Level 3" and "CSS Custom Properties for Cascading Variables Module Level 1". Sass: "Variables"
and "Maps". Less: "Variables", "Maps" and "Comments". Exports of coolors.co and color.adobe.com, which repeat each color
in several notations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pochade.color.css_value import css_rgba
from pochade.errors import FormatError, OptionError
from pochade.export.identifiers import words_of
from pochade.export.reading import check_count, line_of, palette_of, text_of
from pochade.export.swatch import Triple
from pochade.palette import Palette

MAGIC = re.compile(
    rb"(?:\A|[\s;{}/])(?:--[\w-]+\s*:|\$[A-Za-z][\w-]*\s*:|@(?!page\b|media\b|import\b)[A-Za-z][\w-]*\s*:)"
    rb"|[{;]\s*(?:color|fill|stroke|(?:background|border|outline)[a-z-]*)\s*:"
)

COLOR_PROPERTIES = """
accent-color background background-color background-image border border-bottom border-bottom-color border-color
border-left border-left-color border-right border-right-color border-top border-top-color caret-color color
column-rule-color fill flood-color lighting-color outline outline-color stop-color stroke text-decoration-color
text-emphasis-color"""
"""The properties whose value is a color or has one. W3C, CSS modules, and SVG 2, "Painting"."""

ROUNDING = 5
"""Largest difference of codes between two notations of a color, in hsl() with whole numbers: half a degree of hue is
2.1 codes, half a percent of lightness 1.3, of saturation 0.6; each code is rounded by 0.5."""

CLIPPING = 64
"""Largest difference of codes between a color of a wide gamut and its replacement in sRGB, beside it in one rule."""

MAX_AGAIN = 64
"""Colors of the same name, in different rules, that are compared with a new one."""

_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z) | (?<![:\w])//[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | url\([^()"']*\)
    | \#\{[^{}]*\} | [{}();]""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*(--|[$@]|)([^\s:;{}()'\"]+)\s*:\s*(.*)", re.DOTALL)
_ENTRY = re.compile(r"\s*[\"']?([^\"':,()]+?)[\"']?\s*:\s*(.*)", re.DOTALL)
_FLAG = re.compile(r"!\s*\w+")
_NOTATION = re.compile(r"[-_](hex|rgba?|hsla?|hsba?|hwb|lab|lch|oklab|oklch|p3)$", re.IGNORECASE)
_SUFFIXED_CLASS = re.compile(rf"\.(\S+{_NOTATION.pattern})", re.IGNORECASE)
_SIMPLE_CLASS = re.compile(r"\.(-?[A-Za-z_][^\s.#:>+~,\[\]()*]*)")
_FALLBACK = re.compile(r"@supports\b|@media\b[^{]*\b(?:color-gamut|dynamic-range)\b", re.IGNORECASE)
_CHANNELS = re.compile(r"[\d.]+(?:deg)?(?:\s+|\s*,\s*)[\d.]+%?(?:\s+|\s*,\s*)[\d.]+%?", re.IGNORECASE)
_FUNCTION = re.compile(r"(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.IGNORECASE)
_COMPUTED = re.compile(
    r"""(?:color-mix|light-dark|device-cmyk|contrast-color|darken|lighten|saturate|desaturate|mix|tint|shade|fade|fadein
    |fadeout|transparentize|opacify|rgba?-fade|adjust-hue|spin|scale-color|adjust-color|change-color|color-adjust
    |color\.\w+|theme)\(""",
    re.IGNORECASE | re.VERBOSE,
)
_DEPENDS = re.compile(r"[$@#]|\b(?:var|calc|from|env|theme|attr)\b|\(", re.IGNORECASE)
_WITH_FALLBACK = re.compile(r"var\(\s*--([\w-]+)\s*,(.+)\)", re.DOTALL | re.IGNORECASE)
_WITHIN = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:(?:rgb|hsl)a?|hwb|(?:ok)?(?:lab|lch)|color)\([^()]*\)", re.IGNORECASE)
_BEFORE_COMMA = re.compile(r"(hsla?)\(([^()]*,[^()]*)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A name and a value, and their place. block : the number of the innermost { }. fallback : it is inside of a rule
    for some displays or browsers only, which states the colors again."""

    sigil: str
    name: str
    value: str
    at: int
    block: int
    selector: str
    fallback: bool


@dataclass(slots=True)
class _Stated:
    """A color and how it was stated: its name without the notation at its end."""

    codes: Triple
    label: str | None
    notation: str
    block: int
    suffixed: bool


@dataclass(slots=True)
class _Block:
    number: int
    selector: str
    fallback: bool
    sigil: str = ""


def read(content: bytes) -> Palette:
    """The palette of the variables that are fixed opaque colors, each once, in the order of the file.

    Variables are custom properties, `$name` of Sass, `@name` of Less, and the entries of maps. A file without any has
    the colors of its rules, such as `.brick { color: #b5402e }`. A color that is stated again under the same name in
    another notation counts once, in the notation without rounding. Values other than colors (lengths, `var()`,
    gradients) are skipped; colors that are translucent or computed are listed as omitted.
    """
    text = text_of(content)
    # Sass's indented syntax, and lists such as `--ink: #0d1b2a` on each line, end a declaration with its line.
    by_lines = not re.search("[;{]", text)
    all_of_them = list(declarations(re.sub("[\r\n]", ";", text) if by_lines else text))
    variables = [entry for entry in all_of_them if entry.sigil]
    omitted: list[str] = []
    stated = _colors(text, [*_with_fallbacks(variables)], omitted)
    if not stated and not omitted:
        properties = frozenset(COLOR_PROPERTIES.split())
        rules = [part for e in all_of_them if not e.sigil and e.name.lower() in properties for part in _parts_of(e)]
        stated = _distinct(_colors(text, rules, omitted))
    return palette_of(((entry.codes, entry.label) for entry in stated), omitted)


def _with_fallbacks(variables: list[Declaration]) -> Iterator[Declaration]:
    """The variables; one that refers to a variable that the file lacks has the value that stands in for it."""
    names = {entry.name for entry in variables if entry.sigil == "--"}
    for entry in variables:
        match = _WITH_FALLBACK.fullmatch(entry.value)
        yield replace(entry, value=match[2].strip()) if match and match[1] not in names else entry


def declarations(text: str) -> Iterator[Declaration]:
    """The declarations of a style sheet, with the entries of maps; comments are skipped."""
    blocks = [_Block(0, "", False)]
    count, depth, start, pieces, begin = 0, 0, 0, list[str](), 0

    def statement(end: int) -> str:
        return "".join([*pieces, text[start:end]])

    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark.startswith(("/*", "//")):
            pieces += [text[start : token.start()], " " * len(mark)]
            start = token.end()
        elif mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(depth - 1, 0)
        elif mark in "{}" or (mark == ";" and not depth):
            done = statement(token.start())
            if mark == "{":
                count += 1
                blocks.append(_block(done, count, blocks[-1]))
            else:
                yield from _declared(done, begin, blocks[-1])
            if mark == "}" and len(blocks) > 1:
                blocks.pop()
            pieces, depth = [], 0
            start = begin = token.end()
    yield from _declared(statement(len(text)), begin, blocks[0])


def _block(prelude: str, number: int, outer: _Block) -> _Block:
    prelude = prelude.strip()
    sigil = "@" if re.match(r"@[\w-]+\s*:$", prelude) else ""  # a map of Less: `@colors: { ink: #0d1b2a }`
    return _Block(number, prelude, outer.fallback or bool(_FALLBACK.match(prelude)), sigil or outer.sigil)


def _declared(statement: str, at: int, block: _Block) -> Iterator[Declaration]:
    match = _DECLARATION.match(statement)
    if match is None:
        return
    at += match.start(2)
    sigil, name, value = match[1] or block.sigil, match[2], _FLAG.sub("", match[3]).strip()
    if sigil == "$" and value.startswith("("):
        for key, item in _map(value):
            yield Declaration(sigil, key, item, at, block.number, block.selector, block.fallback)
        return
    yield Declaration(sigil, name, value, at, block.number, block.selector, block.fallback)


def _map(value: str) -> Iterator[tuple[str, str]]:
    """The names and values in a map of Sass; a map inside has the name of its entry before each."""
    outer: list[str] = []
    for part in _parts(value):
        match = _ENTRY.fullmatch(part)
        if match is None:
            if part == ")" and outer:
                outer.pop()
            continue
        if match[2] == "(":
            outer.append(match[1])
        else:
            yield " ".join([*outer, match[1]]), match[2].strip()


def _parts(value: str) -> Iterator[str]:
    """The entries of a map, the heads of the maps inside (`name: (`), and the end of each (`)`)."""
    start, depth = 1, 0
    for match in re.finditer(r"[(),]", value[1:]):
        at, mark = match.start() + 1, match[0]
        if mark == "(":
            head = value[start:at].rstrip()
            if not depth and head.endswith(":"):
                yield head + "("
                start = at + 1
            else:
                depth += 1
        elif mark == ")" and depth:
            depth -= 1
        elif not depth:
            yield value[start:at].strip()
            if mark == ")":
                yield ")"
            start = at + 1


def _colors(text: str, entries: list[Declaration], omitted: list[str]) -> list[_Stated]:
    stated: list[_Stated] = []
    by_name: dict[str, list[_Stated]] = {}
    declared = 0
    for entry in entries:
        try:
            color = _color(entry.value)
        except OptionError as error:
            raise FormatError(f"line {line_of(text, entry.at)}: {error}") from None
        if color is None:
            continue
        declared += 1
        if declared % 1000 == 1:
            check_count(range(declared))
        name = entry.name if entry.sigil else _class_of(entry.selector)
        if isinstance(color, str):
            omitted.append(f"line {line_of(text, entry.at)}: {entry.sigil}{entry.name} {color}.")
            continue
        bare = _NOTATION.sub("", name)
        value = _Stated(color, words_of(bare, "color-") or None, _notation(entry.value), entry.block, bare != name)
        earlier = by_name.setdefault(bare.lower(), [])
        is_name = bool(bare) and (bool(entry.sigil) or value.suffixed)  # a rule may have several colors
        again = next((e for e in earlier[-MAX_AGAIN:] if _again(e, value, entry.fallback)), None) if is_name else None
        if again is None:
            earlier.append(value)
            stated.append(value)
        elif _ROUNDS[value.notation] < _ROUNDS[again.notation]:
            again.codes, again.notation = value.codes, value.notation
    check_count(range(declared))
    return stated


_ROUNDS = {"hex": 0, "name": 0, "rgb": 1, "other": 2}
"""How much the notations of a color round it."""


def _again(earlier: _Stated, later: _Stated, fallback: bool) -> bool:
    """Whether the later color is the earlier one of the same name, in another notation."""
    if earlier.codes == later.codes or fallback:
        return True
    if earlier.notation == later.notation and not (earlier.suffixed or later.suffixed):
        return False
    difference = max(abs(a - b) for a, b in zip(earlier.codes, later.codes, strict=True))
    return difference <= (CLIPPING if earlier.block == later.block else ROUNDING) or earlier.suffixed or later.suffixed


def _parts_of(rule: Declaration) -> list[Declaration]:
    """A declaration for each color in a value such as `1px solid #b5402e`, or the declaration itself."""
    parts = _WITHIN.findall(rule.value)
    return [replace(rule, value=part) for part in parts] if parts else [rule]


def _distinct(stated: list[_Stated]) -> list[_Stated]:
    """The colors of rules, each once: a page uses a color in many rules."""
    first: dict[Triple, _Stated] = {}
    for entry in stated:
        first.setdefault(entry.codes, entry)
    return list(first.values())


def _class_of(selector: str) -> str:
    selector = selector.strip()
    match = _SUFFIXED_CLASS.fullmatch(selector) or _SIMPLE_CLASS.fullmatch(selector)
    return match[1] if match else ""


def _notation(value: str) -> str:
    if value.startswith("#"):
        return "hex"
    name = value.partition("(")[0].lower()
    return "name" if "(" not in value else "rgb" if name in ("rgb", "rgba") else "other"


def _color(value: str) -> Triple | str | None:
    """The codes of a fixed opaque color, or why another color is left out, or None for a value that is no color."""
    shown = " ".join(value.split())[:60]
    if _CHANNELS.fullmatch(value):
        return f"has channels without the name of their function: {shown}"
    if _COMPUTED.match(value):
        return f"is computed: {shown}"
    if function := _FUNCTION.match(value):
        if _DEPENDS.search(value, function.end()):
            return f"depends on other values: {shown}"
        value = _BEFORE_COMMA.sub(_with_percent, value)
    elif not value.startswith("#") and not value.isalpha():
        return None
    color = css_rgba(value)
    if color is None:
        return f"depends on its place: {shown}" if value.lower() == "currentcolor" else None
    return color[:3] if color[3] == 1 else f"is translucent: {shown}"


def _with_percent(match: re.Match[str]) -> str:
    """hsl() with commas as color.adobe.com writes it, without percent signs, or old coolors.co, with three."""
    hue, *others = (part.strip() for part in match[2].split(","))
    percent = [part if i > 1 or part.endswith("%") else part + "%" for i, part in enumerate(others)]
    return f"{match[1]}({', '.join([hue.removesuffix('%'), *percent])})"
