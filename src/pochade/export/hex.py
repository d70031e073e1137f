"""hex: a list of hex colors, and the lists that people keep in text files."""

import itertools
import re
from collections.abc import Iterator, Sequence

from pochade.color.css_value import css_rgba
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.reading import MAX_COLORS, NamedColor, omissions, palette_of, text_of
from pochade.export.swatch import from_unit, label_of
from pochade.palette import Palette

COMMENTS = ("//", ";", "!", "--", "# ", "#\t", "##", "#!", "%")
"""How lines of comments begin. A # of its own is one too; # with digits is a color."""

_BLOCK_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_NUMBERED = re.compile(r"(?:[-*+•]|\d{1,4}[.)])\s+(?=\S)")
_HASH = re.compile(r"(?<![\w#&])#[0-9A-Za-z]+")
_FUNCTION = re.compile(r"(?<![\w-])(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]{0,100}\)", re.IGNORECASE)
_BARE = re.compile(r"(?:0x)?((?:[0-9a-f]{2}){3,4}|[0-9a-f]{3})", re.IGNORECASE)
_BARE_NAMED = re.compile(r"(?:0x)?((?=[a-f]*\d)(?:[0-9a-f]{2}){3,4})\b\s*(?:[-,:;=|]\s*)?(.*)", re.IGNORECASE)
_NAMED_BARE = re.compile(r"(.*?)\s*[:=]\s*(?:0x)?((?:[0-9a-f]{2}){3,4})[,;]?", re.IGNORECASE)
_N = r"(\d+(?:\.\d*)?|\.\d+)"
_NUMBERS = re.compile(
    rf"(?:(.*?\S)\s*[:=]\s*|(.*?[^\d\s.,;:=])(?:\s+|\s*[,;]\s*))?"
    rf"[(\[{{]?\s*{_N}[\s,;]+{_N}[\s,;]+{_N}(?:[\s,;]+{_N})?\s*[)\]}}]?(?:[\s,;:|-]+(.*))?"
)
_CODE = r"[ :=]{0,3}(\d{1,3})"
_LABELED = re.compile(
    rf"(.*?)\br(?:ed)?{_CODE}[ ,;|]{{1,3}}g(?:reen)?{_CODE}[ ,;|]{{1,3}}b(?:lue)?{_CODE}\b(.*)", re.IGNORECASE
)
_HEADING = re.compile(r"[^\d#]*:|\[[^\d,#]*\]|\|(?:[^\d|#]*\|)+|[-=*_~+|:\s]+")
"""A line that heads other lines, or rules them off: `Warm:`, `[Warm]`, `| Name | Hex |`, `|---|---|`, `====`."""

MAX_TITLE_LINES = 3
"""Lines without digits before the first color that are its title, not a text of another kind."""

_EDGES = " \t\"'`,;:=|-\u2013\u2014()[]{}<>*\\"
_DOCUMENT = re.compile(r"\s*(?:[{<]|\[\s*[\[{\"])")
_RGBA = re.compile(r"[0-9a-fA-F]{6}[fF]{2}")


def read(content: bytes) -> Palette:
    """The palette of a list of colors, in the order of the file.

    A line has `#hex` colors, with or without #, or `red, green, blue` from 0 to 255 (or to 1), or functions of CSS,
    with a name before or after each. Eight digits are `rrggbbaa`, as in CSS. Empty lines, comments, a title and
    headings are skipped.
    """
    omitted: list[str] = []
    text = text_of(content)
    colors = list(itertools.islice(_colors(text, omitted), MAX_COLORS + 1))
    if not colors and omitted and re.search(r"^\s*ff[0-9a-f]{6}\b", text, re.IGNORECASE | re.MULTILINE):
        paintnet = "If the alpha comes first, as in files of Paint.NET, give the format paintnet."
        raise FormatError(f"the file has no colors: {omissions(omitted)} {paintnet}")
    return palette_of(colors, omitted)


def is_list(content: bytes) -> bool:
    """Whether the first line with content, after comments, has a color; or if it is a title, all below it have."""
    head = content[:4096].decode("utf-8", "ignore")
    if "\0" in head or _DOCUMENT.match(head):
        return False
    lines = [line.strip() for line in _BLOCK_COMMENT.sub("", head).splitlines()]
    lines = [line for line in lines if line and not _is_comment(line)]
    below = _below_title(lines)
    if below < len(lines):  # the last line of the head may be a part of one
        whole = lines[: max(below + 1, len(lines) - (len(content) > len(head)))] if below else lines[:1]
        try:
            return all(_line(line, False) or _HEADING.fullmatch(line) for line in whole[below:])
        except FormatError:
            return False
    return False


def _below_title(lines: Sequence[str]) -> int:
    """The index of the first line that has a color or should have one, below a title and headings."""
    for at, line in enumerate(lines):
        if re.search(r"[\d#]", line) or _line(line, False):
            return at
        if at == MAX_TITLE_LINES:
            break
    return 0


def ends_in_alpha(content: bytes) -> bool:
    """Whether all lines are eight digits that end in ff, and not all begin with it: RRGGBBAA, not AARRGGBB."""
    lines = [line.strip().lstrip("#") for line in content.decode("latin-1").splitlines()]
    colors = [line for line in lines if line and not line.startswith((";", "//"))]
    if not all(_RGBA.fullmatch(line) for line in colors):
        return False
    return any(line[:2].lower() != "ff" for line in colors)


def _colors(text: str, omitted: list[str]) -> Iterator[NamedColor]:
    plain = _BLOCK_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    lines = [(number, line.strip()) for number, line in enumerate(plain.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and not _is_comment(line)]
    lines = lines[_below_title([line for _, line in lines]) :]
    of_unit = _is_of_unit([line for _, line in lines])
    for number, line in lines:
        try:
            colors = _line(line, of_unit)
        except FormatError as error:
            raise FormatError(f"line {number}: {error}") from None
        if not colors and not _HEADING.fullmatch(line):
            raise FormatError(f"line {number}: {line[:40]!r} is not a color: give #rrggbb.")
        for (red, green, blue, alpha), name in colors:
            if alpha == 1:
                yield (red, green, blue), name
            else:
                omitted.append(f"line {number}: {line[:40]} is translucent.")


def _is_comment(line: str) -> bool:
    return line == "#" or line.startswith(COMMENTS)


def _is_of_unit(lines: Sequence[str]) -> bool:
    """Whether the numbers of a list go to 1, not to 255: all are 0..1, and one has a decimal point."""
    numbers = [match for line in lines if (match := _NUMBERS.fullmatch(line))]
    values = [value for match in numbers for value in match.groups()[2:5]]
    return any("." in value for value in values) and all(float(value) <= 1 for value in values)


Rgba = tuple[int, int, int, float]


def _line(line: str, of_unit: bool) -> list[tuple[Rgba, str | None]]:
    """The colors of a line with their names; none if it is another line."""
    line = _NUMBERED.sub("", line, count=1) if _NUMBERED.match(line) and not _NUMBERS.fullmatch(line) else line
    found = [match for match in _HASH.finditer(line) if not _is_name(match[0])] or list(_FUNCTION.finditer(line))
    if found:
        return _with_names(line, found)
    if labeled := _LABELED.fullmatch(line):
        before, red, green, blue, after = labeled.groups()
        if all(int(code) <= 255 for code in (red, green, blue)):
            return [((int(red), int(green), int(blue), 1.0), _name(before) or _name(after))]
    if numbers := _NUMBERS.fullmatch(line):
        name, first_word, red, green, blue, alpha, after = numbers.groups()
        full = 1 if of_unit else 255
        if (not after or _name(after)) and all(float(value) <= full for value in (red, green, blue)):
            codes = from_unit([float(value) / full for value in (red, green, blue)], "")
            opaque = alpha is None or float(alpha) >= full or (float(alpha) == 1 and "." in alpha)
            return [((*codes, 1.0 if opaque else 0.0), _name(name or first_word or after))]
    words = re.split(r"[\s,;|]+|(?<=\w{6})-(?=\w{6})", line.strip(_EDGES))
    bare = [_BARE.fullmatch(word.strip("\"'")) for word in words]
    if all(bare):
        return [(_rgba(match[1]), None) for match in bare if match]
    if named := _BARE_NAMED.fullmatch(line):
        return [(_rgba(named[1]), _name(named[2]))]
    if named := _NAMED_BARE.fullmatch(line):
        return [(_rgba(named[2]), _name(named[1]))]
    return []


def _is_name(word: str) -> bool:
    """Whether `#word` is no color but a tag, such as `#sunset`."""
    return not re.fullmatch("#[0-9a-fA-F]+", word) and not word[1:2].isdigit()


def _with_names(line: str, found: Sequence[re.Match[str]]) -> list[tuple[Rgba, str | None]]:
    """The colors at the matches; the names are the texts before each or after each."""
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(line)]
    texts = [_name(_FUNCTION.sub("", line[end:start])) for end, start in zip(ends, starts, strict=True)]
    names = texts[:-1] if texts[0] else texts[1:]
    return [(_css(match[0], line), name) for match, name in zip(found, names, strict=True)]


def _css(text: str, line: str) -> Rgba:
    try:
        color = css_rgba(text)
    except OptionError:
        color = None
    if color is None:
        raise FormatError(f"{line[:40]!r} is not a color: give #rrggbb.")
    return color


def _rgba(digits: str) -> Rgba:
    return _css("#" + digits, digits)


def _name(text: str | None) -> str | None:
    name = label_of((text or "").strip(_EDGES).removeprefix("//").strip(_EDGES))
    return name if name and re.search(r"[^\W\d_]", name) else None


@exporters.register(
    "hex", suffix=".hex", also=(".txt",), media_type="text/plain", header=0, read=read, magic=is_list, general=True
)
def hex(palette: Palette) -> bytes:
    """The colors as #rrggbb, one on each line."""
    return "".join(f"{color}\n" for color in palette.hex).encode()
