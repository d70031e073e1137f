"""The capabilities of an output stream: colors, size, characters."""

import os
import sys
from dataclasses import dataclass
from typing import Any, Literal

When = Literal["auto", "always", "never"]
Depth = Literal["none", "256", "truecolor"]

# Terminals that show 24 bits and say so in TERM, not always in COLORTERM (ssh hands on TERM only).
_TRUECOLOR = ("-direct", "-truecolor", "kitty", "alacritty", "ghostty", "wezterm", "foot", "contour")


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen that shows a stream.

    depth : how many colors to send. watched : whether it is a terminal that a person watches.
    columns, rows : its size in cells. lines : whether its encoding has the characters of bars.
    """

    depth: Depth = "none"
    watched: bool = False
    columns: int = 80
    rows: int = 24
    lines: bool = True


def screen_of(stream: Any, when: When = "auto") -> Screen:
    """The screen that a text stream leads to; `when` says whether to use colors."""
    watched = is_terminal(stream)
    columns, rows = _size(stream if watched else None)
    return Screen(color_depth(stream, when), watched, columns, rows, _has_lines(stream))


def color_depth(stream: Any, when: When = "auto") -> Depth:
    """How many colors to send to a stream.

    `when` wins, then NO_COLOR (no-color.org), then FORCE_COLOR (force-color.org; 0 none, 2 only 256, 3 all),
    then whether it is a terminal, and not a dumb one.
    """
    forced = os.environ.get("FORCE_COLOR", "")
    if when == "never":
        return "none"
    if when == "always":
        return _depth() or "truecolor"
    if os.environ.get("NO_COLOR") or forced == "0":
        return "none"
    if forced:
        return "256" if forced == "2" else "truecolor" if forced == "3" else _depth() or "truecolor"
    return (_depth() or "none") if is_terminal(stream) else "none"


def is_terminal(stream: Any) -> bool:
    """Whether the stream is a terminal that can move its cursor."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def _depth() -> Depth | None:
    """The color depth in the environment; None if it names none."""
    term = os.environ.get("TERM", "").lower()
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or any(name in term for name in _TRUECOLOR):
        return "truecolor"
    if sys.platform == "win32" and os.environ.get("WT_SESSION"):  # Windows Terminal
        return "truecolor"
    return "256" if "256" in term else None


def _size(stream: Any) -> tuple[int, int]:
    """Columns and rows: from the environment, else from the terminal, else 80 x 24."""
    try:
        size = os.get_terminal_size(stream.fileno())
    except (AttributeError, OSError, ValueError):
        size = os.terminal_size((80, 24))
    settings = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    columns, rows = (int(text) if text.isdecimal() else cells for text, cells in zip(settings, size, strict=True))
    return columns or 80, rows or 24


def _has_lines(stream: Any) -> bool:
    try:
        "━╸─\N{MULTIPLICATION SIGN}…".encode(getattr(stream, "encoding", None) or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
