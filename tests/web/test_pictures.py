"""Pictures in the server's memory, and their previews, label maps, clouds and posters."""

import io

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.draw import poster
from pochade.web.store import Store
from pochade.web.work.kind import kind_of

PICTURES = "/api/v1/pictures"


def test_a_picture_is_stored_and_deleted(client, photo: np.ndarray, encode) -> None:
    data = encode(photo[:77], "JPEG")
    answer = client.post(PICTURES, content=data)
    digest = answer.json()["picture"]
    assert answer.status_code == 201
    assert answer.json() == {
        "picture": digest,
        "width": 160,
        "height": 77,
        "bytes": len(data),
        "kind": "JPEG",
        "frames": 1,
    }
    assert answer.headers["location"] == f"{PICTURES}/{digest}"
    assert client.get("/api/v1/clusters", params={"picture": digest}).status_code == 200
    assert client.delete(answer.headers["location"]).status_code == 204
    for request in (client.get(f"/api/v1/palette?picture={digest}"), client.delete(answer.headers["location"])):
        assert (request.status_code, request.json()["title"]) == (404, "Picture not held")


def test_an_unreadable_picture_is_refused(client) -> None:
    assert client.post(PICTURES, content=b"no picture").status_code == 415


def test_a_preview_of_any_kind_of_picture_is_a_jpeg(client, encode) -> None:
    codes = np.zeros((40, 80, 3), np.uint8)
    codes[:, 40:] = 255, 0, 0
    digest = client.post(PICTURES, content=encode(codes, "TIFF")).json()["picture"]
    answer = client.get(f"{PICTURES}/{digest}", params={"width": 20})
    assert answer.headers["content-type"] == "image/jpeg"
    shown = Image.open(io.BytesIO(answer.content))
    assert shown.size == (20, 10)
    assert np.allclose(shown.getpixel((17, 5)), (255, 0, 0), atol=4)
    again = client.get(f"{PICTURES}/{digest}?width=20", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_preview_has_the_transparency_of_the_picture(client, encode) -> None:
    codes = np.zeros((10, 10, 4), np.uint8)
    codes[:5] = 10, 200, 30, 255
    digest = client.post(PICTURES, content=encode(codes)).json()["picture"]
    shown = Image.open(io.BytesIO(client.get(f"{PICTURES}/{digest}").content))
    assert np.array_equal(np.asarray(shown)[..., 3], codes[..., 3])


@pytest.mark.parametrize("width", ["0", "-1", "4097", "x", "1e3"])
def test_a_width_out_of_bounds_is_refused(client, stored: str, width: str) -> None:
    answer = client.get(f"{PICTURES}/{stored}", params={"width": width})
    assert (answer.status_code, answer.json()["title"]) == (400, "Option not allowed")


def test_the_label_map_has_the_color_of_each_pixel(client, stored: str, png: bytes) -> None:
    answer = client.get("/api/v1/labels", params={"picture": stored, "k": 3})
    labels = np.asarray(Image.open(io.BytesIO(answer.content)))
    assert answer.headers["content-type"] == "image/png"
    assert np.array_equal(labels, pochade.extract(png, 3).labels())


def test_a_scaled_down_label_map_has_no_new_labels(client, stored: str, png: bytes) -> None:
    answer = client.get("/api/v1/labels", params={"picture": stored, "k": 3, "width": 30, "region": "0,0,45,60"})
    labels = np.asarray(Image.open(io.BytesIO(answer.content)))
    assert labels.shape == (20, 30)
    assert set(labels[:, 16:].ravel()) == {255}
    assert set(labels[:, :14].ravel()) <= {0, 1, 2}


def test_the_cloud_has_the_pictures_colors(client, stored: str, png: bytes) -> None:
    body = client.get("/api/v1/cloud", params={"picture": stored, "k": 3, "cloud_space": "rgb"}).json()
    palette = pochade.extract(png, 3)
    assert body["space"] == "rgb"
    assert sum(point[4] for point in body["points"]) == pytest.approx(1, abs=1e-4)
    for *place, color, share, index in body["points"]:
        assert color == palette.hex[index]
        assert share == pytest.approx(palette[index].weight, abs=1e-5)
        assert place == pytest.approx([code / 255 for code in palette[index].srgb], abs=1e-3)


def test_the_cloud_has_at_most_5000_points(client, encode) -> None:
    rng = np.random.default_rng(0)
    digest = client.post(PICTURES, content=encode(rng.integers(0, 255, (300, 400, 3), np.uint8))).json()["picture"]
    assert len(client.get("/api/v1/cloud", params={"picture": digest}).json()["points"]) <= 5000


@pytest.mark.parametrize("layout", ["card", "story"])
def test_the_poster_equals_the_librarys(client, stored: str, png: bytes, layout: str) -> None:
    query = {"picture": stored, "k": 3, "layout": layout, "dark": "true", "title": "Flag"}
    answer = client.get("/api/v1/poster", params=query)
    expected = poster(pochade.extract(png, 3), layout=layout, dark=True, title="Flag")
    assert answer.headers["content-type"] == "image/png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(answer.content))), np.asarray(expected))


@pytest.mark.parametrize("pictured", [True, False])
def test_an_edited_palette_has_a_poster(client, stored: str, png: bytes, pictured: bool) -> None:
    edited = {"colors": [{"hex": "#8e1a24", "weight": 0.7, "name": "Barn"}, {"hex": "#f2e8d5", "weight": 0.3}]}
    query = {"picture": stored} if pictured else {}
    answer = client.post("/api/v1/poster", params={"title": "Flag", **query}, json=edited)
    expected = poster(pochade.Palette.from_dict(edited), title="Flag", picture=png if pictured else None)
    assert answer.headers["content-type"] == "image/png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(answer.content))), np.asarray(expected))


@pytest.mark.parametrize(
    ("wish", "body", "status"),
    [
        ({"titel": "x"}, {"colors": ["#fff"]}, 400),
        ({"layout": "square"}, {"colors": ["#fff"]}, 400),
        ({}, {"colors": []}, 400),
        ({}, {"colours": ["#fff"]}, 400),
        ({"picture": "0" * 64}, {"colors": ["#fff"]}, 404),
        ({"picture": "x"}, {"colors": ["#fff"]}, 400),
    ],
)
def test_a_poster_without_a_palette_is_refused(client, wish: dict, body: dict, status: int) -> None:
    assert client.post("/api/v1/poster", params=wish, json=body).status_code == status


def test_a_poster_of_an_edited_palette_shows_the_region(client, stored: str, png: bytes) -> None:
    region = (0.25, 0.0, 1.0, 0.5)
    palette = pochade.extract(png, 3, region=region)
    wish = {"picture": stored, "title": "Flag", "region": ",".join(map(str, region))}
    answer = client.post("/api/v1/poster", params=wish, json=palette.to_dict())
    expected = poster(
        pochade.Palette.from_dict(palette.to_dict()), title="Flag", picture=pochade.read(png, region=region)
    )
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(answer.content))), np.asarray(expected))
    whole = client.get("/api/v1/poster", params={**wish, "k": 3})
    assert whole.status_code == 200
    assert Image.open(io.BytesIO(whole.content)).size == expected.size


@pytest.mark.parametrize("wish", [{"region": "0.0,0.0,0.5"}, {"region": "0,0,9000,9000"}, {"max_pixels": "9e12"}])
def test_a_poster_of_an_impossible_part_is_refused(client, stored: str, wish: dict) -> None:
    edited = {"colors": ["#8e1a24"]}
    assert client.post("/api/v1/poster", params={"picture": stored, **wish}, json=edited).status_code == 400
    assert client.post("/api/v1/poster", params=wish, json=edited).status_code == 400


def test_an_svg_poster_may_not_run_scripts(client, stored: str) -> None:
    answer = client.get("/api/v1/poster", params={"picture": stored, "k": 3, "type": "svg", "title": "<script>"})
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert b"<script>" not in answer.content


@pytest.mark.parametrize("wish", [{"layout": "square"}, {"dark": "dim"}, {"type": "gif"}, {"titel": "x"}])
def test_an_impossible_poster_is_refused(client, stored: str, wish: dict) -> None:
    answer = client.get("/api/v1/poster", params={"picture": stored, **wish})
    assert (answer.status_code, answer.json()["option"]) == (400, *wish)


def test_the_least_recently_used_pictures_make_room() -> None:
    store = Store(250, 60)
    a, b = store.put(b"a" * 100), store.put(b"b" * 100)
    assert store.get(a)
    c = store.put(b"c" * 100)
    assert [store.get(digest) is None for digest in (a, b, c)] == [False, True, False]
    assert store.swept() == {b}
    assert store.bytes == 200


def test_a_picture_above_the_total_limit_is_not_stored() -> None:
    store = Store(50, 60)
    assert store.get(store.put(b"a" * 100)) is None
    assert (len(store), store.bytes) == (0, 0)


def test_unused_pictures_expire() -> None:
    now = [0.0]
    store = Store(1000, 60, lambda: now[0])
    a, b = store.put(b"a"), store.put(b"b")
    now[0] = 50
    assert store.get(a)
    now[0] = 70
    assert store.swept() == {b}
    now[0] = 140
    assert store.get(a) is None
    assert (len(store), store.bytes) == (0, 0)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF", "WebP"])
def test_kinds_have_their_common_names(photo: np.ndarray, encode, kind: str) -> None:
    assert kind_of(encode(photo, kind)) == kind
