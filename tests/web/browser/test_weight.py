"""The cost of the first visit: bytes, round trips and layout shifts."""

from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "src/pochade/web/static"
# Lighthouse's "slow 4G": 150 ms there and back, 1.6 Mbit/s down, 0.75 up.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
LOADED = """() => {
    const images = [...document.querySelectorAll('#frames img')];
    return images.length > 0 && images.every((image) => image.complete);
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


@pytest.fixture
def first_visit(browser, patience):
    """A page of a fresh profile, on which nothing is open yet."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(patience)
    yield context.new_page()
    context.close()


@pytest.fixture
def responses(first_visit, server):
    """The responses of a first visit: address, type and uncompressed size of the body in bytes."""
    fetched = []
    first_visit.on("response", lambda response: fetched.append(response))
    first_visit.goto(server)
    first_visit.wait_for_function(LOADED)
    first_visit.wait_for_load_state("networkidle")
    return [(answer.url, answer.request.resource_type, len(answer.body())) for answer in fetched]


def test_the_first_load_is_under_150_kb(responses):
    assert len(responses) > 20
    assert sum(size for _, _, size in responses) < 150_000


def test_the_page_without_pictures_is_under_120_kb(responses):
    assert sum(size for url, kind, size in responses if "/api/" not in url and kind != "image") < 120_000


def test_no_module_is_longer_than_300_lines():
    scripts = [*STATIC.rglob("*.js")]
    assert len(scripts) > 10
    assert [path.name for path in scripts if len(path.read_text().splitlines()) > 300] == []


def test_the_first_paint_needs_no_script_and_fits_a_second_of_slow_4g(first_visit, server):
    first_visit.route("**/*.js", lambda route: None)  # scripts never arrive
    first_visit.goto(server, wait_until="commit")
    first_visit.wait_for_function(PAINTED)
    sizes = first_visit.evaluate(
        """() => ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))
            .filter((one) => one.initiatorType === 'navigation' || one.name.endsWith('.css'))
            .map((one) => one.transferSize)"""
    )
    assert len(sizes) > 5
    # One round trip for the document, one for its style sheets, and their bytes.
    seconds = 2 * SLOW_4G["latency"] / 1000 + sum(sizes) / SLOW_4G["downloadThroughput"]
    assert seconds < 1


def test_nothing_shifts_on_slow_4g(first_visit, server):
    line = first_visit.context.new_cdp_session(first_visit)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    first_visit.goto(server)
    first_visit.wait_for_function(LOADED)
    first_visit.wait_for_load_state("networkidle")
    shift = first_visit.evaluate("""() => new Promise((done) => {
        let shift = 0;
        const add = (list) => list.getEntries().forEach((e) => (shift += e.value));
        new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(shift), 100);
    })""")
    assert shift < 0.01
