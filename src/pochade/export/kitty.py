"""kitty: the colors of the terminal kitty."""

from pochade.export import exporters
from pochade.palette import Palette
from pochade.theme import theme

KEYS = {
    "foreground": "foreground",
    "background": "background",
    "selection_foreground": "selection-text",
    "selection_background": "selection",
    "cursor": "cursor",
    "cursor_text_color": "cursor-text",
    "url_color": "color4",
    **{f"color{number}": f"color{number}" for number in range(16)},
}


@exporters.register("kitty", suffix=".kitty.conf", media_type="text/plain", theme=True)
def kitty(palette: Palette, *, dark: bool = True) -> bytes:
    """A theme of the terminal kitty; include it in kitty.conf.

    The keys follow kitty's documentation, "Color scheme".
    """
    roles = theme(palette, "terminal", dark=dark)
    return "".join(f"{key} {roles[name]}\n" for key, name in KEYS.items()).encode()
