"""neovim: a color scheme of the editor Neovim, in Lua."""

import json
import re

from pochade.export import exporters
from pochade.export.highlight import GROUPS, read, scheme, used
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"\bnvim_set_hl\b|\bvim\.g\.terminal_color_\d")

MORE = {
    "WinSeparator": ("color8", "background", ""),
    "NormalFloat": ("foreground", "surface", ""),
    "FloatBorder": ("color8", "surface", ""),
    "CurSearch": ("background", "orange", ""),
    "DiagnosticError": ("color1", "", ""),
    "DiagnosticWarn": ("color3", "", ""),
    "DiagnosticInfo": ("color4", "", ""),
    "DiagnosticHint": ("color6", "", ""),
    "DiagnosticOk": ("color2", "", ""),
}
"""Groups that Vim does not have."""


@exporters.register("neovim", suffix=".nvim.lua", media_type="text/x-lua", theme=True, read=read, magic=MAGIC)
def neovim(palette: Palette, *, dark: bool = True) -> bytes:
    """A color scheme of Neovim in Lua, for its folder `colors`; give the file the name of the scheme.

    The groups follow Neovim's documentation, "highlight-groups", "group-name" and "diagnostic-highlights".
    """
    roles = theme(palette, "terminal", dark=dark)
    lines = [
        'vim.cmd("highlight clear")',
        'if vim.fn.exists("syntax_on") == 1 then',
        '  vim.cmd("syntax reset")',
        "end",
    ]
    lines += [f'vim.o.background = "{"dark" if dark else "light"}"', "vim.o.termguicolors = true"]
    lines += [f"vim.g.colors_name = {json.dumps(scheme(palette))}", "", "local groups = {"]
    for group, parts in used(GROUPS | MORE, roles).items():
        inner = [f'{part} = "{color}"' for part, color in parts.items() if part != "style"]
        inner += [f"{parts['style']} = true"] if "style" in parts else []
        lines.append(f"  {group} = {{ {', '.join(inner)} }},")
    lines += ["}", "for name, value in pairs(groups) do", "  vim.api.nvim_set_hl(0, name, value)", "end"]
    lines += [f'vim.g.terminal_color_{number} = "{roles[f"color{number}"]}"' for number in range(16)]
    return ("\n".join(lines) + "\n").encode()
