"""Highlight groups that Vim and Neovim share, and readers of both."""

import re

from pochade.export.documents import theme_colors
from pochade.export.reading import text_of
from pochade.palette import Palette
from pochade.theme import Theme
from pochade.theme.title import title

# Text, background and attribute of each group, by the roles of the terminal theme; "" leaves a part out.
GROUPS = {
    "Normal": ("foreground", "background", ""),
    "Comment": ("color8", "", "italic"),
    "Constant": ("orange", "", ""),
    "String": ("color2", "", ""),
    "Identifier": ("foreground", "", ""),
    "Function": ("color4", "", ""),
    "Statement": ("color5", "", ""),
    "Operator": ("foreground", "", ""),
    "PreProc": ("color6", "", ""),
    "Type": ("color3", "", ""),
    "Special": ("brown", "", ""),
    "Delimiter": ("foreground", "", ""),
    "Underlined": ("color4", "", "underline"),
    "Error": ("color1", "background", "bold"),
    "Todo": ("color11", "background", "bold"),
    "Title": ("color4", "", "bold"),
    "Directory": ("color4", "", ""),
    "LineNr": ("color8", "background", ""),
    "CursorLineNr": ("foreground", "surface", "bold"),
    "CursorLine": ("", "surface", ""),
    "CursorColumn": ("", "surface", ""),
    "ColorColumn": ("", "surface", ""),
    "SignColumn": ("color8", "background", ""),
    "FoldColumn": ("color8", "background", ""),
    "Folded": ("color8", "surface", ""),
    "Conceal": ("color8", "background", ""),
    "NonText": ("color8", "", ""),
    "SpecialKey": ("color8", "", ""),
    "EndOfBuffer": ("color8", "", ""),
    "Cursor": ("cursor-text", "cursor", ""),
    "Visual": ("selection-text", "selection", ""),
    "Search": ("background", "color3", ""),
    "IncSearch": ("background", "orange", ""),
    "MatchParen": ("orange", "selection", "bold"),
    "Pmenu": ("foreground", "surface", ""),
    "PmenuSel": ("selection-text", "selection", "bold"),
    "PmenuSbar": ("foreground", "surface", ""),
    "PmenuThumb": ("background", "color8", ""),
    "WildMenu": ("selection-text", "selection", "bold"),
    "StatusLine": ("foreground", "surface", "bold"),
    "StatusLineNC": ("color8", "surface", ""),
    "VertSplit": ("color8", "background", ""),
    "TabLine": ("color8", "surface", ""),
    "TabLineFill": ("foreground", "surface", ""),
    "TabLineSel": ("foreground", "background", "bold"),
    "QuickFixLine": ("selection-text", "selection", ""),
    "ErrorMsg": ("color1", "background", ""),
    "WarningMsg": ("color3", "background", ""),
    "ModeMsg": ("foreground", "background", "bold"),
    "MoreMsg": ("color2", "background", ""),
    "Question": ("color2", "background", ""),
    "DiffAdd": ("color2", "surface", ""),
    "DiffChange": ("color3", "surface", ""),
    "DiffDelete": ("color1", "surface", ""),
    "DiffText": ("orange", "selection", "bold"),
}

_SETTING = re.compile(r"""[\s,{"'](?:gui)?(fg|bg|sp)\s*=\s*["']?(#[0-9a-fA-F]{6})\b""")
_NAME = re.compile(r"""\s*(?:hi(?:ghlight)?!?\s+(?:def(?:ault)?\s+)?(\w+)|(?:\[["'])?(\w+)(?:["']\])?\s*=\s*\{)""")
_TERMINAL = re.compile(r"""\bterminal_color_(\d+)\s*=\s*["'](#[0-9a-fA-F]{6})["']""")


def scheme(palette: Palette) -> str:
    """The name of a color scheme: that of the picture, without spaces."""
    return title(palette).replace(" ", "-")


def used(groups: dict[str, tuple[str, str, str]], roles: Theme) -> dict[str, dict[str, str]]:
    """The colors and the attribute of each group: its `fg`, `bg` and `style`."""
    return {
        group: {
            part: roles[role] if part != "style" else role
            for part, role in zip(("fg", "bg", "style"), parts, strict=True)
            if role
        }
        for group, parts in groups.items()
    }


def read(content: bytes) -> Palette:
    """The different colors of a color scheme, named after the first group that has them, such as `Comment fg`."""
    document: dict[str, str] = {}
    for line in text_of(content).splitlines():
        name = _NAME.match(line)
        for part, color in _SETTING.findall(line) if name else ():
            assert name is not None
            document.setdefault(f"{name[1] or name[2]} {part}", color)
        listed = enumerate(re.findall("#[0-9a-fA-F]{6}", line)) if "terminal_ansi_colors" in line else ()
        for number, color in [*_TERMINAL.findall(line), *listed]:
            document.setdefault(f"terminal color {number}", color)
    return theme_colors(document)
