"""Files opened by the programs: GIMP, GMT and Krita."""

import os
import shutil
import subprocess

import pytest

from pochade import Color, Palette
from pochade.export import export

PALETTE = Palette(
    (Color((142, 26, 36), 0.5, label="Bärenrot 赤"), Color((0, 254, 1), 0.25, label="a; b"), Color((7, 8, 255), 0.25)),
    source="boxer",
)

ASK = """
(define (say . x) (display "say ") (write x) (newline))
(do ((i 0 (+ i 1))) ((= i (car (gimp-palette-get-info "boxer"))))
  (say (car (gimp-palette-entry-get-color "boxer" i)) (car (gimp-palette-entry-get-name "boxer" i))))
(say (gimp-palette-get-columns "boxer"))
(do ((i 0 (+ i 1))) ((= i (car (gimp-gradient-get-number-of-segments "boxer"))))
  (say (car (gimp-gradient-segment-get-left-pos "boxer" i)) (car (gimp-gradient-segment-get-left-color "boxer" i))
       (car (gimp-gradient-segment-get-right-pos "boxer" i)) (car (gimp-gradient-segment-get-right-color "boxer" i))))
(gimp-quit 0)
"""


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not shutil.which("gimp-console"), reason="GIMP is not installed")
def test_gimp_opens_a_palette_and_a_gradient(tmp_path):
    if "version 2." not in run("gimp-console", "--version"):
        pytest.skip("the scripting language changed in GIMP 3")
    for folder, format, options in [("palettes", "gpl", {"columns": 2}), ("gradients", "ggr", {"spread": "weight"})]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"boxer.{format}").write_bytes(export(PALETTE, format, **options))
    home = os.environ | {"GIMP2_DIRECTORY": str(tmp_path), "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    said = run("gimp-console", "-i", "-f", "-s", "-b", "-", input=ASK, env=home)
    lines = [line.partition("say ")[2] for line in said.splitlines() if "say (" in line]
    assert lines == [
        '((142 26 36) "Bärenrot 赤")',
        '((0 254 1) "a; b")',
        '((7 8 255) "blue")',
        "((2))",
        "(0.0 (142 26 36) 0.6 (0 254 1))",
        "(0.6 (0 254 1) 1.0 (7 8 255))",
    ]


@pytest.mark.skipif(not shutil.which("gmt"), reason="GMT is not installed")
def test_gmt_opens_a_color_palette_table(tmp_path):
    def table(values, **options):
        (tmp_path / "boxer.cpt").write_bytes(export(PALETTE, "cpt", **options))
        made = run("gmt", "makecpt", "-Cboxer.cpt", values, "-Fr", cwd=tmp_path)
        return [line.split() for line in made.splitlines() if line and line[0] not in "#BFN"]

    smooth = table("-T0/1")
    assert [row[1::2][:2] for row in smooth] == [["142/26/36", "0/254/1"], ["0/254/1", "7/8/255"]]
    assert [float(row[0]) for row in table("-T0/1", spread="weight")] == pytest.approx([0, 0.6])
    striped = table("-T0/1", spread="weight", steps=True)
    assert [row[1] for row in striped] == ["142/26/36", "0/254/1", "7/8/255"]
    assert [float(row[0]) for row in striped] == pytest.approx([0, 0.5, 0.75])


ASK_KRITA = """
from krita import Krita, Palette


def main(*_):
    with open("answer.txt", "w", encoding="utf-8") as file:
        for name, resource in sorted(Krita.instance().resources("palette").items()):
            if name.startswith("boxer"):
                palette = Palette(resource)
                for i in range(palette.numberOfEntries()):
                    entry = palette.colorSetEntryByIndex(i)
                    codes = [round(255 * value) for value in entry.color().componentsOrdered()[:3]]
                    print(resource.filename(), *codes, entry.name(), file=file)
"""


@pytest.mark.skipif(not shutil.which("kritarunner"), reason="Krita is not installed")
def test_krita_opens_palettes_of_five_formats(tmp_path):
    folder = tmp_path / ".local" / "share" / "kritarunner" / "palettes"
    folder.mkdir(parents=True)
    formats = {
        "boxer1.aco": "aco",
        "boxer2.gpl": "gpl",
        "boxer3.kpl": "kpl",
        "boxer4.pal": "jasc-pal",
        "boxer5.pal": "riff-pal",
    }
    for name, format in formats.items():
        options = {"name": name} if format in ("gpl", "kpl") else {}
        (folder / name).write_bytes(export(PALETTE, format, **options))
    (tmp_path / "asking.py").write_text(ASK_KRITA, encoding="utf-8")
    home = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}  # Krita uses Debian's Python
    home |= {"PATH": os.defpath, "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    home |= {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    command = ["kritarunner", "-s", "asking", "-f", "main"]
    done = subprocess.run(command, cwd=tmp_path, env=home, capture_output=True, text=True, timeout=300, check=False)
    answer = tmp_path / "answer.txt"
    if not answer.exists():
        pytest.skip(f"Krita's Python cannot be used: {done.stderr[-200:]}")
    found = [line.split(" ", 4) for line in answer.read_text(encoding="utf-8").splitlines()]
    assert [(name, tuple(map(int, codes))) for name, *codes, _ in found] == [
        (name, color.srgb) for name in formats for color in PALETTE
    ]
    # Of ACO names, Krita keeps the NUL that ends them.
    assert [name.rstrip("\0") for file, *_, name in found if "pal" not in file] == ["Bärenrot 赤", "a; b", "blue"] * 3
