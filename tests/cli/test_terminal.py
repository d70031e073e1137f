"""Colors where the terminal can show them, plain text where not, and the width respected."""

import re

import numpy as np
import pytest

from pochade import Color, Palette
from pochade.cli.terminal import Screen, color_depth
from pochade.cli.text.swatches import draw, nearest_256

TRUE_RED, ANY_256 = "\x1b[48;2;206;17;38", "\x1b[48;5;"


class _Stream:
    encoding = "utf-8"

    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("terminal", "when", "environment", "depth"),
    [
        (True, "auto", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
        (True, "auto", {"TERM": "xterm-256color"}, "256"),
        (True, "auto", {"TERM": "xterm-kitty"}, "truecolor"),
        (True, "auto", {"TERM": "linux"}, "none"),
        (True, "auto", {"TERM": "dumb", "COLORTERM": "truecolor"}, "none"),
        (True, "auto", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
        (True, "auto", {"TERM": "xterm-256color", "NO_COLOR": ""}, "256"),
        (False, "auto", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "none"),
        (False, "auto", {"FORCE_COLOR": "1"}, "truecolor"),
        (False, "auto", {"FORCE_COLOR": "2", "COLORTERM": "truecolor"}, "256"),
        (False, "auto", {"FORCE_COLOR": "3", "TERM": "dumb"}, "truecolor"),
        (True, "auto", {"FORCE_COLOR": "0", "COLORTERM": "truecolor"}, "none"),
        (False, "auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "none"),
        (False, "always", {"NO_COLOR": "1", "TERM": "xterm-256color"}, "256"),
        (False, "always", {}, "truecolor"),
        (True, "never", {"COLORTERM": "truecolor", "FORCE_COLOR": "3"}, "none"),
    ],
)
def test_how_many_colors_are_sent(monkeypatch, terminal, when, environment, depth):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert color_depth(_Stream(terminal), when) == depth


def test_a_truecolor_terminal_gets_the_exact_colors(in_terminal):
    shown, error = in_terminal("a.png", "-k", "2", COLORTERM="truecolor")
    assert TRUE_RED in shown
    assert "#ce1126" in shown
    assert "95.8%" in shown
    assert error == ""


def test_a_256_color_terminal_gets_the_nearest(in_terminal):
    shown, _ = in_terminal("a.png")
    assert ANY_256 in shown
    assert ";2;206" not in shown


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colors_gets_no_escape(in_terminal, environment):
    shown, _ = in_terminal("a.png", **environment)
    assert "\x1b" not in shown
    assert "#ce1126   95.8%  " in shown


def test_a_forced_pipe_gets_colors_and_never_means_never(run, in_terminal):
    assert TRUE_RED in run("a.png", env={"FORCE_COLOR": "1"}).stdout
    assert TRUE_RED in run("a.png", "--ansi", "always").stdout
    assert "\x1b" not in in_terminal("a.png", "--ansi", "never", COLORTERM="truecolor")[0]


@pytest.mark.parametrize("command", ["extract", "compare"])
@pytest.mark.parametrize("arguments", [("--color", "never"), ("--color=always",), ("--color",)])
def test_the_old_name_of_ansi_is_refused_and_the_new_one_named(run, command, arguments):
    refused = run(command, "a.png", "b.png", *arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("pochade: --color is called --ansi")
    assert "--color " not in run(command, "--help").stdout


def test_lines_are_never_wider_than_the_terminal(in_terminal):
    for columns in (20, 34, 50, 79, 200):
        shown, _ = in_terminal("c.jpg", "a.png", "-j", "1", columns=columns, COLORTERM="truecolor")
        assert max(map(len, _visible(shown).splitlines())) <= columns


def _visible(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _palette(m: int) -> Palette:
    rng = np.random.default_rng(m)
    weights = rng.dirichlet(np.ones(m) / 2)
    colors = rng.integers(0, 256, (m, 3)).tolist()
    return Palette(
        tuple(Color((r, g, b), w) for (r, g, b), w in zip(colors, weights.tolist(), strict=True)), source="x.jpg"
    )


@pytest.mark.parametrize("columns", [1, 9, 20, 30, 45, 60, 80, 140])
@pytest.mark.parametrize("m", [1, 5, 12, 40])
def test_any_width_can_be_drawn(columns, m):
    for depth in ("none", "256", "truecolor"):
        for titled in (False, True):
            text = draw(_palette(m), Screen(depth, True, columns), titled=titled)
            lines = _visible(text).splitlines()
            assert len(lines) >= m
            if depth != "none" and columns >= 9:
                assert max(map(len, lines)) <= columns


def test_cards_are_drawn_where_they_fit_and_rows_where_not():
    screen = Screen("truecolor", True, 80, 24)
    assert len(draw(_palette(8), screen, titled=False).splitlines()) == 16 + 4
    assert len(draw(_palette(11), screen, titled=False).splitlines()) == 11 + 4
    assert len(draw(_palette(8), screen, titled=True).splitlines()) == 8 + 3


def test_a_share_that_is_not_nothing_is_shown():
    palette = Palette((Color((9, 9, 9), 0.9999), Color((255, 0, 0), 0.0001)))
    text = draw(palette, Screen("truecolor"), titled=False)
    assert "<0.1%" in text
    assert "\x1b[38;2;255;0;0m╸" in text


def test_an_encoding_without_lines_gets_ascii():
    text = draw(_palette(3), Screen("truecolor", True, lines=False), titled=False)
    assert text.isascii()


def test_each_of_xterms_colors_is_nearest_to_itself():
    for index, code in ((16, (0, 0, 0)), (231, (255, 255, 255)), (196, (255, 0, 0)), (67, (95, 135, 175))):
        assert nearest_256(code) == index
    assert nearest_256((238, 238, 238)) == 255


def test_the_bar_shows_only_where_standard_error_is_a_terminal(in_terminal, run):
    shown, _ = in_terminal("a.png", "b.png", "c.jpg", error_too=True, COLORTERM="truecolor")
    assert "pictures" in shown
    assert "3/3" in shown or "2/3" in shown
    assert TRUE_RED in shown
    assert "pictures" not in run("a.png", "b.png", env={"TERM": "xterm-256color"}).stderr
