"""Palettes over HTTP: the same bytes as from the library and the command line."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.export import exporters

PALETTE = "/api/v1/palette"
OPTIONS = [
    {},
    {"k": "3"},
    {"k": "auto", "k_max": "5"},
    {"k": "4", "method": "kmeans", "init": "random", "seed": "7"},
    {"k": "3", "method": "kmeans", "space": "cielab", "mood": "dark"},
    {"k": "4", "keep": "#00ff00", "avoid": "white"},
    {"k": "3", "region": "0.0,0.0,0.5,1.0", "ignore": "black,white"},
]


def as_python(request_options: dict[str, str]) -> dict[str, object]:
    numbers = {name: int(text) for name, text in request_options.items() if text.isdigit()}
    region = {"region": tuple(map(float, request_options["region"].split(",")))} if "region" in request_options else {}
    return {**request_options, **numbers, **region}


@pytest.mark.parametrize("request_options", OPTIONS, ids=str)
def test_the_answer_equals_the_librarys_byte_for_byte(client, jpeg: bytes, request_options: dict[str, str]) -> None:
    answer = client.post(PALETTE, params=request_options, content=jpeg)
    assert answer.status_code == 200, answer.text
    assert answer.content == pochade.extract(jpeg, **as_python(request_options)).export("json")


def test_the_answer_equals_the_command_lines_byte_for_byte(client, tmp_path: Path, jpeg: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg)
    command = [sys.executable, "-m", "pochade", "-k", "5", "--sort", "hue", "--names", "xkcd", "-f", "json", "-"]
    said = subprocess.run(command, input=jpeg, capture_output=True, check=True).stdout
    options = {"k": "5", "sort": "hue", "names": "xkcd"}
    assert json.loads(client.post(PALETTE, params=options, content=jpeg).content) == json.loads(said) | {"source": None}


def test_reverse_and_unique_work_as_on_the_command_line(client, jpeg: bytes) -> None:
    palette = pochade.extract(jpeg, 4)
    answer = client.post(PALETTE, params={"k": 4, "reverse": "true"}, content=jpeg).json()
    assert [color["hex"] for color in answer["colors"]] == palette.hex[::-1]
    answer = client.post(PALETTE, params={"k": 4, "unique_names": "true"}, content=jpeg).json()
    assert [color["name"] for color in answer["colors"]] == palette.named(unique=True).names


def test_every_way_to_send_a_picture_has_the_same_answer(client, png: bytes) -> None:
    expected = pochade.extract(png, 2).export("json")
    data = "data:image/png;base64," + base64.b64encode(png).decode()
    digest = client.post("/api/v1/pictures", content=png).json()["picture"]
    answers = [
        client.post(PALETTE, params={"k": 2}, content=png),
        client.post(PALETTE, params={"k": 2}, content=png, headers={"Content-Type": "image/png"}),
        client.post(PALETTE, files={"file": ("../../etc/passwd", png)}, data={"k": "2"}),
        client.post(PALETTE, json={"data": data, "k": 2}),
        client.post(PALETTE, json={"picture": digest, "k": 2}),
        client.get(PALETTE, params={"picture": digest, "k": 2}),
    ]
    assert [answer.content for answer in answers] == [expected] * len(answers)
    assert all("passwd" not in str(answer.headers) for answer in answers)


def test_a_json_field_means_what_the_same_text_in_the_query_means(client, png: bytes) -> None:
    fields = {"data": base64.b64encode(png).decode(), "k": 2, "keep": ["red"], "region": [0, 0, 40, 40]}
    query = client.post(PALETTE, params={"k": 2, "keep": "red", "region": "0,0,40,40"}, content=png)
    assert client.post(PALETTE, json=fields).content == query.content


def test_a_mask_comes_as_a_second_file(client, png: bytes, flag: np.ndarray, encode) -> None:
    mask = np.zeros(flag.shape[:2], np.uint8)
    mask[:, :30] = 255
    answer = client.post(PALETTE, files={"file": ("a", png), "mask": ("b", encode(mask))})
    assert [color["hex"] for color in answer.json()["colors"]] == ["#ce1126"]


@pytest.mark.parametrize("name", exporters.names)
def test_every_format_is_answered(client, stored: str, png: bytes, name: str) -> None:
    answer = client.get(PALETTE, params={"picture": stored, "k": 3, "format": name})
    assert answer.status_code == 200, answer.text
    assert answer.content == pochade.extract(png, 3).export(name)
    assert answer.headers["content-type"].startswith(exporters.entry(name).about.media_type)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.4, application/json;q=0.5", "application/json"),
        ("image/avif", "application/json"),
        ("text/csv;q=x, */*;q=0.1", "application/json"),
    ],
)
def test_accept_chooses_the_format(client, stored: str, accept: str, kind: str) -> None:
    answer = client.get(PALETTE, params={"picture": stored}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(kind)


def test_options_of_the_format_are_allowed(client, stored: str) -> None:
    answer = client.get(PALETTE, params={"picture": stored, "format": "css", "prefix": "harbor"})
    assert "--harbor" in answer.text


def test_the_answers_for_clusters_and_the_palette_url(client, stored: str) -> None:
    assert client.get("/api/v1/clusters", params={"picture": stored, "k": 1}).json() == {
        "clusters": pochade.extract(client.service.store.get(stored), 1).srgb.tolist()
    }
    answer = client.get("/api/v1/palette-url", params={"picture": stored}).json()
    assert answer["palette_url"] == pochade.extract(client.service.store.get(stored)).coolors


def test_an_unchanged_answer_is_a_304(client, stored: str) -> None:
    query = {"picture": stored, "k": 2}
    first = client.get(PALETTE, params=query)
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get(PALETTE, params=query, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(PALETTE, params={**query, "k": 3}, headers=tag).status_code == 200
    assert client.get(PALETTE, params=query, headers={**tag, "Accept": "text/csv"}).status_code == 200
    assert "max-age" in first.headers["cache-control"]


def test_the_answer_says_how_long_each_step_took(client, photo: np.ndarray, encode) -> None:
    timing = client.post(PALETTE, content=encode(photo[:50])).headers["server-timing"]
    assert [part.split(";")[0] for part in timing.split(", ")] == ["read", "count", "cluster"]
    assert all(float(part.split("dur=")[1]) > 0 for part in timing.split(", "))


def test_reasons_equal_the_librarys(client, stored: str, png: bytes) -> None:
    palette = pochade.extract(png, 3)
    body = client.get("/api/v1/explain", params={"picture": stored, "k": 3}).json()["reasons"]
    assert [reason["text"] for reason in body] == [str(reason) for reason in palette.explain()]
    assert [reason["index"] for reason in body] == [0, 1, 2]


def test_the_error_of_a_palette_with_all_colors_is_0(client, stored: str) -> None:
    body = client.get("/api/v1/fidelity", params={"picture": stored, "k": 3}).json()
    assert body["mean"] < 0.1
    body = client.get("/api/v1/fidelity", params={"picture": stored, "k": 1}).json()
    assert body["worst"] > body["mean"] > 1


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"k": "0"}, "k"),
        ({"k": "many"}, "k"),
        ({"method": "kmean"}, "method"),
        ({"space": "lab"}, "space"),
        ({"space": "cielab"}, "space"),
        ({"mood": "sad"}, "mood"),
        ({"keep": "#12"}, "keep"),
        ({"ignore": "green"}, "ignore"),
        ({"sort": "taste"}, "sort"),
        ({"names": "latin"}, "names"),
        ({"format": "doc"}, "format"),
        ({"n_init": "3"}, "n_init"),
        ({"method": "kmeans", "n_init": "x"}, "n_init"),
        ({"region": "1,2"}, "region"),
        ({"truncated": "perhaps"}, "truncated"),
        ({"max_pixels": "999999999999"}, "max_pixels"),
        ({"public_only": "false"}, "public_only"),
        ({"mask": "/etc/hostname"}, "mask"),
        ({"source": "/etc/hostname"}, "source"),
        ({"options": "1"}, "options"),
        ({"rng": "1"}, "rng"),
        ({"method": "kmeans", "n_init": "1e12"}, "n_init"),
        ({"reverse": "2"}, "reverse"),
    ],
    ids=str,
)
def test_a_bad_option_is_named_with_the_message_of_the_library(
    client, stored: str, options: dict[str, str], option: str
) -> None:
    answer = client.get(PALETTE, params={"picture": stored, **options})
    problem = answer.json()
    assert answer.status_code == problem["status"] == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["option"] == option
    assert problem["title"] == "Option not allowed"
    assert set(problem) == {"type", "title", "status", "detail", "option"}


def test_a_repeated_option_is_refused(client, stored: str) -> None:
    answer = client.get(f"{PALETTE}?picture={stored}&k=3&k=4")
    assert (answer.status_code, answer.json()["option"]) == (400, "k")


def test_the_answer_names_a_color_tag_that_was_ignored(client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (8, 8), (200, 60, 40)).save(path, icc_profile=b"not a profile" * 20)
    answer = client.post(PALETTE, content=path.read_bytes())
    assert answer.content == pochade.extract(path.read_bytes()).export("json")
    assert answer.json()["notes"] == ["the color tag iCCP is ignored: it is broken; its colors are read as sRGB."]


def test_several_pictures_have_one_palette_of_the_sum_of_their_histograms(client, photo, flag, encode):
    one, other = encode(photo), encode(flag)
    digests = [client.post("/api/v1/pictures", content=data).json()["picture"] for data in (one, other)]
    options = {"k": 5, "names": "everyday", "unique_names": "true", "sort": "hue"}
    answer = client.get("/api/v1/palette", params={"pictures": ",".join(digests), **options})
    together = pochade.histogram(pochade.read(one)) + pochade.histogram(pochade.read(other))
    assert answer.content == pochade.extract(together, 5).named("everyday", unique=True).sort("hue").export("json")
    again = client.get(
        "/api/v1/palette",
        params={"pictures": ",".join(digests), **options},
        headers={"If-None-Match": answer.headers["etag"]},
    )
    assert again.status_code == 304
    css = client.get("/api/v1/palette", params={"pictures": ",".join(digests), "k": 5, "format": "css"})
    assert css.content == pochade.extract(together, 5).export("css")


@pytest.mark.parametrize(
    ("pictures", "more", "status", "said"),
    [
        ("{0}", {}, 400, "pictures has 1 digests: give 2 to 64."),
        ("{0},{0}", {"picture": "{0}"}, 400, "Give pictures=, or one picture by url= or picture=."),
        ("{0},abc", {}, 400, "pictures is not a SHA-256 digest of 64 hexadecimal digits."),
        ("{0}," + 64 * "0", {}, 404, "The picture is not in memory, or no longer: send it again."),
        ("{0},{0}", {"k": "0"}, 400, "k=0 is not allowed: give a whole number from 1 to 256, or 'auto'."),
    ],
)
def test_several_pictures_that_are_not_allowed_are_refused(client, stored, pictures, more, status, said):
    asked = {name: text.format(stored) for name, text in {"pictures": pictures, **more}.items()}
    answer = client.get("/api/v1/palette", params=asked)
    assert (answer.status_code, answer.json()["detail"]) == (status, said)


@pytest.mark.parametrize(
    ("query", "field"),
    [("method=k-medoids", {"method": "kmedoids"}), ("method=sample&by=k-means", {"options": {"by": "kmeans"}})],
)
def test_both_spellings_of_a_method_are_accepted_and_one_is_shown(client, png: bytes, query: str, field: dict) -> None:
    answer = client.post(f"/api/v1/palette?k=2&{query}", content=png)
    assert answer.status_code == 200, answer.text
    assert answer.json() == answer.json() | field
