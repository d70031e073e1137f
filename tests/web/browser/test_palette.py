"""The pans, the controls, and undo."""

import re

import pytest


def names(page):
    return page.locator(".pan .name").all_inner_texts()


def test_a_click_copies_a_color_and_confirms_it(opened, hexes, pasted, toast):
    page = opened()
    page.locator(".swatch").nth(2).click()
    assert toast(page) == f"Copied {hexes(page)[2]}"
    assert pasted(page) == hexes(page)[2]


@pytest.mark.parametrize("key", ["Enter", "c"])
def test_a_key_copies_a_color(opened, hexes, pasted, toast, key):
    page = opened()
    page.keyboard.press("3")
    page.keyboard.press(key)
    toast(page)
    assert pasted(page) == hexes(page)[2]


def test_alt_click_copies_in_the_format_of_the_last_export(opened, hexes, pasted, toast):
    page = opened()
    page.get_by_role("button", name="Export").click()
    page.get_by_role("option", name="CSS variables").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    page.keyboard.press("Escape")
    page.locator(".swatch").nth(1).click(modifiers=["Alt"])
    toast(page, "--")
    assert re.search(rf"^--.*{hexes(page)[1]}", pasted(page), re.I)


def test_the_pans_are_one_tab_stop_and_arrows_move(opened):
    page = opened()
    assert page.locator(".swatch[tabindex='0']").count() == 1
    page.locator(".swatch").nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.pan') === document.querySelectorAll('.pan')[2]")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.closest('.pan') === [...document.querySelectorAll('.pan')].at(-1)")
    assert page.locator(".swatch[tabindex='0']").count() == 1


def test_a_pan_has_a_description_for_screen_readers(opened):
    page = opened()
    said = page.locator(".swatch").nth(0).get_attribute("aria-label")
    assert re.fullmatch(r"[^,]+, #[0-9A-F]{6}, (less than )?\d+(\.\d)? percent of the picture\. Copy\.", said)
    assert re.fullmatch(r"Palette, \d+ colors", page.locator("#pans").get_attribute("aria-label"))


def test_the_slider_sets_the_number_of_colors_and_auto_resets_it(opened, rest):
    page = opened()
    assert page.locator("#count").get_attribute("aria-valuetext").endswith("colors, automatic")
    automatic = page.locator(".pan").count()
    page.locator("#count").fill("12")
    rest(page)
    assert page.locator(".pan").count() == 12
    assert not page.locator("#auto").is_checked()
    assert page.locator("#count").get_attribute("aria-valuetext") == "12 colors"
    page.locator("#auto").check()
    rest(page)
    assert page.locator(".pan").count() == automatic


def test_dragging_the_slider_sends_one_request_at_a_time_and_the_last_wins(opened, rest):
    page = opened()
    flying, most = set(), [0]

    def begun(request):
        if "/palette?" in request.url:
            flying.add(request)
            most[0] = max(most[0], len(flying))

    page.on("request", begun)
    page.on("requestfinished", lambda request: flying.discard(request))
    page.on("requestfailed", lambda request: flying.discard(request))
    page.evaluate("""() => {
        window.shifted = 0;
        const add = (e) => (window.shifted += e.hadRecentInput ? 0 : e.value);
        new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({type: 'layout-shift'});
    }""")
    box = page.locator("#count").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=30)
    page.mouse.up()
    rest(page)
    assert page.locator(".pan").count() == 16
    assert most[0] <= 2  # a canceled request counts until the browser reports it
    assert page.evaluate("window.shifted") < 0.01


def test_an_order_sorts_pans_bar_and_points(opened, rest, hexes):
    page = opened()
    before = hexes(page)
    page.locator("#order").select_option("lightness")
    rest(page)
    after = hexes(page)
    assert sorted(after) == sorted(before)
    assert after != before
    ids = "(s) => [...document.querySelectorAll(s)].map((e) => e.dataset.id)"
    assert page.evaluate(ids, "#pans .pan") == page.evaluate(ids, "#bar button") == page.evaluate(ids, "#points .point")


def test_locked_colors_keep_their_place_and_the_others_change(opened, rest, hexes):
    page = opened()
    before = hexes(page)
    page.keyboard.press("3")
    page.keyboard.press("l")
    assert page.locator(".lock[aria-pressed='true']").count() == 1
    page.keyboard.press("Space")
    rest(page)
    after = hexes(page)
    assert after[2] == before[2]
    assert len(after) == len(before)
    assert set(after) != set(before)
    shares = [float(text.partition("%")[0].strip("<")) for text in page.locator(".pan .part").all_inner_texts()]
    assert 95 < sum(shares) < 105


def test_try_another_is_disabled_when_all_colors_are_locked(opened):
    page = opened()
    for lock in page.locator(".lock").all():
        lock.click()
    assert page.locator("#another").get_attribute("aria-disabled") == "true"
    assert page.locator("#another-why").inner_text() == "Unlock a color to try another."


def test_every_change_can_be_undone_and_redone(opened, rest, hexes):
    page = opened()
    first = hexes(page)
    page.locator("#count").fill("4")
    rest(page)
    second = hexes(page)
    page.locator("#another").click()
    rest(page)
    third = hexes(page)
    page.keyboard.press("Control+z")
    assert hexes(page) == second
    page.keyboard.press("Control+z")
    assert hexes(page) == first
    page.keyboard.press("Control+Shift+z")
    page.locator("#redo").click()
    assert hexes(page) == third


def test_a_color_is_renamed_by_a_double_click_and_escape_keeps_the_old_name(opened):
    page = opened()
    old = names(page)[1]
    page.locator(".pan .name").nth(1).dblclick()
    page.keyboard.type("Ringside")
    page.keyboard.press("Escape")
    assert names(page)[1] == old
    page.keyboard.press("F2")
    page.keyboard.type("Ringside")
    page.keyboard.press("Enter")
    assert names(page)[1] == "Ringside"


def test_delete_removes_a_color_and_lowers_the_count(opened, rest, hexes):
    page = opened()
    before = hexes(page)
    page.keyboard.press("2")
    page.keyboard.press("Delete")
    rest(page)
    assert hexes(page) == before[:1] + before[2:]
    assert page.locator("#count-shown").inner_text() == str(len(before) - 1)


def test_shift_and_arrow_move_a_color_and_set_my_order(opened, hexes):
    page = opened()
    before = hexes(page)
    page.keyboard.press("1")
    page.keyboard.press("Shift+ArrowRight")
    assert hexes(page) == [before[1], before[0], *before[2:]]
    assert page.locator("#order").input_value() == "mine"
    assert page.evaluate("document.activeElement.closest('.pan') === document.querySelectorAll('.pan')[1]")


def test_a_pan_is_dragged_to_another_place(opened, hexes):
    page = opened()
    before = hexes(page)
    one, last = page.locator(".swatch").first.bounding_box(), page.locator(".swatch").last.bounding_box()
    page.mouse.move(one["x"] + 20, one["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 30, last["y"] + 20, steps=12)
    page.mouse.up()
    assert hexes(page) == [*before[1:], before[0]]
    assert page.evaluate("window.toasts") == []


def test_method_and_its_options_come_from_the_servers_schema(opened, rest, hexes, shot):
    page = opened()
    before = hexes(page)
    page.get_by_text("Method and color space").click()
    page.get_by_label("Method", exact=True).select_option("kmeans")
    rest(page)
    assert hexes(page) != before
    offered = page.evaluate("fetch('/api/v1/methods').then((a) => a.json())")
    options = next(one["options"] for one in offered if one["name"] == "kmeans")
    assert page.locator("#fields .field").count() == len(options) + 4
    page.get_by_label("Init", exact=True).select_option("random")
    page.get_by_label("Color space").select_option("cielab")
    rest(page)
    shot(page, "advanced")
    page.get_by_role("button", name="Reset to pochade").click()
    rest(page)
    assert hexes(page) == before


def test_a_number_with_bounds_is_a_slider_that_keeps_the_focus(opened, rest, shot):
    page = opened()
    page.get_by_text("Method and color space").click()
    page.get_by_label("Method", exact=True).select_option("octree")
    rest(page)
    depth = page.get_by_label("Depth")
    assert [depth.get_attribute(name) for name in ("type", "min", "max", "step")] == ["range", "1", "20", "1"]
    assert page.locator("#fields output").inner_text() == "8"
    depth.focus()
    page.keyboard.press("ArrowLeft")
    rest(page)
    page.keyboard.press("ArrowLeft")
    rest(page)
    assert page.locator("#fields output").inner_text() == "6"
    assert page.evaluate("import('/static/js/state.js').then(({state}) => state.settings.options)") == {"depth": "6"}
    shot(page, "advanced-range")


def test_a_slider_with_an_exclusive_minimum_begins_one_step_above_it(opened, rest):
    page = opened()
    page.get_by_text("Method and color space").click()
    page.get_by_label("Method", exact=True).select_option("hdbscan")
    rest(page)
    least = page.get_by_label("Min weight")
    assert [least.get_attribute(name) for name in ("type", "min", "max", "step")] == ["range", "0.005", "0.5", "0.005"]
    least.focus()
    page.keyboard.press("Home")
    rest(page)
    assert page.locator("#fields output").inner_text() == "0.005"
    assert page.evaluate("import('/static/js/state.js').then(({state}) => [state.settings.options, state.error])") == [
        {"min_weight": "0.005"},
        None,
    ]


@pytest.mark.parametrize(
    ("method", "option", "said"),
    [
        ("mean-shift", "Bandwidth", "From 0.001 to 1000."),
        ("kmeans", "N init", "From 1 to 1000."),
        ("dbscan", "Eps", "Above 0."),
    ],
)
def test_bounds_too_wide_for_a_slider_are_shown_below_a_text_field(opened, rest, method, option, said):
    page = opened()
    page.get_by_text("Method and color space").click()
    page.get_by_label("Method", exact=True).select_option(method)
    rest(page)
    field = page.get_by_label(option)
    assert field.get_attribute("type") == "text"
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text().endswith(said)


def test_a_mood_changes_the_palette(opened, rest, hexes):
    page = opened("Autumn")
    before = hexes(page)
    page.get_by_label("Mood").select_option("light")  # on the rail, nothing to unfold
    rest(page)
    assert hexes(page) != before


def test_names_come_from_the_chosen_vocabulary(opened, rest):
    page = opened()
    before = names(page)
    page.get_by_text("Method and color space").click()
    page.get_by_label("Names", exact=True).select_option("css")
    rest(page)
    assert names(page) != before


def test_single_keys_can_be_turned_off(opened, hexes, rest):
    page = opened()
    page.keyboard.press("?")
    page.get_by_label("Use single-key shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()
    page.evaluate("document.activeElement.blur()")
    before = hexes(page)
    for key in ("Space", "t", "e", "l", "w", "c", "1", "n"):
        page.keyboard.press(key)
    rest(page)
    assert hexes(page) == before
    assert page.locator("dialog[open], .lock[aria-pressed='true'], .frame.adding").count() == 0
    assert page.evaluate("window.toasts") == []


def test_the_phone_dock_sets_the_count_and_tries_another_palette(opened, rest, hexes):
    page = opened(size=(390, 844))
    n = page.locator(".pan").count()
    page.locator("#more").tap()
    rest(page)
    assert page.locator(".pan").count() == n + 1
    assert page.locator("#number").inner_text() == str(n + 1)
    page.locator("#number").press("Enter")
    rest(page)
    assert page.locator(".pan").count() == n
    before = hexes(page)
    page.locator("#another-dock").tap()
    rest(page)
    assert hexes(page) != before
    page.locator(".lock").nth(0).tap()
    assert page.locator(".lock").nth(0).get_attribute("aria-pressed") == "true"


def test_a_share_link_restores_colors_names_order_and_settings_without_the_picture(
    opened, visit, rest, hexes, pasted, toast, shot
):
    page = opened()
    page.get_by_text("Method and color space").click()
    page.get_by_label("Method", exact=True).select_option("kmeans")
    page.locator("#order").select_option("hue")
    rest(page)
    page.keyboard.press("1")
    page.keyboard.press("F2")
    page.keyboard.type("Corner, red & blue")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Share link").click()
    toast(page, "Link copied")
    link = pasted(page)
    assert len(link) < 2000
    there = visit(at=link[link.index("#") :])
    there.wait_for_selector(".pan")
    assert hexes(there) == hexes(page)
    assert names(there) == names(page)
    assert there.locator("#order").input_value() == "hue"
    there.get_by_text("Method and color space").click()
    there.wait_for_function("() => document.getElementById('set-method')?.value === 'kmeans'")
    assert there.locator("#about p").inner_text() == "This palette has no picture."
    assert there.locator("#drop").is_visible()
    shot(there, "link")
