"""Generate the known palettes of pochade.suggestion from a collection of free ones. The repository contains the result.

    python tools/known_palettes.py palettes.json

palettes.json is a list of objects with "collection", "license" and "colors" (#rrggbb), gathered from the repositories
that `COLLECTIONS` names. Collections without an entry there are left out, also free ones: palettes after the films of
Studio Ghibli and of Wes Anderson and after photographs of Beyoncé bear the names of others. Never included are
palettes whose terms forbid a use: those of COLOURlovers, Adobe, Coolors, Color Hunt and Lospec, and pypalettes as a
whole.
"""

import json
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "pochade" / "suggestion" / "palettes.json"
MAX_BYTES = 60_000

BOOK = "A Dictionary of Color Combinations, 1933"
MILLS = "Blake Robert Mills"
COLLECTIONS = {
    "wada": ("wada", BOOK, "Sanzo Wada", "mattdesl/dictionary-of-colour-combinations"),
    "thing": ("thi-ng", "@thi.ng/color-palettes", "Karsten Schmidt", "thi-ng/umbrella"),
    "chromotome": ("chromotome", "chromotome", "Kjetil Midtgarden Golid", "kgolid/chromotome"),
    "r-MetBrewer": ("MetBrewer", "MetBrewer", MILLS, "BlakeRMills/MetBrewer"),
    "r-MoMAColors": ("MoMAColors", "MoMAColors", MILLS, "BlakeRMills/MoMAColors"),
    "r-NatParksPalettes": ("NatParksPalettes", "NatParksPalettes", "Kevin S. Blake", "kevinsblake/NatParksPalettes"),
    "r-PNWColors": ("PNWColors", "PNWColors", "Jake Lawlor", "jakelawlor/PNWColors"),
    "r-ggpomological": ("ggpomological", "ggpomological", "Garrick Aden-Buie", "gadenbuie/ggpomological"),
    "r-colRoz": ("colRoz", "colRoz", "Jacinta Kong and Nicholas Wu", "jacintak/colRoz"),
    "r-ltc": ("ltc", "ltc", "Loukas Theodosiou", "loukesio/ltc-color-palettes"),
    "r-ochRe": ("ochRe", "ochRe", "the authors of ochRe", "ropenscilabs/ochRe"),
    "r-nord": ("nord", "nord", "Jake Kaupp", "jkaupp/nord"),
    "r-Redmonder": ("Redmonder", "Redmonder", "Pedro Mac Dowell Innecco", "pmdci/Redmonder"),
    "r-dutchmasters": ("dutchmasters", "dutchmasters", "Edwin Thoen", "EdwinTh/dutchmasters"),
    "r-miscpalettes": ("miscpalettes", "miscpalettes", "Emil Hvitfeldt", "EmilHvitfeldt/miscpalettes"),
    "r-RSkittleBrewer": ("RSkittleBrewer", "RSkittleBrewer", "Alyssa Frazee", "alyssafrazee/RSkittleBrewer"),
    "r-awtools": ("awtools", "awtools", "Austin Wehrwein", "awhstin/awtools"),
}
"""For each collection to ship: its name, its title, its author, and its repository at GitHub. The author is the one
whom the package names; the colors of many palettes are those of paintings, parks and animals."""


def main(path: str) -> None:
    """Write the data file, one collection after the other, a palette as the six digits of each color in a row."""
    given = json.loads(Path(path).read_text(encoding="utf-8"))
    collections = []
    for key, (name, title, author, repository) in COLLECTIONS.items():
        entries = [entry for entry in given if entry["collection"] == key]
        licenses = {entry["license"] for entry in entries}
        assert len(licenses) == 1, (key, licenses)
        palettes = ["".join(color.removeprefix("#").lower() for color in entry["colors"]) for entry in entries]
        assert all(len(palette) % 6 == 0 and int(palette, 16) >= 0 for palette in palettes), key
        facts = {"name": name, "title": title, "author": author, "source": f"https://github.com/{repository}"}
        collections.append(facts | {"license": licenses.pop(), "palettes": palettes})
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in collections)
    content = f"[\n{lines}\n]\n".encode()
    assert len(content) <= MAX_BYTES, len(content)
    TARGET.write_bytes(content)
    print(f"{sum(len(one['palettes']) for one in collections)} palettes, {len(content)} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
