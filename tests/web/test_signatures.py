"""Signed requests, and the list of sources: who may make the server fetch, and from where."""

import hashlib
import hmac
from typing import Any
from urllib.parse import quote

import pytest

from pochade.errors import OptionError
from pochade.source.url import connection
from pochade.web.settings import Settings
from pochade.web.signature import signature

KEYS = ("the key of today", "the key of yesterday, \u00fc")
PALETTE = "/api/v1/palette"


@pytest.fixture(autouse=True)
def dialed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The addresses of all connections; none is made."""
    addresses: list[Any] = []

    def connect(self, address: Any) -> None:
        addresses.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(connection._Socket, "connect", connect)
    return addresses


@pytest.fixture(scope="module")
def keyed(client_of):
    with client_of(url_keys=KEYS, private_urls=True, rate=None) as client:
        yield client


def url(name: str = "a.jpg") -> str:
    return quote(f"http://127.0.0.1:9/{name}", safe="")


def sign(address: str, key: str = KEYS[0]) -> str:
    """The signed address; the signature is made with hmac alone, as another program would."""
    digest = hmac.new(key.encode(), address.encode(), hashlib.sha256).hexdigest()
    return f"{address}&signature={digest}"


def test_the_signature_is_that_of_the_standard() -> None:
    # RFC 4231, test case 2
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signature("Jefe", "what do ya want for nothing?") == expected


@pytest.mark.parametrize("key", KEYS)
def test_a_signed_request_makes_the_server_fetch(keyed, dialed, key: str) -> None:
    answer = keyed.get(sign(f"{PALETTE}?url={url()}&k=6", key))
    assert (answer.status_code, answer.json()["title"]) == (400, "URL not fetched")
    assert dialed == [("127.0.0.1", 9)]


@pytest.mark.parametrize(
    "address",
    [
        f"{PALETTE}?url={url()}",
        f"{PALETTE}?url={url()}&signature=",
        f"{PALETTE}?url={url()}&signature=ff",
        f"{PALETTE}?url={url()}&signature=%ff\u00e9",
        sign(f"{PALETTE}?url={url()}", "another key"),
        sign(f"{PALETTE}?url={url()}").replace("a.jpg", "b.jpg"),
        sign(f"{PALETTE}?url={url()}").replace("palette", "clusters"),
        sign(f"{PALETTE}?url={url()}").replace("?", "?k=9&"),
        sign(f"{PALETTE}?url={url()}").replace("&signature", "&k=9&signature"),
        sign(f"{PALETTE}?k=6&x=1") + f"&url={url()}",
        sign(f"{PALETTE}?k=6").replace("?", f"?url={url()}&"),
    ],
)
def test_an_unsigned_or_changed_request_makes_no_connection(keyed, dialed, address: str) -> None:
    answer = keyed.get(address)
    assert (answer.status_code, answer.json()["title"]) == (403, "Not signed")
    assert dialed == []


def test_a_body_is_not_signed_so_it_names_no_url(keyed, dialed, png: bytes) -> None:
    plain = "http://127.0.0.1:9/a.jpg"
    side = {"a": {"url": plain}, "b": {"colors": ["#8e1a24"]}}
    for answer in (
        keyed.post(PALETTE, json={"url": plain}),
        keyed.post("/api/v1/pictures", json={"url": plain}),
        keyed.post(PALETTE, data={"url": plain}, files={"mask": png}),
        keyed.post("/api/v1/compare", json=side),
        keyed.post(sign(f"{PALETTE}?url={url()}")),
        keyed.post(sign(f"{PALETTE}?k=6&x=1"), json={"url": plain}),
    ):
        assert (answer.status_code, answer.json()["title"]) == (403, "Not signed")
    assert dialed == []


def test_requests_that_fetch_nothing_need_no_signature(keyed, png: bytes) -> None:
    answer = keyed.post(PALETTE, content=png)
    assert answer.status_code == 200
    digest = answer.headers["pochade-picture"]
    unsigned = keyed.get(f"{PALETTE}?picture={digest}&k=8")
    signed = keyed.get(sign(f"{PALETTE}?picture={digest}&k=8"))
    assert (unsigned.status_code, signed.status_code) == (200, 200)
    assert signed.content == unsigned.content
    assert signed.headers["etag"] == unsigned.headers["etag"]


def test_a_server_without_keys_knows_no_signature(client, png: bytes) -> None:
    answer = client.post(sign(f"{PALETTE}?k=6"), content=png)
    assert (answer.status_code, answer.json()["title"]) == (400, "Option not allowed")


def test_keys_are_not_shown(keyed) -> None:
    assert "key of today" not in repr(Settings(url_keys=KEYS))
    with pytest.raises(OptionError, match="openssl rand"):
        Settings(url_keys=("",))


def test_only_allowed_sources_are_fetched_from(client_of, dialed) -> None:
    with client_of(allow_sources=("example.org", "http://127.0.0.1:9/photos"), private_urls=True) as client:
        for name in ("a.jpg", "photos/../a.jpg", "photosynthesis/a.jpg"):
            answer = client.get(f"{PALETTE}?url={url(name)}")
            assert (answer.status_code, answer.json()["title"]) == (400, "URL refused")
        body = client.post("/api/v1/pictures", json={"url": "http://127.0.0.1:9/a.jpg?key=secret"})
        assert (body.status_code, body.json()["title"]) == (400, "URL refused")
        assert "secret" not in body.text
        assert dialed == []
        assert client.get(f"{PALETTE}?url={url('photos/a.jpg')}").json()["title"] == "URL not fetched"
        assert dialed == [("127.0.0.1", 9)]
        metrics = client.get("/api/v1/metrics").text
    assert 'pochade_fetches_total{outcome="refused"} 4.0' in metrics
    assert 'pochade_fetches_total{outcome="failed"} 1.0' in metrics
    assert "pochade_fetch_seconds_count 5.0" in metrics


def test_an_allowed_source_must_be_public_too(client_of, dialed) -> None:
    with client_of(allow_sources=("127.0.0.1",)) as client:
        answer = client.get(f"{PALETTE}?url={url()}")
    assert (answer.status_code, answer.json()["title"]) == (400, "URL refused")
    assert dialed == []
