"""A palette as text: swatches, shares and bars in the colors themselves, or plain columns."""

from collections.abc import Iterable, Iterator

import numpy as np

from pochade.cli.errors import printable
from pochade.cli.terminal import Depth, Screen
from pochade.palette import Color, Palette

Triple = tuple[int, int, int]

MARGIN, GAP = "  ", "  "
SWATCH = 12
WIDEST_BAR, SHORTEST_BAR = 48, 8
SHARE = 6
BOLD, DIM, END = "\x1b[1m", "\x1b[2m", "\x1b[m"


def draw(palette: Palette, screen: Screen, *, titled: bool) -> str:
    """The palette for a screen, line feeds included.

    Plain columns if the screen has no colors. Else a card of two rows per color, or one row per color if the cards
    do not fit or several palettes follow one another.

    Parameters
    ----------
    titled : whether several palettes follow one another, so that each names its picture.
    """
    if screen.depth == "none":
        return "".join(f"{line.rstrip()}\n" for line in _plain(palette, screen, titled))
    inner = max(screen.columns - 2 * len(MARGIN), 1)
    named = SWATCH + 7 + _longest_name(palette) + SHARE + 3 * len(GAP)
    cards = not titled and inner >= named and screen.rows >= 2 * len(palette) + 4
    body = _cards(palette, screen, inner) if cards else _rows(palette, screen, inner)
    lines = ["", title(palette, screen, inner), "", *body, *([] if titled else [""])]
    return "".join(f"{MARGIN if line else ''}{line}\n" for line in lines)


def _plain(palette: Palette, screen: Screen, titled: bool) -> Iterator[str]:
    """One line per color: hex, share, name, and a bar in a terminal."""
    indent = MARGIN if titled else ""
    if titled:
        yield printable(palette.source or "picture")
    longest = _longest_name(palette)
    room = screen.columns - len(indent) - 7 - SHARE - longest - 3 * len(GAP)
    for color, name in zip(palette.colors, captions(palette), strict=True):
        line = f"{indent}{color.hex}{GAP}{_share(color)}{GAP}{name:{longest}}"
        if screen.watched and room >= SHORTEST_BAR:
            line += GAP + _bar(color, palette, min(room, WIDEST_BAR), screen)[0]
        yield line
    if titled:
        yield ""


def _cards(palette: Palette, screen: Screen, inner: int) -> Iterator[str]:
    """Two rows per color: a swatch, and beside it hex, name and share above a bar."""
    room = min(inner - SWATCH - len(GAP), WIDEST_BAR)
    for color, name in zip(palette.colors, captions(palette), strict=True):
        swatch = patch(color.srgb, SWATCH, screen) + GAP
        about = f"{BOLD}{color.hex}{END}{GAP}{name}"
        yield f"{swatch}{about}{_share(color):>{room - len(color.hex) - len(GAP) - len(name)}}"
        yield swatch + _colored_bar(color, palette, room, screen)


def _rows(palette: Palette, screen: Screen, inner: int) -> Iterator[str]:
    """One row per color: a swatch with its hex, name, share and bar, as far as they fit."""
    longest = _longest_name(palette)
    swatch = min(SWATCH, inner)
    shared = inner >= swatch + len(GAP) + SHARE
    named = inner >= swatch + SHARE + longest + 2 * len(GAP)
    room = min(inner - swatch - SHARE - longest - 3 * len(GAP), WIDEST_BAR)
    for color, name in zip(palette.colors, captions(palette), strict=True):
        ink = (0, 0, 0) if is_light(color.srgb) else (255, 255, 255)
        line = sample(f"{color.hex:^{swatch}.{swatch}}", ink, color.srgb, screen)
        line += f"{GAP}{name:{longest}}" if named else ""
        line += f"{GAP}{_share(color)}" if shared else ""
        yield line + (GAP + _colored_bar(color, palette, room, screen) if room >= SHORTEST_BAR else "")


def title(palette: Palette, screen: Screen, width: int) -> str:
    """The name of the picture, shortened at the front if too long, and its size."""
    name = printable(palette.source or "picture")
    times, dots = ("\N{MULTIPLICATION SIGN}", "…") if screen.lines else ("x", "...")
    size = f"{GAP}{palette.width} {times} {palette.height}" if palette.width else ""
    if len(name) + len(size) > width:
        size = ""
    if len(name) > width:
        name = dots + name[len(name) - max(width - len(dots), 1) :]
    return f"{BOLD}{name}{END}{DIM}{size}{END}"


def framed(lines: Iterable[str], palette: Palette, screen: Screen, *, titled: bool) -> str:
    """The lines of another view of a palette, line feeds included: under its title in a terminal or in colors.

    titled : as for `draw`.
    """
    shown = is_shown(screen)
    if shown:
        lines = ["", title(palette, screen, screen.columns - 2 * len(MARGIN)), "", *lines, ""]
    elif titled:
        lines = [printable(palette.source or "picture"), *(f"{MARGIN}{line}" for line in lines), ""]
    return "".join(f"{MARGIN if shown else ''}{line}".rstrip() + "\n" for line in lines)


def is_shown(screen: Screen) -> bool:
    """Whether a person looks at the screen: it is a terminal, or has colors."""
    return screen.watched or screen.depth != "none"


def captions(palette: Palette) -> list[str]:
    """The name of each color, with a mark if it is an accent."""
    return [
        f"{name} (accent)" if color.accent else name for color, name in zip(palette.colors, palette.names, strict=True)
    ]


def _longest_name(palette: Palette) -> int:
    return max(map(len, captions(palette)), default=0)


def _share(color: Color) -> str:
    """The share as six characters."""
    return f"{color.weight:{SHARE}.1%}" if color.weight >= 0.0005 else " <0.1%"


def _bar(color: Color, palette: Palette, room: int, screen: Screen) -> tuple[str, str]:
    """A bar proportional to the share, at least half a cell, and the rest of its track; the largest share fills it."""
    halves = max(1, round(2 * room * color.weight / max(c.weight for c in palette.colors)))
    full, half, track = ("━", "╸", "─") if screen.lines else ("=", "-", " ")
    bar = full * (halves // 2) + half * (halves % 2)
    return bar, track * (room - len(bar))


def _colored_bar(color: Color, palette: Palette, room: int, screen: Screen) -> str:
    bar, track = _bar(color, palette, room, screen)
    return f"\x1b[{_code(38, color.srgb, screen.depth)}m{bar}{END}{DIM}{track}{END}"


def is_light(srgb: Triple) -> bool:
    """Whether black text is easier to read on the color than white text."""
    return 299 * srgb[0] + 587 * srgb[1] + 114 * srgb[2] > 128_000  # luma of ITU-R BT.601, in thousandths


def patch(srgb: Triple, width: int, screen: Screen) -> str:
    """Cells filled with a color."""
    return f"\x1b[{_code(48, srgb, screen.depth)}m{'':{width}}{END}"


def sample(text: str, ink: Triple, behind: Triple, screen: Screen) -> str:
    """Text in one color on another."""
    return f"\x1b[{_code(48, behind, screen.depth)};{_code(38, ink, screen.depth)}m{text}{END}"


def _code(layer: int, srgb: Triple, depth: Depth) -> str:
    """The parameters of an SGR sequence; layer 38 is the text, 48 the background."""
    if depth == "256":
        return f"{layer};5;{nearest_256(srgb)}"
    return f"{layer};2;{srgb[0]};{srgb[1]};{srgb[2]}"


def nearest_256(srgb: Triple) -> int:
    """The index of the nearest of xterm's 256 colors, by distance in Oklab, without the 16 that themes change.

    Examples
    --------
    >>> nearest_256((255, 0, 0)), nearest_256((8, 8, 8))
    (196, 232)
    """
    from pochade.color.spaces import spaces
    from pochade.color.srgb import decode

    steps = (0, 95, 135, 175, 215, 255)
    cube = [(r, g, b) for r in steps for g in steps for b in steps]
    grays = [(level, level, level) for level in range(8, 248, 10)]
    points = spaces["oklab"].from_linear(decode(np.array([srgb, *cube, *grays], np.uint8)))
    return 16 + int(((points[1:] - points[0]) ** 2).sum(1).argmin())
