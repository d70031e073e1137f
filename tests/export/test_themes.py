"""Theme formats: files in each program's syntax, with the theme's colors."""

import json
import os
import plistlib
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable

import numpy as np
import pytest
import tinycss2

from pochade import Palette
from pochade.color.contrast import wcag
from pochade.color.srgb import parse_hex
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


def keys_of(text: str, separator: str) -> dict[str, str]:
    """The keys and values of lines such as `key = value`; "palette = 1=#..." has the key "palette 1"."""
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition(separator))
        if key == "palette":
            number, _, value = value.partition(separator)
            key = f"palette {number}"
        if value:
            pairs[key] = value
    return pairs


def terminal_pairs(field: str, written: list[str], selection: tuple[str, str]) -> list[tuple[str, str]]:
    return [*((color, field) for color in written), selection]


def foot_pairs(content: str) -> list[tuple[str, str]]:
    head, _, rest = content.partition("\n")
    assert head == "[colors]"
    keys = {key: "#" + value for key, value in keys_of(rest, "=").items()}
    assert set(keys) == {
        *("foreground", "background", "selection-foreground", "selection-background", "urls"),
        *(f"{kind}{number}" for kind in ("regular", "bright") for number in range(8)),
    }
    written = [value for key, value in keys.items() if key not in ("background", "regular0", "selection-background")]
    return terminal_pairs(keys["background"], written, (keys["selection-foreground"], keys["selection-background"]))


def ghostty_pairs(content: str) -> list[tuple[str, str]]:
    keys = keys_of(content, "=")
    assert keys["palette 0"] == keys["background"]
    written = [keys["foreground"], *(keys[f"palette {number}"] for number in range(1, 16))]
    pairs = terminal_pairs(keys["background"], written, (keys["selection-foreground"], keys["selection-background"]))
    return [*pairs, (keys["cursor-text"], keys["cursor-color"])]


def xresources_pairs(content: str) -> list[tuple[str, str]]:
    keys = keys_of(content, ":")
    assert all(key.startswith("*.") for key in keys)
    written = [keys["*.foreground"], *(keys[f"*.color{number}"] for number in range(1, 16))]
    return terminal_pairs(keys["*.background"], written, (keys["*.highlightTextColor"], keys["*.highlightColor"]))


def iterm2_pairs(content: str) -> list[tuple[str, str]]:
    document = plistlib.loads(content.encode())
    assert all(entry["Color Space"] == "sRGB" and entry["Alpha Component"] == 1 for entry in document.values())
    keys = {
        key: "#" + bytes(round(255 * entry[f"{name} Component"]) for name in ("Red", "Green", "Blue")).hex()
        for key, entry in document.items()
    }
    names = ["Foreground", "Bold", "Link", *(f"Ansi {number}" for number in range(1, 16))]
    written = [keys[f"{name} Color"] for name in names]
    pairs = terminal_pairs(keys["Background Color"], written, (keys["Selected Text Color"], keys["Selection Color"]))
    return [*pairs, (keys["Cursor Text Color"], keys["Cursor Color"])]


def tmux_pairs(content: str) -> list[tuple[str, str]]:
    pairs = re.findall(r'"fg=(#\w{6}),bg=(#\w{6})"', content)
    assert len(pairs) == 12
    return pairs


def gtk_pairs(content: str) -> list[tuple[str, str]]:
    rules = tinycss2.parse_stylesheet(content, skip_whitespace=True)
    assert all(rule.type == "at-rule" and rule.at_keyword == "define-color" for rule in rules)
    tokens = [[one for one in rule.prelude if one.type != "whitespace"] for rule in rules]
    keys = {name.value: "#" + color.value for name, color in tokens}
    backgrounds = [key for key in keys if key.endswith("_bg_color")]
    pairs = [(keys[key.replace("_bg_", "_fg_")], keys[key]) for key in backgrounds]
    named = [key for key in keys if key.endswith("_color") and f"{key[:-6]}_bg_color" in keys]
    assert len(named) == 5
    return [*pairs, *((keys[key], keys["window_bg_color"]) for key in named)]


def editor_pairs(groups: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """The pairs of all groups; text without a background is on that of Normal, and on the line of the cursor."""
    normal = groups["Normal"]
    pairs = []
    for group in groups.values():
        if "fg" in group and "bg" in group:
            pairs.append((group["fg"], group["bg"]))
        elif "fg" in group:
            pairs += [(group["fg"], normal["bg"]), (group["fg"], groups["CursorLine"]["bg"])]
        elif "bg" in group:
            pairs.append((normal["fg"], group["bg"]))
    return pairs


def vim_pairs(content: str) -> list[tuple[str, str]]:
    lines = [line.split() for line in content.splitlines() if re.match(r"highlight \w+ g", line)]
    groups = {
        words[1]: {part[3:5]: part[6:] for part in words[2:4] if part.startswith("gui") and "#" in part}
        for words in lines
    }
    assert len(groups) > 50
    return editor_pairs(groups)


def neovim_pairs(content: str) -> list[tuple[str, str]]:
    groups = {
        name: dict(re.findall(r'(fg|bg) = "(#\w{6})"', inner))
        for name, inner in re.findall(r"^  (\w+) = \{ (.*) \},$", content, re.MULTILINE)
    }
    assert len(groups) > 50
    return editor_pairs(groups)


PAIRS: dict[str, Callable[[str], list[tuple[str, str]]]] = {
    "foot": foot_pairs,
    "ghostty": ghostty_pairs,
    "xresources": xresources_pairs,
    "iterm2": iterm2_pairs,
    "tmux": tmux_pairs,
    "gtk-css": gtk_pairs,
    "vim": vim_pairs,
    "neovim": neovim_pairs,
}
"""For each format, the texts in a file with their backgrounds, read as the program reads it."""


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("format", PAIRS)
def test_all_text_in_the_file_has_a_contrast_of_4_5(format, dark):
    rng = np.random.default_rng(5)
    for k in (1, 2, 4, 8, 16):
        colors = ["#" + bytes(codes).hex() for codes in rng.integers(0, 256, (k, 3), np.uint8).tolist()]
        palette = Palette.from_dict({"colors": colors, "source": 'a/Sea "blue".jpg'})
        pairs = PAIRS[format](palette.export(format, dark=dark).decode())
        ratios = [float(wcag(parse_hex(text), parse_hex(field))) for text, field in pairs]
        assert min(ratios) >= 4.5


def program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def test_vim_loads_its_color_scheme(tmp_path):
    vim = program("vim")
    (tmp_path / "colors").mkdir()
    (tmp_path / "colors" / "Sea-blue.vim").write_bytes(SEA.export("vim", dark=False))
    script = (
        f"set rtp^={tmp_path} termguicolors | syntax on | colorscheme Sea-blue | redir! > {tmp_path}/said | "
        "echo g:colors_name &background | highlight Comment | redir END | qa!"
    )
    done = subprocess.run([vim, "-Nu", "NONE", "-es", "-c", script], capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    said = (tmp_path / "said").read_text()
    assert "Sea-blue light" in said
    assert f"guifg={theme(SEA, 'terminal', dark=False)['color8']}" in said


def test_tmux_loads_its_styles(tmp_path):
    tmux = program("tmux")
    (tmp_path / "sea.conf").write_bytes(SEA.export("tmux"))
    socket = str(tmp_path / "socket")
    base = [tmux, "-S", socket, "-f", os.devnull]
    try:
        subprocess.run([*base, "new-session", "-d", "sleep 100"], timeout=120, check=True, capture_output=True)
        done = subprocess.run(
            [*base, "source-file", str(tmp_path / "sea.conf")], capture_output=True, timeout=120, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
        shown = subprocess.run([*base, "show", "-gv", "status-style"], capture_output=True, timeout=120, check=True)
        roles = theme(SEA, "terminal")
        assert shown.stdout.decode().strip() == f"fg={roles['foreground']},bg={roles['surface']}"
    finally:
        subprocess.run([*base, "kill-server"], capture_output=True, timeout=120, check=False)


def test_foot_accepts_its_theme(tmp_path):
    foot = program("foot")
    (tmp_path / "sea.ini").write_bytes(SEA.export("foot"))
    done = subprocess.run(
        [foot, "--check-config", "-c", str(tmp_path / "sea.ini")], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_lua_runs_the_color_scheme_of_neovim(tmp_path):
    lua = program("lua5.4")
    stub = """
vim = { g = {}, o = {}, cmd = function() end, fn = { exists = function() return 1 end }, api = {} }
vim.api.nvim_set_hl = function(_, name, value) print(name, value.fg, value.bg) end
dofile(arg[1])
print(vim.g.colors_name, vim.o.background, vim.g.terminal_color_15)
"""
    (tmp_path / "stub.lua").write_text(stub)
    (tmp_path / "sea.lua").write_bytes(SEA.export("neovim"))
    done = subprocess.run(
        [lua, str(tmp_path / "stub.lua"), str(tmp_path / "sea.lua")], capture_output=True, timeout=120, check=True
    )
    lines = done.stdout.decode().splitlines()
    roles = theme(SEA, "terminal")
    assert f"Normal\t{roles['foreground']}\t{roles['background']}" in lines
    assert lines[-1] == f"Sea-blue\tdark\t{roles['color15']}"


def test_presets_of_iterm2_in_another_space_are_omitted():
    content = SEA.export("iterm2").replace(b"sRGB", b"P3", 1)
    from pochade import load

    assert load(content).omitted == ("Foreground Color is in the color space P3.",)
