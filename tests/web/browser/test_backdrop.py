"""Backdrop: what the server puts behind the picture."""

import numpy as np
from PIL import Image


def hung(page):
    page.get_by_role("tab", name="Backdrop").click()
    page.wait_for_selector("#other[data-drawn]")
    return page


def seen(page):
    """The natural sizes of the previews."""
    return page.locator(".ground img").evaluate_all("(all) => all.map((one) => [one.naturalWidth, one.naturalHeight])")


def test_story_square_and_slide_are_shown_small_with_the_reason(opened, shot):
    page = hung(opened())
    sizes = seen(page)
    assert [round(width / height, 2) for width, height in sizes] == [0.56, 1.0, 1.78]
    assert all(width <= 720 for width, _ in sizes)
    assert "so the background is" in page.locator("#about .told").inner_text()
    shot(page, "backdrop")


def test_each_kind_and_both_moods_are_drawn(opened):
    page = hung(opened())
    looks = set()
    seen = """async () => {
        const image = document.querySelector('.ground img');
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
        page.locator(".backdrop").get_by_label(kind, exact=True).check()
        page.locator(".backdrop").get_by_label(mood, exact=True).check()
        page.wait_for_selector(f"#other[data-drawn*='kind={kind.lower()}'][data-drawn*='mode={mood.lower()}']")
        looks.add(page.evaluate(seen))
    assert len(looks) == 5


def test_margin_and_corners_are_what_the_keys_make_them(opened):
    page = hung(opened())
    margin = page.get_by_label("Margin")
    assert margin.get_attribute("aria-valuetext") == "8%"
    margin.focus()
    page.keyboard.press("End")
    page.wait_for_selector("#other[data-drawn='margin=0.45']")
    page.get_by_label("Corners").focus()
    page.keyboard.press("Home")
    page.wait_for_selector("#other[data-drawn='margin=0.45&radius=0']")


def test_with_palette_the_strip_has_the_palette_as_it_stands(opened, hexes, shot):
    page = opened()
    page.locator(".swatch").nth(1).focus()
    page.keyboard.press("Delete")
    page = hung(page)
    page.get_by_label("With palette").check()
    shown = [code[1:].lower() for code in hexes(page)]
    page.wait_for_selector(f"#other[data-drawn*='strip=true&palette={'%2C'.join(shown)}']")
    shot(page, "backdrop-strip")
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


def test_the_size_that_is_marked_is_saved_whole(opened):
    page = hung(opened())
    page.get_by_role("radio", name="Story").focus()
    page.keyboard.press("ArrowDown")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save PNG").click()
    assert saved.value.suggested_filename == "ring-square.png"
    with Image.open(saved.value.path()) as image:
        assert image.size == (1080, 1080)


def test_its_css_is_copied(opened, pasted):
    page = hung(opened())
    page.get_by_role("button", name="Copy CSS").click()
    page.wait_for_selector("#toast >> text=Copied CSS")
    assert "background-color: #" in pasted(page)


def test_another_picture_gets_its_own(opened, rest):
    page = hung(opened())
    page.wait_for_selector(".ground img[src^=blob]")
    before = page.locator("#about .told").inner_text()
    page.set_input_files("#file", "examples/harbor.jpg")
    rest(page)
    other = "(old) => ![old, undefined].includes(document.querySelector('#about .told')?.innerText)"
    page.wait_for_function(other, arg=before)
