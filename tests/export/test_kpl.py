"""Krita's palettes, as the program writes them."""

import io
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest
from coloraide import Color as Oracle

from pochade import Color, FormatError, OptionError, Palette
from pochade.export import export
from pochade.export.archive import zipped
from pochade.export.kpl import kpl, read


def packed(entries, version="2.0", **members):
    colorset = f'<Colorset version="{version}" name="a" columns="2" rows="1">{entries}</Colorset>'
    return zipped({"mimetype": b"krita/x-colorset", "colorset.xml": colorset.encode(), **members})


def entry(color, name="a"):
    place = '<Position row="0" column="0"/>'
    return f'<ColorSetEntry name="{name}" id="" spot="false" bitdepth="F32">{color}{place}</ColorSetEntry>'


def codes(space, values):
    return tuple(round(min(max(v, 0), 1) * 255) for v in Oracle(space, values).convert("srgb").coords())


def test_a_palette_is_written_as_krita_writes_it():
    palette = Palette(tuple(Color((i, 255 - i, 7), 1 / 3, label=f"<{i}>") for i in range(3)), source="a.jpg")
    with zipfile.ZipFile(io.BytesIO(kpl(palette, columns=2))) as archive:
        assert archive.namelist() == ["mimetype", "colorset.xml", "profiles.xml"]
        assert archive.read("mimetype") == b"krita/x-colorset"
        root = ElementTree.fromstring(archive.read("colorset.xml"))
        assert ElementTree.fromstring(archive.read("profiles.xml")).tag == "Profiles"
    assert (root.tag, root.get("name"), root.get("columns"), root.get("rows")) == ("Colorset", "a.jpg", "2", "2")
    assert [found.get("name") for found in root] == ["<0>", "<1>", "<2>"]
    assert [(found[1].get("row"), found[1].get("column")) for found in root] == [("0", "0"), ("0", "1"), ("1", "0")]
    assert {found[0].tag for found in root} == {"RGB"}
    assert {found[0].get("space") for found in root} == {"sRGB-elle-V2-srgbtrc.icc"}
    assert float(root[2][0].get("g")) == 253 / 255


def test_groups_are_read_in_a_row_and_empty_places_are_not_there():
    one, two = entry('<sRGB r="1" g="0" b="0"/>', "one"), entry('<sRGB r="0" g="0" b="1"/>', "two")
    palette = read(packed(f'{one}<Group name="g" rows="9">{two}</Group>'))
    assert (palette.hex, palette.names) == (["#ff0000", "#0000ff"], ["one", "two"])


# The elements are Krita 5.1.5's own (ManagedColor.toXML), the codes are what it converts them to in 8-bit sRGB.
@pytest.mark.parametrize(
    ("color", "expected"),
    [
        (
            '<RGB space="sRGB-elle-V2-srgbtrc.icc" r="0.556862771511078" b="0.141176477074623" g="0.10196078568697"/>',
            "8e1a24",
        ),
        ('<RGB space="sRGB-elle-V2-g10.icc" r="0.5" b="0" g="0.25"/>', "bc8900"),
        ('<Lab space="Lab identity built-in" b="0" a="-25.5999984741211" L="60.0000038146973"/>', "589d90"),
        ('<Gray space="Gray-D50-elle-V2-srgbtrc.icc" g="0.498039215803146"/>', "7f7f7f"),
        ('<Gray space="Gray-D50-elle-V2-g10.icc" g="0.5"/>', "bcbcbc"),
        (
            '<XYZ space="XYZ identity built-in" y="0.400000005960464" x="0.300000011920929" z="0.200000002980232"/>',
            "7ab87f",
        ),
    ],
)
def test_each_space_of_krita_is_read(color, expected):
    found = read(packed(entry(color)))[0].srgb
    assert max(abs(a - b) for a, b in zip(found, bytes.fromhex(expected), strict=True)) <= 1


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ('<RGB space="sRGB-elle-V2-g10.icc" r="4" g="0.25" b="-0.1"/>', codes("srgb-linear", (4, 0.25, -0.1))),
        ('<sRGB r="1.5" g="0.5" b="0"/>', (255, 128, 0)),
        ('<CMYK space="Chemical proof" k="0.200000002980232" y="1" c="0" m="1"/>', (204, 0, 0)),
    ],
)
def test_colors_beyond_srgb_become_the_nearest_and_inks_a_likeness(color, expected):
    assert read(packed(entry(color)))[0].srgb == expected


def test_a_profile_in_the_file_is_applied(display_p3):
    manifest = (
        b'<Profiles><Profile name="Display P3" filename="p3.icc" colorModelId="RGBA" colorDepthId="U8"/></Profiles>'
    )
    color = entry('<RGB space="Display P3" r="0.6" g="0.4" b="0.2"/>')
    found = read(packed(color, **{"profiles.xml": manifest, "p3.icc": display_p3}))[0].srgb
    expected = codes("display-p3", (0.6, 0.4, 0.2))
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 1
    assert found != (153, 102, 51)
    with pytest.raises(FormatError, match="the space 'Display P3'"):
        read(packed(color))


@pytest.mark.parametrize(
    ("color", "why"),
    [
        ('<YCbCr space="" Y="0" Cb="0" Cr="0"/>', "line 1 of colorset.xml: the color model 'YCbCr'"),
        ('<RGB space="" r="0" g="0"/>', "needs r, g, b as numbers"),
        ('<sRGB r="x" g="0" b="0"/>', "needs r, g, b as numbers"),
        ('<sRGB r="nan" g="0" b="0"/>', "nan 0 0 is no color"),
        ('<XYZ space="" x="inf" y="0" z="0"/>', "inf 0 0 is no color"),
    ],
)
def test_what_is_no_color_is_refused_with_the_line(color, why):
    with pytest.raises(FormatError, match=why):
        read(packed(entry(color)))


def test_cielab_of_krita_4_0_is_refused_since_it_was_stored_wrongly():
    with pytest.raises(FormatError, match=r"Krita 4\.0"):
        read(packed(entry('<Lab space="" L="0.6" a="0.3" b="0.4"/>'), version="1.0"))


def test_what_is_no_palette_of_krita_is_said():
    with pytest.raises(FormatError, match=r"without colorset\.xml"):
        read(zipped({"mimetype": b"image/openraster"}))
    with pytest.raises(FormatError, match="the element 'a' is there, and not Colorset"):
        read(zipped({"colorset.xml": b"<a/>"}))


def test_entities_and_floods_of_profiles_are_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><Colorset>&c;</Colorset>'
    with pytest.raises(FormatError, match="document type"):
        read(zipped({"colorset.xml": bomb}))
    flood = b"<Profiles>" + b'<Profile name="a" filename="colorset.xml"/>' * 20 + b"</Profiles>"
    with pytest.raises(FormatError, match="at most 16"):
        read(packed(entry('<sRGB r="0" g="0" b="0"/>'), **{"profiles.xml": flood}))


def test_a_palette_without_columns_is_refused():
    with pytest.raises(OptionError, match="columns=0 is not allowed"):
        export(Palette(()), "kpl", columns=0)
