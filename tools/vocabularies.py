"""Makes the data files of pochade.color.names anew. They are in the repository; this says where they come from.

    python tools/vocabularies.py iscc-nbs
    python tools/vocabularies.py xkcd rgb.txt                       from https://xkcd.com/color/rgb.txt
    python tools/vocabularies.py color-names package                from `npm pack color-name-list`, unpacked

`iscc-nbs` needs colour-science, of the group `test`.

tools/iscc_nbs.csv has the table of Kelly 1958: the Munsell notation of the middle of each of the 267 blocks. A plus
sign, by which the paper marks a chroma as "or more", is left out. The notations were read from the transcription by
Paul Centore (2016), with its line 11 mended: vivid red is 5R 4/15. A notation becomes sRGB by the Munsell renotation
(Newhall, Nickerson and Judd 1943), which is for illuminant C, and Bradford's adaptation to D65. Where a screen cannot
show the middle of a block, the chroma is lowered until it can; hue and value stay. Those that lose least come first:
two pairs of blocks end at the same color, and a vocabulary takes the first name of a color.
"""

import csv
import json
import sys
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent
NAMING = ROOT.parent / "src" / "pochade" / "color" / "names"

SLACK = 5e-4
"""Linear light outside 0..1 that rounds away."""


def write(file: str, source: str, license: str, names: dict[str, str], **more: str) -> None:
    """One name a line, so that a change can be read."""
    about = {"source": source, "license": license, **more}
    head = "".join(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in about.items())
    body = ",\n".join(f"    {json.dumps(name, ensure_ascii=False)}: {json.dumps(names[name])}" for name in names)
    (NAMING / file).write_text(f'{{\n{head}  "names": {{\n{body}\n  }}\n}}\n', encoding="utf-8")
    print(f"{file}: {len(names)} names")


def xkcd(path: str) -> None:
    """The 949 names of the survey; the file begins with its license, and has a name, a tab and a color a line."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    names = dict(line.split("\t")[:2] for line in lines if not line.startswith("#"))
    assert len(names) == 949
    write(
        "xkcd.json",
        "Randall Munroe: Color Survey Results (2010), the 949 most common names, https://xkcd.com/color/rgb/",
        "CC0 1.0",
        {name.strip(): color.strip() for name, color in names.items()},
    )


def color_names(folder: str) -> None:
    """The list of David Aerne, in its choice "best of"."""
    package = Path(folder)
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    with (package / "dist" / "colornames.bestof.csv").open(encoding="utf-8") as file:
        names = {row["name"]: row["hex"] for row in csv.DictReader(file)}
    write(
        "color_names.json",
        f'David Aerne and contributors: Color Names, the choice "best of", release {version}, '
        "https://github.com/meodai/color-names",
        "MIT, Copyright (c) 2017 David Aerne",
        names,
        notice=" ".join((package / "LICENSE").read_text(encoding="utf-8").split()),
    )


def iscc_nbs() -> None:
    """The middles of the blocks of the ISCC-NBS system."""
    with (ROOT / "iscc_nbs.csv").open(encoding="utf-8") as file:
        found = {row["name"]: _screen(row["munsell"]) for row in csv.DictReader(file)}
    assert len(found) == 267
    names = {name: found[name][0] for name in sorted(found, key=lambda name: found[name][1])}
    write(
        "iscc_nbs.json",
        "Kenneth L. Kelly: Central Notations for the Revised ISCC-NBS Color-Name Blocks, Journal of Research of the "
        "National Bureau of Standards 61(5), 1958; sRGB by tools/vocabularies.py",
        "public domain, a work of the government of the United States",
        names,
    )


def _screen(notation: str) -> tuple[str, float]:
    """#rrggbb of a Munsell notation, of the highest chroma up to its own that sRGB has, and how much chroma it lost."""
    from pochade.color.srgb import to_codes, to_hex

    if notation.startswith("N"):
        return to_hex(to_codes(_linear("N", float(notation[1:]), 0))), 0.0
    hue, rest = notation.split()
    value, chroma = map(float, rest.split("/"))
    if _fits(_linear(hue, value, chroma)):
        return to_hex(to_codes(_linear(hue, value, chroma))), 0.0
    low, high = 0.5, chroma
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(_linear(hue, value, middle)) else (low, middle)
    return to_hex(to_codes(_linear(hue, value, low))), round(chroma - low, 2)


def _fits(linear: np.ndarray) -> bool:
    return bool((linear > -SLACK).all() and (linear < 1 + SLACK).all())


def _linear(hue: str, value: float, chroma: float) -> np.ndarray:
    """Linear-light sRGB. The renotation ends at value 1; what is darker has its chromaticity, and its own luminance."""
    import colour

    notation = f"{hue} {max(value, 1)}/{chroma}" if chroma else f"N{value}"
    illuminant_c = colour.CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["C"]
    chromaticity = colour.munsell_colour_to_xyY(notation)
    chromaticity[2] = colour.colorimetry.luminance_ASTMD1535(value) / 100
    return colour.XYZ_to_sRGB(colour.xyY_to_XYZ(chromaticity), illuminant_c, "Bradford", apply_cctf_encoding=False)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    make = {"iscc-nbs": iscc_nbs, "xkcd": xkcd, "color-names": color_names}[sys.argv[1]]
    make(*sys.argv[2:])
