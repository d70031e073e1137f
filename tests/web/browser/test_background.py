"""Background: the picture on a background that the server draws."""

import numpy as np
from PIL import Image


def open_background(page):
    page.get_by_role("tab", name="Background").click()
    page.wait_for_selector("#other[data-drawn]")
    return page


def seen(page):
    """The natural sizes of the previews."""
    return page.locator(".preview img").evaluate_all("(all) => all.map((one) => [one.naturalWidth, one.naturalHeight])")


def test_previews_of_all_sizes_and_the_reason_are_shown(opened, shot):
    page = open_background(opened())
    sizes = seen(page)
    assert [round(width / height, 2) for width, height in sizes] == [0.56, 1.0, 1.78]
    assert all(width <= 720 for width, _ in sizes)
    reason = page.evaluate(
        """async () => {
            const {state} = await import('/static/js/state.js');
            const answer = await fetch(`/api/v1/background?picture=${state.picture.digest}&size=story&format=json`);
            return (await answer.json()).reason;
        }"""
    )
    assert page.locator("#about .told").inner_text() == reason
    shot(page, "background")


def test_each_kind_is_drawn_light_and_dark(opened):
    page = open_background(opened())
    looks = set()
    seen = """async () => {
        const image = document.querySelector('.preview img');
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), {width: 54, height: 96});
        canvas.getContext('2d').drawImage(image, 0, 0, 54, 96);
        return canvas.toDataURL();
    }"""
    for kind, mood in (
        ("Solid", "Light"),
        ("Solid", "Dark"),
        ("Gradient", "Dark"),
        ("Field", "Dark"),
        ("Field", "Light"),
    ):
        page.locator(".background").get_by_label(kind, exact=True).check()
        page.locator(".background").get_by_label(mood, exact=True).check()
        page.wait_for_selector(f"#other[data-drawn*='kind={kind.lower()}'][data-drawn*='mode={mood.lower()}']")
        looks.add(page.evaluate(seen))
    assert len(looks) == 5


def test_keys_set_the_margin_and_the_corners(opened):
    page = open_background(opened())
    margin = page.get_by_label("Margin")
    assert margin.get_attribute("aria-valuetext") == "8%"
    margin.focus()
    page.keyboard.press("End")
    page.wait_for_selector("#other[data-drawn='margin=0.45']")
    page.get_by_label("Corners").focus()
    page.keyboard.press("Home")
    page.wait_for_selector("#other[data-drawn='margin=0.45&radius=0']")


def test_the_strip_shows_the_current_palette(opened, hexes, shot):
    page = opened()
    page.locator(".swatch").nth(1).focus()
    page.keyboard.press("Delete")
    page = open_background(page)
    page.get_by_label("With palette").check()
    shown = [code[1:].lower() for code in hexes(page)]
    page.wait_for_selector(f"#other[data-drawn*='strip=true&palette={'%2C'.join(shown)}']")
    shot(page, "background-strip")
    page.keyboard.press("3")
    page.keyboard.press("Delete")
    page.wait_for_selector(f"#other[data-drawn$='palette={'%2C'.join(shown[:2] + shown[3:])}']")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save PNG").click()
    with Image.open(saved.value.path()) as image:
        codes = np.asarray(image.convert("RGB"))
    left = shown[:2] + shown[3:]
    seen = [list(dict.fromkeys(f"{r:02x}{g:02x}{b:02x}" for r, g, b in row[::9])) for row in codes[1000:]]
    assert left in [[code for code in row if code in left] for row in seen]
    page.get_by_label("With palette").uncheck()
    page.wait_for_selector("#other[data-drawn='']")


def test_the_marked_size_is_saved_in_full_resolution(opened):
    page = open_background(opened())
    page.get_by_role("radio", name="Story").focus()
    page.keyboard.press("ArrowDown")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save PNG").click()
    assert saved.value.suggested_filename == "ring-square.png"
    with Image.open(saved.value.path()) as image:
        assert image.size == (1080, 1080)


def test_the_css_is_copied(opened, pasted, toast):
    page = open_background(opened())
    page.get_by_role("button", name="Copy CSS").click()
    toast(page, "Copied CSS")
    assert "background-color: #" in pasted(page)


def test_another_picture_gets_its_own_background(opened, rest):
    page = open_background(opened())
    page.wait_for_selector(".preview img[src^=blob]")
    before = page.locator("#about .told").inner_text()
    page.set_input_files("#file", "examples/harbor.jpg")
    rest(page)
    other = "(old) => ![old, undefined].includes(document.querySelector('#about .told')?.innerText)"
    page.wait_for_function(other, arg=before)
