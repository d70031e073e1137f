"""Addresses that take colors instead of a picture."""

import pytest

import pochade
from pochade.export import exporters

COLORS = ["#8e1a24", "#f2e8d5", "#000000"]
PALETTE = pochade.Palette.from_dict({"colors": COLORS})


@pytest.mark.parametrize("name", exporters.names)
def test_an_export_of_an_edited_palette_equals_the_librarys(client, name: str) -> None:
    answer = client.post(f"/api/v1/export/{name}", json=PALETTE.to_dict())
    assert answer.content == pochade.Palette.from_dict(PALETTE.to_dict()).export(name)
    suffix = exporters.entry(name).about.suffix
    assert answer.headers["content-disposition"] == f'attachment; filename="palette{suffix}"'


def test_options_of_the_format_are_in_the_query(client) -> None:
    answer = client.post("/api/v1/export/css?prefix=harbor", json={"colors": COLORS})
    assert answer.content == PALETTE.export("css", prefix="harbor")


@pytest.mark.parametrize(
    ("path", "palette", "option"),
    [
        ("css?prefx=a", {"colors": COLORS}, "prefx"),
        ("doc", {"colors": COLORS}, "format"),
        ("hex", {"colors": []}, None),
        ("hex", {"colors": 5}, None),
        ("hex", {"colors": ["#8e1a2"]}, None),
        ("hex", {"colors": [{"srgb": [1, 2, 300]}]}, None),
        ("hex", {"colors": [{"hex": "#fff", "weight": "much"}]}, None),
        ("hex", {"colors": [None]}, None),
        ("hex", {}, None),
    ],
    ids=str,
)
def test_a_body_without_a_palette_is_refused(client, path: str, palette: dict, option: str | None) -> None:
    answer = client.post(f"/api/v1/export/{path}", json=palette)
    assert answer.status_code == 400, answer.text
    if option:
        assert answer.json()["option"] == option


def test_a_palette_that_is_too_long_is_refused(client) -> None:
    answer = client.post("/api/v1/export/hex", json={"colors": COLORS, "source": "x" * 70_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["contrast", "sight", "roles", "tints"])
def test_contrast_sight_roles_and_tints_equal_the_librarys(client, name: str) -> None:
    answer = client.get(f"/api/v1/{name}", params={"colors": ",".join(color[1:] for color in COLORS)})
    assert answer.json() == getattr(PALETTE, name)().to_dict()


@pytest.mark.parametrize("colors", ["", "red", "12345", "#fff;#000", ",".join(["fff"] * 257)])
def test_invalid_colors_are_refused(client, colors: str) -> None:
    assert client.get("/api/v1/contrast", params={"colors": colors}).status_code == 400
