"""Fixtures: one browser, one `pochade serve`, and a new page for each test.

The browser is Debian's Chromium (`apt-get install chromium`). Without it or Playwright, the tests are skipped with a
reason.
"""

import contextlib
import functools
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

SHOTS = Path(__file__).parents[3] / "build/screenshots"
DESKTOP, PHONE = (1440, 900), (390, 844)
PATIENCE = 120_000  # ms; the bound of every wait, so that a busy machine passes
RESTED = """async (patience) => {
    const parts = ['solve', 'labels', 'state'].map((name) => import(`/static/js/${name}.js`));
    const [{awaiting}, {labelMap}, {state}] = await Promise.all(parts);
    const end = performance.now() + patience;
    do await new Promise((done) => setTimeout(done, 40));
    while ((awaiting() || !state.solved || !labelMap()) && performance.now() < end);
    await new Promise(requestAnimationFrame);
    return performance.now() < end;
}"""
SETTLED = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    await frame();
    await frame();
}"""
TOASTS = """window.toasts = [];
addEventListener('DOMContentLoaded', () => {
    const toast = document.getElementById('toast');
    const record = () => toast?.textContent && window.toasts.push(toast.textContent);
    if (toast) new MutationObserver(record).observe(toast, {childList: true});
});"""
STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"
VIEWS = {
    "Methods": ".compared:nth-child(2) .strip i",
    "Contrast": ".sights figure:nth-of-type(4) i",
    "Preview": "#other[data-drawn]",
    "Harmony": "#other[data-drawn]",
    "Suggest": "#other[data-drawn]",
    "Color cloud": "#cloud-told:not(:empty)",
    "Paint": "#other[data-drawn]",
    "Reduce": "#other[data-drawn]",
    "Recolor": ".recolor canvas[data-painter]",
    "Background": "#other[data-drawn]",
    "Two pictures": ".others img",
    "Palette": "#frame:not([hidden])",
}
"""The tabs, and the element that is present once the view of each is drawn."""
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last, because Playwright leaves an event loop running and no other can start in it.

    A failing test is repeated up to twice, because browsers fail at times for reasons of their own.
    """
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=2))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> str:
    pytest.importorskip("playwright", reason="Playwright is not installed: pip install --group test")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium: apt-get install chromium")
    return found


def _wait_for(process: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while True:
        assert process.poll() is None, "the server ended"
        try:
            return urllib.request.urlopen(address, timeout=PATIENCE / 1000).close()
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)


@contextlib.contextmanager
def _serving(*options: str) -> Iterator[str]:
    """Start a server; its address."""
    pytest.importorskip("fastapi", reason="the web extra is not installed")
    port = _free_port()
    command = [sys.executable, "-m", "pochade", "serve", "--port", str(port), "--quiet", *options]
    with subprocess.Popen(command, env=dict(os.environ)) as process:
        base = f"http://127.0.0.1:{port}"
        _wait_for(process, f"{base}/api/v1/health")
        yield base
        process.send_signal(signal.SIGINT)


@pytest.fixture(scope="session")
def server(chromium: str) -> Iterator[str]:
    """The address of the server that the tests share; it allows private URLs and limits pictures to 3 MiB."""
    with _serving("--private-urls", "--max-mib", "3") as base:
        yield base


@pytest.fixture
def strict(chromium: str) -> Iterator[str]:
    """The address of a server with default options."""
    with _serving() as base:
        yield base


@pytest.fixture(scope="module")
def cinema(chromium: str) -> Iterator[str]:
    """The address of a server that takes films."""
    with _serving("--workers", "1", "--films") as base:
        yield base


@pytest.fixture(scope="module")
def museum(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a collection of four drawn pictures, called "museum"."""
    pytest.importorskip("pyarrow", reason="collections need pyarrow")
    import pochade

    place = tmp_path_factory.mktemp("museum")
    (place / "scans").mkdir()
    for name, ground in {"sea": "teal", "sky": "#0090a0", "wall": "#c32727", "leaf": "green"}.items():
        picture = Image.new("RGB", (60, 40), ground)
        picture.paste("orange", (6, 6, 18, 16))
        picture.save(place / "scans" / f"{name}.png")
    pochade.collect(place / "scans", place / "museum.pochade", jobs=1)
    with _serving("--workers", "1", "--collection", str(place / "museum.pochade")) as base:
        yield base


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=ARGS)


@pytest.fixture(scope="session")
def profile(browser: Any) -> Callable[..., tuple[Any, Any]]:
    """A function from the options of a context to that context and to a session of its empty page.

    Contexts are kept, because a browser that has the scripts in its cache opens the page in two thirds of the time.
    """
    profiles: dict[str, tuple[Any, Any]] = {}

    def profile(**options: Any) -> tuple[Any, Any]:
        if (key := repr(sorted(options.items()))) not in profiles:
            context = browser.new_context(**options)
            profiles[key] = context, context.new_cdp_session(context.new_page())
        return profiles[key]

    return profile


@pytest.fixture
def visit(profile: Callable[..., tuple[Any, Any]], server: str) -> Iterator[Callable[..., Any]]:
    """A function that opens the page in an empty profile: `visit(size=PHONE, dark=True, at="#...")`.

    Nothing moves, unless `reduced_motion="no-preference"`. After the test: no script failed, no content security policy
    was violated, and no other host was contacted.
    """
    pages, wrong, bases = [], [], [server]

    def on_console(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    def on_request(request: Any) -> None:
        if not request.url.startswith((*bases, "blob:", "data:")):
            wrong.append(f"contacted {request.url}")

    def visit(
        size: tuple[int, int] = DESKTOP,
        *,
        dark: bool = False,
        at: str = "",
        touch: bool | None = None,
        base: str = server,
        **more: Any,
    ) -> Any:
        bases.append(base)
        finger = size == PHONE if touch is None else touch
        options = {
            "viewport": {"width": size[0], "height": size[1]},
            "has_touch": finger,
            "is_mobile": finger,
            "color_scheme": "dark" if dark else "light",
            "reduced_motion": "reduce",
            "permissions": ["clipboard-read", "clipboard-write"],
            "accept_downloads": True,
        }
        context, empty = profile(**options | more)
        page = context.new_page()
        pages.append((page, empty))
        page.set_default_timeout(PATIENCE)
        page.add_init_script(TOASTS)
        page.on("console", on_console)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", on_request)
        page.goto(f"{base}/{at}")
        page.wait_for_selector("#frames img", state="attached")
        return page

    yield visit
    for page, _ in pages:
        page.close()
    for _, empty in pages:
        for base in bases:
            empty.send("Storage.clearDataForOrigin", {"origin": base, "storageTypes": STORED})
    assert wrong == []


@pytest.fixture
def opened(visit: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """A function that opens the page with a picture: a sample by its title, a file, or a Pillow image."""

    def opened(picture: str | Path | Image.Image = "Ring", **how: Any) -> Any:
        page = visit(**how)
        if isinstance(picture, str):
            page.get_by_label(f"Open {picture}").click()
        elif isinstance(picture, Path):
            page.set_input_files("#file", picture)
        else:
            picture.save(tmp_path / "picture.png")
            page.set_input_files("#file", tmp_path / "picture.png")
        rested(page)
        return page

    return opened


def rested(page: Any) -> None:
    """Wait until no palette request is under way and the label map is loaded."""
    page.wait_for_selector(".pan")
    assert page.evaluate(RESTED, PATIENCE), "the page did not come to rest"


@pytest.fixture
def shot() -> Callable[[Any, str], None]:
    """A function that saves a screenshot in build/screenshots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture
def hexes() -> Callable[[Any], list[str]]:
    """A function that returns the hex codes of the pans."""
    return lambda page: page.locator(".pan .hex").all_inner_texts()


@pytest.fixture
def rest() -> Callable[[Any], None]:
    return rested


@pytest.fixture(scope="session")
def patience() -> int:
    """The bound of every wait, in ms."""
    return PATIENCE


@pytest.fixture(scope="session")
def expect(chromium: str) -> Any:
    """Playwright's `expect`, which repeats an assertion until it holds."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    return expect


@pytest.fixture
def settled() -> Callable[[Any], None]:
    """A function that waits until the animations of a page have ended and its next frames are drawn."""
    return lambda page: page.evaluate(SETTLED)


@pytest.fixture
def timers() -> Callable[[Any, int], None]:
    """A function that waits until the timers that a page has set for at most `ms` have fired."""
    return lambda page, ms: page.evaluate("(ms) => new Promise((done) => setTimeout(done, ms))", ms)


@pytest.fixture
def toast() -> Callable[..., str]:
    """A function that waits for a message at the foot of the page and returns it, even if it is gone by then."""

    def toast(page: Any, part: str = "") -> str:
        page.wait_for_function("(part) => window.toasts.some((one) => one.includes(part))", arg=part)
        return str(page.evaluate("(part) => window.toasts.findLast((one) => one.includes(part))", part))

    return toast


@pytest.fixture
def open_view(settled: Callable[[Any], None]) -> Callable[..., None]:
    """A function that opens a tab and waits until its view is drawn."""

    def open_view(page: Any, name: str, *, tap: bool = False) -> None:
        tab = page.get_by_role("tab", name=name)
        tab.tap() if tap else tab.click()
        page.wait_for_selector(VIEWS[name], state="attached")
        settled(page)

    return open_view


@pytest.fixture
def pasted() -> Callable[[Any], str]:
    """A function that returns the text on the clipboard."""
    return lambda page: page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The address of a second server, with one picture and one text file."""
    Image.linear_gradient("L").convert("RGB").save(tmp_path / "slope.png")
    (tmp_path / "words.txt").write_text("no picture at all")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Log nothing."""

    handler = functools.partial(Handler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The script of axe-core."""
    carrier = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    script = (Path(carrier.__file__ or "").parent if carrier.__file__ else Path(carrier.__path__[0])) / "axe.min.js"
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shots() -> Path:
    """The folder of the screenshots, build/screenshots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS


@pytest.fixture(scope="session")
def axe(axe_source: str) -> Callable[..., list[str]]:
    """A function from a page, and rules (or none, for all), to axe-core's violations, one line each."""

    def axe(page: Any, *rules: str) -> list[str]:
        if page.evaluate("() => typeof axe === 'undefined'"):
            page.evaluate(axe_source)  # the page's content security policy does not apply to scripts of the tests
        found = page.evaluate(
            "(rules) => axe.run(document, {resultTypes: ['violations'], ...rules.length && {runOnly: rules}})", rules
        )
        return [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    return axe
