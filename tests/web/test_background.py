"""Backgrounds for pictures over HTTP."""

import io

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.files import encode_picture

BACKGROUND = "/api/v1/background"
SMALL = {"size": "90x120"}


@pytest.mark.parametrize("format", ["png", "jpg", "webp"])
@pytest.mark.parametrize(
    "request_options", [{}, {"kind": "field", "mode": "dark", "margin": "0.2", "radius": "0"}], ids=str
)
def test_the_picture_equals_the_librarys(client, jpeg: bytes, request_options: dict[str, str], format: str) -> None:
    answer = client.post(BACKGROUND, params={**SMALL, **request_options, "format": format}, content=jpeg)
    numbers = {name: float(text) for name, text in request_options.items() if text[0].isdigit()}
    expected = pochade.background(jpeg, size=(90, 120), **{**request_options, **numbers})
    assert answer.status_code == 200, answer.text
    assert answer.content == encode_picture(expected.image, "", f".{format}")
    assert answer.headers["content-disposition"] == f'attachment; filename="background.{format}"'


def test_json_has_the_choice_and_its_reason(client, jpeg: bytes) -> None:
    expected = pochade.background(jpeg, size="90x120", mode="light")
    query = {**SMALL, "mode": "light"}
    assert client.post(BACKGROUND, params={**query, "format": "json"}, content=jpeg).json() == {
        "kind": expected.kind,
        "mode": "light",
        "hex": list(expected.hex),
        "text": expected.text,
        "contrast": expected.contrast,
        "reason": expected.reason,
        "css": expected.css,
        "size": [90, 120],
    }
    css = client.post(BACKGROUND, params={**query, "format": "css"}, content=jpeg)
    assert css.text == expected.css
    assert css.headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(("accept", "kind"), [("*/*", "image/png"), ("application/json", "application/json")])
def test_accept_chooses_the_format(client, stored: str, accept: str, kind: str) -> None:
    answer = client.get(BACKGROUND, params={"picture": stored, **SMALL}, headers={"Accept": accept})
    assert answer.headers["content-type"] == kind


def test_a_preview_is_smaller(client, stored: str) -> None:
    for width, size in (("30", (30, 40)), ("4000", (90, 120))):
        answer = client.get(BACKGROUND, params={"picture": stored, **SMALL, "width": width})
        assert Image.open(io.BytesIO(answer.content)).size == size


def test_a_strip_has_the_given_or_extracted_colors(client, jpeg: bytes) -> None:
    for query, palette in (({}, None), ({"palette": "8e1a24,fff,navy"}, "#8e1a24,#fff,navy")):
        answer = client.post(BACKGROUND, params={**SMALL, "strip": "true", **query}, content=jpeg)
        expected = pochade.background(jpeg, size=(90, 120), strip=True, palette=palette)
        assert answer.content == encode_picture(expected.image, "", ".png")


def test_a_transparent_picture_is_drawn_on_its_background(client, encode) -> None:
    codes = np.zeros((30, 30, 4), np.uint8)
    codes[10:20, 10:20] = 200, 30, 40, 255
    answer = client.post(BACKGROUND, params={**SMALL, "format": "jpg"}, content=encode(codes))
    assert answer.status_code == 200


def test_an_unchanged_answer_is_a_304(client, stored: str) -> None:
    query = {"picture": stored, **SMALL}
    tag = {"If-None-Match": client.get(BACKGROUND, params=query).headers["etag"]}
    assert client.get(BACKGROUND, params=query, headers=tag).status_code == 304
    assert client.get(BACKGROUND, params={**query, "mode": "dark"}, headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"kind": "stripes"}, "kind"),
        ({"mode": "dim"}, "mode"),
        ({"size": "8x8"}, "size"),
        ({"size": "20000x20000"}, "size"),
        ({"size": "poster"}, "size"),
        ({"margin": "0.5"}, "margin"),
        ({"radius": "-1"}, "radius"),
        ({"strip": "maybe"}, "strip"),
        ({"palette": "red"}, "palette"),
        ({"strip": "1", "palette": "rouge"}, "palette"),
        ({"margin": "wide"}, "margin"),
        ({"format": "gif"}, "format"),
        ({"width": "0"}, "width"),
        ({"k": "0"}, "k"),
        ({"sort": "hue"}, "sort"),
    ],
    ids=str,
)
def test_a_bad_option_is_named_with_the_message_of_the_library(
    client, stored: str, options: dict[str, str], option: str
) -> None:
    answer = client.get(BACKGROUND, params={"picture": stored, **options})
    assert (answer.status_code, answer.json()["option"]) == (400, option), answer.text


def test_a_digest_not_in_memory_is_refused(client) -> None:
    assert client.get(BACKGROUND, params={"picture": "0" * 64}).status_code == 404
