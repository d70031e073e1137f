"""Methods, Contrast and Color cloud, and Export."""

import json

import numpy as np
from PIL import Image


def show(page, name):
    page.get_by_role("tab", name=name).click()


def test_the_tabs_are_one_stop_and_arrows_change_the_view(opened):
    page = opened()
    page.get_by_role("tab", name="Palette").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Contrast").get_attribute("aria-selected") == "true"
    assert page.locator("[role=tab][tabindex='0']").count() == 1
    page.wait_for_selector(".matrix")


def test_a_view_changes_only_the_stage_and_the_label(opened, open_view):
    page = opened()
    before = {s: page.locator(s).bounding_box() for s in ("#bar", "#pans", "#controls", "#sheet")}
    for name in ("Methods", "Contrast", "Color cloud", "Reduce", "Recolor", "Background", "Two pictures", "Palette"):
        open_view(page, name)
        after = {s: page.locator(s).bounding_box() for s in before}
        if page.locator("body.telling").count():  # the label has a reason, which takes room above the controls
            assert after["#controls"]["y"] > before["#controls"]["y"]
            after["#controls"] |= {side: before["#controls"][side] for side in ("y", "height")}
        assert after == before


def test_methods_are_compared_and_one_is_chosen(opened, rest, hexes, shot):
    page = opened()
    show(page, "Methods")
    page.wait_for_function(
        """() => {
            const rows = [...document.querySelectorAll('.compared')];
            const told = (text) => text.includes('mean error') && !text.includes('…');
            return rows.length > 1 && rows.every((row) => told(row.innerText));
        }"""
    )
    rows = page.locator(".compared")
    assert 2 <= rows.count() <= 4
    assert rows.nth(0).get_by_text("In use").is_visible()
    assert rows.locator(".only").count() > 0
    shot(page, "methods")
    other = rows.nth(1).get_attribute("data-method")
    rows.nth(1).get_by_role("button", name="Use").click()
    rest(page)
    page.get_by_text("Method and color space").click()
    assert page.get_by_label("Method", exact=True).input_value() == other


def test_arrow_keys_move_between_contrast_cells_and_enter_copies_css(opened, hexes, pasted, toast, shot):
    page = opened()
    show(page, "Contrast")
    page.wait_for_selector(".sights figure:nth-of-type(4) i")
    assert (
        page.locator(".matrix th[scope=col]").count()
        == page.locator(".matrix th[scope=row]").count()
        == len(hexes(page))
    )
    assert page.locator(".matrix button[tabindex='0']").count() == 1
    page.locator(".matrix button[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    toast(page)
    assert pasted(page) == f"color: {hexes(page)[2].lower()};\nbackground: {hexes(page)[0].lower()};"
    told = page.locator(".sights figcaption").all_inner_texts()
    assert [line.split("\n")[0] for line in told] == [
        "Full color vision",
        "Red-weak (protan)",
        "Green-weak (deutan)",
        "Blue-weak (tritan)",
        "Lightness only",
    ]
    assert all("distinct" in line or "merge" in line for line in told)
    shot(page, "contrast")


def test_the_contrast_ratio_follows_wcag(opened):
    page = opened()
    # Black on white, and the gray #767676 that is the lightest to pass on white: WCAG 2.2, technique G18.
    ratios = page.evaluate(
        """async () => {
            const {contrast} = await import('/static/js/color.js');
            return ['#000000', '#767676', '#777777'].map((hex) => contrast(hex, '#ffffff'));
        }"""
    )
    assert ratios[0] == 21
    assert ratios[1] >= 4.5 > ratios[2]


def test_the_cloud_turns_by_mouse_and_by_key_and_never_by_itself(opened, open_view, settled, timers, shot):
    page = opened()
    open_view(page, "Color cloud")
    look = "() => document.querySelector('.cloud').toDataURL()"
    one = page.evaluate(look)
    timers(page, 300)
    assert page.evaluate(look) == one
    shot(page, "cloud")
    page.locator(".cloud").focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    assert page.evaluate(look) != one
    page.keyboard.press("0")
    settled(page)
    assert page.evaluate(look) == one
    box = page.locator(".cloud").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 230, steps=5)
    page.mouse.up()
    settled(page)
    assert page.evaluate(look) != one


def test_every_format_of_the_server_is_offered_and_shows_its_real_output(opened, shot):
    page = opened()
    page.keyboard.press("e")
    offered = page.evaluate("fetch('/api/v1/formats').then((a) => a.json())")
    assert {one["name"] for one in offered} <= set(
        page.locator("[role=option]").evaluate_all("(all) => all.map((e) => e.dataset.name)")
    )
    page.get_by_role("option", name="CSS variables").click()
    page.wait_for_selector(".pane pre .chip")
    first = page.locator(".pan .hex").first.inner_text().lower()
    assert first in page.locator(".pane pre").inner_text()
    assert page.locator(".pane .chip").count() == page.locator(".pan").count()
    shot(page, "export")
    with_names = page.locator(".pane pre").inner_text()
    page.get_by_label("Names").last.uncheck()
    page.wait_for_function("(old) => document.querySelector('.pane pre')?.innerText !== old", arg=with_names)


def test_an_edited_palette_is_exported_with_its_edits(opened, hexes):
    page = opened()
    page.keyboard.press("1")
    page.keyboard.press("F2")
    page.keyboard.type("My first")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+ArrowRight")
    page.locator("#export").click()
    page.get_by_role("option", name="JSON .json", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save file").click()
    told = json.loads(saved.value.path().read_text())
    assert [color["hex"].upper() for color in told["colors"]] == hexes(page)
    assert told["colors"][1]["name"] == "My first"
    assert saved.value.suggested_filename == "ring.json"


def test_the_keyboard_alone_opens_copies_locks_tries_and_exports(visit, rest, hexes, pasted, toast):
    page = visit()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "Open Ring":
            break
    page.keyboard.press("Enter")
    rest(page)
    page.keyboard.press("3")
    page.keyboard.press("c")
    toast(page)
    third = hexes(page)[2]
    assert pasted(page) == third
    page.keyboard.press("l")
    page.keyboard.press("Space")
    rest(page)
    assert hexes(page)[2] == third
    page.locator("#export").focus()
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.dataset.name") != "gpl":
        page.keyboard.press("ArrowDown")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.path().read_text().startswith("GIMP Palette")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "export"


def test_the_coolors_link_has_the_colors_and_the_poster_is_shown(opened, hexes, shot):
    page = opened()
    page.keyboard.press("e")
    page.get_by_role("option", name="Coolors").last.click()
    page.wait_for_selector(".pane pre >> text=coolors.co")
    assert (
        page.locator(".pane pre").inner_text().strip()
        == "https://coolors.co/" + "-".join(hexes(page)).replace("#", "").lower()
    )
    page.get_by_role("option", name="Poster").click()
    page.wait_for_selector(".pane img, .pane .said")
    shot(page, "poster")


def card(page):
    """The palette that was sent for the poster, and the colors of large areas of the poster."""
    with page.expect_request("**/poster?**") as asked:
        page.get_by_role("option", name="Poster").click()
    page.wait_for_selector(".pane img[alt^='Poster']")
    sent = asked.value.post_data_json["colors"]
    seen = page.evaluate("""async () => {
        const image = document.querySelector('.pane img');
        await image.decode();
        const {naturalWidth: width, naturalHeight: height} = image;
        const flat = new OffscreenCanvas(width, height).getContext('2d');
        flat.drawImage(image, 0, 0);
        const counts = new Map();
        const codes = new Uint32Array(flat.getImageData(0, 0, width, height).data.buffer);
        for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
        const hex = (code) => '#' + [0, 8, 16].map((by) => (code >> by & 255).toString(16).padStart(2, '0')).join('');
        return [...counts].filter(([, n]) => n > 2000).map(([code]) => hex(code));
    }""")
    return sent, seen


def test_the_poster_shows_the_edited_palette(opened, hexes, shot):
    page = opened()
    first = page.locator(".pan .name").first
    first.dblclick()
    page.keyboard.type("Grandmother's coat")
    page.keyboard.press("Enter")
    page.locator(".swatch").nth(1).focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Delete")
    shown = [code.lower() for code in hexes(page)]
    page.keyboard.press("e")
    sent, seen = card(page)
    assert [color["hex"] for color in sent] == shown
    assert sent[0]["name"] == "Grandmother's coat"
    assert set(shown) <= set(seen)
    shot(page, "poster-edited")


def test_the_poster_shows_the_recolored_picture(opened, hexes, shot):
    codes = np.full((64, 96, 3), (30, 60, 160), np.uint8)
    codes[:32] = 200, 40, 30
    page = opened(Image.fromarray(codes))
    page.get_by_role("tab", name="Recolor").click()
    page.wait_for_selector(".recolor canvas")
    page.evaluate("""async () => {
        const parts = ['recoloring', 'state'].map((name) => import(`/static/js/${name}.js`));
        const [{become}, {state}] = await Promise.all(parts);
        become(state.pans.find((pan) => pan.hex === '#c8281e').id, '#28a03c');
    }""")
    page.wait_for_selector("canvas[data-drawn*='28a03c']")
    page.keyboard.press("e")
    sent, seen = card(page)
    assert "#28a03c" in [color["hex"] for color in sent]
    assert "#28a03c" in seen
    assert "#c8281e" not in seen
    shot(page, "poster-recolored")


def test_on_a_phone_no_view_scrolls_sideways(opened, open_view, shot):
    page = opened(size=(390, 844))
    for name in ("Methods", "Contrast", "Color cloud"):
        open_view(page, name, tap=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shot(page, f"{name.lower().replace(' ', '-')}-phone")
    page.locator("#export-dock").tap()
    page.wait_for_selector(".pane pre, .pane img, .pane ul")
    box = page.locator("#export-dialog").bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
    shot(page, "export-phone")


def test_export_opens_with_what_designers_take_first_and_finds_the_others(opened):
    page = opened()
    page.keyboard.press("e")
    names = "(all) => all.map((one) => one.dataset.name)"
    assert page.locator("[role=option]").evaluate_all(names)[:6] == ["ase", "css", "tailwind", "dtcg", "png", "card"]
    page.get_by_label("Find a format").fill("krita")
    assert set(page.locator("[role=option]").evaluate_all(names)) >= {"gpl", "kpl"}
    page.get_by_label("Find a format").fill("procreate")
    assert page.locator("[role=option]").evaluate_all(names) == ["procreate"]
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".swatches")
    page.get_by_label("Find a format").fill("no such thing")
    assert page.locator(".formats").inner_text() == "No format fits."


def test_the_poster_is_drawn_as_the_options_say(opened, settled):
    page = opened()
    page.keyboard.press("e")
    page.get_by_role("option", name="Poster").click()
    page.get_by_label("Layout").select_option("story")
    page.wait_for_selector(".pane figcaption >> text=3840 pixels")
