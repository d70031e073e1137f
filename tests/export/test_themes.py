"""Theme formats: files in each program's syntax, with the theme's colors."""

import json
import re
import tomllib

import pytest

from pochade import Palette
from pochade.export import exporters
from pochade.theme import theme

SEA = Palette.from_dict({"colors": ["#12355b", "#d72638", "#f5e9d0", "#3c7a6f"], "source": 'a/Sea "blue".jpg'})
ANSI = [f"color{number}" for number in range(16)]
HEX = re.compile(r"#[0-9a-f]{6}")


@pytest.mark.parametrize("dark", [True, False])
class TestAThemeFor:
    def test_kitty_has_a_key_and_a_color_on_each_line(self, dark):
        roles = theme(SEA, "terminal", dark=dark)
        keys = dict(line.split() for line in SEA.export("kitty", dark=dark).decode().splitlines())
        assert [keys[name] for name in ANSI] == [roles[name] for name in ANSI]
        assert (keys["background"], keys["cursor"]) == (roles["background"], roles["cursor"])

    def test_alacritty_is_toml_with_tables(self, dark):
        roles = theme(SEA, "terminal", dark=dark)
        colors = tomllib.loads(SEA.export("alacritty", dark=dark).decode())["colors"]
        assert colors["primary"] == {"background": roles["background"], "foreground": roles["foreground"]}
        slots = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        assert [colors["normal"][slot] for slot in slots] == [roles[name] for name in ANSI[:8]]
        assert [colors["bright"][slot] for slot in slots] == [roles[name] for name in ANSI[8:]]

    def test_wezterm_is_toml_with_two_lists_of_eight(self, dark):
        roles = theme(SEA, "terminal", dark=dark)
        scheme = tomllib.loads(SEA.export("wezterm", dark=dark).decode())
        assert scheme["colors"]["ansi"] + scheme["colors"]["brights"] == [roles[name] for name in ANSI]
        assert scheme["metadata"] == {"name": "Sea blue"}

    def test_windows_terminal_is_json_with_the_keys_of_windows(self, dark):
        roles = theme(SEA, "terminal", dark=dark)
        scheme = json.loads(SEA.export("windows-terminal", dark=dark))
        assert (scheme["purple"], scheme["brightBlack"]) == (roles["color5"], roles["color8"])
        assert scheme["name"] == "Sea blue"
        assert len(scheme) == 5 + 16

    def test_pywal_is_a_colors_json(self, dark):
        roles = theme(SEA, "terminal", dark=dark)
        document = json.loads(SEA.export("pywal", dark=dark))
        assert document["colors"] == {name: roles[name] for name in ANSI}
        assert set(document) == {"wallpaper", "alpha", "special", "colors"}

    def test_base16_has_sixteen_colors_and_a_variant(self, dark):
        lines = SEA.export("base16", dark=dark).decode().splitlines()
        assert f'variant: "{"dark" if dark else "light"}"' in lines
        assert 'name: "Sea blue"' in lines
        bases = [line.split(":")[0].strip() for line in lines if line.startswith("  base")]
        assert bases == [f"base0{digit}" for digit in "0123456789ABCDEF"]
        assert f'  base00: "{theme(SEA, "terminal", dark=dark)["background"]}"' in lines

    def test_vscode_has_colors_of_the_terminal_and_the_workbench(self, dark):
        document = json.loads(SEA.export("vscode", dark=dark))
        assert document["type"] == ("dark" if dark else "light")
        assert all(HEX.fullmatch(color) for color in document["colors"].values())
        assert document["colors"]["terminal.ansiBrightMagenta"] == theme(SEA, "terminal", dark=dark)["color13"]
        assert document["colors"]["button.foreground"] == theme(SEA, "interface", dark=dark)["on-primary"]


def test_css_has_light_and_dark():
    text = SEA.export("theme-css").decode()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    assert f"--primary: {theme(SEA, 'interface', dark=False)['primary']};" in light
    assert f"--primary: {theme(SEA, 'interface', dark=True)['primary']};" in dark
    assert text.count("{") == text.count("}")


def test_json_has_four_themes_with_contrasts():
    document = json.loads(SEA.export("theme-json"))
    assert {(kind, mode) for kind in document for mode in document[kind]} == {
        (kind, mode) for kind in ("terminal", "interface") for mode in ("dark", "light")
    }
    assert document["terminal"]["light"] == theme(SEA, "terminal", dark=False).to_dict()


def test_formats_of_programs_are_marked_as_themes():
    themes = {entry.name for entry in exporters.entries if entry.about.theme}
    assert themes >= {"base16", "pywal", "alacritty", "kitty", "wezterm", "windows-terminal", "vscode"}
