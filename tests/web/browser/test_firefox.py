"""The page in Debian's Firefox: opening, the palette, export, recoloring, the views, and axe."""

import runpy
import shutil
from pathlib import Path

import pytest
from PIL import Image

import pochade

pytest.importorskip("websockets", reason="websockets is not installed: pip install --group test")

DESKTOP, PHONE = (1440, 900), (390, 844)
RESTED = """async () => {
    const parts = ['solve', 'labels', 'state'].map((name) => import(`/static/js/${name}.js`));
    const [{awaiting}, {labelMap}, {state}] = await Promise.all(parts);
    return Boolean(!awaiting() && state.solved && labelMap() && document.querySelector('.pan .hex'));
}"""
HEXES = "() => [...document.querySelectorAll('.pan .hex')].map((node) => node.textContent.toLowerCase())"
TEXT = "(selector) => document.querySelector(selector)?.textContent ?? ''"
MATCHES = "(selector) => document.querySelectorAll(selector).length"
SHOWN = "(words) => document.body.innerText.includes(words)"
NARROW = "() => document.documentElement.scrollWidth <= innerWidth"
AXE = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    await frame();
    const told = await axe.run(document, {resultTypes: ['violations']});
    return told.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}"""


@pytest.fixture(scope="session")
def program():
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        pytest.skip("no Firefox: apt-get install firefox-esr")
    return found


@pytest.fixture(scope="session")
def running(program, patience, tmp_path_factory):
    browser = runpy.run_path(str(Path(__file__).parent / "firefox.py"))["Firefox"](
        program, tmp_path_factory.mktemp("firefox"), patience / 1000
    )
    yield browser
    browser.close()


@pytest.fixture
def firefox(running, server):
    """Firefox on the empty page; after the test, no script has failed."""

    def visit(size=DESKTOP):
        running.open(server, size)
        running.wait(MATCHES, "#frames img")
        return running

    running.visit = visit
    running.errors.clear()
    yield visit()
    assert running.errors == []


def open_sample(firefox, name="Ring"):
    firefox.click(f"[aria-label='Open {name}']")
    firefox.wait(RESTED)


def test_a_file_gives_the_librarys_palette_in_its_own_colors(firefox, tmp_path):
    picture = Image.linear_gradient("L").resize((90, 60)).convert("RGB")
    picture.paste((200, 40, 30), (0, 0, 45, 30))
    path = tmp_path / "sign.png"
    picture.save(path)
    firefox.give("#file", path)
    firefox.wait(RESTED)
    assert firefox.call(HEXES) == pochade.extract(path, "auto").hex
    fills = "() => [...document.querySelectorAll('.swatch')].map((node) => getComputedStyle(node).backgroundColor)"
    red, green, blue = firefox.call(fills)[0][4:-1].split(", ")
    assert f"#{int(red):02x}{int(green):02x}{int(blue):02x}" == firefox.call(HEXES)[0]


def test_the_number_of_colors_locks_and_keys_work(firefox):
    open_sample(firefox)
    firefox.call(
        "() => { const c = document.getElementById('count'); c.value = 5; c.dispatchEvent(new Event('input')); }"
    )
    firefox.wait("() => document.querySelectorAll('.pan').length === 5")
    firefox.wait(RESTED)
    firefox.press("3")
    firefox.press("l")
    kept = firefox.call(HEXES)[2]
    assert firefox.call(MATCHES, ".lock[aria-pressed='true']") == 1
    firefox.click("#another")
    firefox.wait(f"() => !({HEXES})().every((hex, i) => hex === {firefox.call(HEXES)}[i])")
    firefox.wait(RESTED)
    assert firefox.call(HEXES)[2] == kept


def test_a_point_can_be_dragged_to_another_pixel(firefox):
    open_sample(firefox)
    middle = """() => {
        const box = document.querySelector('.point').getBoundingClientRect();
        return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
    }"""
    x, y = firefox.call(middle)
    before = firefox.call(HEXES)
    firefox.drag((x, y), (x + 60, y + 60), (x + 150, y + 160))
    firefox.wait(RESTED)
    assert firefox.call(middle) != [x, y]
    assert firefox.call(HEXES) != before
    assert firefox.call(MATCHES, ".lock[aria-pressed='true']") == 1


def test_export_shows_the_servers_file(firefox, shots):
    open_sample(firefox)
    firefox.click("#export")
    firefox.wait(MATCHES, "#export-dialog[open]")
    text = firefox.wait(TEXT, "#export-dialog pre")
    assert firefox.call(HEXES)[0] in text.lower()
    firefox.shot(shots / "firefox-export.png")
    firefox.press("\ue00c")  # Escape
    firefox.wait("() => !document.querySelector('#export-dialog[open]')")


def test_a_recolored_color_changes_the_picture(firefox, shots):
    open_sample(firefox)
    firefox.click("#tab-recolor")
    firefox.wait(MATCHES, ".recolor canvas[data-painter]")
    firefox.call("""async () => {
        const parts = ['recoloring', 'state'].map((name) => import(`/static/js/${name}.js`));
        const [{become}, {state}] = await Promise.all(parts);
        become(state.pans[0].id, '#28a03c');
    }""")
    firefox.wait(MATCHES, "canvas[data-drawn*='28a03c']")
    firefox.shot(shots / "firefox-recolor.png")


@pytest.mark.parametrize(("surround", "size"), [("dark", DESKTOP), ("light", PHONE)], ids=str)
def test_axe_finds_nothing_in_any_view(firefox, axe_source, shots, surround, size):
    firefox.visit(size)
    firefox.run(axe_source)
    firefox.call("(name) => document.querySelector(`#surround [value=${name}]`).click()", surround)
    assert firefox.call(AXE) == []
    open_sample(firefox)
    for view, there in VIEWS.items():
        firefox.call("(view) => document.querySelector(`[data-view='${view}']`).click()", view)
        firefox.wait(MATCHES, there)
        assert firefox.call(AXE) == [], view
        assert firefox.call(NARROW), view
        firefox.shot(shots / f"firefox-{surround}-{size[0]}-{view}.png")


VIEWS = {
    "methods": ".compared:nth-child(2) .strip i",
    "contrast": ".sights figure:nth-of-type(4) i",
    "preview": "#other[data-drawn]",
    "harmony": "#other[data-drawn]",
    "suggest": "#other[data-drawn]",
    "cloud": "#cloud-told:not(:empty)",
    "paint": "#other[data-drawn]",
    "reduce": "#other[data-drawn]",
    "recolor": ".recolor canvas[data-painter]",
    "background": "#other[data-drawn]",
    "pair": ".others img",
    "picture": "#frame:not([hidden])",
}
