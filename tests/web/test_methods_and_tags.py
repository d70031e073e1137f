"""HEAD and Allow; an ETag names one answer."""

import re

import pytest

PALETTE = "/api/v1/palette"


def paths_with_get(client) -> dict[str, dict]:
    return {path: one for path, one in client.get("/api/v1/openapi.json").json()["paths"].items() if "get" in one}


def test_head_has_the_headers_of_get_at_every_address(client, stored: str) -> None:
    picture = {"picture": stored, "k": 3}
    needs = {
        "/api/v1/compare": {"a": stored, "b": stored},
        "/api/v1/recolor": {"picture": stored, "change": ""},
        "/api/v1/harmony": picture | {"color": "8e1a24"},
        "/api/v1/quantize": {"picture": stored},
        "/api/v1/quantize/report": {"picture": stored},
        "/api/v1/quantize/table": {"picture": stored},
        **{f"/api/v1/{name}": {"colors": "8e1a24,fff"} for name in ("contrast", "sight", "roles", "tints")},
    }
    paths = [*paths_with_get(client), "/", "/docs", "/static/js/main.js", "/api/v1/openapi.json"]
    assert len(paths) > 25
    for path in paths:
        url = path.replace("{digest}", stored).replace("{kind}", "busy").replace("{format}", "css")
        takes_picture = any(
            p["name"] == "picture" for p in paths_with_get(client).get(path, {"get": {}})["get"].get("parameters", ())
        )
        query = needs.get(path, picture if takes_picture else {})
        get, head = client.get(url, params=query), client.head(url, params=query)
        assert get.status_code == head.status_code == 200, (path, get.text[:300])
        assert head.content == b""
        changing = {"server-timing", "content-length"} if path.endswith("metrics") else {"server-timing"}
        assert {n: v for n, v in head.headers.items() if n not in changing} == {
            n: v for n, v in get.headers.items() if n not in changing
        }, path


def test_head_of_an_error_has_no_body(client) -> None:
    for path in (PALETTE, "/nothing", f"{PALETTE}?picture={'0' * 64}"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (get.status_code, b"")


def test_a_head_of_an_unchanged_answer_is_a_304(client, stored: str) -> None:
    query = {"picture": stored, "k": 2}
    tag = {"If-None-Match": client.head(PALETTE, params=query).headers["etag"]}
    assert client.head(PALETTE, params=query, headers=tag).status_code == 304


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", PALETTE, "GET, HEAD, POST"),
        ("DELETE", "/api/v1/clusters", "GET, HEAD"),
        ("GET", "/api/v1/pictures", "POST"),
        ("HEAD", "/api/v1/export/css", "POST"),
        ("POST", "/api/v1/pictures/00", "DELETE, GET, HEAD"),
    ],
)
def test_a_wrong_method_is_answered_with_all_that_are_allowed(client, method: str, path: str, allowed: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def tag_of(answer) -> str:
    assert answer.status_code in (200, 201), answer.text
    return answer.headers["etag"]


def test_answers_to_different_bodies_have_different_tags(client, stored: str, png: bytes) -> None:
    bodies = [
        {"json": {"picture": stored}},
        {"json": {"picture": stored, "k": 3}},
        {"json": {"picture": stored, "k": 8}},
        {"json": {"picture": stored, "k": 3, "sort": "hue"}},
        {"json": {"picture": stored, "format": "css"}},
        {"content": png, "params": {"k": 3}},
        {"files": {"file": png, "mask": png}},
        {"files": {"file": png, "mask": png[:-12]}, "data": {"truncated": "true"}},
    ]
    tags = [tag_of(client.post(PALETTE, **body)) for body in bodies]
    assert len(set(tags)) == len(tags)
    assert tags == [tag_of(client.post(PALETTE, **body)) for body in bodies]


def test_the_tag_of_another_request_is_no_304(client, stored: str) -> None:
    tags = [tag_of(client.post(PALETTE, json={"picture": stored, "k": k})) for k in (3, 8)]
    tags += [tag_of(client.get(PALETTE, params={"picture": stored, "k": k})) for k in (4, 5)]
    for k in (None, 6, 7):
        query = {"picture": stored} | ({} if k is None else {"k": k})
        answer = client.get(PALETTE, params=query, headers={"If-None-Match": ", ".join(tags)})
        assert (answer.status_code, len(answer.json()["colors"]) > 0) == (200, True)


def test_the_sides_of_a_comparison_are_in_its_tag(client, stored: str) -> None:
    red, blue, picture = {"colors": ["#f00"]}, {"colors": ["#00f"]}, {"picture": stored}
    pairs = [(picture, red), (picture, blue), (red, picture), (blue, picture)]
    tags = {tag_of(client.post("/api/v1/compare", json={"a": a, "b": b})) for a, b in pairs}
    assert len(tags) == len(pairs)


def test_the_tag_of_a_picture_may_be_one_of_a_list(client, stored: str) -> None:
    path = f"/api/v1/pictures/{stored}"
    tag = tag_of(client.get(path))
    for tags in (tag, f'"x", {tag}', f"W/{tag}"):
        assert client.get(path, headers={"If-None-Match": tags}).status_code == 304
    assert client.get(path, params={"width": 9}, headers={"If-None-Match": tag}).status_code == 200


def test_tags_are_quoted(client, stored: str) -> None:
    assert re.fullmatch('"[0-9a-f]{32}"', tag_of(client.get(PALETTE, params={"picture": stored})))
