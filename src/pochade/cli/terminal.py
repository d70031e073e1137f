"""What a stream can show: how many colors, how wide, which characters."""

import os
import sys
from typing import Any, Literal

When = Literal["auto", "always", "never"]
Depth = Literal["none", "256", "truecolor"]

# Terminals that show 24 bits and say so in TERM, not always in COLORTERM (ssh hands on TERM only).
_TRUECOLOR = ("-direct", "-truecolor", "kitty", "alacritty", "ghostty", "wezterm", "foot", "contour")


def color_depth(stream: Any, when: When = "auto") -> Depth:
    """How many colors to send to a stream.

    `when` wins, then NO_COLOR (no-color.org), then FORCE_COLOR (force-color.org; 0 none, 2 at most 256), then whether it
    is a terminal, and not a dumb one.
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
    """Whether a person watches the stream, through something that moves a cursor."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: Any) -> int:
    """The width of the terminal; COLUMNS wins, and 80 is taken where nothing says."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (AttributeError, OSError, ValueError):
        return 80


def draws_blocks(stream: Any) -> bool:
    """Whether the stream's encoding has the characters that bars are drawn with."""
    try:
        "▏█─".encode(getattr(stream, "encoding", None) or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _depth() -> Depth | None:
    """What the environment says of the terminal; None where it says nothing of many colors."""
    term = os.environ.get("TERM", "").lower()
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or any(name in term for name in _TRUECOLOR):
        return "truecolor"
    if sys.platform == "win32" and os.environ.get("WT_SESSION"):  # Windows Terminal
        return "truecolor"
    return "256" if "256" in term else None
