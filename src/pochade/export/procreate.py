"""Procreate: a `.swatches` file, a zip with the colors in JSON, as hue, saturation and brightness from 0 to 1.

Savage Interactive has not published the format. Procreate 4 wrote a list of palettes; Procreate 5 writes one palette
with a profile for each swatch, and null for an empty slot. A palette has 30 slots. Swatches have no names.

References
----------
A. Albe: color_palette_formats (Dart), procreate.dart, with an example of Procreate 4. S. Szydlowski:
procreate-swatches (JavaScript) and its issue 1, on the files that Procreate opens.
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
from pochade.export.archive import required_member, zip_of
from pochade.export.reading import json_of, palette_of
from pochade.export.swatch import Triple, from_hsv, from_profile, plain, rgb_of_hsv
from pochade.palette import Palette

SLOTS = 30
MEMBER = "Swatches.json"
MAGIC = re.compile(rb"\APK\x03\x04.{26}swatches\.json", re.DOTALL | re.IGNORECASE)


def read(content: bytes) -> Palette:
    """The colors of a .swatches file, with all palettes concatenated, without empty slots and transparency.

    Profiles other than sRGB, such as Display P3 on an iPad, are applied.
    """
    document = json_of(required_member(content, MEMBER, "a palette of Procreate"))
    palettes = document if isinstance(document, list) else [document]
    colors: list[Triple] = []
    for number, palette in enumerate(palettes, 1):
        if not isinstance(palette, dict) or not isinstance(palette.get("swatches"), list):
            raise FormatError(f"{MEMBER}: palette {number} has no list of swatches.")
        profiles = _profiles(palette.get("colorProfiles"))
        for slot, swatch in enumerate(palette["swatches"], 1):
            if swatch is not None:
                colors.append(_codes(swatch, profiles, f"{MEMBER}: swatch {slot} of palette {number}"))
    return palette_of((codes, None) for codes in colors)


def _profiles(entries: Any) -> dict[str, bytes]:
    """The ICC profiles for RGB, by the hash with which swatches refer to them."""
    from pochade.source.profile import profile_space

    profiles: dict[str, bytes] = {}
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("hash"), str) and isinstance(entry.get("iccData"), str):
            try:
                profile = base64.b64decode(entry["iccData"])
            except (binascii.Error, ValueError):
                raise FormatError(f"{MEMBER}: a profile is not Base64.") from None
            if profile_space(profile) == "RGB":
                profiles[entry["hash"]] = profile
    return profiles


def _codes(swatch: Any, profiles: dict[str, bytes], where: str) -> Triple:
    values = [swatch.get(key) for key in ("hue", "saturation", "brightness")] if isinstance(swatch, dict) else []
    hsv = [float(value) for value in values if isinstance(value, int | float) and abs(value) < 1e6]
    if len(hsv) != 3:
        raise FormatError(f"{where}: a swatch needs hue, saturation and brightness as numbers.")
    profile = profiles.get(str(swatch.get("colorProfile")))
    return from_hsv(hsv, where) if profile is None else from_profile(rgb_of_hsv(hsv, where), profile, where)


@exporters.register("procreate", suffix=".swatches", media_type="application/zip", read=read, magic=MAGIC, most=SLOTS)
def procreate(palette: Palette, *, name: str = "") -> bytes:
    """A palette of Procreate, with exact colors, without names.

    Parameters
    ----------
    name : of the palette; by default its source.
    """
    hue, top, chroma = split(palette.srgb / 255)
    saturation = chroma / np.where(top == 0, 1, top)
    swatches = [
        {"hue": h, "saturation": s, "brightness": b, "alpha": 1, "colorSpace": 0}
        for h, s, b in zip(hue.tolist(), saturation.tolist(), top.tolist(), strict=True)
    ]
    title = plain(name or palette.source or "") or "pochade"
    return zip_of({MEMBER: json.dumps([{"name": title, "swatches": swatches}]).encode()})
