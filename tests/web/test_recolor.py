"""Recolored pictures over HTTP, and the lookup table for browsers."""

import io

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.files import encode_picture
from pochade.kernel.lut import UNIT
from pochade.web.answer import MAX_NOTE_CHARACTERS, header_of

RECOLOR = "/api/v1/recolor"
RED, BLUE = "#ce1126", "#1a4c8e"
CHANGE = {RED: BLUE}
TEXT = f"{RED[1:]}:{BLUE[1:]}"


@pytest.fixture
def shot(client, photo: np.ndarray, encode) -> tuple[str, bytes, list[str]]:
    """A photo in the server's memory: its digest, bytes and palette."""
    data = encode(photo)
    digest = client.post("/api/v1/pictures", content=data).json()["picture"]
    return digest, data, pochade.extract(data, 6).hex


def opened(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)))


def applied(codes: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """The interpolation that a browser computes: along each channel from the node below, largest remainder first."""
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
def test_the_picture_equals_the_librarys(client, stored: str, png: bytes, format: str) -> None:
    answer = client.get(RECOLOR, params={"picture": stored, "change": TEXT, "format": format})
    recolored = pochade.recolor(png, CHANGE)
    assert answer.status_code == 200, answer.text
    assert answer.content == encode_picture(recolored.image, "", f".{format}")
    assert answer.headers["content-type"] == f"image/{'jpeg' if format == 'jpg' else format}"
    assert answer.headers["content-disposition"] == f'attachment; filename="picture.{format}"'


def test_cube_and_hald_equal_the_librarys(client, stored: str, png: bytes) -> None:
    recolored = pochade.recolor(png, CHANGE)
    query = {"picture": stored, "change": TEXT}
    assert client.get(RECOLOR, params={**query, "format": "cube"}).text == recolored.lut.cube()
    assert client.get(RECOLOR, params={**query, "format": "hald"}).content == recolored.lut.hald_png()


def test_the_table_for_a_browser_makes_the_same_picture(client, shot) -> None:
    digest, data, colors = shot
    query = {"picture": digest, "colors": ",".join(colors), "change": f"{colors[0]}:navy,{colors[2]}:#c05020"}
    answer = client.get(RECOLOR, params={**query, "format": "lut"})
    n = int(answer.headers["pochade-lut-size"])
    assert answer.headers["content-type"] == "application/octet-stream"
    moves = np.frombuffer(answer.content, "<i2").reshape(n, n, n, 3)
    picture = opened(client.get(RECOLOR, params=query).content)
    assert np.abs(applied(opened(data), moves).astype(int) - picture).max() <= 1
    assert (picture != opened(data)).any()


def test_no_edit_gives_the_same_picture(client, shot) -> None:
    digest, data, colors = shot
    answer = client.get(RECOLOR, params={"picture": digest, "change": "", "colors": ",".join(colors)})
    assert np.array_equal(opened(answer.content), opened(data))
    table = client.get(RECOLOR, params={"picture": digest, "change": "", "format": "lut"})
    assert not np.frombuffer(table.content, "<i2").any()


def test_the_edit_applies_to_the_palette_of_the_request(client, shot) -> None:
    digest, data, colors = shot
    query = {"picture": digest, "colors": ",".join(colors), "change": f"{colors[1]}:red", "format": "json"}
    body = client.get(RECOLOR, params=query).json()
    recolored = pochade.recolor(data, {colors[1]: "red"}, palette=colors)
    assert body == {
        "palette": colors,
        "after": [color.hex for color in recolored.after],
        "weights": recolored.palette.weights.tolist(),
        "tone": "local",
        "reason": recolored.reason,
    }
    assert body["after"] == [colors[0], "#ff0000", *colors[2:]]
    extraction = {"method": "octree", "k": 6, "seed": 2}
    assert client.get(RECOLOR, params={**query, **extraction}).json() == body


@pytest.mark.parametrize("tone", [None, "global"])
def test_a_second_edit_has_the_same_result_as_a_first_one(client, shot, tone: str | None) -> None:
    digest, data, colors = shot
    wish = {} if tone is None else {"tone": tone}
    for new in ("#20a040", "#f0e0d0"):
        query = {"picture": digest, "change": f"{colors[0]}:{new}", **wish}
        answer = client.get(RECOLOR, params=query)
        assert np.array_equal(opened(answer.content), pochade.recolor(data, {colors[0]: new}, **wish).image)


def test_a_further_edit_does_not_open_the_picture(client, shot) -> None:
    digest, _, colors = shot
    laps = []
    for new in ("112233", "445566"):
        query = {"picture": digest, "k": 4, "change": f"{colors[0]}:{new}", "format": "lut"}
        timing = client.get(RECOLOR, params=query).headers["server-timing"]
        laps.append(float(timing.split("open;dur=")[1].split(",")[0]))
    assert laps[1] < laps[0] / 4


def test_a_picture_takes_the_colors_of_another_picture_or_palette(client, shot, stored: str, png: bytes) -> None:
    digest, data, _ = shot
    answer = client.get(RECOLOR, params={"picture": digest, "like": stored})
    assert np.array_equal(opened(answer.content), pochade.recolor(data, like=png).image)
    answer = client.get(RECOLOR, params={"picture": digest, "like_colors": "3a1a10,c07030"})
    like = pochade.Palette.from_dict({"colors": ["#3a1a10", "#c07030"]})
    assert np.array_equal(opened(answer.content), pochade.recolor(data, like=like).image)


@pytest.mark.parametrize("template", ["auto", "I"])
def test_hues_are_harmonized(client, shot, template: str) -> None:
    digest, data, _ = shot
    body = client.get(RECOLOR, params={"picture": digest, "harmonize": template, "format": "json"}).json()
    recolored = pochade.recolor(data, harmonize=template)
    assert (body["after"], body["reason"]) == ([color.hex for color in recolored.after], recolored.reason)


def test_json_may_have_an_object_of_changes(client, stored: str) -> None:
    query = {"picture": stored, "change": {RED: "rgb(26, 76, 142)", "white": "#fffffe"}, "format": "json"}
    answer = client.post(RECOLOR, json=query)
    assert answer.status_code == 200, answer.text
    as_query = {"picture": stored, "change": f"{TEXT},white:fffffe", "format": "json"}
    assert client.get(RECOLOR, params=as_query).json() == answer.json()


def test_the_picture_may_be_in_the_body(client, png: bytes) -> None:
    expected = opened(client.post(RECOLOR, params={"change": TEXT}, content=png).content)
    form = client.post(RECOLOR, files={"file": ("a", png)}, data={"change": TEXT})
    assert np.array_equal(opened(form.content), expected)


def test_alpha_stays(client, encode) -> None:
    codes = np.full((20, 20, 4), (206, 17, 38, 255), np.uint8)
    codes[:9, :, 3] = 0
    data = encode(codes)
    recolored = opened(client.post(RECOLOR, params={"change": TEXT}, content=data).content)
    assert np.array_equal(recolored[..., 3], codes[..., 3])
    assert recolored[15, 0].tolist() == [26, 76, 142, 255]
    refused = client.post(RECOLOR, params={"change": TEXT, "format": "jpg"}, content=data)
    assert (refused.status_code, refused.json()["option"]) == (400, "format")


def test_an_unchanged_answer_is_a_304(client, stored: str) -> None:
    query = {"picture": stored, "change": TEXT, "format": "lut"}
    first = client.get(RECOLOR, params=query)
    tag = {"If-None-Match": first.headers["etag"]}
    assert client.get(RECOLOR, params=query, headers=tag).status_code == 304
    assert client.get(RECOLOR, params={**query, "change": f"{RED[1:]}:red"}, headers=tag).status_code == 200


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
def test_a_bad_option_is_named(client, stored: str, options: dict[str, str], option: str | None) -> None:
    answer = client.get(RECOLOR, params={"picture": stored, **options})
    problem = answer.json()
    assert answer.status_code == 400, problem
    assert problem.get("option") == option, problem


def test_a_digest_not_in_memory_is_refused(client, stored: str) -> None:
    assert client.get(RECOLOR, params={"picture": "0" * 64, "change": TEXT}).status_code == 404
    assert client.get(RECOLOR, params={"picture": stored, "like": "0" * 64}).status_code == 404
    mask = client.post(RECOLOR, files={"file": ("a", client.service.store.get(stored)), "mask": ("b", b"x")})
    assert mask.status_code == 400


@pytest.fixture
def walking() -> bytes:
    """A GIF of three frames."""
    frames = [Image.new("RGB", (20, 20), color) for color in (RED, BLUE, "#f2c012")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=50)
    return file.getvalue()


def test_a_header_says_that_a_jpeg_holds_one_frame_of_many(client, walking) -> None:
    for format, said in [
        ("jpg", "A .jpg holds the first of 3 frames; .png and .webp hold all."),
        ("png", None),
        ("webp", None),
        ("cube", None),
    ]:
        answer = client.post(RECOLOR, params={"change": TEXT, "format": format}, content=walking)
        assert answer.status_code == 200
        assert answer.headers.get("pochade-notes") == said
    one = client.post(RECOLOR, params={"change": TEXT, "format": "jpg", "frame": "0"}, content=walking)
    assert "pochade-notes" not in one.headers


@pytest.fixture
def pages() -> bytes:
    """A TIFF of two pages."""
    file = io.BytesIO()
    Image.new("RGB", (20, 20), RED).save(
        file, "TIFF", save_all=True, append_images=[Image.new("RGB", (20, 20), "white")]
    )
    return file.getvalue()


def test_every_edited_picture_says_that_it_is_one_page_of_many(client, pages) -> None:
    said = "Only one page of the file is used; the option frame chooses another."
    for path, options in [("recolor", {"change": TEXT}), ("quantize", {"k": "2"}), ("background", {})]:
        answer = client.post(f"/api/v1/{path}", params=options, content=pages)
        assert answer.headers["pochade-notes"] == said
        told = "quantize/report" if path == "quantize" else path
        facts = client.post(
            f"/api/v1/{told}", params={**options, "format": "json"} if told == path else options, content=pages
        )
        assert facts.json()["notes"] == [said]
        chosen = client.post(f"/api/v1/{path}", params={**options, "frame": "1"}, content=pages)
        assert chosen.status_code == 200
        assert "pochade-notes" not in chosen.headers


def test_a_note_of_any_text_fits_into_a_header() -> None:
    assert header_of([]) == {}
    assert header_of(["ü\r\nx", "y" * 5000])["Pochade-Notes"].startswith("? x yyy")
    assert len(header_of(["y" * 5000])["Pochade-Notes"]) == MAX_NOTE_CHARACTERS
