"""KPL: the palettes of Krita, a zip file with the colors as XML.

References
----------
W. van Hövell tot Westerflier: "The Krita Palette format KPL", docs.krita.org. KDE, krita: KoColorSet.cpp and
KoColor.cpp, for the content of `mimetype`, which the page has otherwise than the program, and for the names of
spaces.
"""

import re
from math import isfinite
from typing import Annotated
from xml.sax.saxutils import quoteattr

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.archive import member, needed, zipped
from pochade.export.markup import Element, elements
from pochade.export.reading import Found, palette_of
from pochade.export.swatch import (
    Triple,
    from_cielab_d50,
    from_cmyk,
    from_linear,
    from_profile,
    from_unit,
    from_xyz_d50,
    given,
    plain,
    plain_names,
)
from pochade.option import Within
from pochade.palette import Palette

MOST_PROFILES = 16  # a palette has one or two
MIMETYPE = b"krita/x-colorset"
MAGIC = re.compile(rb"\APK\x03\x04.{26}mimetype.{0,64}krita/x-colorset", re.DOTALL)
SRGB = "sRGB-elle-V2-srgbtrc.icc"  # Krita's own name of sRGB
CHANNELS = {"sRGB": "rgb", "RGB": "rgb", "CMYK": "cmyk", "Gray": "g", "XYZ": "xyz", "Lab": "Lab"}

# The profiles that come with Krita: of Elle Stone's, and the two that LittleCMS makes.
_ENCODED = re.compile(r"(srgb|gray-d50)-elle-v[24]-srgbtrc(\.icc)?|srgb( built-in| iec61966-2[.-]1.*)?|", re.IGNORECASE)
_LINEAR = re.compile(r"(srgb|gray-d50)-elle-v[24]-g10(\.icc)?|scrgb \(linear\)", re.IGNORECASE)


def read(content: bytes) -> Palette:
    """The colors of a KPL file, of all groups in a row.

    RGB and gray, as sRGB is or linear or with a profile in the file, XYZ, CIELAB and, as a rough likeness, CMYK; of any
    depth. Other spaces are refused, since their colors would come out wrong.
    """
    root, *inner = elements(needed(content, "colorset.xml", "a palette of Krita"))
    if root.name.lower() != "colorset":
        raise FormatError(f"line {root.line} of colorset.xml: the element {root.name!r} is there, and not Colorset.")
    version, profiles = root.attributes.get("version", ""), _profiles(content)
    found: list[Found] = []
    entry: Element | None = None
    for element in inner:
        if element.name == "ColorSetEntry":
            entry = element
        elif entry is not None and element.name != "Position":
            found.append((_codes(element, version, profiles), given(entry.attributes.get("name"))))
            entry = None
    return palette_of(found)


def _profiles(content: bytes) -> dict[str, bytes]:
    """The ICC profiles for RGB that the file brings along, by name."""
    from pochade.source.profile import profile_space

    manifest = member(content, "profiles.xml", "a palette of Krita")
    found: dict[str, bytes] = {}
    entries = elements(manifest) if manifest and manifest.strip() else []
    if len(entries) > MOST_PROFILES:
        raise FormatError(f"profiles.xml: {len(entries)} profiles; at most {MOST_PROFILES} are read.")
    for element in entries:
        name, file = element.attributes.get("name"), element.attributes.get("filename")
        profile = member(content, file, "a palette of Krita") if name and file else None
        if name and profile and profile_space(profile) == "RGB":
            found[name] = profile
    return found


def _codes(element: Element, version: str, profiles: dict[str, bytes]) -> Triple:
    where = f"line {element.line} of colorset.xml"
    model, space = element.name, element.attributes.get("space", "")
    if model not in CHANNELS:
        raise FormatError(f"{where}: the color model {model!r} is not known: {', '.join(CHANNELS)} are.")
    try:
        values = [float(element.attributes[channel]) for channel in CHANNELS[model]]
    except (KeyError, ValueError):
        raise FormatError(f"{where}: a color of {model} needs {', '.join(CHANNELS[model])} as numbers.") from None
    if model == "CMYK":
        return from_cmyk(values, where)
    if model == "XYZ":
        return from_xyz_d50(values, where)
    if model == "Lab":
        if version == "1.0":
            raise FormatError(f"{where}: Krita 4.0 stored CIELAB wrongly: save the palette with a later one.")
        return from_cielab_d50(values, where)
    rgb = values * 3 if model == "Gray" else values
    if model == "sRGB" or _ENCODED.fullmatch(space):
        # Floating-point colors may be brighter than white or more vivid than sRGB; the nearest code is taken.
        return from_unit([min(max(value, 0.0), 1.0) if isfinite(value) else value for value in rgb], where)
    if _LINEAR.fullmatch(space):
        return from_linear(rgb, where)
    if space in profiles:
        return from_profile(rgb, profiles[space], where)
    raise FormatError(
        f"{where}: a color is in the space {space!r}: sRGB, its linear form and profiles in the file can be read."
    )


@exporters.register("kpl", suffix=".kpl", media_type="application/x-krita-palette", read=read, magic=MAGIC)
def kpl(palette: Palette, *, name: str = "", columns: Annotated[int, Within(1)] = 8) -> bytes:
    """A palette of Krita, with names; the colors exact.

    Parameters
    ----------
    name : of the palette; without it, that of its source. columns : how many to show in a row.
    """
    entries = "".join(
        f' <ColorSetEntry name={quoteattr(label)} id="{i + 1}" bitdepth="U8" spot="false">\n'
        f'  <RGB space="{SRGB}" r="{red / 255!r}" g="{green / 255!r}" b="{blue / 255!r}"/>\n'
        f'  <Position row="{i // columns}" column="{i % columns}"/>\n </ColorSetEntry>\n'
        for i, ((red, green, blue), label) in enumerate(zip(palette.srgb.tolist(), plain_names(palette), strict=True))
    )
    title = quoteattr(plain(name or palette.source or "") or "pochade")
    rows = -(-len(palette) // columns)
    colorset = (
        f'<Colorset version="2.0" name={title} comment="" columns="{columns}" rows="{rows}" readonly="false">\n'
        f"{entries}</Colorset>\n"
    )
    return zipped({"mimetype": MIMETYPE, "colorset.xml": colorset.encode(), "profiles.xml": b"<Profiles/>\n"})
