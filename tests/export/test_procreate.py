"""Procreate's palettes, in the layouts of its versions."""

import base64
import colorsys
import io
import json
import zipfile

import pytest
from coloraide import Color as Oracle

from pochade import Color, FormatError, Palette
from pochade.export import load
from pochade.export.archive import zip_of
from pochade.export.procreate import procreate, read


def packed(document, name="Swatches.json"):
    return zip_of({name: json.dumps(document).encode()})


def swatch(hue, saturation, brightness, **more):
    return {"hue": hue, "saturation": saturation, "brightness": brightness, "alpha": 1, "colorSpace": 0, **more}


def test_a_palette_is_written_as_hue_saturation_and_brightness():
    palette = Palette((Color((142, 26, 36), 0.5), Color((0, 0, 0), 0.5)), source="a.jpg")
    with zipfile.ZipFile(io.BytesIO(procreate(palette))) as archive:
        assert archive.namelist() == ["Swatches.json"]
        (document,) = json.loads(archive.read("Swatches.json"))
    assert document["name"] == "a.jpg"
    for found, codes in zip(document["swatches"], palette.srgb / 255, strict=True):
        expected = colorsys.rgb_to_hsv(*codes)
        assert [found["hue"], found["saturation"], found["brightness"]] == pytest.approx(expected)
        assert (found["alpha"], found["colorSpace"]) == (1, 0)


def test_the_list_of_procreate_4_is_read():
    document = [
        {"name": "Retro & Vintage", "swatches": [swatch(0.09682539682539681, 0.4133858020349313, 0.9960784316062927)]},
        {"name": "Second", "swatches": [swatch(0, 0, 1)]},
    ]
    first = colorsys.hsv_to_rgb(*list(document[0]["swatches"][0].values())[:3])
    assert read(packed(document, "swatches.json")).hex == ["#fed295", "#ffffff"]
    assert [round(255 * value) for value in first] == [0xFE, 0xD2, 0x95]


def test_the_palette_of_procreate_5_is_read_with_its_empty_slots():
    one = swatch(1 / 3, 1, 1, version="5.0", components=[1 / 3, 1, 1], colorModel=0, colorProfile="other", origin=2)
    document = {"name": "a", "swatches": [None, one, *[None] * 28], "colorProfiles": [{"hash": "x", "iccData": "AAAA"}]}
    assert read(packed(document)).hex == ["#00ff00"]


def test_a_wide_profile_is_applied(display_p3):
    hsv = colorsys.rgb_to_hsv(0.6, 0.4, 0.2)
    profiles = [{"hash": "p3", "iccData": base64.encodebytes(display_p3).decode(), "iccName": "Display P3"}]
    document = {"name": "a", "swatches": [swatch(*hsv, colorProfile="p3")], "colorProfiles": profiles}
    expected = [255 * value for value in Oracle("display-p3", (0.6, 0.4, 0.2)).convert("srgb").coords()]
    found = read(packed(document))[0].srgb
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 1
    assert found != (153, 102, 51)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (3, "palette 1 has no list of swatches"),
        ([{"swatches": []}, {}], "palette 2 has no list of swatches"),
        ([{"swatches": [None, 3]}], "swatch 2 of palette 1: a swatch needs hue"),
        ([{"swatches": [{"hue": 0, "saturation": 0}]}], "swatch 1 of palette 1: a swatch needs hue"),
        ([{"swatches": [swatch("0", 0, 0)]}], "needs hue, saturation and brightness as numbers"),
        ([{"swatches": [swatch(2, 0, 0)]}], "swatch 1 of palette 1: 2 0 0 is not a color"),
        ([{"swatches": [swatch(10**400, 0, 0)]}], "needs hue, saturation and brightness as numbers"),
        ([{"swatches": [None]}], "the file has no colors"),
    ],
)
def test_the_error_names_the_swatch(document, message):
    with pytest.raises(FormatError, match=message):
        read(packed(document))


def test_missing_or_invalid_json_is_refused():
    with pytest.raises(FormatError, match=r"without Swatches\.json"):
        read(zip_of({"a": b""}))
    for content in (b"[{", b"[" * 100_000, b"NaN", b"\xff"):
        with pytest.raises(FormatError):
            load(zip_of({"Swatches.json": content}), "procreate")
