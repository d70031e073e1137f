"""The list of sources that may be fetched."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from pochade.errors import OptionError
from pochade.source.url import fetch
from pochade.source.url.allowed import NotAllowedError, allowed_source
from pochade.source.url.spelling import normalize


def has(source: str, url: str) -> bool:
    return allowed_source(source).has(normalize(url))


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("example.org", "https://example.org/a.jpg"),
        ("example.org", "http://EXAMPLE.org:8080/a.jpg?key=1"),
        ("Example.ORG", "https://example.org"),
        ("example.org:8080", "http://example.org:8080/"),
        ("example.org:443", "https://example.org/"),
        ("https://example.org", "https://example.org:443/a.jpg"),
        ("https://example.org/photos", "https://example.org/photos/a.jpg"),
        ("https://example.org/photos/", "https://example.org/photos"),
        ("example.org/my photos", "https://example.org/my%20photos/a..b.jpg"),
        ("*.example.org", "https://a.b.example.org/a.jpg"),
        ("http://[::1]:8000/", "http://[0:0:0:0:0:0:0:1]:8000/a.jpg"),
        ("b\u00fccher.example", "https://xn--bcher-kva.example/a.jpg"),
        ("127.0.0.1", "http://127.0.0.1:9/a.jpg"),
    ],
)
def test_a_url_of_the_source_is_allowed(source: str, url: str) -> None:
    assert has(source, url)


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("example.org", "https://example.org.evil.test/"),
        ("example.org", "https://evil.test/example.org"),
        ("example.org", "https://www.example.org/"),
        ("example.org", "https://notexample.org/"),
        ("*.example.org", "https://example.org/"),
        ("*.example.org", "https://notexample.org/"),
        ("https://example.org", "http://example.org/"),
        ("https://example.org", "https://example.org:8443/"),
        ("example.org:80", "https://example.org/"),
        ("https://example.org/photos", "https://example.org/photos-of-others/a.jpg"),
        ("https://example.org/photos", "https://example.org/Photos/a.jpg"),
        ("https://example.org/photos", "https://example.org//photos/a.jpg"),
        ("https://example.org/photos", "https://example.org/photos/../secret"),
        ("https://example.org/photos", "https://example.org/photos/%2e%2E/secret"),
        ("https://example.org/photos", "https://example.org/photos/%252e%252e/secret"),
        ("https://example.org/photos", "https://example.org/photos/..%2fsecret"),
        ("https://example.org/photos", "https://example.org/photos/..%5csecret"),
        ("https://example.org/photos", "https://example.org/photos/%" + "25" * 30_000 + "41"),
        ("127.0.0.1", "http://2130706433/"),
    ],
)
def test_a_url_that_only_looks_like_one_of_the_source_is_not(source: str, url: str) -> None:
    assert not has(source, url)


@pytest.mark.parametrize(
    "text",
    ["", "*", "*.", "a*.example.org", "*.*.org", "ftp://example.org", "file:///etc/passwd", "https://", "//example.org",
     "example.org:x", "example.org:99999", "user@example.org", "https://example.org/a?key=1", "example.org/#a",
     "example.org/photos/../", "exa mple.org", "https://example.org:"],
)  # fmt: skip
def test_a_text_that_is_no_source_is_refused(text: str) -> None:
    with pytest.raises(OptionError, match=r"allow_sources=.* is not allowed: give hosts or folders, such as"):
        allowed_source(text)


@pytest.fixture
def site() -> Iterator[Any]:
    """A server that redirects /b to /a, on loopback; `asked` lists the requested paths."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            self.send_response(302 if self.path == "/photos/b" else 200)
            self.send_header("Location", "/a")
            self.end_headers()
            self.wfile.write(b"BM")

        def log_message(self, *_: object) -> None:
            pass

    site: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.asked, site.root = [], f"http://127.0.0.1:{site.server_address[1]}"
    thread = threading.Thread(target=site.serve_forever, args=(0.02,))
    thread.start()
    yield site
    site.shutdown()
    thread.join()
    site.server_close()


def test_other_sources_are_refused_before_any_connection_and_after_a_redirect(site) -> None:
    photos = allowed_source(f"{site.root}/photos")
    assert fetch(f"{site.root}/photos/a", sources=[photos]) == b"BM"
    with pytest.raises(NotAllowedError, match="not among the sources"):
        fetch(f"{site.root}/a?key=secret", sources=[photos])
    assert site.asked == ["/photos/a"]
    with pytest.raises(NotAllowedError, match=r"redirected to .*not among the sources"):
        fetch(f"{site.root}/photos/b", sources=[photos])
    assert site.asked == ["/photos/a", "/photos/b"]
    assert fetch(f"{site.root}/photos/b", sources=[allowed_source("example.org"), allowed_source(site.root)]) == b"BM"
