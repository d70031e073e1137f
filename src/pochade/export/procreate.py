"""Procreate: a `.swatches` file, a zip with the colors as JSON, as hue, saturation and brightness from 0 to 1.

Savage Interactive has not published it. Procreate 4 wrote a list of palettes, Procreate 5 one palette with a
profile for each swatch, and null for an empty slot; a palette has 30 slots. Swatches have no names.

References
----------
A. Albe: color_palette_formats (Dart), procreate.dart, with an example of Procreate 4. S. Szydlowski:
procreate-swatches (JavaScript) and its issue 1, on what Procreate opens.
"""

import base64
import binascii
import json
import re
from typing import Any

import numpy as np

from pochade.color.hexcone import split
from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.archive import needed, zipped
from pochade.export.reading import json_of, palette_of
from pochade.export.swatch import Triple, from_hsv, from_profile, plain, rgb_of_hsv
from pochade.palette import Palette

SLOTS = 30
MEMBER = "Swatches.json"
MAGIC = re.compile(rb"\APK\x03\x04.{26}swatches\.json", re.DOTALL | re.IGNORECASE)


def read(content: bytes) -> Palette:
    """The colors of a .swatches file, of all its palettes in a row, without empty slots and transparency.

    A profile that is not sRGB, as Display P3 on an iPad, is applied.
    """
    told = json_of(needed(content, MEMBER, "a palette of Procreate"))
    palettes = told if isinstance(told, list) else [told]
    found: list[Triple] = []
    for number, palette in enumerate(palettes, 1):
        if not isinstance(palette, dict) or not isinstance(palette.get("swatches"), list):
            raise FormatError(f"{MEMBER}: palette {number} has no list of swatches.")
        profiles = _profiles(palette.get("colorProfiles"))
        for slot, swatch in enumerate(palette["swatches"], 1):
            if swatch is not None:
                found.append(_codes(swatch, profiles, f"{MEMBER}: swatch {slot} of palette {number}"))
    return palette_of((codes, None) for codes in found)


def _profiles(told: Any) -> dict[str, bytes]:
    """The ICC profiles for RGB, by the hash that swatches call them by."""
    from pochade.source.profile import profile_space

    found: dict[str, bytes] = {}
    for entry in told if isinstance(told, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("hash"), str) and isinstance(entry.get("iccData"), str):
            try:
                profile = base64.b64decode(entry["iccData"])
            except (binascii.Error, ValueError):
                raise FormatError(f"{MEMBER}: a profile is no Base64.") from None
            if profile_space(profile) == "RGB":
                found[entry["hash"]] = profile
    return found


def _codes(swatch: Any, profiles: dict[str, bytes], where: str) -> Triple:
    told = [swatch.get(key) for key in ("hue", "saturation", "brightness")] if isinstance(swatch, dict) else []
    hsv = [float(value) for value in told if isinstance(value, int | float) and abs(value) < 1e6]
    if len(hsv) != 3:
        raise FormatError(f"{where}: a swatch needs hue, saturation and brightness as numbers.")
    profile = profiles.get(str(swatch.get("colorProfile")))
    return from_hsv(hsv, where) if profile is None else from_profile(rgb_of_hsv(hsv, where), profile, where)


@exporters.register("procreate", suffix=".swatches", media_type="application/zip", read=read, magic=MAGIC, most=SLOTS)
def procreate(palette: Palette, *, name: str = "") -> bytes:
    """A palette of Procreate, without names; the colors exact.

    Parameters
    ----------
    name : of the palette; without it, that of its source.
    """
    hue, top, chroma = split(palette.srgb / 255)
    saturation = chroma / np.where(top == 0, 1, top)
    swatches = [
        {"hue": h, "saturation": s, "brightness": b, "alpha": 1, "colorSpace": 0}
        for h, s, b in zip(hue.tolist(), saturation.tolist(), top.tolist(), strict=True)
    ]
    title = plain(name or palette.source or "") or "pochade"
    return zipped({MEMBER: json.dumps([{"name": title, "swatches": swatches}]).encode()})
