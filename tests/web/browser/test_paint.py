"""The tab Paint: tubes, recipes, and tubes at home."""

import pytest
from PIL import Image

NAMES = "(all) => all.map((e) => e.textContent.toLowerCase())"


@pytest.fixture
def picture():
    """A dark blue with an orange corner and a pale field."""
    image = Image.new("RGB", (120, 60), (24, 44, 80))
    image.paste((240, 170, 70), (0, 0, 30, 20))
    image.paste((226, 214, 190), (60, 0, 120, 40))
    return image


def drawn(page, **asked):
    """Wait until the tubes and recipes of these options are drawn."""
    page.wait_for_selector("#other" + "".join(f"[data-drawn*='{name}={value}&']" for name, value in asked.items()))


def tubes(page):
    return page.locator(".tubes .name").evaluate_all(NAMES)


def test_the_slider_ticks_box_and_stock_change_the_answer_and_axe_finds_nothing(
    opened, open_view, picture, shot, axe, hexes, expect
):
    page = opened(picture)
    open_view(page, "Paint")
    drawn(page, n=5)
    codes = page.locator(".recipes li").evaluate_all("(all) => all.map((e) => e.dataset.hex.toUpperCase())")
    assert codes == hexes(page)
    expect(page.locator("#about")).to_contain_text("5 tubes: ")
    slider = page.get_by_role("slider", name="Tubes")
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    drawn(page, n=3)
    assert len(tubes(page)) == 3
    bars = page.locator(".curve i")
    assert (bars.count(), bars.nth(2).get_attribute("class")) == (13, "now")
    for name in ("Black", "Orange", "Violet", "White"):
        page.locator(".have").get_by_role("checkbox", name=name).check(force=True)
    drawn(page, n=4)
    assert tubes(page) == ["white", "orange", "violet", "black"]
    expect(slider).to_have_attribute("aria-valuetext", "4 of 13")
    page.get_by_role("checkbox", name="Stock tints").uncheck(force=True)
    page.wait_for_selector("#other[data-drawn*='stock=false']")
    assert page.locator(".stock li").count() == 0
    assert axe(page) == []
    shot(page, "paint")
    page.locator("#paint-box").select_option("zorn")
    drawn(page, box="zorn")
    assert tubes(page) == ["white", "yellow oxide", "red", "black"]
    assert page.locator(".have").get_by_role("checkbox", name="Orange").count() == 0


def test_the_sheet_is_saved_and_print_shows_the_recipes_alone(opened, open_view, picture, pasted, toast):
    page = opened(picture)
    open_view(page, "Paint")
    drawn(page, n=5)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save PNG").click()
    assert saved.value.suggested_filename.endswith("-paints.png")
    with Image.open(saved.value.path()) as sheet:
        assert sheet.width == 1588
    page.locator(".paint .saves").get_by_role("button", name="Copy").click()
    toast(page, "Copied the recipes")
    assert "First make " in pasted(page)
    page.emulate_media(media="print")
    assert page.locator(".recipes").is_visible()
    assert page.locator(".says").is_visible()
    assert [page.locator(one).is_visible() for one in ("#tabs", ".rail", "#pans", ".paint .side")] == [False] * 4
