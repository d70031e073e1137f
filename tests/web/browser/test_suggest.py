"""The view Suggest: rows of proposals that keep the locked colors, by mouse and by keyboard."""


def rows(page):
    """The colors of each row."""
    return page.locator(".proposal").evaluate_all(
        "(all) => all.map((row) => [...row.children].map((one) => one.style.getPropertyValue('--c').toUpperCase()))"
    )


def lock(page, at):
    pan = page.locator(".pan").nth(at)
    pan.hover()
    pan.locator(".lock").click()
    return pan.locator(".hex").inner_text()


def test_locked_colors_stand_and_a_click_takes_a_row(opened, open_view, hexes, rest, expect, shot):
    page = opened("Autumn")
    first, third = lock(page, 0), lock(page, 2)
    open_view(page, "Suggest")
    before = rows(page)
    assert len(before) == 5
    assert all(len(row) == 5 and row[:2] == [first, third] for row in before)
    expect(page.locator(".proposals p").first).to_contain_text("after ")
    shot(page, "suggest")

    page.keyboard.press("Space")
    page.wait_for_selector("#other[data-drawn='1']")
    fresh = rows(page)
    assert fresh != before
    assert all(row[:2] == [first, third] for row in fresh)
    expect(page.locator("#spoken")).to_have_text("Five other palettes.")

    shown = hexes(page)
    page.locator(".proposal").nth(1).click()
    rest(page)
    assert hexes(page) == fresh[1]
    expect(page.locator(".proposal").nth(1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+z")
    expect(page.locator(".pan .hex")).to_have_text(shown)


def test_rows_are_reached_and_taken_with_the_keyboard(opened, open_view, hexes, rest, expect):
    page = opened("Autumn")
    kept = lock(page, 1)
    open_view(page, "Suggest")
    page.locator(".proposal").first.focus()
    page.keyboard.press("ArrowDown")
    focused = page.locator(".proposal:focus")
    expect(focused).to_have_attribute("data-row", "1")
    assert focused.get_attribute("aria-label").startswith("Proposal 2: ")
    assert f"{kept}, locked" in focused.get_attribute("aria-label")
    assert page.locator(".proposal[tabindex='0']").count() == 1
    page.keyboard.press("Space")
    page.wait_for_selector("#other[data-drawn='1']")
    expect(page.locator(".proposal:focus")).to_have_attribute("data-row", "1")
    row = rows(page)[1]
    page.keyboard.press("Enter")
    rest(page)
    assert hexes(page) == row
    page.select_option("#suggest-method", "wheel")
    page.wait_for_selector(".proposals p >> text=/complementary|analogous|triad|split|square/")
