"""Quantized pictures over HTTP: the same files and figures as from the library."""

import base64
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.quantization import fitted, formats, table

QUANTIZE = "/api/v1/quantize"
REPORT, TABLE = f"{QUANTIZE}/report", f"{QUANTIZE}/table"
OPTIONS = [
    {},
    {"k": "5", "dither": "floyd-steinberg", "strength": "0.5", "light": "linear"},
    {"palette": "#ce1126,#ffffff,#002395", "difference": "ciede2000"},
    {"k": "4", "method": "kmeans", "n_init": "2", "seed": "3", "space": "cielab"},
    {"k": "3", "region": "0,0,40,40", "scale": "0.5"},
]


def as_python(request_options: dict[str, str]) -> dict[str, object]:
    def value(text: str) -> object:
        return tuple(json.loads(f"[{text}]")) if text[0].isdigit() and "," in text else json.loads(text)

    return {name: value(text) if text[0].isdigit() else text for name, text in request_options.items()}


@pytest.fixture(scope="module")
def moving() -> bytes:
    """A GIF of three frames."""
    rng = np.random.default_rng(3)
    frames = [Image.fromarray(rng.integers(0, 255, (24, 30, 3), np.uint8)) for _ in range(3)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=70)
    return file.getvalue()


@pytest.mark.parametrize("request_options", OPTIONS, ids=str)
def test_the_file_equals_the_librarys(client, jpeg: bytes, request_options: dict[str, str]) -> None:
    answer = client.post(QUANTIZE, params=request_options, content=jpeg)
    assert answer.status_code == 200, answer.text
    assert answer.content == pochade.quantize(jpeg, **as_python(request_options)).encode("png")


def test_file_and_report_equal_the_command_lines(client, tmp_path: Path, jpeg: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg)
    command = [sys.executable, "-m", "pochade", "quantize", "a.jpg", "-k", "6", "-o", "a.png", "--json"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert client.post(QUANTIZE, params={"k": 6}, content=jpeg).content == (tmp_path / "a.png").read_bytes()
    body = client.post(REPORT, params={"k": 6}, content=jpeg).json()
    assert body.pop("palette") == pochade.quantize(jpeg, 6).palette.hex
    assert body == json.loads(said)


@pytest.mark.parametrize("name", formats.names)
def test_every_format_is_answered(client, stored: str, png: bytes, name: str) -> None:
    answer = client.get(QUANTIZE, params={"picture": stored, "k": 3, "format": name})
    about = formats.entry(name).about
    assert answer.content == pochade.quantize(png, 3).encode(name)
    assert answer.headers["content-type"] == about.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="picture{about.suffix}"'
    body = client.get(REPORT, params={"picture": stored, "k": 3, "format": name}).json()
    assert (body["format"], body["bytes_before"], body["bytes_after"]) == (name, len(png), len(answer.content))


@pytest.mark.parametrize(
    ("accept", "kind"), [("*/*", "png"), ("image/*", "png"), ("image/webp,image/png;q=0.5", "webp"), ("a/b", "png")]
)
def test_accept_chooses_the_format(client, stored: str, accept: str, kind: str) -> None:
    answer = client.get(QUANTIZE, params={"picture": stored}, headers={"Accept": accept})
    assert answer.headers["content-type"] == f"image/{kind}"


@pytest.mark.parametrize("target", [{"target_kb": 4.5}, {"max_difference": 4}], ids=str)
def test_a_target_finds_the_number_of_colors(client, jpeg: bytes, target: dict[str, float]) -> None:
    expected = fitted(jpeg, format="webp", **target)
    answer = client.post(QUANTIZE, params={**target, "format": "webp"}, content=jpeg)
    assert answer.content == expected.encode("webp")
    body = client.post(REPORT, params={**target, "format": "webp"}, content=jpeg).json()
    assert body["k"] == expected.k


def test_the_table_equals_the_librarys(client, stored: str, png: bytes) -> None:
    body = client.get(TABLE, params={"picture": stored, "format": "gif", "dither": "bayer"}).json()
    assert body == {"rows": [report.to_dict() for report in table(png, format="gif", dither="bayer")]}


def test_hex_needs_no_number_sign_in_a_palette(client, stored: str) -> None:
    bare, full = (
        client.get(QUANTIZE, params={"picture": stored, "palette": text}).content
        for text in ("ce1126, fff,navy", "#ce1126,#ffffff,#000080")
    )
    assert bare == full


def test_every_way_to_send_a_picture_has_the_same_answer(client, png: bytes, stored: str) -> None:
    data = "data:image/png;base64," + base64.b64encode(png).decode()
    colors = ["#ce1126", "#ffffff"]
    expected = pochade.quantize(png, palette=colors).encode()
    text = ",".join(colors)
    answers = [
        client.post(QUANTIZE, params={"palette": text}, content=png),
        client.post(QUANTIZE, files={"file": ("a", png)}, data={"palette": text}),
        client.post(QUANTIZE, json={"data": data, "palette": colors}),
        client.post(QUANTIZE, json={"picture": stored, "palette": colors}),
        client.get(QUANTIZE, params={"picture": stored, "palette": text}),
    ]
    assert [answer.content for answer in answers] == [expected] * len(answers)


def test_an_animation_has_one_palette_for_all_frames(client, moving: bytes) -> None:
    answer = client.post(QUANTIZE, params={"k": 5, "format": "gif"}, content=moving)
    assert answer.content == pochade.quantize(moving, 5).encode("gif")
    assert Image.open(io.BytesIO(answer.content)).n_frames == 3
    assert Image.open(io.BytesIO(client.post(QUANTIZE, params={"k": 5}, content=moving).content)).n_frames == 3


def test_alpha_stays_unless_a_background_covers_it(client, encode) -> None:
    codes = np.full((20, 20, 4), (200, 20, 30, 255), np.uint8)
    codes[:10, :, 3] = 0
    codes[10:12, :, 3] = 90
    kept = client.post(QUANTIZE, content=encode(codes)).content
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(kept)).convert("RGBA"))[..., 3], codes[..., 3])
    covered = client.post(QUANTIZE, params={"background": "white", "format": "rgb"}, content=encode(codes)).content
    assert Image.open(io.BytesIO(covered)).getpixel((0, 0)) == (255, 255, 255)
    refused = client.post(QUANTIZE, params={"format": "rgb"}, content=encode(codes))
    assert (refused.status_code, refused.json()["title"]) == (400, "Option not allowed")


def test_a_mask_comes_as_a_second_file(client, png: bytes, flag: np.ndarray, encode) -> None:
    mask = np.zeros(flag.shape[:2], np.uint8)
    mask[:, :30] = 255
    answer = client.post(REPORT, files={"file": ("a", png), "mask": ("b", encode(mask))})
    assert answer.json()["palette"] == ["#ce1126"]


def test_an_unchanged_answer_is_a_304(client, stored: str) -> None:
    query = {"picture": stored, "k": 2}
    first = client.get(QUANTIZE, params=query)
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get(QUANTIZE, params=query, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(QUANTIZE, params={**query, "dither": "bayer"}, headers=tag).status_code == 200
    assert client.get(REPORT, params=query, headers=tag).status_code == 200
    assert first.headers["pochade-picture"] == stored
    assert {"make", "write"} == {part.split(";")[0] for part in first.headers["server-timing"].split(", ")}


def test_a_report_uses_the_cached_picture(client, photo: np.ndarray, encode) -> None:
    digest = client.post("/api/v1/pictures", content=encode(photo[:99])).json()["picture"]
    laps = []
    for path in (QUANTIZE, REPORT):
        timing = client.get(path, params={"picture": digest, "k": 7}).headers["server-timing"]
        laps.append(float(timing.split("make;dur=")[1].split(",")[0]))
    assert laps[1] < laps[0] / 4


@pytest.mark.parametrize(
    ("path", "options", "option"),
    [
        (QUANTIZE, {"k": "0"}, "k"),
        (QUANTIZE, {"k": "257"}, "k"),
        (QUANTIZE, {"k": "auto"}, "k"),
        (QUANTIZE, {"palette": "red,gren"}, "palette"),
        (QUANTIZE, {"palette": "#12"}, "palette"),
        (QUANTIZE, {"palette": ""}, None),
        (QUANTIZE, {"method": "kmean"}, "method"),
        (QUANTIZE, {"n_init": "3"}, "n_init"),
        (QUANTIZE, {"method": "kmeans", "n_init": "1e12"}, "n_init"),
        (QUANTIZE, {"seed": "3"}, None),
        (QUANTIZE, {"difference": "delta"}, "difference"),
        (QUANTIZE, {"dither": "riemersma"}, "dither"),
        (QUANTIZE, {"strength": "2"}, "strength"),
        (QUANTIZE, {"strength": "much"}, "strength"),
        (QUANTIZE, {"light": "dim"}, "light"),
        (QUANTIZE, {"background": "grren"}, "background"),
        (QUANTIZE, {"format": "bmp"}, "format"),
        (QUANTIZE, {"target_kb": "x"}, "target_kb"),
        (QUANTIZE, {"target_kb": "-1"}, "target_kb"),
        (QUANTIZE, {"target_kb": "0.01"}, None),
        (QUANTIZE, {"max_difference": "1e-9", "dither": "bayer"}, "max_difference"),
        (QUANTIZE, {"target_kb": "9", "k": "4"}, "k"),
        (QUANTIZE, {"target_kb": "9", "palette": "red"}, "palette"),
        (QUANTIZE, {"palette": "red", "k": "4"}, "k"),
        (QUANTIZE, {"palette": "red", "method": "kmeans"}, "method"),
        (QUANTIZE, {"palette": "red", "seed": "0"}, "seed"),
        (QUANTIZE, {"mask": "/etc/hostname"}, "mask"),
        (QUANTIZE, {"source": "/etc/hostname"}, "source"),
        (QUANTIZE, {"max_pixels": "999999999999"}, "max_pixels"),
        (TABLE, {"k": "4"}, "k"),
        (TABLE, {"target_kb": "4"}, "target_kb"),
        (TABLE, {"palette": "red"}, "palette"),
    ],
    ids=str,
)
def test_a_bad_option_is_named_with_the_message_of_the_library(
    client, jpeg: bytes, path: str, options: dict[str, str], option: str | None
) -> None:
    answer = client.post(path, params=options, content=jpeg)
    problem = answer.json()
    assert answer.status_code == problem["status"] == 400, problem
    assert problem["title"] == "Option not allowed"
    assert problem.get("option") == option, problem


def test_a_missing_or_invalid_picture_is_refused(client) -> None:
    assert client.get(QUANTIZE, params={"picture": "0" * 64}).status_code == 404
    assert client.get(QUANTIZE).status_code == 400
    assert client.post(REPORT, content=b"no picture").status_code == 415


def test_a_picture_of_too_many_pixels_is_refused(client_of, encode) -> None:
    large = encode(np.zeros((300, 300, 3), np.uint8))
    with client_of(max_pixels=70_000) as client:
        for path in (QUANTIZE, TABLE, "/api/v1/recolor?harmonize=i", "/api/v1/background"):
            assert client.post(path, content=large).status_code == 413
        files = {"a": ("a", large), "b": ("b", large)}
        assert client.post("/api/v1/compare", files=files).status_code == 413
