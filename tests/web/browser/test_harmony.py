"""Harmonies around a color of the palette."""

import numpy as np
import pytest
from PIL import Image

RED, TEAL = (200, 40, 40), (20, 130, 130)


@pytest.fixture
def picture():
    """Gray with a red and a teal field."""
    codes = np.full((60, 120, 3), 128, np.uint8)
    codes[:20, :60], codes[:20, 60:] = RED, TEAL
    return Image.fromarray(codes)


def partners(page, scheme):
    """The labels of a scheme's partners."""
    return page.locator(f"[data-scheme={scheme}] button").evaluate_all("(all) => all.map((e) => e.ariaLabel)")


def test_colors_of_the_picture_come_first_and_generated_ones_are_marked(opened, open_view, picture, shot):
    page = opened(picture)
    open_view(page, "Harmony")
    page.get_by_label("#C82828").and_(page.get_by_role("radio")).check(force=True)
    page.wait_for_selector("#other[data-drawn='#c82828']")
    (opposite,) = partners(page, "complementary")
    assert "#148282, in the picture. In the palette." in opposite
    first, second = partners(page, "analogous")
    assert "generated. Add to the palette." in first
    assert "generated. Add to the palette." in second
    assert [page.locator(f"[data-scheme={one}] .generated").count() for one in ("complementary", "analogous")] == [0, 2]
    shot(page, "harmony")


def test_a_generated_color_is_added_locked_and_without_a_point(opened, open_view, picture, hexes, rest, expect):
    page = opened(picture)
    open_view(page, "Harmony")
    button = page.locator("[data-scheme=triad] .generated button").first
    code = button.get_attribute("data-hex")
    button.click()
    rest(page)
    assert code.upper() in hexes(page)
    pan = page.locator(".pan").filter(has_text=code.upper())
    expect(pan.locator(".lock")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"[data-hex='{code}']")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("tab", name="Palette").click()
    assert page.locator(".point").count() == len(hexes(page)) - 1
    pan.hover()
    expect(page.locator("#about")).to_contain_text("You added this color; the picture does not have it. Locked.")


def test_a_locked_color_is_the_middle_and_a_real_pixel_is_added_with_its_point(opened, open_view, rest, expect):
    page = opened("Autumn")
    pan = page.locator(".pan").nth(4)
    pan.hover()
    pan.locator(".lock").click()
    code = pan.locator(".hex").inner_text().lower()
    open_view(page, "Harmony")
    page.wait_for_selector(f"#other[data-drawn='{code}']")
    fresh = page.locator(".partners li:not(.generated) button:not([aria-disabled])").first
    added = fresh.get_attribute("data-hex")
    points = page.locator(".point").count()
    fresh.click()
    rest(page)
    expect(page.locator(".pan").filter(has_text=added.upper())).to_have_count(1)
    assert page.locator(".point").count() == points + 1


def test_a_gray_picture_says_that_it_has_no_hue(opened):
    page = opened(Image.linear_gradient("L").convert("RGB"))
    page.get_by_role("tab", name="Harmony").click()
    page.wait_for_selector("#other >> text=All colors of this palette are grays, which have no hue.")
