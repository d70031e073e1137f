"""GGR: the gradients of GIMP; Inkscape and Krita read them too.

References
----------
GIMP, devel-docs/ggr.txt, "GIMP gradient file format": a name, the number of segments, and for each its left, middle
and right position, its left and right color with alpha, its blending function (0 is linear) and coloring type (0 is
RGB), and, since GIMP 2.4, whether each color is fixed (0) or GIMP's foreground or background.
"""

from itertools import pairwise

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import palette_of
from pochade.export.stops import Spread, stops
from pochade.export.swatch import Triple, from_unit, plain
from pochade.export.text_lines import decimal, expect_first, numbered_lines, whole
from pochade.palette import Palette

FIRST = "GIMP Gradient"


def read(content: bytes) -> Palette:
    """The colors of a gradient, from left to right, without repetitions in a row, alpha and blending functions.

    Ends of segments in GIMP's foreground or background color, which the file does not have, are listed as omitted.
    """
    lines = ((number, line) for number, line in numbered_lines(content) if line)
    expect_first(lines, FIRST, "a GIMP gradient")
    number, line = next(lines, (2, ""))
    if line.startswith("Name:"):
        number, line = next(lines, (number + 1, ""))
    count = whole(line, number, "segments")
    colors: list[Triple] = []
    omitted: list[str] = []
    done, end = 0, 0.0
    for number, line in lines:
        if done == count:
            break
        ends, end = _segment(line, number, end)
        for codes in ends:
            if codes is None:
                omitted.append(f"line {number}: a color is GIMP's foreground or background, which is not in the file.")
            elif not colors or codes != colors[-1]:
                colors.append(codes)
        done += 1
    if done < count:
        raise FormatError(f"line {number}: the file ends after {done} of {count} segments.")
    return palette_of(((codes, None) for codes in colors), omitted)


def _segment(line: str, number: int, start: float) -> tuple[list[Triple | None], float]:
    """The left and right color of a segment, None for the program's own, and its end. start : the previous end."""
    words = line.split()
    if len(words) not in (13, 15):
        raise FormatError(f"line {number}: a segment has 13 or 15 numbers, not {len(words)}.")
    values = [decimal(word, number) for word in words]
    left, middle, right = values[:3]
    if not (abs(left - start) < 1e-4 and left <= middle <= right <= 1.0001):
        raise FormatError(
            f"line {number}: {' '.join(words[:3])} is not a segment: it must start at {start:g} and end at 1 or before."
        )
    colors = [from_unit(values[at : at + 3], f"line {number}") for at in (3, 7)]
    own = [bool(kind) for kind in values[13:]] or [False, False]
    return [None if is_own else codes for is_own, codes in zip(own, colors, strict=True)], right


@exporters.register("ggr", suffix=".ggr", media_type="application/x-gimp-gradient", read=read, magic=FIRST.encode())
def ggr(palette: Palette, *, name: str = "", spread: Spread = "even") -> bytes:
    """A gradient of GIMP through the colors in their order, without names.

    Parameters
    ----------
    name : of the gradient; by default the palette's source.
    spread : "even", or "weight": each color in the middle of an interval as wide as its share.
    """
    at = stops(palette, spread).tolist()
    colors = [" ".join(f"{code / 255:.6f}" for code in codes) + " 1.000000" for codes in palette.srgb.tolist()]
    if len(palette) == 1:
        at, colors = [0.0, 1.0], colors * 2
    rows = [
        f"{left:.6f} {(left + right) / 2:.6f} {right:.6f} {colors[i]} {colors[i + 1]} 0 0 0 0\n"
        for i, (left, right) in enumerate(pairwise(at))
    ]
    title = plain(name or palette.source or "") or "pochade"
    return f"{FIRST}\nName: {title}\n{len(rows)}\n{''.join(rows)}".encode()
