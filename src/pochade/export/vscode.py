"""vscode: a color theme of the editor Visual Studio Code."""

import json
import re
from typing import Any

from pochade.export import exporters
from pochade.export.theme_files import read_json
from pochade.palette import Palette
from pochade.theme import theme
from pochade.theme.title import title

MAGIC = re.compile(rb'"(?:tokenColors|editor\.background|workbench\.colorCustomizations)"\s*:')

SLOTS = ("Black", "Red", "Green", "Yellow", "Blue", "Magenta", "Cyan", "White")

# Keys of the editor, and the color of the interface theme for each.
INTERFACE = {
    "foreground": "text",
    "descriptionForeground": "muted",
    "errorForeground": "error",
    "focusBorder": "primary",
    "editor.background": "background",
    "editor.foreground": "text",
    "editorLineNumber.foreground": "muted",
    "editorLineNumber.activeForeground": "text",
    "editorCursor.foreground": "text",
    "editorError.foreground": "error",
    "editorWarning.foreground": "warning",
    "editorInfo.foreground": "primary",
    "editorWidget.background": "surface",
    "editorGroupHeader.tabsBackground": "surface",
    "tab.activeBackground": "background",
    "tab.activeForeground": "text",
    "tab.inactiveBackground": "surface",
    "tab.inactiveForeground": "muted",
    "sideBar.background": "surface",
    "sideBar.foreground": "text",
    "activityBar.background": "surface",
    "activityBar.foreground": "text",
    "activityBarBadge.background": "primary",
    "activityBarBadge.foreground": "on-primary",
    "statusBar.background": "surface",
    "statusBar.foreground": "text",
    "titleBar.activeBackground": "surface",
    "titleBar.activeForeground": "text",
    "panel.background": "background",
    "button.background": "primary",
    "button.foreground": "on-primary",
    "badge.background": "accent",
    "badge.foreground": "on-accent",
    "input.background": "surface",
    "input.foreground": "text",
    "input.border": "border",
    "dropdown.background": "surface",
    "dropdown.foreground": "text",
    "textLink.foreground": "primary",
    "list.activeSelectionBackground": "primary",
    "list.activeSelectionForeground": "on-primary",
    "gitDecoration.addedResourceForeground": "success",
    "gitDecoration.modifiedResourceForeground": "warning",
    "gitDecoration.deletedResourceForeground": "error",
    "terminal.background": "background",
    "terminal.foreground": "text",
}

# Scopes of TextMate grammars, and the color of the terminal theme for each.
TOKENS = {
    "comment": "color8",
    "string": "color2",
    "constant, support.constant": "orange",
    "keyword, storage": "color5",
    "entity.name.function, support.function": "color4",
    "entity.name.type, entity.name.class, support.type, support.class": "color3",
    "variable": "foreground",
    "entity.name.tag, markup.deleted": "color1",
    "entity.other.attribute-name": "color6",
    "invalid": "color1",
}


@exporters.register(
    "vscode", suffix=".vscode.json", media_type="application/json", theme=True, read=read_json, magic=MAGIC
)
def vscode(palette: Palette, *, dark: bool = True) -> bytes:
    """A color theme of Visual Studio Code: workbench, terminal and syntax.

    The keys follow its documentation, "Theme Color" and "Syntax Highlight Guide".
    """
    terminal, interface = theme(palette, "terminal", dark=dark), theme(palette, "interface", dark=dark)
    ansi = {f"terminal.ansi{slot}": terminal[f"color{number}"] for number, slot in enumerate(SLOTS)}
    bright = {f"terminal.ansiBright{slot}": terminal[f"color{number}"] for number, slot in enumerate(SLOTS, 8)}
    document: dict[str, Any] = {
        "$schema": "vscode://schemas/color-theme",
        "name": title(palette),
        "type": "dark" if dark else "light",
        "colors": {
            **{key: interface[name] for key, name in INTERFACE.items()},
            "editor.selectionBackground": terminal["selection"],
            **ansi,
            **bright,
        },
        "tokenColors": [
            {"scope": scopes.split(", "), "settings": {"foreground": terminal[name]}} for scopes, name in TOKENS.items()
        ],
    }
    return (json.dumps(document, indent=2) + "\n").encode()
