"""What the first visit costs, on the wire and in time."""

from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "src/pochade/web/static"
# Lighthouse's "slow 4G": 150 ms there and back, 1.6 Mbit/s down, 0.75 up.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}


@pytest.fixture
def wire(browser, server):
    """What a first visit fetches: address, type, bytes of the body as they are before they are compressed."""
    context = browser.new_context()
    page = context.new_page()
    fetched = []
    page.on("response", lambda answer: fetched.append(answer))
    page.goto(server)
    page.wait_for_load_state("networkidle")
    yield [(answer.url, answer.request.resource_type, len(answer.body())) for answer in fetched]
    context.close()


def test_the_first_load_is_under_150_kb(wire):
    assert len(wire) > 20
    assert sum(size for _, _, size in wire) < 150_000


def test_the_page_without_pictures_is_under_120_kb(wire):
    assert sum(size for url, kind, size in wire if "/api/" not in url and kind != "image") < 120_000


def test_all_of_it_is_our_own_and_no_module_is_long():
    scripts = [*STATIC.rglob("*.js")]
    assert len(scripts) > 10
    assert [path.name for path in scripts if len(path.read_text().splitlines()) > 300] == []


def test_it_is_drawn_within_a_second_on_slow_4g_and_nothing_shifts(browser, server):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(server)
    page.wait_for_load_state("networkidle")
    drawn, shift = page.evaluate("""() => new Promise((done) => {
        let shift = 0;
        const add = (list) => list.getEntries().forEach((e) => (shift += e.value));
        new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});
        const drawn = performance.getEntriesByName('first-contentful-paint')[0].startTime;
        setTimeout(() => done([drawn, shift]), 100);
    })""")
    context.close()
    assert drawn < 1000
    assert shift < 0.01
