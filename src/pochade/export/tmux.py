"""tmux: the colors of the terminal multiplexer tmux."""

import re

from pochade.export import exporters
from pochade.export.documents import theme_colors
from pochade.export.reading import text_of
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"^[ \t]*set(?:-option)?(?:[ \t]+-\w+)*[ \t]+[\w-]+-(?:style|colour)[ \t]+\S*#", re.MULTILINE)

STYLES = {
    "status-style": ("foreground", "surface"),
    "window-status-style": ("color8", "surface"),
    "window-status-current-style": ("background", "color4"),
    "window-status-activity-style": ("background", "color3"),
    "window-status-bell-style": ("background", "color1"),
    "message-style": ("foreground", "surface"),
    "message-command-style": ("foreground", "surface"),
    "mode-style": ("selection-text", "selection"),
    "copy-mode-match-style": ("background", "color3"),
    "copy-mode-current-match-style": ("background", "orange"),
    "pane-border-style": ("color8", "background"),
    "pane-active-border-style": ("color4", "background"),
}
"""Text and background of each style."""

COLORS = {
    "display-panes-colour": "color8",
    "display-panes-active-colour": "color4",
    "clock-mode-colour": "color4",
}

_SETTING = re.compile(r"\s*set(?:-option)?(?:\s+-\w+)*\s+([\w-]+)\s+(.*)")
_COLOR = re.compile(r"(?:(fg|bg|us)=)?(#[0-9a-fA-F]{6})\b")


def read(content: bytes) -> Palette:
    """The different colors of the options, named after option and part, such as `status style fg`."""
    document: dict[str, str] = {}
    for line in text_of(content).splitlines():
        match = _SETTING.match(line)
        for part, color in _COLOR.findall(match[2]) if match else ():
            document.setdefault(f"{match[1]} {part}".strip(), color)  # type: ignore[index]  # findall needs a match
    return theme_colors(document)


@exporters.register("tmux", suffix=".tmux.conf", media_type="text/plain", theme=True, read=read, magic=MAGIC)
def tmux(palette: Palette, *, dark: bool = True) -> bytes:
    """Styles of the multiplexer tmux; load them with `source-file`.

    The options follow its manual, tmux(1), "OPTIONS" and "STYLES", of version 3.2 and later.
    """
    roles = theme(palette, "terminal", dark=dark)
    lines = [f'set -g {option} "fg={roles[text]},bg={roles[field]}"' for option, (text, field) in STYLES.items()]
    lines += [f'set -g {option} "{roles[name]}"' for option, name in COLORS.items()]
    return ("\n".join(lines) + "\n").encode()
