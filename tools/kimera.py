"""Write src/pochade/paint/boxes/kimera.json from the measurements: `python tools/kimera.py FOLDER`.

FOLDER holds masstone.json and mix1.json of https://github.com/miciwan/PaintMixing (folder data): three readings of each
of 13 paints, alone and in one tint with white, whose parts are stated. The readings are averaged and interpolated to
400 to 700 nm by 10; K and S follow as for any box.
"""

import json
import sys
from pathlib import Path

import numpy as np

from pochade.paint import Box, Paint
from pochade.paint.spectrum import WAVELENGTHS

TARGET = Path(__file__).parents[1] / "src" / "pochade" / "paint" / "boxes" / "kimera.json"

ABOUT = {
    "name": "kimera",
    "credit": "PaintMixing by miciwan, https://github.com/miciwan/PaintMixing, CC BY 4.0, converted to K and S",
    "source": "https://github.com/miciwan/PaintMixing, commit e496fd4: masstone.json and mix1.json",
    "license": "Creative Commons Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/: "
    '"all the data in the depot are licensed under Creative Commons BY 4.0" (README of the source). The material is '
    "offered as-is, without warranties (section 5 of the license).",
    "changes": "The readings were averaged, interpolated to 400 to 700 nm by 10, and converted to absorption and "
    "scattering relative to the white by tools/kimera.py.",
}


def readings(path: Path) -> dict[str, tuple[dict[float, float], str]]:
    """The mean reflectance of each paint by wavelength, and the parts of paint and white."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    wavelengths = np.array(entries[0]["values"])
    curves: dict[str, list[list[float]]] = {}
    ratios: dict[str, str] = {}
    for entry in entries[1:]:
        parts = entry.get("components", {})
        name = next((name for name in parts if name != "white"), entry["name"])
        ratios[name] = f"{parts[name]}:{parts['white']}" if parts else ""
        curves.setdefault(name, []).append(entry["reflectance"])
    means = {name: np.interp(WAVELENGTHS, wavelengths, np.mean(rows, axis=0) / 100) for name, rows in curves.items()}
    return {name: (dict(zip(WAVELENGTHS.tolist(), c.tolist(), strict=True)), ratios[name]) for name, c in means.items()}


def main() -> None:
    """Write the file."""
    folder = Path(sys.argv[1])
    masstones, tints = readings(folder / "masstone.json"), readings(folder / "mix1.json")
    box = Box(Paint(name, curve, *tints.get(name, (None, None))) for name, (curve, _) in masstones.items())
    rows = [
        {"name": name, "absorption": [float(f"{v:.5g}") for v in k], "scattering": [float(f"{v:.5g}") for v in s]}
        for name, k, s in zip(box.names, *box.constants, strict=True)
    ]
    about = "".join(f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in ABOUT.items())
    paints = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    TARGET.write_text(f'{{\n{about}  "paints": [\n{paints}\n  ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
