"""Films over HTTP: jobs, their files and limits, and what becomes of their processes."""

import io
import json
import os
import runpy
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pochade.cli.app import app
from pochade.errors import PochadeError, TooLargeError
from pochade.web.clients import Tally
from pochade.web.films import child
from pochade.web.films.options import film_request
from pochade.web.films.upload import Spool
from pochade.web.problems import Problem
from pochade.web.settings import Settings

clips = runpy.run_path(str(Path(__file__).parents[1] / "films/clips.py"))
FILMS = "/api/v1/films"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of three scenes in three seconds."""
    frames = [frame for seed in range(3) for frame in clips["scene"](seed, 24)]
    return clips["drawn"](tmp_path_factory.mktemp("film") / "clip.mov", frames, codec="png")


@pytest.fixture(scope="module")
def filmed(client_of: Callable[..., Any]) -> Iterator[Any]:
    """A client of an app that takes films, with small limits."""
    with client_of(films=True, film_bytes=1 << 20, film_seconds=60, film_pixels=10_000) as client:
        yield client


def ended(client: Any, place: str, until: Callable[..., None]) -> dict[str, Any]:
    """The job at a place once it is over."""
    until(lambda: client.get(place).json()["state"] in ("done", "failed"))
    return client.get(place).json()


@pytest.fixture(scope="module")
def done(filmed: Any, clip: Path, until: Callable[..., None]) -> str:
    """The place of a job that is done."""
    form = {"k": "4", "format": "html,otio,png,pdf", "view": "sheet"}
    answer = filmed.post(FILMS, files={"file": ("films/clip.mov", clip.read_bytes())}, data=form)
    assert (answer.status_code, answer.json()["state"]) == (202, "counting"), answer.text
    place = answer.headers["location"]
    early = filmed.get(f"{place}/html")
    assert (early.status_code, early.json()["title"]) == (409, "Not done")
    job = ended(filmed, place, until)
    assert job["state"] == "done", job
    return place


def stopped(client: Any, until: Callable[..., None]) -> int:
    """The process of the film under way, which waits for a signal to go on."""
    jobs = client.service.films
    until(lambda: jobs.pids)
    os.kill(jobs.pids[0], signal.SIGSTOP)
    return jobs.pids[0]


def test_a_film_has_the_bytes_of_the_command_line_in_every_format(filmed, done, clip, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(clip.parent)
    texts, drawn = ("json", "csv", "edl", "vtt", "ffmeta", "html", "otio"), ("png", "pdf")
    outputs = [part for format in (*texts, *drawn) for part in ("-o", str(tmp_path / f"a.{format}"))]
    assert app.run(["film", "clip.mov", "-k", "4", "--view", "sheet", "--no-resume", *outputs]) == 0
    more = ["--view", "mean", "--columns", "90", "--no-resume", "-o", str(tmp_path / "b.webp")]
    assert app.run(["film", "clip.mov", "-k", "4", *more]) == 0
    for format in texts:
        assert filmed.get(f"{done}/{format}").content == (tmp_path / f"a.{format}").read_bytes(), format
    for format in drawn:
        query = {"view": "sheet"}
        assert filmed.get(f"{done}/{format}", params=query).content == (tmp_path / f"a.{format}").read_bytes(), format
    answer = filmed.get(f"{done}/webp", params={"view": "mean", "columns": 90})  # written when asked for
    assert (answer.headers["content-type"], answer.content) == ("image/webp", (tmp_path / "b.webp").read_bytes())


def test_a_job_has_its_shots_stills_and_palette(filmed, done) -> None:
    job, whole = filmed.get(done).json(), filmed.get(f"{done}/json").json()
    assert (job["name"], job["share"], job["seconds_left"], job["count"], job["final"]) == ("clip.mov", 1, 0, 3, True)
    assert job["shots"] == whole["shots"]
    assert job["palette"] == whole["palette"]
    assert filmed.get(done, params={"since": 2}).json()["shots"] == whole["shots"][2:]
    slices = filmed.get(f"{done}/columns").json()
    assert (len(slices["columns"]), slices["columns"][0][0], slices["columns"][-1][1]) == (1200, 0, 3)
    still = filmed.get(f"{done}/stills/3")
    assert still.content[:3] == b"\xff\xd8\xff"
    assert filmed.get(f"{done}/stills/4").status_code == 404
    tag = {"If-None-Match": still.headers["etag"]}
    assert filmed.get(f"{done}/stills/3", headers=tag).status_code == 304
    assert filmed.get(done, params={"since": -1}).json()["option"] == "since"


def test_the_schema_and_the_reference_have_the_addresses_of_films(filmed, done) -> None:
    schema = filmed.get("/api/v1/openapi.json").json()
    post = schema["paths"][FILMS]["post"]
    names = [one["name"] for one in post["parameters"]]
    assert {"every", "sampling", "bars", "shots", "k", "view", "url"} < set(names)
    assert not {"resume", "progress", "on_shot", "max_bytes", "isolate", "region"} & set(names)
    assert len(names) == len(set(names))
    answer = schema["paths"]["/api/v1/films/{job}"]["get"]["responses"]["200"]["content"]["application/json"]
    jsonschema.validate(filmed.get(done).json(), answer["schema"])
    page = filmed.get("/docs").text
    assert "/api/v1/films/{job}/{format}" in page
    for path in (done, f"{done}/csv", f"{done}/columns", f"{done}/stills/1"):
        get, head = filmed.get(path), filmed.head(path)
        assert (head.status_code, head.content, head.headers) == (200, b"", get.headers)
    assert filmed.put(done).headers["allow"] == "DELETE, GET, HEAD"


@pytest.mark.parametrize(
    ("query", "option"),
    [
        ("k=0", "k"),
        ("every=sometimes", "every"),
        ("threshold=0", "threshold"),
        ("shots=/etc/passwd", "shots"),
        ("format=exe", "format"),
        ("format=png&view=square", "view"),
        ("format=csv&view=mean", "view"),
        ("resume=true", "resume"),
        ("max_pixels=9", "max_pixels"),
        ("public_only=false", "public_only"),
        ("region=0,0,1,1", "region"),
        ("name=" + 201 * "a", "name"),
    ],
)
def test_options_are_checked_before_the_film_is_counted(filmed, query: str, option: str) -> None:
    before = len(filmed.service.films)
    answer = filmed.post(f"{FILMS}?{query}", content=b"no film")
    assert (answer.status_code, answer.json()["option"]) == (400, option), answer.text
    assert len(filmed.service.films) == before


@pytest.mark.parametrize(
    ("body", "status", "title"),
    [
        ({"content": b""}, 400, "No picture given"),
        ({"json": {"url": "http://127.0.0.1:9/film.mkv"}}, 400, "URL refused"),
        ({"json": {"data": "data:video/mp4;base64,AAAA"}}, 400, "Option not allowed"),
        ({"files": {"film": b"a"}}, 400, "Option not allowed"),
        ({"files": {"file": bytes((1 << 20) + 1)}}, 413, "Too large"),
        ({"content": iter([bytes(1 << 19)] * 3)}, 413, "Too large"),
        ({"content": b"a", "params": {"start": 3, "end": 2}}, 422, "Nothing to see"),
    ],
)
def test_a_body_that_is_no_film_leaves_nothing(filmed, body, status: int, title: str) -> None:
    answer = filmed.post(FILMS, **body)
    assert (answer.status_code, answer.json()["title"]) == (status, title), answer.text

    assert filmed.service.films._disk.held == 0


@pytest.mark.parametrize(
    ("bytes_of", "query", "status", "said"),
    [
        (lambda clip: b"ffconcat version 1.0\nfile /etc/passwd\n", "", 415, "film"),
        (lambda clip: clip.read_bytes(), "start=50", 422, "lies after its end"),
        (lambda clip: clip.read_bytes()[:-4000], "", 422, "ends"),
    ],
)
def test_a_film_that_cannot_be_counted_fails_with_its_reason(
    filmed, clip, until, bytes_of, query: str, status: int, said: str
) -> None:
    place = filmed.post(f"{FILMS}?{query}", content=bytes_of(clip)).headers["location"]
    job = ended(filmed, place, until)
    assert (job["state"], job["problem"]["status"]) == ("failed", status), job
    assert said in job["problem"]["detail"]
    assert filmed.get(f"{place}/html").json() == job["problem"]


def test_minutes_pixels_and_shots_are_limited(clip, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    def count(settings: Settings, query: dict[str, str]) -> None:
        request = film_request(query, settings)
        order = child.Count("clip.mov", request.keywords, request.files, settings.film_seconds)
        with clip.open("rb") as file:
            child.count(order, file, lambda *message: told.append(message))

    with pytest.raises(TooLargeError, match=r"longer than the 0.04\d* minutes"):
        count(Settings(film_seconds=2.5), {})
    with pytest.raises(TooLargeError, match="96 x 72 pixels a frame"):
        count(Settings(film_pixels=96 * 72 - 1), {})
    assert [message for message in told if message[0] != "progress"] == []
    monkeypatch.setattr(child, "MAX_SHOTS", 1)
    with pytest.raises(TooLargeError, match="more than 1 shots"):
        count(Settings(film_seconds=2.5), {"end": "2"})


def test_a_file_that_cannot_be_written_costs_no_film(clip, monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(film: Any, path: str, **options: Any) -> bytes:
        if path.endswith(".otio"):
            raise PochadeError("OTIO needs a library")
        return b"a"

    monkeypatch.setattr("pochade.films.files.encode", encode)
    told: list[Any] = []
    with clip.open("rb") as file:
        order = child.Count("clip.mov", {}, (("otio", {}), ("html", {})), 60)
        child.count(order, file, lambda *message: told.append(message))
        written = [message[1] for message in told if message[0] == "file"]
        assert child.key_of("html", {}) in written
        assert child.key_of("otio", {}) not in written
        assert told[-1][0] == "film"
        with pytest.raises(PochadeError, match="OTIO needs"):
            child.write(child.Write((("otio", {}),)), io.BytesIO(told[-1][2]), lambda *message: None)


@pytest.fixture(scope="module")
def small(client_of: Callable[..., Any]) -> Iterator[Any]:
    """A client of an app that keeps four films, two of them for one client, and these not long."""
    with client_of(films=True, film_places=4, share=0.5, film_hold=0) as client:
        yield client


def test_a_deleted_job_ends_its_process_and_makes_room(small, clip, until, alive) -> None:
    places = [small.post(FILMS, content=clip.read_bytes()).headers["location"] for _ in range(2)]
    assert [small.get(place).json()["state"] for place in places] == ["counting", "waiting"]
    pid = stopped(small, until)
    full = small.post(FILMS, content=clip.read_bytes())
    assert (full.status_code, full.headers["retry-after"]) == (503, "30")
    assert "This client has 2 films" in full.json()["detail"]
    assert [small.delete(place).status_code for place in reversed(places)] == [204, 204]
    until(lambda: not alive(pid))
    assert [small.get(place).json()["title"] for place in places] == ["Job not held"] * 2
    until(lambda: small.service.films._disk.held == 0)


def test_the_death_of_a_process_costs_its_job(small, clip, until, alive) -> None:
    place = small.post(FILMS, content=clip.read_bytes()).headers["location"]
    waiting = small.post(FILMS, content=clip.read_bytes(), params={"every": 1}).headers["location"]
    os.kill(stopped(small, until), signal.SIGKILL)
    job = ended(small, place, until)
    assert (job["problem"]["status"], "died" in job["problem"]["detail"]) == (413, True)
    assert ended(small, waiting, until)["state"] == "done"
    third = small.post(FILMS, content=clip.read_bytes()).headers["location"]  # in the place of the first
    assert [small.get(one).status_code for one in (place, waiting, third)] == [404, 200, 200]
    small.service.films.sweep()
    assert [small.get(one).status_code for one in (waiting, third)] == [404, 200]
    metrics = small.get("/api/v1/metrics").text
    assert 'pochade_films_total{outcome="died"} 1.0' in metrics
    assert 'pochade_films_total{outcome="done"} 1.0' in metrics
    pid = stopped(small, until)
    small.service.kill()  # as the second signal does
    until(lambda: not alive(pid))


def test_films_of_one_client_leave_room_for_others() -> None:
    disk = Tally(4, 2)
    one, other = Spool(disk, "a"), Spool(disk, "b")
    one.hold(2)
    with pytest.raises(Problem, match="from this client"):
        one.hold(1)
    other.hold(2)
    one.close()
    assert disk.held == 2
    other.close()


def test_without_films_each_address_names_the_flag(client) -> None:
    for method, path in (("POST", FILMS), ("GET", f"{FILMS}/0"), ("DELETE", f"{FILMS}/0"), ("GET", f"{FILMS}/0/html")):
        answer = client.request(method, path)
        assert (answer.status_code, answer.json()["title"]) == (403, "Films are off")
        assert "pochade serve --films" in answer.json()["detail"]
    assert FILMS not in client.get("/api/v1/openapi.json").json()["paths"]
    assert client.get("/api/v1/options").json()["films"] is False


def test_a_server_of_films_without_pyav_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from pochade.web import server

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(PochadeError, match=r"pip install 'pochade\[film\]'"):
        server.serve(films=True, port=0)


def test_a_killed_server_leaves_no_process_and_no_file(serve, clip, until, alive, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("POCHADE_SERVE_FILM_PLACES", "3")
    with serve("--films") as server:
        status, body, _ = server.ask("POST", FILMS, clip.read_bytes())
        assert (status, json.loads(body)["name"]) == (202, "film")
        until(lambda: len(server.workers()) == 2)
        pids = server.workers()
        server.process.kill()
        server.process.wait(120)
        until(lambda: not any(map(alive, pids)))
    assert list(tmp_path.iterdir()) == []
