"""The similarity of pictures over HTTP: the same numbers as from the library and the command line."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import pochade
from pochade.draw import flow_svg, likeness_svg
from pochade.similarity import distances, order

COMPARE = "/api/v1/compare"


@pytest.fixture
def pictures(photo: np.ndarray, flag: np.ndarray, encode) -> list[bytes]:
    return [encode(codes) for codes in (photo, flag, photo[::2, :80], photo[..., ::-1].copy())]


@pytest.fixture
def digests(client, pictures: list[bytes]) -> list[str]:
    return [client.post("/api/v1/pictures", content=data).json()["picture"] for data in pictures]


def test_the_numbers_equal_the_command_lines(client, tmp_path: Path, pictures, digests) -> None:
    for name, data in zip("ab", pictures, strict=False):
        (tmp_path / f"{name}.png").write_bytes(data)
    command = [sys.executable, "-m", "pochade", "compare", "a.png", "b.png", "-k", "5", "-f", "json"]
    said = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)
    body = client.get(COMPARE, params={"a": digests[0], "b": digests[1], "k": 5}).json()
    assert said | {"a": None, "b": None} == {name: body[name] for name in said}


def test_json_includes_words_and_palettes(client, pictures, digests) -> None:
    comparison = pochade.compare(*pictures[:2], k=4, difference="oklab")
    query = {"a": digests[0], "b": digests[1], "k": 4, "difference": "oklab"}
    body = client.get(COMPARE, params=query).json()
    assert body["words"] == comparison.words()
    assert body["beside"] == comparison.beside()
    assert body["palettes"] == [comparison.a.to_dict(), comparison.b.to_dict()]
    assert client.get(COMPARE, params={**query, "format": "svg"}).text == flow_svg(comparison)


def test_every_way_to_send_two_pictures_has_the_same_answer(client, pictures, digests) -> None:
    one, other = pictures[:2]
    data = "data:image/png;base64," + base64.b64encode(other).decode()
    expected = client.get(COMPARE, params={"a": digests[0], "b": digests[1], "k": 3})
    answers = [
        client.post(COMPARE, files={"a": ("x", one), "b": ("y", other)}, data={"k": "3"}),
        client.post(COMPARE, params={"k": 3}, files={"b": ("y", other)}, data={"a": digests[0]}),
        client.post(COMPARE, json={"a": {"picture": digests[0]}, "b": {"data": data}, "k": 3}),
        client.post(COMPARE, json={"a": digests[0], "b": digests[1], "k": 3}),
    ]
    assert expected.status_code == 200
    assert [answer.content for answer in answers] == [expected.content] * len(answers)
    assert expected.headers["pochade-picture"] == ",".join(digests[:2])


def test_palettes_are_compared_without_pictures(client, pictures, digests) -> None:
    colors = [{"hex": "#4169e1", "weight": 0.4}, {"hex": "#f4f1ea", "weight": 0.6}]
    day, dusk = (pochade.Palette.from_dict({"colors": some}) for some in (colors, ["#191970", "#fff"]))
    body = client.post(COMPARE, json={"a": {"colors": colors}, "b": {"colors": ["#191970", "#fff"]}}).json()
    assert body["distance"] == pochade.compare(day, dusk).distance
    body = client.post(COMPARE, json={"a": {"colors": colors}, "b": {"picture": digests[0]}}).json()
    assert body["distance"] == pochade.compare(day, pictures[0]).distance


def test_a_picture_has_distance_0_from_itself(client, digests) -> None:
    body = client.get(COMPARE, params={"a": digests[0], "b": digests[0]}).json()
    assert (body["distance"], body["words"]) == (0, ["The two are the same."])


def test_several_pictures_are_ordered_so_that_neighbors_look_similar(client, pictures, digests) -> None:
    palettes = [pochade.extract(data) for data in pictures]
    far = distances(palettes)
    way = order(far)
    body = client.get(COMPARE, params={"pictures": ",".join(digests)}).json()
    assert body["order"] == [digests[i] for i in way]
    assert body["distances"] == far[np.ix_(way, way)].tolist()
    svg = client.get(COMPARE, params={"pictures": ",".join(digests), "format": "svg"})
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.text == likeness_svg(palettes)


def test_pictures_are_ranked_by_distance_to_one(client, pictures, digests) -> None:
    body = client.get(COMPARE, params={"like": digests[0], "pictures": ",".join(digests[1:]), "k": 6}).json()
    far = {one: pochade.compare(pictures[0], data, k=6).distance for one, data in zip(digests, pictures, strict=True)}
    assert body["pictures"] == sorted(
        ({"picture": one, "distance": far[one]} for one in digests[1:]), key=lambda row: row["distance"]
    )
    assert body["like"] == digests[0]


def test_more_pictures_than_a_worker_caches_are_compared(client, encode) -> None:
    colors = [np.full((4, 4, 3), (20 * i, 90, 200 - 20 * i), np.uint8) for i in range(10)]
    digests = [client.post("/api/v1/pictures", content=encode(codes)).json()["picture"] for codes in colors]
    body = client.get(COMPARE, params={"pictures": ",".join(digests[::-1])}).json()
    assert body["order"] in (digests, digests[::-1])
    assert client.get(COMPARE, params={"pictures": ",".join(digests)}).json()["order"] in (digests, digests[::-1])


def test_an_unchanged_answer_is_a_304(client, digests) -> None:
    for query in (
        {"a": digests[0], "b": digests[1]},
        {"pictures": ",".join(digests)},
        {"like": digests[0], "pictures": ",".join(digests[1:])},
    ):
        tag = {"If-None-Match": client.get(COMPARE, params=query).headers["etag"]}
        tasks = client.get("/api/v1/metrics").text.count("done")
        assert client.get(COMPARE, params=query, headers=tag).status_code == 304
        assert client.get("/api/v1/metrics").text.count("done") == tasks
        assert client.get(COMPARE, params={**query, "k": 3}, headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("options", "option", "title"),
    [
        ({"b": None}, None, "No picture given"),
        ({"a": None, "b": None}, None, "No picture given"),
        ({"picture": "0" * 64}, None, "No picture given"),
        ({"a": "/etc/hostname"}, "a", "Option not allowed"),
        ({"b": "0" * 64}, None, "Picture not held"),
        ({"difference": "cmc"}, "difference", "Option not allowed"),
        ({"difference": "delta"}, "difference", "Option not allowed"),
        ({"k": "0"}, "k", "Option not allowed"),
        ({"method": "kmean"}, "method", "Option not allowed"),
        ({"dither": "bayer"}, "dither", "Option not allowed"),
        ({"format": "png"}, "format", "Option not allowed"),
        ({"like": "0" * 64}, "like", "Option not allowed"),
        ({"pictures": "0" * 64}, "a", "Option not allowed"),
        ({"a": None, "b": None, "pictures": ""}, "pictures", "Option not allowed"),
        ({"a": None, "b": None, "pictures": ",".join(["0" * 64] * 65)}, "pictures", "Option not allowed"),
        ({"a": None, "b": None, "pictures": "0,1"}, "pictures", "Option not allowed"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_errors_name_the_option(client, digests, options: dict, option: str | None, title: str) -> None:
    query = {"a": digests[0], "b": digests[1], **options}
    answer = client.get(COMPARE, params={name: text for name, text in query.items() if text is not None})
    problem = answer.json()
    assert (problem.get("option"), problem["title"]) == (option, title), problem


@pytest.mark.parametrize(
    "side",
    [
        {},
        {"colors": []},
        {"colors": ["#12"]},
        {"colors": [{"hex": "#fff", "weight": 0}]},
        {"colors": "red"},
        {"colors": ["#fff"], "picture": "0" * 64},
        {"colors": ["#fff"], "k": 3},
        {"picture": 5},
        {"data": "data:image/png;base64,AAAA"},
        {"a": {"colors": ["#fff"]}},
        5,
    ],
    ids=str,
)
def test_a_side_without_picture_or_palette_is_refused(client, side) -> None:
    answer = client.post(COMPARE, json={"a": {"colors": ["#000"]}, "b": side})
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_private_address_is_refused(client) -> None:
    answer = client.post(COMPARE, json={"a": {"colors": ["#000"]}, "b": {"url": "http://127.0.0.1:9/a.png"}})
    assert (answer.status_code, answer.json()["title"]) == (400, "URL refused")


def test_a_request_with_two_pictures_counts_as_an_upload(client_of, pictures) -> None:
    files = {name: (name, data) for name, data in zip("ab", pictures, strict=False)}
    with client_of(rate="9/minute", upload_rate="1/minute") as client:
        sent = client.post(COMPARE, files=files)
        assert sent.status_code == 200
        assert client.post(COMPARE, files=files).status_code == 429
        a, b = sent.headers["pochade-picture"].split(",")
        assert client.get(COMPARE, params={"a": a, "b": b}).content == sent.content


def test_pictures_that_are_too_large_together_are_refused(client_of, pictures) -> None:
    files = {name: (name, data) for name, data in zip("ab", pictures[::3], strict=False)}
    with client_of(max_bytes=max(map(len, pictures)) + 1000) as client:
        assert client.post(COMPARE, files=files).status_code == 413
