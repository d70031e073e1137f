"""Pictures in other colors over HTTP, and the table that a browser applies."""

import io

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.files import encode_picture
from pochade.kernel.lut import UNIT

RECOLOR = "/api/v1/recolor"
RED, BLUE = "#ce1126", "#1a4c8e"
CHANGE = {RED: BLUE}
TEXT = f"{RED[1:]}:{BLUE[1:]}"


@pytest.fixture
def shot(client, photo: np.ndarray, encode) -> tuple[str, bytes, list[str]]:
    """A photo that is held: its digest, its bytes, and its palette."""
    data = encode(photo)
    digest = client.post("/api/v1/pictures", content=data).json()["picture"]
    return digest, data, pochade.extract(data, 6).hex


def opened(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)))


def applied(codes: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """What a browser does: from the node below along each channel, the one with the largest rest first."""
    at = codes / 255 * (len(moves) - 1)
    node = np.minimum(at.astype(int), len(moves) - 2)
    rest = at - node
    here = moves[tuple(np.moveaxis(node, -1, 0))].astype(float)
    moved = here.copy()
    for channel in np.moveaxis(np.argsort(-rest, axis=-1), -1, 0):
        one = np.eye(3, dtype=int)[channel]
        node = node + one
        there = moves[tuple(np.moveaxis(node, -1, 0))].astype(float)
        moved += (rest * one).sum(-1, keepdims=True) * (there - here)
        here = there
    return np.rint(codes + moved / UNIT).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("format", ["png", "jpg", "webp"])
def test_the_picture_is_that_of_the_library(client, held: str, png: bytes, format: str) -> None:
    answer = client.get(RECOLOR, params={"picture": held, "change": TEXT, "format": format})
    made = pochade.recolor(png, CHANGE)
    assert answer.status_code == 200, answer.text
    assert answer.content == encode_picture(made.image, "", f".{format}")
    assert answer.headers["content-type"] == f"image/{'jpeg' if format == 'jpg' else format}"
    assert answer.headers["content-disposition"] == f'attachment; filename="picture.{format}"'


def test_cube_and_hald_are_those_of_the_library(client, held: str, png: bytes) -> None:
    made = pochade.recolor(png, CHANGE)
    asked = {"picture": held, "change": TEXT}
    assert client.get(RECOLOR, params={**asked, "format": "cube"}).text == made.lut.cube()
    assert client.get(RECOLOR, params={**asked, "format": "hald"}).content == made.lut.hald_png()


def test_the_table_for_a_browser_makes_the_same_picture(client, shot) -> None:
    digest, data, colors = shot
    asked = {"picture": digest, "colors": ",".join(colors), "change": f"{colors[0]}:navy,{colors[2]}:#c05020"}
    answer = client.get(RECOLOR, params={**asked, "format": "lut"})
    n = int(answer.headers["pochade-lut-size"])
    assert answer.headers["content-type"] == "application/octet-stream"
    moves = np.frombuffer(answer.content, "<i2").reshape(n, n, n, 3)
    picture = opened(client.get(RECOLOR, params=asked).content)
    assert np.abs(applied(opened(data), moves).astype(int) - picture).max() <= 1
    assert (picture != opened(data)).any()


def test_no_edit_gives_the_same_picture(client, shot) -> None:
    digest, data, colors = shot
    answer = client.get(RECOLOR, params={"picture": digest, "change": "", "colors": ",".join(colors)})
    assert np.array_equal(opened(answer.content), opened(data))
    table = client.get(RECOLOR, params={"picture": digest, "change": "", "format": "lut"})
    assert not np.frombuffer(table.content, "<i2").any()


def test_the_palette_that_is_shown_is_edited(client, shot) -> None:
    digest, data, colors = shot
    asked = {"picture": digest, "colors": ",".join(colors), "change": f"{colors[1]}:red", "format": "json"}
    told = client.get(RECOLOR, params=asked).json()
    made = pochade.recolor(data, {colors[1]: "red"}, palette=colors)
    assert told == {
        "palette": colors,
        "after": [color.hex for color in made.after],
        "weights": made.palette.weights.tolist(),
        "tone": "local",
        "reason": made.reason,
    }
    assert told["after"] == [colors[0], "#ff0000", *colors[2:]]
    found_it = {"method": "octree", "k": 6, "seed": 2}
    assert client.get(RECOLOR, params={**asked, **found_it}).json() == told


@pytest.mark.parametrize("tone", [None, "global"])
def test_a_further_edit_gives_the_same_result_as_a_first_one(client, shot, tone: str | None) -> None:
    digest, data, colors = shot
    wish = {} if tone is None else {"tone": tone}
    for new in ("#20a040", "#f0e0d0"):
        asked = {"picture": digest, "change": f"{colors[0]}:{new}", **wish}
        answer = client.get(RECOLOR, params=asked)
        assert np.array_equal(opened(answer.content), pochade.recolor(data, {colors[0]: new}, **wish).image)


def test_a_further_edit_does_not_open_the_picture(client, shot) -> None:
    digest, _, colors = shot
    laps = []
    for new in ("112233", "445566"):
        asked = {"picture": digest, "k": 4, "change": f"{colors[0]}:{new}", "format": "lut"}
        timing = client.get(RECOLOR, params=asked).headers["server-timing"]
        laps.append(float(timing.split("open;dur=")[1].split(",")[0]))
    assert laps[1] < laps[0] / 4


def test_it_takes_the_colors_of_another_picture_or_palette(client, shot, held: str, png: bytes) -> None:
    digest, data, _ = shot
    answer = client.get(RECOLOR, params={"picture": digest, "like": held})
    assert np.array_equal(opened(answer.content), pochade.recolor(data, like=png).image)
    answer = client.get(RECOLOR, params={"picture": digest, "like_colors": "3a1a10,c07030"})
    like = pochade.Palette.from_dict({"colors": ["#3a1a10", "#c07030"]})
    assert np.array_equal(opened(answer.content), pochade.recolor(data, like=like).image)


@pytest.mark.parametrize("template", ["auto", "I"])
def test_hues_are_harmonized(client, shot, template: str) -> None:
    digest, data, _ = shot
    told = client.get(RECOLOR, params={"picture": digest, "harmonize": template, "format": "json"}).json()
    made = pochade.recolor(data, harmonize=template)
    assert (told["after"], told["reason"]) == ([color.hex for color in made.after], made.reason)


def test_json_may_have_an_object_of_changes(client, held: str) -> None:
    asked = {"picture": held, "change": {RED: "rgb(26, 76, 142)", "white": "#fffffe"}, "format": "json"}
    answer = client.post(RECOLOR, json=asked)
    assert answer.status_code == 200, answer.text
    query = {"picture": held, "change": f"{TEXT},white:fffffe", "format": "json"}
    assert client.get(RECOLOR, params=query).json() == answer.json()


def test_the_picture_may_be_in_the_body(client, png: bytes) -> None:
    expected = opened(client.post(RECOLOR, params={"change": TEXT}, content=png).content)
    form = client.post(RECOLOR, files={"file": ("a", png)}, data={"change": TEXT})
    assert np.array_equal(opened(form.content), expected)


def test_alpha_is_kept(client, encode) -> None:
    codes = np.full((20, 20, 4), (206, 17, 38, 255), np.uint8)
    codes[:9, :, 3] = 0
    data = encode(codes)
    made = opened(client.post(RECOLOR, params={"change": TEXT}, content=data).content)
    assert np.array_equal(made[..., 3], codes[..., 3])
    assert made[15, 0].tolist() == [26, 76, 142, 255]
    refused = client.post(RECOLOR, params={"change": TEXT, "format": "jpg"}, content=data)
    assert (refused.status_code, refused.json()["option"]) == (400, "format")


def test_an_unchanged_answer_is_a_304(client, held: str) -> None:
    asked = {"picture": held, "change": TEXT, "format": "lut"}
    first = client.get(RECOLOR, params=asked)
    tag = {"If-None-Match": first.headers["etag"]}
    assert client.get(RECOLOR, params=asked, headers=tag).status_code == 304
    assert client.get(RECOLOR, params={**asked, "change": f"{RED[1:]}:red"}, headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({}, None),
        ({"change": TEXT, "harmonize": "i"}, "change"),
        ({"change": "red"}, "change"),
        ({"change": "red:gren"}, "change"),
        ({"change": "#12:red"}, "change"),
        ({"change": ":red"}, "change"),
        ({"change": "a:b:c"}, "change"),
        ({"change": "red:blue,f00:white"}, "change"),
        ({"change": "red:blue," * 3000}, "change"),
        ({"change": TEXT, "colors": "white,black"}, "change"),
        ({"change": TEXT, "colors": ""}, "colors"),
        ({"change": TEXT, "colors": "white,blak"}, "colors"),
        ({"change": TEXT, "keep": "white"}, "keep"),
        ({"change": TEXT, "k": "0"}, "k"),
        ({"change": TEXT, "tone": "deaf"}, "tone"),
        ({"change": TEXT, "format": "gif"}, "format"),
        ({"change": TEXT, "palette": "red"}, "palette"),
        ({"change": TEXT, "mood": "sad"}, "mood"),
        ({"harmonize": "Q"}, "harmonize"),
        ({"like": "/etc/hostname"}, "like"),
        ({"like_colors": "reed"}, "like_colors"),
        ({"like": "0" * 64, "like_colors": "red"}, "like"),
        ({"harmonize": "i", "dither": "bayer"}, "dither"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_option_is_named(client, held: str, options: dict[str, str], option: str | None) -> None:
    answer = client.get(RECOLOR, params={"picture": held, **options})
    problem = answer.json()
    assert answer.status_code == 400, problem
    assert problem.get("option") == option, problem


def test_a_digest_not_in_memory_is_refused(client, held: str) -> None:
    assert client.get(RECOLOR, params={"picture": "0" * 64, "change": TEXT}).status_code == 404
    assert client.get(RECOLOR, params={"picture": held, "like": "0" * 64}).status_code == 404
    mask = client.post(RECOLOR, files={"file": ("a", client.service.store.get(held)), "mask": ("b", b"x")})
    assert mask.status_code == 400
