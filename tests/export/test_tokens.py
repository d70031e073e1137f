"""Design tokens in every color space of the Color Module 2025.10, and files of Style Dictionary and Tokens Studio."""

import json

import numpy as np
import pytest
from coloraide import Color as Reference

from pochade import FormatError, load
from pochade.export.dtcg import NOTATIONS

# The spaces of the Color Module, with components inside of sRGB, and their names in ColorAide.
COMPONENTS = {
    "srgb": ([0.71, 0.25, 0.18], "srgb"),
    "srgb-linear": ([0.46, 0.05, 0.03], "srgb-linear"),
    "hsl": ([8, 59, 45], "hsl"),
    "hwb": ([8, 18, 29], "hwb"),
    "lab": ([44, 45, 34], "lab"),
    "lch": ([44, 56, 37], "lch"),
    "oklab": ([0.53, 0.12, 0.08], "oklab"),
    "oklch": ([0.53, 0.15, 32], "oklch"),
    "display-p3": ([0.66, 0.28, 0.21], "display-p3"),
    "a98-rgb": ([0.61, 0.26, 0.19], "a98-rgb"),
    "prophoto-rgb": ([0.5, 0.3, 0.18], "prophoto-rgb"),
    "rec2020": ([0.6, 0.3, 0.22], "rec2020"),
    "xyz-d65": ([0.2, 0.13, 0.04], "xyz-d65"),
    "xyz-d50": ([0.21, 0.13, 0.03], "xyz-d50"),
}
SCALES = {"hsl": (1, 100, 100), "hwb": (1, 100, 100)}
"""ColorAide's units of components from 0 to 100."""


def token(value, **more) -> dict:
    return {"$type": "color", "$value": value, **more}


def palette_of(**tokens):
    return load(json.dumps(tokens).encode())


def test_the_spaces_are_those_of_the_specification():
    assert set(NOTATIONS) == set(COMPONENTS)


@pytest.mark.parametrize("space", COMPONENTS)
def test_every_space_is_read(space):
    components, name = COMPONENTS[space]
    palette = palette_of(brick=token({"colorSpace": space, "components": components, "alpha": 1}))
    scaled = [part / scale for part, scale in zip(components, SCALES.get(space, (1, 1, 1)), strict=True)]
    expected = np.array(Reference(name, scaled).convert("srgb").coords()) * 255
    assert np.abs(np.array(palette[0].srgb) - expected).max() <= 0.51
    assert palette.names == ["brick"]


@pytest.mark.parametrize("space", COMPONENTS)
def test_none_is_0_in_every_space(space):
    assert palette_of(a=token({"colorSpace": space, "components": ["none", 0, 0]})) == palette_of(
        a=token({"colorSpace": space, "components": [0, 0, 0]})
    )


def test_what_is_no_fixed_opaque_color_is_listed():
    palette = palette_of(
        brick=token("#b5402e"),
        veil=token({"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.5}),
        glass=token("#0008"),
        film=token({"colorSpace": "film", "components": [0, 0, 0]}),
        again=token("{brick}"),
        reference=token({"$ref": "#/brick/$value"}),
        gap={"$type": "dimension", "$value": "4px"},
    )
    assert palette.hex == ["#b5402e"]
    assert [sentence.split()[1] for sentence in palette.omitted] == ["veil", "glass", "film"]
    assert "is translucent: alpha 0.5." in palette.omitted[0]
    assert "colorSpace 'film' is not one of srgb" not in palette.omitted[2]
    assert "colorSpace 'film' is not one of hsl" in palette.omitted[2]


def test_the_root_token_of_a_group_is_read():
    palette = palette_of(accent={"$type": "color", "$root": {"$value": "#b5402e"}, "light": {"$value": "#e0c097"}})
    assert (palette.hex, palette.names) == (["#b5402e", "#e0c097"], ["accent", "accent light"])


def test_a_color_with_components_of_other_tokens_is_listed():
    linked = {"colorSpace": "srgb", "components": [{"$ref": "#/a"}, 0, 0]}
    palette = palette_of(brick=token("#b5402e"), linked=token(linked))
    assert palette.omitted == ("token linked depends on other tokens.",)


STUDIO = {
    "global": {
        "brick": {"value": "#b5402e", "type": "color"},
        "sea": {"value": "rgba(27,111,138,1)", "type": "color"},
        "sand": {"value": "hsl(34, 54%, 74%)", "type": "color"},
        "veil": {"value": "rgba({global.sea}, 0.5)", "type": "color"},
        "alias": {"value": "{global.brick}", "type": "color"},
        "short": {"value": "$global.brick", "type": "color"},
        "light": {
            "value": "#b5402e",
            "type": "color",
            "$extensions": {"studio.tokens": {"modify": {"type": "lighten", "value": "0.5"}}},
        },
        "radius": {"value": "4", "type": "borderRadius"},
    },
    "$themes": [],
    "$metadata": {"tokenSetOrder": ["global"]},
}


@pytest.mark.parametrize("name", ["a.tokens.json", "tokens.json", "a"])
def test_tokens_studio_is_read(name, tmp_path):
    (tmp_path / name).write_text(json.dumps(STUDIO))
    palette = load(tmp_path / name)
    assert palette.hex == ["#b5402e", "#1b6f8a", "#e1c199"]
    assert palette.names == ["global brick", "global sea", "global sand"]
    assert [sentence.split()[1] for sentence in palette.omitted] == ["global.veil", "global.light"]


@pytest.mark.parametrize("name", ["a.tokens.json", "a.json"])
def test_style_dictionary_without_types_is_read(name, tmp_path):
    document = {
        "color": {
            "base": {"brick": {"value": "#b5402e", "comment": "x"}, "same": {"value": "{color.base.brick.value}"}}
        },
        "size": {"font": {"small": {"value": "10px"}}},
    }
    (tmp_path / name).write_text(json.dumps(document))
    palette = load(tmp_path / name)
    assert (palette.hex, palette.names) == (["#b5402e"], ["base brick"])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"colorSpace": "srgb", "components": [1, 0, 2]}, "token a: components .* are outside of 0..1"),
        ({"colorSpace": "lab", "components": [1, 0]}, "token a: components .* are not three numbers"),
        ({"colorSpace": "lab", "components": [1, 0, True]}, "token a: components .* are not three numbers"),
        ({"colorSpace": "srgb", "components": [1, 0, 0], "alpha": "x"}, r"token a: alpha x is not a number 0\.\.1"),
        ({"colorSpace": "srgb", "components": [1, 0, 0], "alpha": 2}, r"token a: alpha 2 is not a number 0\.\.1"),
        ("#12345", "the file has no colors: 1 entry is left out: token a is no color: #12345"),
        ("reddish", "token a: 'reddish' is not a color"),
    ],
)
def test_the_error_names_the_token(value, message):
    with pytest.raises(FormatError, match=message):
        palette_of(a=token(value))


# Other JSON, as people and programs write it.
@pytest.mark.parametrize(
    ("text", "names", "hexes"),
    [
        ('{"ink": "#0d1b2a", "sea": "#1b6f8a"}', ["ink", "sea"], ["#0d1b2a", "#1b6f8a"]),
        ('{"name": "Harbor", "author": "", "colors": ["0d1b2a", "facade"]}', None, ["#0d1b2a", "#facade"]),
        ('{"ink": "0d1b2a", "sea": "1b6f8a"}', ["ink", "sea"], ["#0d1b2a", "#1b6f8a"]),
        ('[{"name": "ink", "hex": "0D1B2A", "rgb": [13, 27, 42]}]', ["ink"], ["#0d1b2a"]),
        ('[{"label": "ink", "color": "rgb(13, 27, 42)"}]', ["ink"], ["#0d1b2a"]),
        ('{"colors": [{"name": "ink", "value": "#0d1b2a"}]}', ["ink"], ["#0d1b2a"]),
        ('{"colors": {"sea": {"500": "#1b6f8a", "DEFAULT": "#0d1b2a"}}}', ["sea 500", "sea"], ["#1b6f8a", "#0d1b2a"]),
        ('{"ink": {"r": 13, "g": 27, "b": 42}}', ["ink"], ["#0d1b2a"]),
        ('{"ink": {"red": 0.05, "green": 0.1, "blue": 1}}', ["ink"], ["#0d1aff"]),
        ('{"ink": [13, 27, 42], "sea": [27, 111, 138]}', ["ink", "sea"], ["#0d1b2a", "#1b6f8a"]),
        ('\ufeff{\r\n // note\r\n "ink": "#0d1b2a", /* b */\r\n}', ["ink"], ["#0d1b2a"]),
        ('{"a": {"name": "Harbor", "issue": "#12", "colors": ["#0d1b2a"]}}', ["a"], ["#0d1b2a"]),
    ],
)
def test_other_json_is_read_with_the_names_of_its_keys(text, names, hexes, tmp_path):
    (tmp_path / "a.json").write_text(text, encoding="utf-8", newline="")
    palette = load(tmp_path / "a.json")
    assert palette.hex == hexes
    assert [color.label for color in palette] == (names or [None] * len(hexes))


@pytest.mark.parametrize(
    "text", ['["ink", "sea"]', '{"ink": "dark"}', "{}", "[]", '{"colors": [{"name": "ink"}]}', "7"]
)
def test_json_without_colors_says_so_in_words(text, tmp_path):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(FormatError, match="the file has no colors") as error:
        load(tmp_path / "a.json")
    assert ".." not in str(error.value).replace("a.json", "").replace(str(tmp_path), "")
    assert "KeyError" not in str(error.value)
