"""Generate the data files of pochade.color.names from their sources. The repository contains the results.

    python tools/vocabularies.py iscc-nbs
    python tools/vocabularies.py xkcd rgb.txt                       from https://xkcd.com/color/rgb.txt
    python tools/vocabularies.py everyday                           from the result of xkcd
    python tools/vocabularies.py color-names package                the unpacked `npm pack color-name-list`

`iscc-nbs` needs colour-science from the dependency group `test`.

tools/iscc_nbs.csv is the table of Kelly 1958: the Munsell notation of the center of each of the 267 blocks. It omits
the plus sign, by which the paper marks a chroma as "or more". The notations are from the transcription by Paul Centore
(2016), with line 11 corrected: vivid red is 5R 4/15. The Munsell renotation (Newhall, Nickerson and Judd 1943), which
is for illuminant C, and Bradford's adaptation to D65 convert a notation to sRGB. If the center of a block lies outside
sRGB, its chroma is lowered until it fits; hue and value stay. The blocks with the smallest loss come first: two pairs
of blocks have the same color, and a vocabulary uses the first name of a color.
"""

import csv
import json
import re
import sys
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent
DATA = ROOT.parent / "src" / "pochade" / "color" / "names"

TOLERANCE = 5e-4
"""Excess of linear light over 0..1 that rounding to codes removes."""

UNFIT = (
    # rude, unpleasant, or about bodies
    "baby poop|barf|bile|blood|boogers?|bruise|diarrhea|dirt|dirty|fleshy?|gross|icky|mud|muddy|murky|nasty|piss|poop?|"
    "puke|radioactive|shit|sick|sickly|slime|snot|swamp|toxic|ugly|vomit",
    # jokes, judgments and brands
    "barbie|barney|blurple|bland|boring|burple|camo|frog|highlighter|hospital|kermit|macaroni|nice|pig|poison|really|"
    "tiffany|urple|weird|windows",
    # which color it is stays open
    "clear|drab|dusk|dust|easter|flat|metallic|mid|off blue|off green|off yellow|primary|pure|rich|strong|true|velvet|"
    "washed|indian|pea soup",
    # a hue with the ending of an adjective that is no word
    r"blue?y|browny|(dark|light|teal|purple|orange)ish|greeny|minty|orangey|pinky|purple?y|reddy|yellowy|"
    r"(bright light|light bright) \w+|(green|gray|grey) teal|tan green",
    # another spelling of a name of the list
    "aqua marine|azul|bubble gum|burnt siena|creme|darkblue|darkgreen|egg shell|fluro|forrest|golden rod|kelley|"
    "lavendar|lightblue|lightgreen|liliac|manilla|ocher|ocre|orangered|perrywinkle|"
    "robin egg|terra cotta|terracota|toupe|vermillion",
)
"""Words of the survey's names that are unfit for display."""

HUE = "(red|orange|yellow|green|blue|purple|violet|pink|brown|grey)"
MAKESHIFT = rf"[/]| with |^{HUE}{HUE}$|{HUE} {HUE}$|^(dark|pale|lighter .*|light light .*|royal|\w+ish)$"
"""Two hues in a row ("grey green" beside "greyish green"), comparisons, and adjectives without a color."""


def write(file: str, source: str, license: str, names: dict[str, str], **more: str) -> None:
    """Write a data file with one name per line, for readable diffs."""
    facts = {"source": source, "license": license, **more}
    head = "".join(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in facts.items())
    body = ",\n".join(f"    {json.dumps(name, ensure_ascii=False)}: {json.dumps(names[name])}" for name in names)
    (DATA / file).write_text(f'{{\n{head}  "names": {{\n{body}\n  }}\n}}\n', encoding="utf-8")
    print(f"{file}: {len(names)} names")


def xkcd(path: str) -> None:
    """Write the 949 names of the survey. The source begins with its license; a line has a name, a tab and a color."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    names = dict(line.split("\t")[:2] for line in lines if not line.startswith("#"))
    assert len(names) == 949
    write(
        "xkcd.json",
        "Randall Munroe: Color Survey Results (2010), the 949 most common names, https://xkcd.com/color/rgb/",
        "CC0 1.0",
        {name.strip(): color.strip() for name, color in names.items()},
    )


def everyday() -> None:
    """Write the survey's names that are fit for display, in American spelling: gray for grey."""
    survey = json.loads((DATA / "xkcd.json").read_text(encoding="utf-8"))
    unfit = re.compile(rf"\b({'|'.join(UNFIT)})\b|{MAKESHIFT}")
    fit = {name: color for name, color in survey["names"].items() if name == "olive drab" or not unfit.search(name)}
    write(
        "everyday.json",
        survey["source"] + "; without names unfit for display, by tools/vocabularies.py",
        survey["license"],
        {name.replace("grey", "gray"): color for name, color in fit.items()},
    )


def color_names(folder: str) -> None:
    """Write the selection "best of" from David Aerne's list."""
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
    """Write the centers of the blocks of the ISCC-NBS system."""
    with (ROOT / "iscc_nbs.csv").open(encoding="utf-8") as file:
        colors = {row["name"]: _screen(row["munsell"]) for row in csv.DictReader(file)}
    assert len(colors) == 267
    names = {name: colors[name][0] for name in sorted(colors, key=lambda name: colors[name][1])}
    write(
        "iscc_nbs.json",
        "Kenneth L. Kelly: Central Notations for the Revised ISCC-NBS Color-Name Blocks, Journal of Research of the "
        "National Bureau of Standards 61(5), 1958; sRGB by tools/vocabularies.py",
        "public domain, a work of the government of the United States",
        names,
    )


def _screen(notation: str) -> tuple[str, float]:
    """#rrggbb of a Munsell notation, with its chroma lowered until it fits into sRGB, and the loss of chroma."""
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
    return bool((linear > -TOLERANCE).all() and (linear < 1 + TOLERANCE).all())


def _linear(hue: str, value: float, chroma: float) -> np.ndarray:
    """Linear-light sRGB. The renotation ends at value 1; darker colors get its chromaticity and their own luminance."""
    import colour

    notation = f"{hue} {max(value, 1)}/{chroma}" if chroma else f"N{value}"
    illuminant_c = colour.CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["C"]
    chromaticity = colour.munsell_colour_to_xyY(notation)
    chromaticity[2] = colour.colorimetry.luminance_ASTMD1535(value) / 100
    return colour.XYZ_to_sRGB(colour.xyY_to_XYZ(chromaticity), illuminant_c, "Bradford", apply_cctf_encoding=False)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    make = {"iscc-nbs": iscc_nbs, "xkcd": xkcd, "everyday": everyday, "color-names": color_names}[sys.argv[1]]
    make(*sys.argv[2:])
