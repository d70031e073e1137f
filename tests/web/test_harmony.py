"""The colors in harmony with a color over HTTP: the same as from the library."""

import pytest

import pochade
from pochade.theme.partners import SCHEMES

HARMONY = "/api/v1/harmony"


def test_the_partners_equal_the_librarys_in_every_scheme(client, jpeg):
    digest = client.post("/api/v1/pictures", content=jpeg).json()["picture"]
    asked = {"picture": digest, "k": 5, "color": "bd2e2e", "names": "everyday"}
    answer = client.get(HARMONY, params=asked).json()
    assert answer["color"] == "#bd2e2e"
    assert list(answer["schemes"]) == list(SCHEMES)
    palette = pochade.extract(jpeg, 5)
    for scheme, colors in answer["schemes"].items():
        expected = palette.partners("#bd2e2e", scheme)
        facts = [(one["hex"], one["angle"], one["off"], one["in_picture"], one["position"]) for one in colors]
        assert facts == [
            (one.hex, one.angle, one.off, one.in_picture, one.position and list(one.position)) for one in expected
        ]
        named = pochade.Palette.from_dict({"colors": [one.hex for one in expected]}).named("everyday").names
        assert [one["name"] for one in colors] == named
    triad = client.get(HARMONY, params={**asked, "scheme": "triad"}).json()["schemes"]
    assert triad == {"triad": answer["schemes"]["triad"]}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "color is missing: give the color whose partners you want"),
        ({"color": "808080"}, "#808080 is a gray and has no partners: give a color with a hue."),
        ({"color": "zz"}, "zz"),
        ({"color": "f00", "scheme": "pentagon"}, "scheme='pentagon' is not allowed"),
    ],
)
def test_a_request_that_is_not_allowed_is_refused(client, stored, more, said):
    answer = client.get(HARMONY, params={"picture": stored, **more})
    assert answer.status_code == 400
    assert said in answer.json()["detail"]
