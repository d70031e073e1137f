"""The view Collection: wishes as chips, pictures that fit with the reason, and the search in the address."""

import re

from PIL import Image

from .conftest import PHONE


def names(page):
    """The ids of the pictures, the best first."""
    return page.locator(".results .id").all_inner_texts()


def test_wishes_find_pictures_and_say_why(visit, museum, expect, axe, shot, settled, tmp_path):
    page = visit(base=museum)
    expect(page.get_by_role("tab", name="Collection")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#found-told")).to_contain_text("Click a color")
    expect(page.locator(".hall > .strip button").nth(3)).to_be_visible()
    page.locator("#wish").fill("teal")
    page.keyboard.press("Enter")
    expect(page.locator("#found-told")).to_have_text("2 of 4 pictures fit.")
    assert names(page) == ["sea.png", "sky.png"]
    first = page.locator(".results li").first
    expect(first.locator(".answers").first).to_contain_text("teal 95%")
    assert first.locator(".ring").count() == 1
    expect(page.locator("#wish")).to_be_focused()
    expect(page.locator("#spoken")).to_have_text("2 of 4 pictures fit.")

    page.locator("#share-0").focus()
    page.keyboard.press("End")
    expect(page.locator(".wish output")).to_have_text("100%")
    expect(page.locator("#found-told")).to_have_text("4 of 4 pictures fit.")
    page.locator("#wish").fill("green")
    page.keyboard.press("Enter")
    page.locator("#none-1").click()
    expect(page.locator("#none-1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".results .id")).to_have_text(["sea.png", "sky.png", "wall.png"])
    expect(page).to_have_url(re.compile("wish=teal%3A100%25&no=green"))
    settled(page)
    shot(page, "collection")
    assert axe(page) == []

    page.get_by_label("Remove teal").click()
    expect(page.locator("#other")).to_have_attribute("data-drawn", re.compile(r'"wishes":\[\]'))
    page.locator(".results button").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".results li").nth(1).locator("button")).to_be_focused()
    liked = names(page)[1]
    page.keyboard.press("Enter")
    expect(page.locator(".liked")).to_contain_text(liked)
    expect(page.locator(".results .id").first).to_have_text(liked)
    page.get_by_label("Remove the picture").click()
    Image.new("RGB", (8, 8), "#c32727").save(tmp_path / "red.png")
    page.locator(".like input[type=file]").set_input_files(tmp_path / "red.png")
    expect(page.locator(".results .id").first).to_have_text("wall.png")

    page.locator("#wish").fill("blorple")
    page.keyboard.press("Enter")
    expect(page.locator("#error")).to_contain_text("blorple")
    page.get_by_label("Remove blorple").click()
    expect(page.locator("#error")).to_be_empty()
    page.get_by_role("tab", name="Palette").click()
    expect(page.locator(".pan").first).to_be_visible()
    expect(page).to_have_url(re.compile("#colors="))


def test_a_link_restores_the_search_on_a_dark_phone(visit, museum, expect, axe, shot, settled):
    page = visit(size=PHONE, dark=True, base=museum, at="#collection=museum&wish=orange:2%25..10%25&no=teal")
    expect(page.locator(".results .id")).to_have_text(["leaf.png", "wall.png"])
    expect(page.locator(".wish output")).to_have_text("2%..10%")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, "collection-phone")
    assert axe(page) == []


def test_a_server_without_collections_has_no_such_tab(visit, expect):
    page = visit(at="#collection=museum&wish=teal")
    expect(page.locator("#tab-collection")).to_be_hidden()
    assert "empty" in page.evaluate("document.body.className")
