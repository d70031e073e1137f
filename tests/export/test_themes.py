"""Theme formats: each program's own reader takes them, and they carry the theme's colors."""

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
    def test_kitty_is_a_key_and_a_color_a_line(self, dark):
        made = theme(SEA, "terminal", dark=dark)
        keys = dict(line.split() for line in SEA.export("kitty", dark=dark).decode().splitlines())
        assert [keys[name] for name in ANSI] == [made[name] for name in ANSI]
        assert (keys["background"], keys["cursor"]) == (made["background"], made["cursor"])

    def test_alacritty_is_toml_with_its_tables(self, dark):
        made = theme(SEA, "terminal", dark=dark)
        colors = tomllib.loads(SEA.export("alacritty", dark=dark).decode())["colors"]
        assert colors["primary"] == {"background": made["background"], "foreground": made["foreground"]}
        slots = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        assert [colors["normal"][slot] for slot in slots] == [made[name] for name in ANSI[:8]]
        assert [colors["bright"][slot] for slot in slots] == [made[name] for name in ANSI[8:]]

    def test_wezterm_is_toml_with_two_lists_of_eight(self, dark):
        made = theme(SEA, "terminal", dark=dark)
        scheme = tomllib.loads(SEA.export("wezterm", dark=dark).decode())
        assert scheme["colors"]["ansi"] + scheme["colors"]["brights"] == [made[name] for name in ANSI]
        assert scheme["metadata"] == {"name": "Sea blue"}

    def test_windows_terminal_is_json_with_its_own_names(self, dark):
        made = theme(SEA, "terminal", dark=dark)
        scheme = json.loads(SEA.export("windows-terminal", dark=dark))
        assert (scheme["purple"], scheme["brightBlack"]) == (made["color5"], made["color8"])
        assert scheme["name"] == "Sea blue"
        assert len(scheme) == 5 + 16

    def test_pywal_is_its_colors_json(self, dark):
        made = theme(SEA, "terminal", dark=dark)
        given = json.loads(SEA.export("pywal", dark=dark))
        assert given["colors"] == {name: made[name] for name in ANSI}
        assert set(given) == {"wallpaper", "alpha", "special", "colors"}

    def test_base16_has_its_sixteen_and_says_its_variant(self, dark):
        lines = SEA.export("base16", dark=dark).decode().splitlines()
        assert f'variant: "{"dark" if dark else "light"}"' in lines
        assert 'name: "Sea blue"' in lines
        bases = [line.split(":")[0].strip() for line in lines if line.startswith("  base")]
        assert bases == [f"base0{digit}" for digit in "0123456789ABCDEF"]
        assert f'  base00: "{theme(SEA, "terminal", dark=dark)["background"]}"' in lines

    def test_vscode_colors_its_terminal_and_its_workbench(self, dark):
        given = json.loads(SEA.export("vscode", dark=dark))
        assert given["type"] == ("dark" if dark else "light")
        assert all(HEX.fullmatch(color) for color in given["colors"].values())
        assert given["colors"]["terminal.ansiBrightMagenta"] == theme(SEA, "terminal", dark=dark)["color13"]
        assert given["colors"]["button.foreground"] == theme(SEA, "interface", dark=dark)["on-primary"]


def test_css_has_light_and_dark():
    text = SEA.export("theme-css").decode()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    assert f"--primary: {theme(SEA, 'interface', dark=False)['primary']};" in light
    assert f"--primary: {theme(SEA, 'interface', dark=True)['primary']};" in dark
    assert text.count("{") == text.count("}")


def test_json_has_all_four_with_their_contrasts():
    given = json.loads(SEA.export("theme-json"))
    assert {(kind, mode) for kind in given for mode in given[kind]} == {
        (kind, mode) for kind in ("terminal", "interface") for mode in ("dark", "light")
    }
    assert given["terminal"]["light"] == theme(SEA, "terminal", dark=False).to_dict()


def test_the_formats_of_programs_say_that_they_are_themes():
    themes = {entry.name for entry in exporters.entries if entry.about.theme}
    assert themes >= {"base16", "pywal", "alacritty", "kitty", "wezterm", "windows-terminal", "vscode"}
