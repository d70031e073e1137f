"""Procreate's palettes, as its versions write them."""

import base64
import colorsys
import io
import json
import zipfile

import pytest
from coloraide import Color as Oracle

from pochade import Color, FormatError, Palette
from pochade.export import load
from pochade.export.archive import zipped
from pochade.export.procreate import procreate, read


def packed(told, name="Swatches.json"):
    return zipped({name: json.dumps(told).encode()})


def swatch(hue, saturation, brightness, **more):
    return {"hue": hue, "saturation": saturation, "brightness": brightness, "alpha": 1, "colorSpace": 0, **more}


def test_a_palette_is_written_as_hue_saturation_and_brightness():
    palette = Palette((Color((142, 26, 36), 0.5), Color((0, 0, 0), 0.5)), source="a.jpg")
    with zipfile.ZipFile(io.BytesIO(procreate(palette))) as archive:
        assert archive.namelist() == ["Swatches.json"]
        (told,) = json.loads(archive.read("Swatches.json"))
    assert told["name"] == "a.jpg"
    for found, codes in zip(told["swatches"], palette.srgb / 255, strict=True):
        expected = colorsys.rgb_to_hsv(*codes)
        assert [found["hue"], found["saturation"], found["brightness"]] == pytest.approx(expected)
        assert (found["alpha"], found["colorSpace"]) == (1, 0)


def test_the_list_of_procreate_4_is_read():
    told = [
        {"name": "Retro & Vintage", "swatches": [swatch(0.09682539682539681, 0.4133858020349313, 0.9960784316062927)]},
        {"name": "Second", "swatches": [swatch(0, 0, 1)]},
    ]
    first = colorsys.hsv_to_rgb(*list(told[0]["swatches"][0].values())[:3])
    assert read(packed(told, "swatches.json")).hex == ["#fed295", "#ffffff"]
    assert [round(255 * value) for value in first] == [0xFE, 0xD2, 0x95]


def test_the_palette_of_procreate_5_is_read_with_its_empty_slots():
    one = swatch(1 / 3, 1, 1, version="5.0", components=[1 / 3, 1, 1], colorModel=0, colorProfile="other", origin=2)
    told = {"name": "a", "swatches": [None, one, *[None] * 28], "colorProfiles": [{"hash": "x", "iccData": "AAAA"}]}
    assert read(packed(told)).hex == ["#00ff00"]


def test_a_wide_profile_is_applied(display_p3):
    hsv = colorsys.rgb_to_hsv(0.6, 0.4, 0.2)
    profiles = [{"hash": "p3", "iccData": base64.encodebytes(display_p3).decode(), "iccName": "Display P3"}]
    told = {"name": "a", "swatches": [swatch(*hsv, colorProfile="p3")], "colorProfiles": profiles}
    expected = [255 * value for value in Oracle("display-p3", (0.6, 0.4, 0.2)).convert("srgb").coords()]
    found = read(packed(told))[0].srgb
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 1
    assert found != (153, 102, 51)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (3, "palette 1 has no list of swatches"),
        ([{"swatches": []}, {}], "palette 2 has no list of swatches"),
        ([{"swatches": [None, 3]}], "swatch 2 of palette 1: a swatch needs hue"),
        ([{"swatches": [{"hue": 0, "saturation": 0}]}], "swatch 1 of palette 1: a swatch needs hue"),
        ([{"swatches": [swatch("0", 0, 0)]}], "needs hue, saturation and brightness as numbers"),
        ([{"swatches": [swatch(2, 0, 0)]}], "swatch 1 of palette 1: 2 0 0 is no color"),
        ([{"swatches": [swatch(10**400, 0, 0)]}], "needs hue, saturation and brightness as numbers"),
        ([{"swatches": [None]}], "no color in it"),
    ],
)
def test_a_broken_palette_says_at_which_swatch(told, why):
    with pytest.raises(FormatError, match=why):
        read(packed(told))


def test_what_is_no_json_or_not_there_is_said():
    with pytest.raises(FormatError, match=r"without Swatches\.json"):
        read(zipped({"a": b""}))
    for content in (b"[{", b"[" * 100_000, b"NaN", b"\xff"):
        with pytest.raises(FormatError):
            load(zipped({"Swatches.json": content}), "procreate")
