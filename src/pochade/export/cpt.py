"""CPT: the color palette tables of GMT, the Generic Mapping Tools, in the layout of the archive cpt-city; GDAL and QGIS
read it.

References
----------
P. Wessel and others: "The Generic Mapping Tools", documentation of 6.4, "Color palette tables" and gmtcolors(5). J.
J. Green: "cpt-city", the formats there.
"""

import functools
import importlib.resources
import json
import re
from dataclasses import dataclass
from itertools import pairwise

from pochade.color.parse import css_names
from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.reading import NamedColor, palette_of
from pochade.export.stops import Spread, edges, stops
from pochade.export.swatch import Triple, from_cmyk, from_hsv, from_unit, label_of, plain_names
from pochade.export.text_lines import decimal, numbered_lines
from pochade.palette import Color, Palette

MAGIC = re.compile(rb"^#[ \t]*COLOR_MODEL[ \t]*=", re.MULTILINE | re.IGNORECASE)
_MODEL = re.compile(r"#\s*COLOR_MODEL\s*=\s*\+?(\w+)", re.IGNORECASE)
_HSV = re.compile(r"([\d.]+)-([\d.]+)-([\d.]+)")
_GRAYS = re.compile(r"gr[ae]y(\d{1,2}|100)")
_BEYOND = ("B", "F", "N")  # background, foreground and NaN: colors of values outside of the scale

# Names that GMT 6.4 adds to those of X11. gmtcolors(5).
_NAMES = {
    "lightred": "#ff8080",
    "lightbrown": "#ebbe55",
    "lightorange": "#ffc080",
    "lightmagenta": "#ff80ff",
    "darkyellow": "#808000",
    "darkbrown": "#783c1e",
}


@functools.cache
def x11_names() -> dict[str, str]:
    """The named colors of X11: a dict from name, in lower case and without spaces, to hex. CSS took most of them over.

    References
    ----------
    X.Org: rgb.txt. `gray0` to `gray100` are not in it.
    """
    text = importlib.resources.files("pochade.export").joinpath("x11_names.json").read_text(encoding="utf-8")
    names: dict[str, str] = json.loads(text)["names"]
    return css_names() | names


@dataclass(frozen=True, slots=True)
class _Slice:
    """An interval of the scale with the colors at its ends. width : None if the file has keys instead of a scale."""

    low: Triple
    high: Triple
    label: str | None
    width: float | None = None


def read(content: bytes) -> Palette:
    """The colors of a CPT file, from the low end to the high one.

    If each slice has one color, the slices are the palette and their widths the weights. Otherwise the palette is the
    colors at the ends of the slices, without repetitions in a row. Colors of values outside of the scale and slices
    without a color are skipped.
    """
    slices: list[_Slice] = []
    model, end = "rgb", None
    for number, line in numbered_lines(content):
        if match := _MODEL.match(line):
            model = _model(match[1].lower(), number)
        if not line or line.startswith("#"):
            continue
        entry, _, label = line.partition(";")
        words = entry.split()
        if words and words[-1] in ("L", "U", "B") and len(words) > 2:
            words.pop()  # marks the ends to annotate
        if not words or words[0] in _BEYOND:
            continue
        if len(words) == 2:
            codes = _color(words[1], number)
            slices.append(
                _Slice(codes, codes, label_of(label) or (None if _is_number(words[0]) else label_of(words[0])))
            )
            continue
        parsed, end = _slice(words, model, number, end, label_of(label))
        slices.extend(parsed)
    return _palette(slices)


def _slice(
    words: list[str], model: str, number: int, start: float | None, label: str | None
) -> tuple[list[_Slice], float]:
    """The slice on a line, or no slice if it has no color, and the value at its end."""
    if len(words) not in (4, 8, 10):
        raise FormatError(f"line {number}: {' '.join(words)[:40]!r} is not a slice: give value, color, value, color.")
    half = len(words) // 2
    low, high = decimal(words[0], number), decimal(words[half], number)
    if start is not None and abs(low - start) > 1e-6 * max(abs(low), abs(start), 1e-300):
        raise FormatError(f"line {number}: the slice begins at {low:g}, but the previous slice ends at {start:g}.")
    if not low < high:
        raise FormatError(f"line {number}: the slice ends at {high:g}, which is not above its start {low:g}.")
    if words[1] == words[half + 1] == "-":
        return [], high
    colors = [_columns(words[i + 1 : i + half], model, number) for i in (0, half)]
    return [_Slice(colors[0], colors[1], label, high - low)], high


def _palette(slices: list[_Slice]) -> Palette:
    if slices and all(entry.low == entry.high for entry in slices):
        palette = palette_of((entry.low, entry.label) for entry in slices)
        whole = sum(entry.width or 0 for entry in slices)
        if not all(entry.width for entry in slices):
            return palette
        shares = [(entry.width or 0) / whole for entry in slices]
        return Palette(tuple(Color(c.srgb, w, label=c.label) for c, w in zip(palette, shares, strict=True)))
    ends: list[NamedColor] = []
    for entry in slices:
        ends.extend((codes, None) for codes in (entry.low, entry.high))
    return palette_of(color for i, color in enumerate(ends) if not i or color != ends[i - 1])


def _model(name: str, number: int) -> str:
    if name not in ("rgb", "hsv", "cmyk"):
        raise FormatError(f"line {number}: unknown color model {name!r}: it must be RGB, HSV or CMYK.")
    return name


def _columns(words: list[str], model: str, number: int) -> Triple:
    """The color in one, three or four columns."""
    if len(words) == 1:
        return _color(words[0], number)
    return _numbers([decimal(word, number) for word in words], model if len(words) == 3 else "cmyk", number)


def _color(word: str, number: int) -> Triple:
    """The color of a word: a name, #rrggbb, r/g/b, c/m/y/k, h-s-v or a gray, with or without @transparency."""
    word = word.partition("@")[0]
    if hsv := _HSV.fullmatch(word):
        return _numbers([decimal(text, number) for text in hsv.groups()], "hsv", number)
    if "/" in word:
        values = [decimal(text, number) for text in word.split("/")]
        if len(values) in (3, 4):
            return _numbers(values, "rgb" if len(values) == 3 else "cmyk", number)
    if _is_number(word):
        return _numbers([decimal(word, number)] * 3, "rgb", number)
    name = word.lower()
    if grays := _GRAYS.fullmatch(name):
        return from_unit([int(int(grays[1]) * 2.55 + 0.5) / 255] * 3, f"line {number}")
    try:
        red, green, blue = parse_hex(_NAMES.get(name) or x11_names().get(name) or name).tolist()
    except OptionError:
        raise FormatError(
            f"line {number}: {word[:40]!r} is not a color: give r/g/b, #rrggbb, h-s-v or a name."
        ) from None
    return red, green, blue


def _numbers(values: list[float], model: str, number: int) -> Triple:
    where = f"line {number}"
    if model == "hsv":
        return from_hsv([values[0] / 360, *values[1:]], where)
    if model == "cmyk":
        return from_cmyk([value / 100 for value in values], where)
    return from_unit([value / 255 for value in values], where)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


@exporters.register("cpt", suffix=".cpt", media_type="text/plain", read=read, magic=MAGIC)
def cpt(palette: Palette, *, spread: Spread = "even", steps: bool = False) -> bytes:
    """A color palette table for GMT, GDAL and QGIS, from 0 to 1, in the order of the palette.

    Parameters
    ----------
    spread : "even", or "weight": each color in the middle of an interval as wide as its share.
    steps : write a stripe for each color, with its name as label, instead of a smooth gradient without names.
    """
    columns = ["\t".join(map(str, codes)) for codes in palette.srgb.tolist()]
    if steps:
        at = edges(palette, spread).tolist()
        pairs = list(zip(columns, columns, strict=True))
        labels = [f"\t;{name}" for name in plain_names(palette)]
    else:
        at = stops(palette, spread).tolist() if len(palette) > 1 else [0.0, 1.0]
        pairs = list(pairwise(columns)) if len(palette) > 1 else [(c, c) for c in columns]
        labels = [""] * len(pairs)
    rows = [
        f"{at[i]:.12g}\t{low}\t{at[i + 1]:.12g}\t{high}{label}\n"
        for i, ((low, high), label) in enumerate(zip(pairs, labels, strict=True))
    ]
    # GMT's own color for NaN is gray 128. Values outside of the scale get the color of the nearer end.
    beyond = f"B\t{columns[0]}\nF\t{columns[-1]}\nN\t128\t128\t128\n" if columns else ""
    return f"# COLOR_MODEL = RGB\n{''.join(rows)}{beyond}".encode()
