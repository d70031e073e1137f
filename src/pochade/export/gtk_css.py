"""gtk-css: the named colors of GTK 3, GTK 4 and libadwaita."""

import re

from pochade.export import exporters
from pochade.export.documents import theme_colors
from pochade.export.reading import text_of
from pochade.palette import Palette
from pochade.theme import theme

MAGIC = re.compile(rb"(?:\A|[\s;}/])@define-color\s+[\w-]+\s")

COLORS = {
    "window_bg_color": "background",
    "window_fg_color": "text",
    "view_bg_color": "background",
    "view_fg_color": "text",
    "headerbar_bg_color": "surface",
    "headerbar_fg_color": "text",
    "headerbar_border_color": "border",
    "sidebar_bg_color": "surface",
    "sidebar_fg_color": "text",
    "card_bg_color": "surface",
    "card_fg_color": "text",
    "dialog_bg_color": "surface",
    "dialog_fg_color": "text",
    "popover_bg_color": "surface",
    "popover_fg_color": "text",
    "accent_bg_color": "primary",
    "accent_fg_color": "on-primary",
    "accent_color": "primary",
    "destructive_bg_color": "error",
    "destructive_fg_color": "on-error",
    "destructive_color": "error",
    "success_bg_color": "success",
    "success_fg_color": "on-success",
    "success_color": "success",
    "warning_bg_color": "warning",
    "warning_fg_color": "on-warning",
    "warning_color": "warning",
    "error_bg_color": "error",
    "error_fg_color": "on-error",
    "error_color": "error",
    "theme_bg_color": "background",
    "theme_fg_color": "text",
    "theme_base_color": "background",
    "theme_text_color": "text",
    "theme_selected_bg_color": "primary",
    "theme_selected_fg_color": "on-primary",
    "insensitive_bg_color": "surface",
    "insensitive_fg_color": "muted",
    "borders": "border",
}
"""The names of libadwaita, then those of GTK 3, with the color of the interface theme for each."""

_DEFINITION = re.compile(r"@define-color\s+([\w-]+)\s+([^;]{1,200});")


def read(content: bytes) -> Palette:
    """The different named colors; those that are mixed of others are skipped."""
    text = re.sub(r"/\*.*?(?:\*/|\Z)", " ", text_of(content), flags=re.DOTALL)
    return theme_colors({name: value.strip() for name, value in _DEFINITION.findall(text)})


@exporters.register("gtk-css", suffix=".gtk.css", media_type="text/css", theme=True, read=read, magic=MAGIC)
def gtk_css(palette: Palette, *, dark: bool = True) -> bytes:
    """Named colors of GTK 3, GTK 4 and libadwaita, for gtk.css in ~/.config/gtk-4.0 or gtk-3.0.

    The names follow libadwaita's documentation, "Named Colors", and those of GTK 3's Adwaita.
    """
    roles = theme(palette, "interface", dark=dark)
    return "".join(f"@define-color {key} {roles[name]};\n" for key, name in COLORS.items()).encode()
