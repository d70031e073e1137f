"""Krita's palettes, compared with files and conversions of Krita."""

import io
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest
from coloraide import Color as Oracle

from pochade import Color, FormatError, OptionError, Palette
from pochade.export import export
from pochade.export.archive import zip_of
from pochade.export.kpl import kpl, read


def packed(entries, version="2.0", **members):
    colorset = f'<Colorset version="{version}" name="a" columns="2" rows="1">{entries}</Colorset>'
    return zip_of({"mimetype": b"krita/x-colorset", "colorset.xml": colorset.encode(), **members})


def entry(color, name="a"):
    place = '<Position row="0" column="0"/>'
    return f'<ColorSetEntry name="{name}" id="" spot="false" bitdepth="F32">{color}{place}</ColorSetEntry>'


def codes(space, values):
    return tuple(round(min(max(v, 0), 1) * 255) for v in Oracle(space, values).convert("srgb").coords())


def test_a_palette_is_written_in_the_layout_of_krita():
    palette = Palette(tuple(Color((i, 255 - i, 7), 1 / 3, label=f"<{i}>") for i in range(3)), source="a.jpg")
    with zipfile.ZipFile(io.BytesIO(kpl(palette, columns=2))) as archive:
        assert archive.namelist() == ["mimetype", "colorset.xml", "profiles.xml"]
        assert archive.read("mimetype") == b"krita/x-colorset"
        root = ElementTree.fromstring(archive.read("colorset.xml"))
        assert ElementTree.fromstring(archive.read("profiles.xml")).tag == "Profiles"
    assert (root.tag, root.get("name"), root.get("columns"), root.get("rows")) == ("Colorset", "a.jpg", "2", "2")
    assert [entry.get("name") for entry in root] == ["<0>", "<1>", "<2>"]
    assert [(entry[1].get("row"), entry[1].get("column")) for entry in root] == [("0", "0"), ("0", "1"), ("1", "0")]
    assert {entry[0].tag for entry in root} == {"RGB"}
    assert {entry[0].get("space") for entry in root} == {"sRGB-elle-V2-srgbtrc.icc"}
    assert float(root[2][0].get("g")) == 253 / 255


def test_groups_are_concatenated_and_empty_places_are_skipped():
    one, two = entry('<sRGB r="1" g="0" b="0"/>', "one"), entry('<sRGB r="0" g="0" b="1"/>', "two")
    palette = read(packed(f'{one}<Group name="g" rows="9">{two}</Group>'))
    assert (palette.hex, palette.names) == (["#ff0000", "#0000ff"], ["one", "two"])


# The elements are from Krita 5.1.5 (ManagedColor.toXML); the codes are its conversions to 8-bit sRGB.
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
    loaded = read(packed(entry(color)))[0].srgb
    assert max(abs(a - b) for a, b in zip(loaded, bytes.fromhex(expected), strict=True)) <= 1


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ('<RGB space="sRGB-elle-V2-g10.icc" r="4" g="0.25" b="-0.1"/>', codes("srgb-linear", (4, 0.25, -0.1))),
        ('<sRGB r="1.5" g="0.5" b="0"/>', (255, 128, 0)),
        ('<CMYK space="Chemical proof" k="0.200000002980232" y="1" c="0" m="1"/>', (204, 0, 0)),
    ],
)
def test_colors_outside_of_srgb_are_clipped_and_inks_approximated(color, expected):
    assert read(packed(entry(color)))[0].srgb == expected


def test_a_profile_in_the_file_is_applied(display_p3):
    manifest = (
        b'<Profiles><Profile name="Display P3" filename="p3.icc" colorModelId="RGBA" colorDepthId="U8"/></Profiles>'
    )
    color = entry('<RGB space="Display P3" r="0.6" g="0.4" b="0.2"/>')
    loaded = read(packed(color, **{"profiles.xml": manifest, "p3.icc": display_p3}))[0].srgb
    expected = codes("display-p3", (0.6, 0.4, 0.2))
    assert max(abs(a - b) for a, b in zip(loaded, expected, strict=True)) <= 1
    assert loaded != (153, 102, 51)
    with pytest.raises(FormatError, match="the space 'Display P3'"):
        read(packed(color))


@pytest.mark.parametrize(
    ("color", "message"),
    [
        ('<YCbCr space="" Y="0" Cb="0" Cr="0"/>', "line 1 of colorset.xml: unknown color model 'YCbCr'"),
        ('<RGB space="" r="0" g="0"/>', "needs r, g, b as numbers"),
        ('<sRGB r="x" g="0" b="0"/>', "needs r, g, b as numbers"),
        ('<sRGB r="nan" g="0" b="0"/>', "nan 0 0 is not a color"),
        ('<XYZ space="" x="inf" y="0" z="0"/>', "inf 0 0 is not a color"),
    ],
)
def test_an_invalid_color_is_refused_with_its_line(color, message):
    with pytest.raises(FormatError, match=message):
        read(packed(entry(color)))


def test_wrong_cielab_of_krita_4_0_is_refused():
    with pytest.raises(FormatError, match=r"Krita 4\.0"):
        read(packed(entry('<Lab space="" L="0.6" a="0.3" b="0.4"/>'), version="1.0"))


def test_other_zip_files_are_refused():
    with pytest.raises(FormatError, match=r"without colorset\.xml"):
        read(zip_of({"mimetype": b"image/openraster"}))
    with pytest.raises(FormatError, match="found the element 'a' instead of Colorset"):
        read(zip_of({"colorset.xml": b"<a/>"}))


def test_entities_and_too_many_profiles_are_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><Colorset>&c;</Colorset>'
    with pytest.raises(FormatError, match="document type"):
        read(zip_of({"colorset.xml": bomb}))
    flood = b"<Profiles>" + b'<Profile name="a" filename="colorset.xml"/>' * 20 + b"</Profiles>"
    with pytest.raises(FormatError, match="at most 16"):
        read(packed(entry('<sRGB r="0" g="0" b="0"/>'), **{"profiles.xml": flood}))


def test_zero_columns_are_refused():
    with pytest.raises(OptionError, match="columns=0 is not allowed"):
        export(Palette(()), "kpl", columns=0)
