"""foot: the colors of the terminal foot."""

import re

from pochade.export import exporters
from pochade.export.theme_files import read_lines
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"^(?:regular|bright)[0-7][ \t]*=[ \t]*[0-9a-fA-F]{6}", re.MULTILINE)

KEYS = {
    "foreground": "foreground",
    "background": "background",
    "selection-foreground": "selection-text",
    "selection-background": "selection",
    "urls": "color4",
    **{f"regular{number}": f"color{number}" for number in range(8)},
    **{f"bright{number}": f"color{number + 8}" for number in range(8)},
}


@exporters.register("foot", suffix=".foot.ini", media_type="text/plain", theme=True, read=read_lines, magic=MAGIC)
def foot(palette: Palette, *, dark: bool = True) -> bytes:
    """A theme of the terminal foot; include it in foot.ini.

    The keys follow its manual, foot.ini(5), "SECTION: colors". foot itself inverts the cell of the cursor.
    """
    roles = theme(palette, "terminal", dark=dark)
    return ("[colors]\n" + "".join(f"{key}={roles[name][1:]}\n" for key, name in KEYS.items())).encode()
