"""vim: a color scheme of the editor Vim."""

import json
import re

from pochade.export import exporters
from pochade.export.highlight import GROUPS, read, scheme, used
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"^[ \t]*hi(?:ghlight)?!?[ \t]+\w+[ \t][^\n]{0,200}\bgui(?:fg|bg)=", re.MULTILINE)


@exporters.register("vim", suffix=".vim", media_type="text/plain", theme=True, read=read, magic=MAGIC)
def vim(palette: Palette, *, dark: bool = True) -> bytes:
    """A color scheme of Vim, for its folder `colors`; give the file the name of the scheme.

    It needs `set termguicolors` in a terminal. The groups follow Vim's documentation, "highlight-groups" and
    "group-name".
    """
    roles = theme(palette, "terminal", dark=dark)
    lines = [f"set background={'dark' if dark else 'light'}", "highlight clear"]
    lines += ['if exists("syntax_on")', "  syntax reset", "endif", f"let g:colors_name = {json.dumps(scheme(palette))}"]
    for group, parts in used(GROUPS, roles).items():
        style = parts.get("style", "NONE")
        lines.append(
            f"highlight {group} guifg={parts.get('fg', 'NONE')} guibg={parts.get('bg', 'NONE')} "
            f"gui={style} cterm={style}"
        )
    ansi = ", ".join(f"'{roles[f'color{number}']}'" for number in range(16))
    return ("\n".join([*lines, f"let g:terminal_ansi_colors = [{ansi}]"]) + "\n").encode()
