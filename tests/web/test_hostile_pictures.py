"""Pictures that cost more than they say, or end their decoder, cost a request and no worker."""

import importlib
import io
import runpy
import sys
from pathlib import Path

import pytest
from PIL import Image

SOURCE = Path(__file__).parents[1] / "source"
PALETTE = "/api/v1/palette"
LIMITS = runpy.run_path(str(SOURCE / "test_limits.py"))
ISOLATION = runpy.run_path(str(SOURCE / "test_isolation.py"))


def gif(frames: int) -> bytes:
    file = io.BytesIO()
    first, *more = [Image.new("RGB", (8, 8), (40 * i, 0, 0)) for i in range(frames)]
    first.save(file, "GIF", save_all=True, append_images=more)
    return file.getvalue()


def test_claims_of_frames_and_pixels_are_refused(client) -> None:
    for data, said in (
        (LIMITS["animated_png"](2**31 - 1), "2,147,483,647 frames"),
        (LIMITS["jpeg2000"](14_000, 14_000), "takes about 1,372 MB, more than the 1,000 MB"),
    ):
        answer = client.post(PALETTE, params={"max_memory": 10**9}, content=data)
        assert (answer.status_code, answer.json()["title"]) == (413, "Too large")
        assert said in answer.json()["detail"]


def test_the_server_limits_frames_and_a_request_may_limit_them_more(client_of) -> None:
    with client_of(max_frames=4) as client:
        assert client.get("/api/v1/options").json()["limits"]["max_frames"] == 4
        assert client.post(PALETTE, content=gif(4)).status_code == 200
        assert client.post(PALETTE, content=gif(5)).status_code == 413
        assert client.post(PALETTE, params={"max_frames": 3}, content=gif(4)).status_code == 413
        answer = client.post(PALETTE, params={"max_frames": 5}, content=gif(4))
        assert (answer.status_code, answer.json()["option"]) == (400, "max_frames")


@pytest.mark.parametrize("option", ["isolate", "public_only"])
def test_a_request_cannot_decode_in_the_worker(client, png: bytes, option: str) -> None:
    assert client.post(PALETTE, params={option: "false"}, content=png).status_code == 400


def test_a_decoder_that_dies_costs_one_request_and_no_worker(client_of, tmp_path, monkeypatch) -> None:
    (tmp_path / "broken_reader.py").write_text(ISOLATION["READER"])
    about = tmp_path / "broken_reader-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-reader\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pochade.readers]\nbroken = broken_reader\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    assert str(tmp_path) in sys.path  # which worker processes get
    with client_of() as client:
        answer = client.post(PALETTE, content=b"BROKEN crash")
        assert (answer.status_code, answer.json()["title"]) == (415, "Not a picture")
        assert "the picture: the process that decoded it was killed by signal 11" in answer.json()["detail"]
        assert client.post(PALETTE, content=b"BROKEN fine").status_code == 200
        assert 'pochade_tasks_total{outcome="died"} 0.0' in client.get("/api/v1/metrics").text


def test_an_endless_drawing_is_too_large(client_of) -> None:
    pytest.importorskip("resvg_py")
    with client_of(seconds=5.0) as client:
        answer = client.post(PALETTE, content=ISOLATION["ENDLESS"])
        assert answer.status_code == 413
        assert client.post(PALETTE, content=gif(1)).status_code == 200
