"""Reduce: the picture with few colors beside the original, and the file sizes."""

import io

import numpy as np
from PIL import Image


def reducing(page):
    page.get_by_role("tab", name="Reduce").click()
    page.wait_for_selector("#other[data-drawn]")
    return page


def weighed(page):
    page.wait_for_function(
        "() => [...document.querySelectorAll('.sizes tbody td')].every((cell) => !cell.innerText.includes('…'))"
    )


def test_the_table_shows_file_sizes_and_errors(opened, hexes, shot):
    page = reducing(opened())
    weighed(page)
    rows = page.locator(".sizes tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == ["Original", "PNG, these 7", "PNG, 16 colors", "PNG, 32 colors"]
    asked = page.evaluate(
        """async (colors) => {
            const {state} = await import('/static/js/state.js');
            const query = new URLSearchParams({picture: state.picture.digest, palette: colors.join(',')});
            return (await fetch(`/api/v1/quantize/report?${query}`)).json();
        }""",
        hexes(page),
    )
    assert rows[1].split("\t")[1:] == [
        f"{max(1, round(asked['bytes_after'] / 1000))} KB",
        f"{asked['difference']:.1f}, visible",
    ]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save reduced PNG").click()
    assert saved.value.path().stat().st_size == asked["bytes_after"]
    assert saved.value.suggested_filename == "ring-7-colors.png"
    shot(page, "reduce")


def test_saved_files_have_the_colors_on_screen_even_if_moved_by_hand(opened, hexes, rest):
    page = opened()
    page.locator(".point").first.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    rest(page)
    reducing(page)
    for name, kind in (("Save reduced PNG", "PNG"), ("Save as GIF", "GIF"), ("Save as WebP", "WEBP")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        with Image.open(saved.value.path()) as image:
            assert image.format == kind
            codes = {"#{:02X}{:02X}{:02X}".format(*color) for _, color in image.convert("RGB").getcolors()}
        assert codes <= set(hexes(page))


def test_the_divider_moves_by_mouse_and_by_key(opened):
    page = reducing(opened())
    line = page.get_by_role("slider", name="Divider")
    assert line.get_attribute("aria-valuenow") == "50"
    line.focus()
    page.keyboard.press("ArrowRight")
    assert line.get_attribute("aria-valuenow") == "52"
    page.keyboard.press("End")
    assert line.get_attribute("aria-valuetext") == "Original 100 percent, then 7 colors"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert line.get_attribute("aria-valuenow") == "0"
    box = page.locator(".fitted").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 60, steps=4)
    page.mouse.up()
    assert line.get_attribute("aria-valuenow") == "25"
    # The original is left of the divider, the reduced picture right of it.
    seen = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")
    many, few = (
        len(np.unique(np.asarray(seen)[40:-40, a:b].reshape(-1, 3), axis=0)) for a, b in ((0, 150), (300, 450))
    )
    assert few < many / 3


def test_least_error_has_its_own_number_of_colors(opened):
    page = reducing(opened())
    page.get_by_label("Least error").check()
    count = page.get_by_label("Colors of its own")
    count.focus()
    page.keyboard.press("Home")
    page.wait_for_selector("#other[data-drawn='k=2']")
    weighed(page)
    assert page.locator("[data-row=shown] th").inner_text() == "PNG, 2 colors"
    assert page.locator(".tag.right").inner_text() == "2 colors"
    assert page.locator(".sizes tbody tr:visible").count() == 4
    count.fill("10")  # the index of 16 colors, which already have a row
    page.wait_for_selector("#other[data-drawn='k=16']")
    assert page.locator(".sizes tbody tr:visible").count() == 3
    page.keyboard.press("End")
    page.wait_for_selector("#other[data-drawn='k=256']")
    assert count.get_attribute("aria-valuetext") == "256 colors"


def test_each_dither_of_the_server_is_offered_with_its_summary(opened):
    page = reducing(opened())
    offered = page.evaluate("fetch('/api/v1/dithers').then((answer) => answer.json())")
    values = page.locator("#reduce-dither option").evaluate_all("(all) => all.map((one) => one.value)")
    assert sorted(values) == sorted(one["name"] for one in offered)
    assert page.get_by_label("Strength").count() == 0
    page.get_by_label("Dither").select_option("bayer")
    page.wait_for_selector("#other[data-drawn*='dither=bayer']")
    assert next(one["summary"] for one in offered if one["name"] == "bayer") in page.locator(".side").inner_text()
    page.get_by_label("Strength").fill("0.5")
    page.wait_for_selector("#other[data-drawn*='strength=0.5']")


def test_the_picture_follows_the_number_of_colors_and_the_last_wins(opened, rest):
    page = reducing(opened())
    for k in (3, 9, 5, 4):
        page.locator("#count").fill(str(k))
    rest(page)
    page.wait_for_function("() => document.getElementById('other').dataset.drawn.split('%2C').length === 4")
    assert page.locator("[data-row=shown] th").inner_text() == "PNG, these 4"


def test_a_failed_request_shows_an_error_and_can_be_tried_again(opened):
    page = opened()
    page.route("**/api/v1/quantize?**", lambda route: route.abort())
    page.get_by_role("tab", name="Reduce").click()
    page.wait_for_selector("#error p")
    assert page.locator("#error p").inner_text() == "pochade is not answering. Your palette is still here."
    page.unroute("**/api/v1/quantize?**")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("#other[data-drawn]")
    assert page.locator("#error p").count() == 0
