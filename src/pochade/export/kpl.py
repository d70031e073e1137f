"""KPL: the palettes of Krita, a zip file with the colors in XML.

References
----------
W. van Hövell tot Westerflier: "The Krita Palette format KPL", docs.krita.org. KDE, krita: KoColorSet.cpp and
KoColor.cpp, for the names of spaces and the content of `mimetype`, in which the documentation is wrong.
"""

import re
from math import isfinite
from typing import Annotated
from xml.sax.saxutils import quoteattr

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.archive import member, required_member, zip_of
from pochade.export.markup import Element, elements
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import (
    Triple,
    from_cielab_d50,
    from_cmyk,
    from_linear,
    from_profile,
    from_unit,
    from_xyz_d50,
    label_of,
    plain,
    plain_names,
)
from pochade.option import Within
from pochade.palette import Palette

MAX_PROFILES = 16  # a palette has one or two
MIMETYPE = b"krita/x-colorset"
MAGIC = re.compile(rb"\APK\x03\x04.{26}mimetype.{0,64}krita/x-colorset", re.DOTALL)
SRGB = "sRGB-elle-V2-srgbtrc.icc"  # Krita's name of sRGB
CHANNELS = {"sRGB": "rgb", "RGB": "rgb", "CMYK": "cmyk", "Gray": "g", "XYZ": "xyz", "Lab": "Lab"}

# The profiles that come with Krita: Elle Stone's, and two of LittleCMS.
_ENCODED = re.compile(r"(srgb|gray-d50)-elle-v[24]-srgbtrc(\.icc)?|srgb( built-in| iec61966-2[.-]1.*)?|", re.IGNORECASE)
_LINEAR = re.compile(r"(srgb|gray-d50)-elle-v[24]-g10(\.icc)?|scrgb \(linear\)", re.IGNORECASE)


def read(content: bytes) -> Palette:
    """The colors of a KPL file, with all groups concatenated.

    RGB and gray may be encoded as sRGB, linear, or in a profile of the file. XYZ and CIELAB are read, and CMYK
    approximately, in any bit depth. Colors in other spaces are listed as omitted, because they would be wrong.
    """
    root, *inner = elements(required_member(content, "colorset.xml", "a palette of Krita"))
    if root.name.lower() != "colorset":
        raise FormatError(f"line {root.line} of colorset.xml: found the element {root.name!r} instead of Colorset.")
    version, profiles = root.attributes.get("version", ""), _profiles(content)
    colors: list[NamedColor] = []
    omitted: list[str] = []
    entry: Element | None = None
    for element in inner:
        if element.name == "ColorSetEntry":
            entry = element
        elif entry is not None and element.name != "Position":
            codes = _codes(element, version, profiles)
            if isinstance(codes, str):
                omitted.append(codes)
            else:
                colors.append((codes, label_of(entry.attributes.get("name"))))
            entry = None
    return palette_of(colors, omitted)


def _profiles(content: bytes) -> dict[str, bytes]:
    """The ICC profiles for RGB in the file, by name."""
    from pochade.source.profile import profile_space

    manifest = member(content, "profiles.xml", "a palette of Krita")
    profiles: dict[str, bytes] = {}
    entries = elements(manifest) if manifest and manifest.strip() else []
    if len(entries) > MAX_PROFILES:
        raise FormatError(f"profiles.xml: {len(entries)} profiles; at most {MAX_PROFILES} are allowed.")
    for element in entries:
        name, file = element.attributes.get("name"), element.attributes.get("filename")
        profile = member(content, file, "a palette of Krita") if name and file else None
        if name and profile and profile_space(profile) == "RGB":
            profiles[name] = profile
    return profiles


def _codes(element: Element, version: str, profiles: dict[str, bytes]) -> Triple | str:
    """The codes of a color, or why it is left out."""
    where = f"line {element.line} of colorset.xml"
    model, space = element.name, element.attributes.get("space", "")
    if model not in CHANNELS:
        return f"{where}: unknown color model {model!r}: it must be one of {', '.join(CHANNELS)}."
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
            return f"{where}: Krita 4.0 stored CIELAB wrongly: save the palette with a later version."
        return from_cielab_d50(values, where)
    rgb = values * 3 if model == "Gray" else values
    if model == "sRGB" or _ENCODED.fullmatch(space):
        # Floating-point colors may be brighter than white or outside of sRGB: each channel is clipped.
        return from_unit([min(max(value, 0.0), 1.0) if isfinite(value) else value for value in rgb], where)
    if _LINEAR.fullmatch(space):
        return from_linear(rgb, where)
    if space in profiles:
        return from_profile(rgb, profiles[space], where)
    return f"{where}: a color is in the space {space!r}: only sRGB, linear sRGB and profiles in the file can be read."


@exporters.register("kpl", suffix=".kpl", media_type="application/x-krita-palette", read=read, magic=MAGIC)
def kpl(palette: Palette, *, name: str = "", columns: Annotated[int, Within(1)] = 8) -> bytes:
    """A palette of Krita, with names and exact colors.

    Parameters
    ----------
    name : of the palette; by default its source.
    columns : number of swatches in a row.
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
    return zip_of({"mimetype": MIMETYPE, "colorset.xml": colorset.encode(), "profiles.xml": b"<Profiles/>\n"})
