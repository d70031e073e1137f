"""The values of a color, and its tints and shades."""

import pochade
from pochade.color.css_value import css_value

COLORS = [(0, 0, 0), (255, 255, 255), (128, 128, 128), (164, 32, 35), (1, 2, 3), (254, 255, 254), (255, 0, 255)]
COLORS += [(37 * i % 256, 101 * i % 256, 53 * i % 256) for i in range(1, 60)]


def test_notations_have_enough_digits_and_cmyk_is_naive(visit):
    page = visit()
    hexes = [pochade.Color(codes).hex for codes in COLORS]
    told = page.evaluate("(all) => import('/static/js/color.js').then(({notations}) => all.map(notations))", hexes)
    for codes, rows in zip(COLORS, told, strict=True):
        assert [row[0] for row in rows] == ["HEX", "RGB", "HSL", "OKLCH", "CMYK"]
        assert [css_value(row[1]) for row in rows[:4]] == [codes] * 4
    cmyk = dict(zip(hexes, (rows[4] for rows in told), strict=True))
    assert cmyk["#000000"] == ["CMYK", "0% 0% 0% 100%", "naive"]
    assert cmyk["#ffffff"][1] == "0% 0% 0% 0%"
    assert cmyk["#a42023"][1] == "0% 80% 79% 36%"


def test_the_label_copies_each_value_of_a_color(opened, pasted, toast, shot):
    page = opened()
    page.get_by_label("Values and tints of").nth(1).click(force=True)
    page.wait_for_selector(".pinned .value")
    shown = page.locator(".value").all_inner_texts()
    assert len(shown) == 5
    assert "naive" in page.locator(".values").inner_text()
    for i, text in enumerate(shown):
        page.locator(".value").nth(i).click()
        toast(page, f"Copied {text}")
        assert pasted(page) == text
    page.wait_for_selector(".tint-strip button")
    shot(page, "details")
    page.get_by_role("button", name="Done").click()
    assert page.locator(".value").count() == 0


def test_tints_are_the_librarys_are_copied_and_tell_their_contrast(opened, hexes, pasted, toast):
    page = opened()
    at = 3
    scale = pochade.tints(hexes(page)[at])
    page.get_by_label("Values and tints of").nth(at).click(force=True)
    page.wait_for_selector(".tint-strip button")
    colors = page.locator(".tint-strip button").evaluate_all(
        "(all) => all.map((one) => one.style.getPropertyValue('--c'))"
    )
    assert colors == [color.hex for color in scale.values()]
    pale = page.locator(".tint-strip button").first
    pale.click()
    toast(page, scale[50].hex.upper())
    assert pasted(page) == scale[50].hex.upper()
    assert page.locator(".tint-said").inner_text().startswith(f"50, {scale[50].hex.upper()}: contrast of black text 1")
    page.locator(".tints").get_by_role("button", name="Export").click()
    page.wait_for_selector(".pane pre .chip")
    written = page.locator(".pane pre").inner_text()
    assert all(color.hex in written for color in scale.values())
    assert written.count("-950:") == page.locator(".pan").count()
