"""Appearance: neutral chrome, no overflow, no violations of axe, no motion if reduced."""

import io
from pathlib import Path

import pytest
from PIL import Image

SAMPLES = Path(__file__).parents[3] / "src/pochade/web/static/samples"
DESKTOP, PHONE, SMALL = (1440, 900), (390, 844), (320, 640)
SURROUNDS = ["light", "gray", "dark"]
COLOR_RULES = ("color-contrast", "link-in-text-block")

HUES = """() => {
    const own = 'img, canvas, .swatch, .lock, .swatch *, .lock *, .point, .bar button, .strip i, '
        + '.cell, .cell *, .chip, .frames i, .tint-strip button, .mock, .mock *, .fill';
    const found = [];
    for (const node of document.querySelectorAll('body, body *')) {
        if (node.closest('svg') || node.matches(own)) continue;
        const style = getComputedStyle(node);
        for (const name of ['backgroundColor', 'color', 'borderTopColor', 'borderLeftColor', 'outlineColor']) {
            const [r, g, b, a] = (style[name].match(/[\\d.]+/g) ?? []).map(Number);
            if (a === 0 || !style[name].startsWith('rgb') || (r === g && g === b)) continue;
            found.push(`${node.tagName}.${node.className} ${name} ${style[name]}`);
        }
    }
    return found;
}"""


VIEWS = ["Methods", "Contrast", "Preview", "Harmony", "Color cloud", "Reduce", "Recolor", "Background", "Two pictures"]


@pytest.fixture
def surround(settled):
    """A function that chooses the surround of a page and waits until its color has changed."""

    def surround(page, name):
        page.locator(f"#surround [value={name}]").check(force=True)
        settled(page)

    return surround


@pytest.fixture
def states(rest, settled, expect, open_view):
    """A function that walks a page through its states and yields the name of each."""
    return lambda page: walk(page, rest, settled, expect, open_view)


def walk(page, rest, settled, expect, open_view):
    yield "empty"
    page.get_by_label("Open Ring").click()
    rest(page)
    page.mouse.move(5, 5)
    expect(page.locator("#about h2")).to_have_text("Ring")
    page.wait_for_selector("#frames [aria-current]")
    settled(page)
    yield "result"
    page.get_by_label("Values and tints of").first.click(force=True)
    page.wait_for_selector(".tint-strip button")
    yield "details"
    page.get_by_role("button", name="Done").click()
    page.locator("#region-draw").press("Enter")
    page.keyboard.press("Enter")
    rest(page)
    page.locator("#ignore").get_by_label("White").check(force=True)
    rest(page)
    yield "region"
    page.locator("#region-clear").click()
    rest(page)
    page.get_by_text("Method and color space").click()
    for name in VIEWS:
        open_view(page, name)
        yield name.lower().replace(" ", "-")
        if name == "Recolor":
            page.get_by_role("button", name="Harmonize").click()
            page.wait_for_selector(".became")
            page.get_by_role("button", name="Like another").click()
            page.wait_for_selector(".others img")
            yield "recolored"
        if name == "Two pictures":
            page.get_by_label("Take Autumn").click()
            page.wait_for_selector(".flow")
            yield "compared"
    page.set_input_files("#file", [SAMPLES / "harbor.jpg", SAMPLES / "autumn.jpg"])
    page.get_by_role("button", name="One palette of all 2 pictures").click()
    page.wait_for_selector("#other[data-drawn]")
    rest(page)
    settled(page)
    yield "together"
    page.get_by_label("Open Ring").click()
    rest(page)
    settled(page)
    page.set_input_files("#file", {"name": "words.txt", "mimeType": "text/plain", "buffer": b"These are words."})
    page.wait_for_selector("#error p")
    yield "error"
    page.keyboard.press("e")
    page.wait_for_selector(".pane pre, .pane ul")
    yield "export"
    page.get_by_role("option", name="Poster").click()
    page.wait_for_selector(".pane img")
    yield "export-poster"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    yield "shortcuts"


@pytest.mark.parametrize(("size", "kind"), [(DESKTOP, "desktop"), (PHONE, "phone")], ids=["desktop", "phone"])
def test_chrome_has_no_hue_and_axe_finds_nothing(visit, states, axe, shot, size, kind):
    """Every rule in the first surround; those of color in each, as a surround changes colors only."""
    page = visit(size=size)
    for state in states(page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") or kind == "desktop", state
        for name in SURROUNDS:
            page.evaluate("(name) => void (document.documentElement.dataset.surround = name)", name)
            assert page.evaluate(HUES) == [], (state, name)
            assert axe(page, *() if name == SURROUNDS[0] else COLOR_RULES) == [], (state, name)
            shot(page, f"{kind}-{name}-{state}")


def test_the_surround_follows_the_system(visit):
    page = visit(dark=True)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(22, 22, 22)"


def test_on_the_smallest_phone_nothing_scrolls_sideways(visit, states, shot):
    page = visit(size=SMALL, touch=True)
    for state in states(page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
    shot(page, "smallest")


@pytest.mark.parametrize("size", [(1600, 900), (1200, 900), (800, 1000)], ids=["16:9", "4:3", "4:5"])
def test_a_desktop_does_not_scroll(opened, rest, size):
    page = opened(Image.effect_mandelbrot(size, (-2.2, -1.2, 0.8, 1.2), 60).convert("RGB").quantize(40).convert("RGB"))
    for k in (2, 8, 16):
        page.locator("#count").fill(str(k))
        rest(page)
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), k
        box = page.locator("#pans").bounding_box()
        assert box["y"] + box["height"] <= 900
        assert page.locator(".swatch").last.bounding_box()["height"] >= 48


def test_a_swatch_of_the_surround_color_has_a_visible_edge(opened, surround):
    page = opened(Image.new("RGB", (40, 30), (240, 240, 240)))
    for name, wall in zip(SURROUNDS, ((240, 240, 240), (128, 128, 128), (22, 22, 22)), strict=True):
        surround(page, name)
        paint = "(c) => document.querySelector('.pan').style.setProperty('--c', c)"
        page.evaluate(paint, f"rgb({wall[0]} {wall[1]} {wall[2]})")
        box = page.locator(".swatch").first.bounding_box()
        page.mouse.move(5, 5)
        seen = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")
        edge, inside = seen.getpixel((seen.width // 2, 0)), seen.getpixel((seen.width // 2, seen.height // 2))
        assert max(abs(a - b) for a, b in zip(edge, inside, strict=True)) > 15


def test_twelve_pans_on_a_tablet_make_two_even_rows(opened, rest, shot):
    page = opened(size=(820, 1180), touch=True)
    page.locator("#count").fill("12")
    rest(page)
    tops = page.locator(".pan").evaluate_all("(all) => all.map((e) => e.offsetTop)")
    assert sorted(map(tops.count, set(tops))) == [6, 6]
    assert page.locator(".pan .hex").evaluate_all(
        "(all) => all.every((e) => e.getClientRects().length === 1 && e.offsetHeight < 24)"
    )
    shot(page, "tablet")


def test_text_of_twice_the_size_keeps_names_whole_and_codes_on_one_line(opened, settled, shot):
    page = opened(size=SMALL, touch=True)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    settled(page)
    assert page.locator(".pan .hex").evaluate_all("(all) => all.every((e) => e.getClientRects().length === 1)")
    fits = (
        "(all) => all.every((e) => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= innerWidth)"
    )
    assert page.locator(".pan .name, .pan .text, #dock button").evaluate_all(fits)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, "text-200")


def test_text_of_twice_the_size_fits_the_views_that_make_pictures(opened, open_view):
    page = opened(size=SMALL, touch=True)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    within = "(all) => all.every((e) => e.getBoundingClientRect().right <= innerWidth + 1)"
    for name in ("Reduce", "Recolor", "Background", "Two pictures"):
        open_view(page, name)
        if name == "Two pictures":
            page.get_by_label("Take Autumn").click()
            page.wait_for_selector(".looks")
        assert page.locator("#other :is(button, label, td, th, output, p, li)").evaluate_all(within), name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_with_reduced_motion_nothing_moves(opened, rest):
    page = opened()
    page.locator("#count").fill("5")
    page.wait_for_function("() => document.querySelectorAll('.pan').length === 5")
    assert page.evaluate("document.getAnimations().length") == 0


def test_pans_move_to_their_places_and_come_to_rest(opened, settled):
    page = opened(reduced_motion="no-preference")
    page.evaluate(
        """() => {
            const {animate} = Element.prototype;
            window.moves = 0;
            Element.prototype.animate = function (...how) { window.moves += 1; return animate.apply(this, how); };
        }"""
    )
    page.locator("#count").fill("5")
    page.wait_for_function("() => window.moves > 0")
    settled(page)
    assert page.evaluate("document.querySelector('.pans, #pans').getAnimations({subtree: true}).length") == 0


def test_pans_keep_their_colors_under_forced_colors(opened):
    page = opened(forced_colors="active")
    told = page.evaluate(
        """() => {
            const [swatch, hex] = ['.swatch', '.hex'].map((name) => document.querySelector(name));
            return [getComputedStyle(swatch).backgroundColor, hex.innerText];
        }"""
    )
    red, green, blue = (int(told[1][i : i + 2], 16) for i in (1, 3, 5))
    assert told[0] == f"rgb({red}, {green}, {blue})"


def test_focus_is_visible_at_every_tab_stop_and_not_under_the_dock(opened):
    page = opened(size=PHONE)
    page.evaluate("scrollTo(0, 0)")
    for _ in range(30):
        page.keyboard.press("Tab")
        told = page.evaluate("""() => {
            const node = document.activeElement, box = node.getBoundingClientRect();
            const dock = document.getElementById('dock');
            const ringed = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5;
            const ring = [node, node.nextElementSibling].some((n) => n && ringed(getComputedStyle(n)));
            const free = dock.contains(node) || node === document.body || box.height >= 200;
            const covered = !free && box.bottom > dock.getBoundingClientRect().top + 1;
            const named = node.id || node.className || node.tagName;
            return [named, ring || node.type === 'range' || node === document.body, covered];
        }""")
        assert told[1], f"no ring on {told[0]}"
        assert not told[2], f"{told[0]} is under the dock"


def test_nothing_in_the_header_overlaps_at_any_width(opened, settled):
    page = opened()
    page.locator("#tabs button").evaluate_all("(all) => all.forEach((one) => (one.hidden = false))")
    for width in (1900, 1861, 1860, 1681, 1680, 1440, 1439, 1100):
        page.set_viewport_size({"width": width, "height": 800})
        settled(page)
        mark, tabs, tools = (page.locator(name).bounding_box() for name in (".mark", "#tabs", ".tools"))
        last = page.locator("#tabs button").last.bounding_box()
        assert tools["x"] + tools["width"] <= width, width
        if tabs["y"] < mark["y"] + mark["height"]:  # in one row
            assert mark["x"] + mark["width"] < tabs["x"], width
            assert last["x"] + last["width"] < tools["x"], width
