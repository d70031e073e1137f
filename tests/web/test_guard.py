"""Hosts, origins, rate limits, and the headers of every answer."""

import json
import logging

import pytest

from pochade.errors import OptionError
from pochade.web.logs import Lines
from pochade.web.problems import KINDS
from pochade.web.settings import PUBLIC, Settings

HEALTH = "/api/v1/health"


@pytest.mark.parametrize("host", ["127.0.0.1:8017", "localhost", "localhost:1", "[::1]:8017", "app.localhost"])
def test_a_server_on_loopback_answers_to_its_own_names(client, host: str) -> None:
    assert client.get(HEALTH, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.test", "evil.test:8017", "127.0.0.1.evil.test", "10.0.0.1", "", "[::1"])
def test_a_rebound_host_name_is_refused(client, host: str) -> None:
    answer = client.get(HEALTH, headers={"Host": host})
    assert (answer.status_code, answer.json()["title"]) == (400, "Host not known")


@pytest.mark.parametrize(
    ("settings", "host", "known"),
    [
        ({"host": "0.0.0.0"}, "192.168.1.5:80", True),
        ({"host": "0.0.0.0"}, "evil.test", False),
        ({"host": "0.0.0.0", "names": ("paint.example",)}, "Paint.Example.", True),
        ({"host": "0.0.0.0", "public": True}, "anything.example", True),
        ({"host": "0.0.0.0", "public": True, "names": ("paint.example",)}, "other.example", False),
    ],
)
def test_other_servers_answer_to_addresses_and_the_names_given(settings: dict, host: str, known: bool) -> None:
    assert Settings(**settings).knows_host(host) is known


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "frame"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "embed"},
    ],
    ids=str,
)
def test_pages_of_other_sites_are_refused(client, png: bytes, headers: dict[str, str]) -> None:
    for answer in (
        client.post("/api/v1/palette", content=png, headers=headers),
        client.get("/api/v1/palette?url=http://pictures.test/", headers=headers),
    ):
        assert (answer.status_code, answer.json()["title"]) == (403, "Origin not allowed")
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:8017", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    ],
    ids=str,
)
def test_the_own_page_and_followed_links_are_allowed(client, headers: dict[str, str]) -> None:
    assert client.get(HEALTH, headers=headers).status_code == 200


def test_a_site_may_be_allowed(client_of, png: bytes) -> None:
    with client_of(origins=("https://paint.example",)) as client:
        answer = client.post("/api/v1/palette", content=png, headers={"Origin": "https://paint.example"})
        assert answer.headers["access-control-allow-origin"] == "https://paint.example"
        query = {"Origin": "https://paint.example", "Access-Control-Request-Method": "POST"}
        assert client.options("/api/v1/palette", headers=query).status_code == 200
        assert client.get(HEALTH, headers={"Origin": "https://evil.test"}).status_code == 403
        assert answer.headers["vary"].split(", ") == ["Accept", "Origin"]


@pytest.mark.parametrize(
    ("mode", "dest"), [("no-cors", "image"), ("no-cors", "script"), ("navigate", "iframe"), ("cors", "empty")]
)
def test_an_allowed_site_opens_the_server_to_no_other(client_of, png: bytes, mode: str, dest: str) -> None:
    with client_of(origins=("https://paint.example",)) as client:
        digest = client.post("/api/v1/pictures", content=png).json()["picture"]
        for site in ("cross-site", "same-site"):
            headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
            answer = client.get(f"/api/v1/pictures/{digest}", headers=headers)
            assert (answer.status_code, answer.json()["title"]) == (403, "Origin not allowed")
        answer = client.get(f"/api/v1/pictures/{digest}")
        assert (answer.status_code, answer.headers["cross-origin-resource-policy"]) == (200, "same-origin")


@pytest.mark.parametrize(
    "site", ["paint.example", "https://paint.example/", "*", "null", "", "https://Paint.example", "://paint.example",
             "https://paint.example:443", "https://a@paint.example", "https://paint.example:x", "https://*.paint.example"]
)  # fmt: skip
def test_a_site_that_no_browser_sends_is_refused(site: str) -> None:
    with pytest.raises(OptionError, match=r"cors=.* is not allowed: give a site .*https://example\.org"):
        Settings(origins=(site,))


@pytest.mark.parametrize("site", ["http://localhost:3000", "https://[::1]:8443", "chrome-extension://abcdefgh"])
def test_every_site_that_browsers_send_may_be_allowed(client_of, site: str) -> None:
    with client_of(origins=(site,)) as client:
        answer = client.get(HEALTH, headers={"Origin": site, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, site)


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(OptionError, match=r"name='' is not allowed"):
        Settings(names=("paint.example", ""))


@pytest.mark.parametrize("path", ["/", HEALTH, "/nothing", "/static/nothing.js", "/api/v1/palette"])
def test_every_answer_has_security_headers(client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("PUT", "/api/v1/palette", 405),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/problems/nothing", 404),
        ("BREW", HEALTH, 405),
    ],
)
def test_the_frameworks_own_errors_are_problems_too(client, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("allow" in answer.headers) == (status == 405)


def test_the_log_contains_no_url_query_picture_or_client(client, stored: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "pochade.web"):
        client.get("/api/v1/palette", params={"picture": stored, "k": 5})
        client.get("/api/v1/palette", params={"url": "http://127.0.0.1/secret.png?key=1"})
    lines = [Lines().format(record) for record in caplog.records]
    events = [json.loads(line) for line in lines]
    assert {"event": "request", "route": "/palette", "method": "GET", "status": 200}.items() <= events[0].items()
    assert not any(word in line for line in lines for word in (stored, "secret", "k=5", "testclient"))


def test_requests_and_tasks_are_counted(client, png: bytes) -> None:
    def count(what: str) -> float:
        lines = client.get("/api/v1/metrics").text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(what))

    requests = 'pochade_requests_total{method="POST",route="/palette",status="200"}'
    before = count(requests), count('pochade_tasks_total{outcome="done"}')
    client.post("/api/v1/palette", content=png)
    assert (count(requests), count('pochade_tasks_total{outcome="done"}')) == (before[0] + 1, before[1] + 1)
    assert count("pochade_workers") == 1
    assert (count("pochade_waiting"), count("pochade_busy_workers")) == (0, 0)


def test_a_long_head_is_a_problem(client) -> None:
    for path, headers in ((HEALTH, {"X": "a" * 70_000}), ("/nothing?" + "a" * 40_000, {"X": "a" * 30_000})):
        answer = client.get(path, headers=headers)
        assert (answer.status_code, answer.json()["title"]) == (431, "Head too large")
    assert client.get(HEALTH, headers={"X": "a" * 60_000}).status_code == 200


def test_an_unexpected_error_is_a_problem_and_its_trace_is_logged(client_of, caplog: pytest.LogCaptureFixture) -> None:
    with client_of() as client:

        @client.app.get("/broken")
        async def broken() -> None:
            raise ZeroDivisionError("a defect")

        with caplog.at_level(logging.ERROR, "pochade.web"):
            answer = client.get("/broken")
    assert (answer.status_code, answer.json()["title"]) == (500, "A defect of pochade")
    assert answer.headers["content-security-policy"]
    assert "ZeroDivisionError" in Lines().format(caplog.records[0])


def test_refusals_are_counted_by_reason(client, png: bytes) -> None:
    def refusals() -> dict[str, float]:
        lines = client.get("/api/v1/metrics").text.splitlines()
        counts = [line.rpartition(" ") for line in lines if line.startswith("pochade_refusals_total{")]
        return {name.split('"')[1]: float(count) for name, _, count in counts}

    before = refusals()
    assert set(before) == set(KINDS)
    client.post("/api/v1/palette", content=png, params={"k": 0})
    client.post("/api/v1/palette", content=b"no picture")
    client.get("/nothing")
    client.get(HEALTH, headers={"Host": "evil.test"})
    client.post("/api/v1/palette", content=png)
    after = refusals()
    changed = {reason for reason in after if after[reason] != before[reason]}
    assert changed == {"bad-option", "not-a-picture", "not-found", "wrong-host"}


def test_the_rate_of_a_client_is_bounded(client_of, png: bytes) -> None:
    with client_of(rate="5/minute", upload_rate="2/minute") as client:
        digest = client.post("/api/v1/pictures", content=png).json()["picture"]
        assert client.post("/api/v1/palette", content=png).status_code == 200
        answer = client.post("/api/v1/palette", content=png)
        assert (answer.status_code, answer.json()["title"]) == (429, "Too many requests")
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert client.get("/api/v1/clusters", params={"picture": digest}).status_code == 200
        assert client.get("/api/v1/clusters", params={"picture": digest}).status_code == 200
        assert client.get("/api/v1/clusters", params={"picture": digest}).status_code == 429
        assert client.get(HEALTH).status_code == 200


def test_a_public_server_has_limits_by_default() -> None:
    from pochade.web.server import settings_of

    assert settings_of(public=True).rate == PUBLIC["rate"]
    assert settings_of(public=True, max_mib=5).max_bytes == 5 << 20
    assert settings_of(rate=None).rate is None


def test_addresses_of_one_network_are_one_client() -> None:
    from pochade.web.clients import network as _network

    assert _network("2001:db8::1") == _network("2001:db8::ffff:2") != _network("2001:db8:0:1::1")
    assert _network("192.0.2.1") != _network("192.0.2.2")
    assert _network("::ffff:192.0.2.1") == _network("192.0.2.1")
