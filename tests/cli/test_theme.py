"""`pochade theme`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import pochade
from pochade.cli.app import app
from pochade.export import exporters

HARBOR = str(Path(__file__).parents[2] / "examples" / "harbor.jpg")


def run(*arguments: str):
    return CliRunner().invoke(app, ["theme", HARBOR, *arguments])


def test_a_theme_for_a_program_is_what_the_library_makes():
    palette = pochade.extract(HARBOR, 16)
    assert run("--for", "kitty").stdout_bytes == palette.export("kitty")
    assert run("--for", "alacritty", "--light").stdout_bytes == palette.export("alacritty", dark=False)
    assert run("--for", "theme-css", "-k", "5").stdout_bytes == pochade.extract(HARBOR, 5).export("theme-css")


def test_a_theme_is_put_into_a_file_between_its_marks(tmp_path):
    config = tmp_path / "kitty.conf"
    config.write_bytes(b"font_size 12\n# pochade: begin\nold\n# pochade: end\nbell no\n")
    assert run("--for", "kitty", "--apply-to", str(config)).exit_code == 0
    made = config.read_bytes()
    assert made.startswith(b"font_size 12\n# pochade: begin\nforeground #")
    assert made.endswith(b"\n# pochade: end\nbell no\n")
    assert run("--for", "kitty", "--light", "--apply-to", str(config)).exit_code == 0
    assert len(config.read_bytes()) == len(made)


def test_a_file_that_has_no_marks_stays_as_it_is(tmp_path):
    config = tmp_path / "kitty.conf"
    config.write_text("font_size 12\n")
    refused = run("--for", "kitty", "--apply-to", str(config))
    assert refused.exit_code == 2
    assert "kitty.conf: it needs one line" in refused.stderr
    assert config.read_text() == "font_size 12\n"


def test_a_template_of_ones_own(tmp_path):
    template, made = tmp_path / "t.conf", tmp_path / "made.conf"
    template.write_text("bg={{ background }}\n")
    assert run("--template", str(template), "-o", str(made)).exit_code == 0
    assert made.read_text() == f"bg={pochade.extract(HARBOR, 16).theme()['background']}\n"
    template.write_text("ok\n{{ nothing }}\n")
    assert "t.conf: the template: 'nothing' is undefined" in run("--template", str(template)).stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give --for PROGRAM or --template FILE"),
        (("--for", "kity"), "Did you mean 'kitty'?"),
        (("--for", "json"), "unknown program"),
        (("--for", "kitty", "-k", "0"), "k=0 is not allowed"),
        (("--for", "kitty", "-o", "a", "--apply-to", HARBOR), "give one of them"),
        (("--for", "kitty", "--apply-to", HARBOR), "is not UTF-8"),
    ],
)
def test_wrong_usage_is_said(arguments, said):
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_the_programs_are_listed_without_a_picture():
    listed = CliRunner().invoke(app, ["theme", "--list"])
    assert listed.exit_code == 0
    names = [line for line in listed.stdout.splitlines() if line and not line.startswith(" ")]
    assert names == [entry.name for entry in exporters.entries if entry.about.theme]
    assert {"foot", "ghostty", "iterm2", "neovim", "vim", "xresources", "tmux", "gtk-css"} < {*names}
