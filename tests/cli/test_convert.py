"""`pochade convert`: palette files from one format into another."""

import os

import pytest
from click.testing import CliRunner, Result

from pochade import Color, Palette, load
from pochade.cli.app import app
from pochade.export import export

PALETTE = Palette((Color((142, 26, 36), 0.25, (0.5, 0.75), "Buoy"), Color((255, 255, 255), 0.75)), source="boxer.jpg")


@pytest.fixture(autouse=True)
def files(folder) -> None:
    for name in ("palette.json", "palette.csv", "palette.css"):
        PALETTE.save(name)


def convert(*arguments: str, **more: object) -> Result:
    return CliRunner().invoke(app, ["convert", *arguments], **more)


def test_suffixes_set_both_formats():
    assert convert("palette.json", "out.csv").exit_code == 0
    assert load("out.csv") == PALETTE
    assert convert("out.csv", "back.json").stdout == ""
    assert load("back.json") == PALETTE


def test_it_reads_and_writes_pipes():
    content = export(PALETTE, "json")
    shown = convert("-", "-", "--to", "css", input=content)
    assert shown.stdout_bytes == export(PALETTE, "css")
    assert convert("-", "-", "--from", "css", "--to", "json", input=shown.stdout_bytes).exit_code == 0


def test_an_address_of_coolors_is_a_palette():
    assert convert("https://coolors.co/8e1a24-ffffff", "-", "--to", "hex").stdout == "#8e1a24\n#ffffff\n"


def test_options_of_the_format_are_set():
    assert "--brand-buoy: #8e1a24;" in convert("palette.json", "-", "--to", "css", "--set", "prefix=brand").stdout


def test_an_existing_file_needs_force():
    before = load("palette.css")
    refused = convert("palette.json", "palette.css")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "pochade: palette.css exists: give --force to overwrite it.\n"
    assert load("palette.css") == before
    assert convert("palette.json", "palette.css", "--force", "--set", "prefix=brand").exit_code == 0
    assert load("palette.css").names == ["brand buoy", "brand white"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("palette.json",), 2, "Missing argument 'OUTPUT'"),
        (("palette.json", "-"), 2, "give the format with --to"),
        (("palette.json", "out.xyz"), 2, "out.xyz: no format has this suffix"),
        (("palette.json", "out.css", "--to", "hx"), 2, "unknown format 'hx'. Did you mean 'hex'?"),
        (("palette.json", "out.css", "--set", "prefx=a"), 2, "unknown option of css: 'prefx'. Did you mean 'prefix'?"),
        (("palette.json", "out.css", "--set", "prefix"), 2, "give option=value; `pochade formats` lists the options"),
        (("palette.json", "out.css", "--set", "prefix=a b"), 2, "prefix='a b' is not allowed"),
        (("nowhere.json", "out.css"), 1, "nowhere.json: cannot be read"),
        (("a.png", "out.css"), 2, "a.png: neither suffix nor content identifies the format"),
        (("a.png", "out.css", "--from", "hex"), 1, "a.png: byte 0: not UTF-8 text"),
        (("palette.json", "nowhere/out.css"), 1, "nowhere/out.css: cannot be written"),
        (("palette.json", "out.css", "--from", "svg"), 2, "svg is write-only"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_nothing(arguments, status, said):
    before = sorted(os.listdir())
    shown = convert(*arguments)
    assert (shown.exit_code, shown.stdout) == (status, "")
    assert said in shown.stderr
    assert shown.stderr.count("\n") == 1
    assert sorted(os.listdir()) == before


def test_it_works_as_a_process_too(run):
    shown = run("convert", "-", "-", "--to", "hex", input="https://coolors.co/8e1a24-ffffff\n")
    assert shown.stdout == "#8e1a24\n#ffffff\n"
    assert shown.stderr == ""


def test_a_note_says_which_entries_were_left_out(tmp_path):
    with open("notes.css", "w") as file:
        file.write("--brick: #b5402e;\n--veil: rgb(0 0 0 / 50%);\n--mix: color-mix(in srgb, red, blue);\n")
    result = convert("notes.css", "-", "--to", "hex")
    assert (result.exit_code, result.stdout) == (0, "#b5402e\n")
    assert result.stderr == (
        "pochade: notes.css: 2 entries are left out: line 2: --veil is translucent: rgb(0 0 0 / 50%). "
        "line 3: --mix is computed: color-mix(in srgb, red, blue).\n"
    )
    piped = convert("-", "-", "--to", "hex", input="#b5402e\n#b5402e80\n")
    assert piped.stderr == "pochade: standard input: 1 entry is left out: line 2: #b5402e80 is translucent.\n"


def test_many_entries_left_out_are_counted():
    content = "--a: #fff;\n" + "".join(f"--b{i}: #0008;\n" for i in range(9))
    result = convert("-", "-", "--from", "css", "--to", "hex", input=content)
    assert "9 entries are left out: line 2: --b0" in result.stderr
    assert result.stderr.endswith("line 4: --b2 is translucent: #0008. And 6 more.\n")


def test_no_note_without_omitted_entries():
    assert convert("palette.css", "-", "--to", "hex").stderr == ""


LAUGHS = "".join(f"<!ENTITY l{i + 1} '{f'&l{i};' * 10}'>" for i in range(9))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.soc", f"<!DOCTYPE a [<!ENTITY l0 'lol'>{LAUGHS}]><color-table>&l9;</color-table>", "document type"),
        ("a.xml", "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><resources>&x;</resources>", "document type"),
        ("a.json", '{"colors": ' + "[" * 100_000, "nested too deeply"),
        ("a.csv", "hex\n" + "9" * 100_000, "line 2"),
        ("a.kpl", b"PK\x03\x04" + b"\xff" * 100, "not a readable zip file"),
        ("a.swatches", b"PK\x05\x06" + bytes(18), "Swatches.json"),
    ],
)
def test_a_hostile_file_is_one_line_and_writes_nothing(folder, name, content, said):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    refused = convert(name, "out.gpl")
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"pochade: {name}: ")
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert len(refused.stderr) < 600
    assert not (folder / "out.gpl").exists()
