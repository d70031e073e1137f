"""Collections over HTTP: the bytes of the command line, and nothing from outside the root."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("pyarrow", reason="collections need pyarrow")

import pochade
from pochade.cli import main
from pochade.errors import OptionError
from pochade.web.settings import Settings

AT = "/api/v1/collections/museum"


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of six pictures, one of them broken and one in a folder with a difficult name."""
    place = tmp_path_factory.mktemp("served")
    colors = {"a.png": (0, 128, 128), "b.png": (195, 39, 39), "c.png": (0, 120, 140), "d \n#1/ü.png": (250, 250, 250)}
    for name, codes in colors.items():
        (file := place / "scans" / name).parent.mkdir(parents=True, exist_ok=True)
        picture = np.full((20, 30, 3), codes, np.uint8)
        picture[:4, :6] = (255, 165, 0)
        Image.fromarray(picture).save(file)
    (place / "scans" / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    pochade.collect(place / "scans", place / "museum.pochade", recursive=True, jobs=1)
    Image.fromarray(picture).save(place / "scans" / "later.png")
    Image.fromarray(picture).save(place / "secret.png")
    return place


@pytest.fixture(scope="module")
def server(museum: Path, client_of: Any) -> Any:
    with client_of(collections=(str(museum / "museum.pochade"),), max_bytes=1 << 20) as client:
        yield client


def printed(capfd: pytest.CaptureFixture[str], *arguments: str) -> bytes:
    """What the command line prints."""
    assert main([*arguments]) == 0
    return capfd.readouterr().out.encode()


def test_answers_are_the_bytes_of_the_command_line(server, museum, monkeypatch, capfd):
    monkeypatch.chdir(museum)
    listed = server.get("/api/v1/collections").json()
    assert listed == {"collections": [{"name": "museum", "pictures": 4, "failed": 1}]}
    for query, arguments in (({"k": 3}, ["-k", "3", "-f", "json"]), ({"format": "css"}, ["-f", "css"])):
        answer = server.get(f"{AT}/palette", params=query)
        assert answer.content.rstrip() == printed(capfd, "museum.pochade", *arguments).rstrip()
    body = {"wishes": ["teal:60%", "orange:2%..10%"], "without": ["any red"], "top": 2}
    arguments = ["find", "museum.pochade", *body["wishes"], "--no", "any red", "-n", "2", "-f", "json"]
    answer = server.post(f"{AT}/find", json=body)
    assert answer.content == printed(capfd, *arguments)
    assert [one["id"] for one in answer.json()["pictures"]] == ["a.png", "c.png"]


def test_like_takes_an_id_or_a_picture_in_memory_and_opens_no_file(server, museum):
    byid = server.post(f"{AT}/find", json={"like": "a.png", "top": 2}).json()
    assert [one["id"] for one in byid["pictures"]] == ["a.png", "c.png"]
    content = (museum / "scans" / "b.png").read_bytes()
    digest = server.post("/api/v1/pictures", content=content).json()["picture"]
    assert server.post(f"{AT}/find", json={"like": {"picture": digest}}).json()["pictures"][0]["id"] == "b.png"
    for like in (str(museum / "secret.png"), "http://127.0.0.1:1/x.png", "-", "clipboard:"):
        refused = server.post(f"{AT}/find", json={"like": like})
        assert refused.status_code == 400
        assert "no picture of the collection has this id" in refused.json()["detail"]
    gone = server.post(f"{AT}/find", json={"like": {"picture": "0" * 64}})
    assert gone.json()["type"].endswith("/not-held")


def test_only_pictures_of_the_collection_are_served(server, museum):
    answer = server.get(f"{AT}/pictures", params={"id": "d \n#1/ü.png", "width": 10})
    assert answer.headers["content-type"] == "image/jpeg"
    again = {"If-None-Match": answer.headers["etag"]}
    assert server.get(f"{AT}/pictures", params={"id": "d \n#1/ü.png", "width": 10}, headers=again).status_code == 304
    outside = museum / "scans" / "link.png"
    outside.symlink_to(museum / "secret.png")
    for id in ("../secret.png", str(museum / "secret.png"), "later.png", "link.png", "cut.png", "./a.png", "a.png\0"):
        assert server.get(f"{AT}/pictures", params={"id": id}).status_code == 404, id
    outside.unlink()
    real = museum / "scans" / "a.png"
    shutil.copy(real, museum / "kept.png")
    real.unlink()
    real.symlink_to(museum / "secret.png")  # a picture of the collection that leads outside now
    assert server.get(f"{AT}/pictures", params={"id": "a.png"}).status_code == 404
    real.unlink()
    shutil.move(museum / "kept.png", real)
    assert server.get(f"{AT}/pictures", params={"id": "a.png", "width": 2000}).status_code == 400
    assert server.get(f"{AT}/pictures", params={"id": "a.png", "scale": 1}).status_code == 400


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "nothing to find"),
        ({"wishes": ["teal:60%", "red:70%"]}, "130 %"),
        ({"wishes": ["blorple"]}, "blorple"),
        ({"wishes": ["red"] * 17}, "at most 16"),
        ({"wishes": [1]}, "each color is a text"),
        ({"wishes": ["red"], "top": 201}, "200"),
        ({"wishes": ["red"], "within": 0}, "within=0"),
        ({"wishes": ["red"], "within": "far"}, "within='far'"),
        ({"like": {"url": "http://127.0.0.1/"}}, "like"),
        ({"wish": ["red"]}, "'wish' is no option here"),
    ],
)
def test_wrong_searches_are_problems(server, body, said):
    answer = server.post(f"{AT}/find", json=body)
    assert answer.status_code == 400, answer.text
    assert said in answer.json()["detail"]


def test_unknown_and_broken_collections_are_problems(server, client, museum):
    assert (
        server.post("/api/v1/collections/other/find", json={"wishes": ["red"]}).json()["type"].endswith("no-collection")
    )
    assert client.get("/api/v1/collections").json() == {"collections": []}
    assert client.get(f"{AT}/palette").json()["type"].endswith("no-collection")
    with pytest.raises(OptionError, match="is no collection"):
        Settings(collections=(str(museum / "scans"),))
    other = museum / "inner" / "museum.pochade"
    shutil.copytree(museum / "museum.pochade", other)
    with pytest.raises(OptionError, match="called 'museum' like another"):
        Settings(collections=(str(museum / "museum.pochade"), str(other)))


def test_a_collection_that_changes_is_served_as_it_is_now(museum, client_of):
    place = museum / "changing"
    shutil.copytree(museum / "scans", place / "scans")
    made = pochade.collect(place / "scans", place / "new.pochade", jobs=1)
    with client_of(collections=(str(place / "new.pochade"),)) as server:
        find = {"wishes": ["#00ff00"]}
        assert server.post("/api/v1/collections/new/find", json=find).json()["pictures"] == []
        Image.new("RGB", (8, 8), "#00ff00").save(place / "scans" / "green.png")
        made.update(jobs=1)
        assert [one["id"] for one in server.post("/api/v1/collections/new/find", json=find).json()["pictures"]] == [
            "green.png"
        ]
        (place / "new.pochade" / "sums" / "0-of-1.parquet").write_bytes(b"PAR1")
        broken = server.get("/api/v1/collections/new/palette")
        assert broken.json()["type"].endswith("broken-collection")
        assert json.dumps(str(place))[1:-1] not in broken.text
