"""JSON bodies: limits on bytes, keys and depth; a picture in `data` may be long."""

import base64
import json
from urllib.parse import unquote_to_bytes

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.web.json_body import LONG, MAX_DEPTH, MAX_JSON_BYTES, MAX_KEYS, LongText, parsed_json
from pochade.web.problems import Problem
from pochade.web.work.data_url import bytes_of_data_url

PALETTE = "/api/v1/palette"


def test_a_small_object_is_what_json_says() -> None:
    value = {"k": 5, "keep": ["red", "#fff"], "data": "data:,x", "more": {"a": None, "é": "\U0001f600"}}
    assert parsed_json(json.dumps(value).encode()) == value
    assert parsed_json(json.dumps(value, ensure_ascii=False).encode("utf-8-sig")) == value


@pytest.mark.parametrize("escaped", ["A" * 100_000, "A\\/" * 50_000, "A\\n" * 50_000, "\\u003d" * 20_000])
def test_long_texts_of_a_large_body_stay_as_they_are(escaped: str) -> None:
    data = f'"data": "{escaped}"'
    body = f'{{"k": 5, {data}, "b": {{{data}}}, "x": "\\"\\\\", "{"y" * 99}": "\\\\"}}'
    parsed = parsed_json(body.encode())
    assert parsed == {
        "k": 5,
        "data": LongText(escaped.encode()),
        "b": {"data": LongText(escaped.encode())},
        "x": '"\\',
        "y" * 99: "\\",
    }


def long(name: str = "data", count: int = 100_000) -> str:
    return f'"{name}": "{"A" * count}"'


LARGE = MAX_JSON_BYTES + 1
REFUSED = {
    "no text": (b"\xff\xfe{\0}\0", 400, "UTF-8"),
    "a surrogate as bytes": (b'{"k": "\xed\xa0\x80"}', 400, "UTF-8"),
    "a number": (b"5", 400, "object"),
    "a list": (b"[1]", 400, "object"),
    "a large list": (b"[" + b"1," * LARGE + b"1]", 400, "object"),
    "the end is missing": (b'{"k": 5', 400, "not JSON"),
    "the end is missing from a large body": (("{" + long()).encode(), 400, "not JSON"),
    "a text does not end": (('{"data": "' + "A" * LARGE).encode(), 400, "not JSON"),
    "a number of 100,000 digits": (b'{"k": ' + b"1" * 60_000 + b"}", 400, "not JSON"),
    "brackets": (b'{"k": ' + b"[" * 60_000, 400, "not JSON"),
    "depth": (b'{"k": ' + b"[" * 500 + b"]" * 500 + b"}", 400, "more than 8"),
    "depth of objects": (b'{"k":' * 200 + b"1" + b"}" * 200, 400, "more than 8"),
    "the same key twice": (b'{"k": 5, "k": 6}', 400, "'k' twice"),
    "keys": (("{" + ",".join(f'"{i}":1' for i in range(MAX_KEYS + 1)) + "}").encode(), 413, "4,096 keys"),
    "keys in many objects": (('{"a": [' + ",".join(['{"b":1}'] * MAX_KEYS) + "]}").encode(), 413, "4,096 keys"),
    "many keys": (("{" + ",".join(f'"{i:x}":1' for i in range(100_000)) + "}").encode(), 413, "64 KiB"),
    "many numbers": (b'{"k": [' + b"0," * 500_000 + b"0]}", 413, "64 KiB"),
    "many texts": (b'{"k": [' + b'"",' * 500_000 + b'""]}', 413, "64 KiB"),
    "spaces": (b"{" + b" " * LARGE + b"}", 413, "64 KiB"),
    "a long key": (("{" + '"' + "A" * LARGE + '": 1}').encode(), 413, "64 KiB"),
    "a long text in a list": (('{"k": ["' + "A" * LARGE + '"]}').encode(), 413, "64 KiB"),
    "quotes in a long text": (('{"data": "' + '\\"' * LARGE + '"}').encode(), 413, "64 KiB"),
    "a long text and too much besides": (("{" + long() + ', "k": [' + "0," * 40_000 + "0]}").encode(), 413, "64 KiB"),
}


@pytest.mark.parametrize(("body", "status", "why"), REFUSED.values(), ids=REFUSED)
def test_other_bodies_are_refused_with_the_reason(body: bytes, status: int, why: str) -> None:
    with pytest.raises(Problem, match=why) as caught:
        parsed_json(body)
    assert caught.value.status == status


@pytest.mark.parametrize("depth", [1, MAX_DEPTH - 1])
def test_objects_within_each_other_are_allowed_up_to_a_limit(depth: int) -> None:
    assert parsed_json(b'{"k": ' + b"[" * depth + b"]" * depth + b"}")


@pytest.mark.parametrize(
    "text",
    [
        '{"\\ud800": 1}',
        '{"k": "\\ud800"}',
        '{"k": ["a", "\\udfffx"]}',
        '{"keep": {"\\uDC00\\uD800": "red"}}',
        '{"data": "data:,\\ud800"}',
        '{"url": "http://127.0.0.1/\\ud800"}',
        '{"picture": "\\ud800"}',
        '{"colors": ["#fff"], "name": "\\udc00"}',
    ],
)
@pytest.mark.parametrize("path", [PALETTE, "/api/v1/pictures", "/api/v1/compare", "/api/v1/export/css"])
def test_half_of_a_surrogate_pair_is_a_problem_of_the_request(client, path: str, text: str) -> None:
    answer = client.post(path, content=text, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (400, "Request not understood"), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_both_halves_of_a_surrogate_pair_are_a_character(client) -> None:
    answer = client.post(
        PALETTE, content='{"\\ud83d\\ude00": 1, "data": "AAAA"}', headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["option"]) == (400, "\U0001f600")


def test_a_problem_with_half_of_a_surrogate_pair_is_still_json() -> None:
    response = Problem("bad-option", "k=\ud800 is not allowed.", option="\ud800").response()
    assert json.loads(response.body)["option"] == "\ud800"


def noise(encode) -> bytes:
    return encode(np.random.default_rng(0).integers(0, 256, (200, 200, 3), np.uint8))


@given(st.text(alphabet="%aF0g2é\U0001f600 ", max_size=12))
def test_percent_codes_are_decoded_as_urllib_does(text: str) -> None:
    assert bytes_of_data_url("data:," + text) == unquote_to_bytes(text)


@pytest.mark.parametrize("kind", ["base64", "escaped", "lines", "plain", "percent"])
def test_a_large_picture_in_json_gives_the_same_palette(client, encode, kind: str) -> None:
    png = noise(encode)
    coded = base64.b64encode(png).decode()
    data = {
        "base64": "data:image/png;base64," + coded,
        "escaped": "data:image/png;base64," + coded,
        "lines": "data:image/png;base64," + "\n".join(coded[i : i + 76] for i in range(0, len(coded), 76)),
        "plain": coded,
        "percent": "data:image/png," + "".join(f"%{code:02x}" for code in png),
    }[kind]
    body = json.dumps({"k": 3, "data": data})
    if kind == "escaped":
        body = body.replace("/", "\\/").replace("=", "\\u003d")
    assert len(body) > MAX_JSON_BYTES
    answer = client.post(PALETTE, content=body, headers={"Content-Type": "application/json"})
    expected = client.post(PALETTE, params={"k": 3}, content=png)
    assert answer.status_code == expected.status_code == 200, answer.text
    assert (answer.content, answer.headers["pochade-picture"]) == (
        expected.content,
        expected.headers["pochade-picture"],
    )


def test_large_pictures_of_a_comparison_may_come_in_json(client, encode, png: bytes) -> None:
    sides = {name: {"data": base64.b64encode(data).decode()} for name, data in (("a", noise(encode)), ("b", png))}
    answer = client.post("/api/v1/compare", json=sides)
    assert (answer.status_code, answer.json()["distance"] > 0) == (200, True)


@pytest.mark.parametrize("data", ["A" * 99_999, "data:image/png;base64," + "@" * 99_999, "data:x" + "A" * 99_999])
def test_long_data_that_is_no_data_url_is_refused(client, data: str) -> None:
    answer = client.post(PALETTE, json={"data": data})
    assert (answer.status_code, answer.json()["option"]) == (400, "data"), answer.text


def test_a_long_option_is_refused(client) -> None:
    answer = client.post(PALETTE, json={"keep": "a" * 70_000})
    assert (answer.status_code, answer.json()["title"]) == (413, "Too large")
    assert "64 KiB" in answer.json()["detail"] or "'keep' is too long" in answer.json()["detail"]


def test_a_text_shorter_than_a_picture_is_an_option_in_a_large_body(client, encode) -> None:
    keep = ",".join(["#8e1a24"] * (LONG // 8 - 1))
    data = base64.b64encode(noise(encode)).decode()
    answer = client.post(PALETTE, json={"keep": keep, "data": data, "k": 600})
    assert (answer.status_code, answer.json()["option"]) == (400, "k")
