"""A palette as text: swatches, shares and bars in the colors themselves, or plain columns."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pochade.cli.complain import printable
from pochade.cli.terminal import Depth, columns, draws_blocks, is_terminal
from pochade.palette import Palette

Codes = tuple[int, int, int]

SWATCH = 14
MARGIN = "  "
WIDEST_BAR = 48
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_BOLD, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[m"


def draw(palette: Palette, stream: Any, depth: Depth, *, titled: bool) -> str:
    """The palette for a stream.

    titled : whether to name the picture, as is due where there are many.
    """
    if depth != "none":
        return _drawn(palette, depth, columns(stream) if is_terminal(stream) else 80)
    bars = is_terminal(stream) and draws_blocks(stream)
    return _plain(palette, columns(stream) if bars else 0, titled)


def _plain(palette: Palette, width: int, titled: bool) -> str:
    """One line a color: hex, share, name, and a bar where there is room for one."""
    lines = [printable(palette.source or "picture")] if titled else []
    indent = MARGIN if titled else ""
    names = _padded(palette.names)
    room = min(WIDEST_BAR, width - len(indent) - 20 - len(names[0]))
    for color, name in zip(palette.colors, names, strict=True):
        line = f"{indent}{color.hex}  {_share(color.weight)}  {name}"
        if room >= 4:
            line += "  " + _bar(color.weight / max(palette.weights), room)
        lines.append(line.rstrip())
    return "\n".join(lines) + "\n" * (2 if titled else 1)


def _drawn(palette: Palette, depth: Depth, width: int) -> str:
    """A title, the colors in proportion, and a row for each: swatch with its hex, name, share, bar."""
    names = _padded(palette.names)
    inner = max(width - 2 * len(MARGIN), 1)
    swatch = min(SWATCH, inner)
    named = inner >= swatch + len(names[0]) + 10
    room = min(WIDEST_BAR, inner - swatch - 10 - (len(names[0]) + 2 if named else 0))
    lines = ["", MARGIN + _title(palette, inner), ""]
    for color, name in zip(palette.colors, names, strict=True):
        text = "38;2;0;0;0" if _is_light(color.srgb) else "38;2;255;255;255"
        if depth == "256":
            text = "38;5;16" if _is_light(color.srgb) else "38;5;231"
        line = f"\x1b[{_code(48, color.srgb, depth)};{text}m{color.hex:^{swatch}.{swatch}}{_END}"
        if named:
            line += f"  {name}"
        if inner >= swatch + 8:
            line += f"  {_share(color.weight)}"
        if room >= 4:
            line += f"  \x1b[{_code(38, color.srgb, depth)}m{_bar(color.weight / max(palette.weights), room)}{_END}"
        lines.append(MARGIN + line)
    return "\n".join(lines) + "\n\n"


def _title(palette: Palette, width: int) -> str:
    name = printable(palette.source or "picture")
    size = f"  {palette.width} × {palette.height}" if palette.width else ""
    if len(name) + len(size) > width:
        size = ""
        name = name if len(name) <= width else "…" + name[len(name) - width + 1 :]
    return f"{_BOLD}{name}{_END}{_DIM}{size}{_END}"


def _padded(names: Sequence[str]) -> list[str]:
    widest = max(map(len, names), default=0)
    return [name.ljust(widest) for name in names]


def _share(weight: float) -> str:
    """A share as six characters."""
    return f"{weight:6.1%}" if weight >= 0.0005 else " <0.1%"


def _bar(part: float, room: int) -> str:
    """A bar of part x room cells, to an eighth of one; what is there shows."""
    eighths = max(1, round(part * room * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _is_light(srgb: Codes) -> bool:
    """Whether black is easier to read on it than white."""
    return 299 * srgb[0] + 587 * srgb[1] + 114 * srgb[2] > 128_000  # luma of ITU-R BT.601


def _code(layer: int, srgb: Codes, depth: Depth) -> str:
    """The parameters of an SGR sequence; layer 38 is the text, 48 what is behind it."""
    if depth == "256":
        return f"{layer};5;{nearest_256(srgb)}"
    return f"{layer};2;{srgb[0]};{srgb[1]};{srgb[2]}"


def nearest_256(srgb: Codes) -> int:
    """The index of the nearest of xterm's 256 colors, by distance in Oklab; the first 16 differ by theme, so not those.

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
    points = spaces["oklab"].value.from_linear(decode(np.array([srgb, *cube, *grays], np.uint8)))
    return 16 + int(((points[1:] - points[0]) ** 2).sum(1).argmin())
